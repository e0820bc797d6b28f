// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "casus/observe/law.h"
#include "casus/time/date.h"

/// Reported numbers: how a number told comes from the number there (A4).
namespace casus::observe {

/// A way a contingent's strength of today was built up: over how many days, early or late in them.
struct BuildUp {
  int days = 0;        ///< 0: it has long stood as it stands
  double power = 1.0;  ///< share there = (share of the days gone)^power
  double prior = 0.0;
};
inline constexpr std::size_t build_ups = 10;
/// The ways reckoned with (judgement): long standing, or over the last 12, 28 or 60 days, early,
/// steady, late.
///
/// When it began is a scale nobody knows, so the three spans stand in equal ratios (log-uniform).
inline constexpr std::array<BuildUp, build_ups> build_up_shapes{{{0, 1.0, 0.10},
                                                                 {60, 0.4, 0.10},
                                                                 {60, 1.0, 0.10},
                                                                 {60, 2.5, 0.10},
                                                                 {28, 0.4, 0.10},
                                                                 {28, 1.0, 0.10},
                                                                 {28, 2.5, 0.10},
                                                                 {12, 0.4, 0.10},
                                                                 {12, 1.0, 0.10},
                                                                 {12, 2.5, 0.10}}};

/// Share of the strength of `as_of` that was there on `day`; 1 from as_of on, 0.01 before the days.
[[nodiscard]] double built_by(const BuildUp& how, Date day, Date as_of);

/// What all who count share in their error: factors on the number told. The first five are of an
/// open count (ln sd 0.3); the last two are of a force whose greater part nobody has seen.
inline constexpr std::size_t common_errors = 7;
inline constexpr std::array<double, common_errors> common_error_ln{-0.6, -0.3, 0.0, 0.3,
                                                                   0.6,  -0.9, -1.6};
/// Their prior, if the owner hides the force with chance `conceals`.
///
/// Of forces that are hidden, three in twenty are missed by more than half (judgement: Chinese in
/// Korea in 1950 were told at a fifth, Soviets in Cuba in 1962 at a quarter of what was there,
/// while most build-ups in the open were told rightly or too high).
/// @param conceals share, 0-1.
[[nodiscard]] std::array<double, common_errors> common_error_prior(double conceals);

/// A range of men with a log-uniform distribution inside.
struct Range {
  double low = 0.0;   ///< > 0
  double high = 0.0;  ///< >= low
  friend bool operator==(const Range&, const Range&) = default;
};

/// The range of a count state: `none` is {0, 0}; an open top ends at three times its low end; the
/// low end is at least a thirtieth of the high end, because a handful is not called troops
/// (judgement).
[[nodiscard]] Range state_range(double low, double high, bool open);

/// What a told number speaks of.
struct CountLaw {
  double bias = 0.0;         ///< E ln(told / there)
  double sigma = 0.5;        ///< sd of ln(told / there)
  Range share{1.0, 1.0};     ///< share of the whole that the place may hold
  double gross = 0.10;       ///< P(the number is no measurement at all)
  double plan_share = 0.03;  ///< P(the number is the plan's, A4)
  double plan_median = 0.0;  ///< of the plan, persons; 0 where there is none
  double plan_sigma = 0.25;
  Range said{1.0, 1.0};  ///< number said / men meant: "at least" says less, "up to" more
  double sending = 0.0;  ///< P(the number is of one sending, not of all that are there)
  Range lift{0.1, 1.0};  ///< one sending, as a share of all that had come by then
  friend bool operator==(const CountLaw&, const CountLaw&) = default;
};

/// Density of ln(told) if `there` men are there; per unit of ln.
/// @param common ln of the error all who count share.
[[nodiscard]] double told_density(const CountLaw& law, double told, double there,
                                  double common = 0.0);

/// The men a claim allows; high may be infinite.
struct Bounds {
  double low = 0.0;
  double high = 0.0;
  friend bool operator==(const Bounds&, const Bounds&) = default;
};

/// How a number told goes together with the men it speaks of lying within bounds, if `there` are
/// there in all.
struct Right {
  double told =
      0.0;  ///< density of ln(told) with the men meant within them, if it is a measurement
  double there = 0.0;  ///< P(the men meant lie within them) before anything is told
};
/// The men meant are a log-uniform share of those there: of the place, or one sending among all
/// that had come. A measurement tells which share; a plan's number or an idle one tells nothing.
/// A number that is a measurement with chance m therefore has the density
/// m told_density + (1 - m) idle_density, of which m `told` + (1 - m) idle_density `there` is
/// right.
/// @oracle observe_test.cc: sums over the men meant.
[[nodiscard]] Right right_within(const CountLaw& law, double told, double there, double common,
                                 const Bounds& bounds);

/// Density of ln(told) of a number that is no measurement: log-uniform over 10 ... 100,000.
[[nodiscard]] double idle_density(double told);

/// The number told of `there` men, from a standard normal; heaped to 500s and 1,000s above 3,000.
/// @param heap false: as measured, unrounded.
[[nodiscard]] double told_number(const CountLaw& law, double there, double normal,
                                 bool heap = true);

}  // namespace casus::observe
