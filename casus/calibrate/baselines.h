// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/random/draws.h"

/// Simple forecasts that ask nothing about the war: what a model of it has to beat.
namespace casus::calibrate {

/// How a series is read: as the value of the target week or as a sum up to it; as counts or as km2.
struct SeriesKind {
  bool sum = false;
  bool count = false;
};

inline constexpr std::array<std::string_view, 5> baseline_names = {"persist", "rw_drift", "ar",
                                                                   "ets", "clim26"};

/// Draws of one baseline.
///
/// - persist: the last week goes on, with the errors this rule made in the last 52 weeks.
/// - rw_drift: a random walk with drift; of the level for sums of km2, of the logarithm for counts.
/// - ar: autoregression of order 0 to 4 by AICc over 104 weeks, errors resampled.
/// - ets: exponential smoothing, level or damped trend by AICc, errors resampled.
/// - clim26: weeks of the last half year drawn anew, sums by blocks of four.
/// @param weeks  increments up to the origin, without gaps, at least 20.
/// @returns draws[h - 1][i] for h = 1 ... horizon.
/// @source Hyndman & Athanasopoulos (2021), Forecasting: Principles and Practice.
/// @oracle backtest_test.cc: an autoregression found again; scores of a second implementation.
[[nodiscard]] std::vector<std::vector<double>> baseline(std::string_view name,
                                                        std::span<const double> weeks,
                                                        SeriesKind kind, int horizon,
                                                        std::size_t count, const Draws& draws);

/// Autoregression by least squares with a constant.
struct Autoregression {
  std::vector<double> coefficients;  ///< constant first
  std::vector<double> errors;        ///< of the fit, scaled for the degrees of freedom
};
[[nodiscard]] Autoregression fit_autoregression(std::span<const double> y, int most = 4);

}  // namespace casus::calibrate
