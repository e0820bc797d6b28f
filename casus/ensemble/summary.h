// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "casus/ensemble/ranks.h"
#include "casus/ensemble/sampling.h"

namespace casus::ensemble {

inline constexpr std::array<double, 5> quantile_levels = {0.05, 0.25, 0.5, 0.75, 0.95};

/// What many futures say of one number, each figure with its Monte-Carlo standard error.
struct Figures {
  float mean = 0.0F, mean_error = 0.0F;
  std::array<float, quantile_levels.size()> quantile{}, quantile_error{};
};
static_assert(sizeof(Figures) == (2 + 2 * quantile_levels.size()) * sizeof(float));

/// Sums many futures up; keeps its working space from one number to the next.
///
/// The error of the mean is the standard deviation of independent groups' means over the root of
/// their number. That of a quantile is half the way between the order statistics one standard error
/// of the share below it apart.
/// @source Woodruff (1952), Confidence intervals for medians and other position measures, JASA 47.
class Summing {
 public:
  /// @param futures  at least one, of groups of one size each.
  Summing(const Sampling& sampling, std::size_t futures);
  /// @param values  one for each future, in order; where one is not finite, the mean is not.
  [[nodiscard]] Figures figures(std::span<const float> values);

 private:
  [[nodiscard]] double error_of(std::span<const float> values, double mean);
  [[nodiscard]] double error_of_share(std::span<const float> values, float limit, double share);
  [[nodiscard]] double spread_of_groups(double mean) const;

  std::vector<std::size_t> group_;  ///< of a future; empty where each is its own
  std::vector<double> sum_;         ///< by group
  Ranks ranks_;
};

/// Quantiles by linear interpolation between order statistics (position level * (n - 1)).
///
/// @param values  at least one, all finite.
/// @param levels  ascending, each in [0, 1].
/// @source Hyndman & Fan (1996), American Statistician 50, definition 7.
void quantiles_of(std::span<const float> values, std::span<const double> levels,
                  std::span<float> out);

}  // namespace casus::ensemble
