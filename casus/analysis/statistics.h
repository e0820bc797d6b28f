// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The few statistics that comparing options needs; sums run in index order.
namespace casus::analysis {

struct MeanError {
  double mean = 0.0;
  double error = 0.0;  ///< standard error of the mean
  double deviation = 0.0;
};

/// Mean, its standard error and the standard deviation (n - 1) of at least two numbers.
/// @param group  of each number: those of different groups are independent, those of one need not
///        be (points, randomisations, cubes; ensemble/sampling.h). Empty: all are. The error is
///        then that of a ratio of group sums, sqrt(g / (g - 1) sum (sum of a group's x - mean)^2) /
///        n (Cochran 1977, 9A): the spread of the groups' means where groups are of one size.
[[nodiscard]] MeanError mean_error(std::span<const double> x,
                                   std::span<const std::uint32_t> group = {});

/// Quantile of sorted numbers, linear between order statistics (Hyndman & Fan 1996, type 7).
[[nodiscard]] double quantile(std::span<const double> sorted, double p);

/// Numbers parted in two, each with its group as `mean_error` takes it.
class TwoParts {
 public:
  void add(bool in, double x, std::size_t i, std::span<const std::uint32_t> group) {
    x_[in ? 1 : 0].push_back(x);
    if (!group.empty()) group_[in ? 1 : 0].push_back(group[i]);
  }
  [[nodiscard]] std::size_t count(bool in) const { return x_[in ? 1 : 0].size(); }
  [[nodiscard]] MeanError of(bool in) const {
    return mean_error(x_[in ? 1 : 0], group_[in ? 1 : 0]);
  }

 private:
  std::array<std::vector<double>, 2> x_;
  std::array<std::vector<std::uint32_t>, 2> group_;
};

/// Standard error of a quantile: half of how far it moves when its level is off by the standard
/// error of the share below it, told from groups as `mean_error` does.
/// @param x  the numbers in order of `group`. @param sorted  the same, sorted.
/// @source Woodruff (1952), JASA 47.
[[nodiscard]] double quantile_error(std::span<const double> x, std::span<const double> sorted,
                                    double p, std::span<const std::uint32_t> group = {});

/// Ranks from 1, ties get their middle rank.
[[nodiscard]] std::vector<double> ranks(std::span<const double> x);

/// Ranks turned into standard normal scores, (rank - 1/2) / n, scaled to variance 1; all zero where
/// the numbers are all equal.
[[nodiscard]] std::vector<double> normal_scores(std::span<const double> x);

/// Pearson's correlation; 0 where either side does not vary.
[[nodiscard]] double correlation(std::span<const double> x, std::span<const double> y);

/// Spearman's rank correlation.
[[nodiscard]] double rank_correlation(std::span<const double> x, std::span<const double> y);

/// Solves the symmetric positive definite system a x = b of n rows by Cholesky's factor; a small
/// ridge keeps a singular one solvable.
/// @param a row-major n by n; @param b n by `columns`, row-major, replaced by the answer.
void solve_symmetric(std::vector<double> a, std::span<double> b, std::size_t n,
                     std::size_t columns);

}  // namespace casus::analysis
