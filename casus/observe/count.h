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

/// How a contingent's strength of today was built up over the window before it.
enum class BuildUp : std::uint8_t { standing, early, steady, late };
inline constexpr std::size_t build_ups = 4;
inline constexpr std::array<double, build_ups> build_up_prior{0.10, 0.25, 0.40, 0.25};
inline constexpr int build_up_days = 28;

/// Share of the strength of `as_of` that was there on `day`; 1 from as_of on, 0.02 before the
/// window.
[[nodiscard]] double built_by(BuildUp how, Date day, Date as_of);

/// A range of men with a log-uniform distribution inside.
struct Range {
  double low = 0.0;   ///< > 0
  double high = 0.0;  ///< >= low
};

/// The range of a count state: `none` is {0, 0}; an open top ends at three times its low end; the
/// low end is at least a thirtieth of the high end, because a handful is not called troops
/// (judgement).
[[nodiscard]] Range state_range(double low, double high, bool open);

/// What a told number speaks of.
struct CountLaw {
  double bias = 0.0;         ///< E ln(told / there)
  double sigma = 0.5;        ///< sd of ln(told / there)
  Range seen{1.0, 1.0};      ///< share of the whole that was in view
  double gross = 0.10;       ///< P(the number is no measurement at all)
  double plan_share = 0.03;  ///< P(the number is the plan's, A4)
  double plan_median = 0.0;  ///< of the plan, persons; 0 where there is none
  double plan_sigma = 0.25;
};

/// Density of ln(told) if `there` men are there; per unit of ln.
[[nodiscard]] double told_density(const CountLaw& law, double told, double there);

/// Density of ln(told) when the strength lies log-uniformly in `range` times `built`.
[[nodiscard]] double told_density(const CountLaw& law, double told, const Range& range,
                                  double built);

/// Density of ln(told) of a number that is no measurement: log-uniform over 10 ... 100,000.
[[nodiscard]] double idle_density(double told);

/// The number told of `there` men, from a standard normal; heaped to 500s and 1,000s above 3,000.
/// @param heap false: as measured, unrounded.
[[nodiscard]] double told_number(const CountLaw& law, double there, double normal,
                                 bool heap = true);

}  // namespace casus::observe
