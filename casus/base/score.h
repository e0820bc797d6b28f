// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

/// Scores of probabilities once the truth is known: small is good for all of them.
namespace casus {

/// Brier score of a forecast over several states: sum of (p - x)^2, x = 1 for what came; 0 ... 2.
/// @source Brier (1950), Monthly Weather Review 78.
[[nodiscard]] double brier_score(std::span<const double> p, std::size_t came);

/// Brier score of a yes-or-no forecast: (p - x)^2; 0 ... 1, half of that over its two states.
[[nodiscard]] double brier_score(double p, bool came);

inline constexpr double least_scored = 0.01;  ///< no forecast is scored as surer than this

/// Logarithmic score, -ln of the probability given to what came, in nats; held at
/// -ln(least_scored) = 4.6 so that one bold miss does not drown all else.
/// @source Good (1952), Journal of the Royal Statistical Society B 14.
[[nodiscard]] double log_score(double p_of_what_came);

/// Continuous ranked probability score of a forecast given as draws, in the unit of the value:
/// E|X - y| - E|X - X'| / 2, the second mean over pairs of different draws (the fair form, which a
/// small number of draws does not punish). The absolute error for a single draw.
/// @param sorted  draws in ascending order, at least one.
/// @source Gneiting & Raftery (2007), JASA 102; Ferro (2014), QJRMS 140, for the fair form.
/// @oracle score_test.cc: the closed form of the normal; all pairs by hand.
[[nodiscard]] double ranked_score(std::span<const double> sorted, double came);

/// Share of the draws below what came, half of those equal to it: uniform if the forecast is
/// calibrated. @param sorted  as above.
[[nodiscard]] double probability_transform(std::span<const double> sorted, double came);

/// One point of a quantile function: below `value` lies the share `level`, 0 < level < 1.
struct QuantilePoint {
  double level = 0.0, value = 0.0;
};

/// Continuous ranked probability score of a forecast given by a few quantiles, in the unit of the
/// value: twice the pinball loss integrated over all levels, the quantile function linear between
/// the points and constant beyond the outer ones. The absolute error for a single point.
/// @param points  ascending in level and not falling in value, at least one.
/// @source Laio & Tamea (2007), Hydrology and Earth System Sciences 11, for the integral.
/// @oracle score_test.cc: `ranked_score` of draws from the same quantile function; uniform law.
[[nodiscard]] double ranked_score(std::span<const QuantilePoint> points, double came);

/// Score of a central interval that holds the share `1 - alpha`: its width, and 2 / alpha for every
/// unit by which what came lies outside. @source Gneiting & Raftery (2007), JASA 102.
[[nodiscard]] double interval_score(double low, double high, double alpha, double came);

/// A statement with a probability, and whether it came true.
struct Scored {
  double p = 0.0;
  bool came = false;
};

/// What came of the statements with a probability in [low, high); the last bin holds 1 too.
struct CalibrationBin {
  double low = 0.0, high = 0.0;
  std::size_t count = 0;
  double stated = 0.0;                     ///< mean probability
  double came = 0.0;                       ///< share that came true
  double came_low = 0.0, came_high = 0.0;  ///< Wilson's 90 % interval of it, were all independent
};

/// A Brier score taken apart: reliability - resolution + uncertainty + within = brier.
///
/// `within` is what the bins hide: variance of p inside them less twice its covariance with what
/// came; 0 where all p of a bin are equal, and then the other three are Murphy's.
/// @source Murphy (1973), Journal of Applied Meteorology 12; Stephenson, Coelho & Jolliffe (2008),
///         Weather and Forecasting 23, for the terms inside bins.
/// @oracle score_test.cc: an example by hand; the sum over random forecasts to 1e-12.
struct CalibrationCurve {
  std::vector<CalibrationBin> bins;  ///< only those with statements in them
  std::size_t count = 0;
  double brier = 0.0;  ///< mean over all statements
  double reliability = 0.0;
  double resolution = 0.0;
  double uncertainty = 0.0;
  double within = 0.0;
};

/// @param bins of equal width over [0, 1], at least 1.
[[nodiscard]] CalibrationCurve calibration_curve(std::span<const Scored> statements,
                                                 std::size_t bins = 10);

}  // namespace casus
