// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "casus/base/error.h"
#include "casus/base/numeric.h"

namespace casus::analysis {

namespace {

/// @param deviation  the answer where all x are of one group: they may be one and the same.
double error_of_groups(std::span<const double> x, std::span<const std::uint32_t> group, double mean,
                       double deviation) {
  std::vector<double> sum(*std::ranges::max_element(group) + 1U, 0.0);
  std::vector<bool> there(sum.size(), false);
  for (std::size_t i = 0; i < x.size(); ++i) {
    sum[group[i]] += x[i] - mean;
    there[group[i]] = true;
  }
  const auto groups = static_cast<double>(std::ranges::count(there, true));
  if (groups < 2.0) return deviation;
  double squares = 0.0;
  for (const double s : sum) squares += s * s;
  return std::sqrt(groups / (groups - 1.0) * squares) / static_cast<double>(x.size());
}

}  // namespace

MeanError mean_error(std::span<const double> x, std::span<const std::uint32_t> group) {
  CASUS_CHECK(x.size() >= 2);
  const double n = static_cast<double>(x.size());
  double sum = 0.0;
  for (const double v : x) sum += v;
  const double mean = sum / n;
  double squares = 0.0;
  for (const double v : x) squares += (v - mean) * (v - mean);
  const double deviation = std::sqrt(squares / (n - 1.0));
  if (group.empty()) return {mean, deviation / std::sqrt(n), deviation};
  CASUS_CHECK(group.size() == x.size());
  return {mean, error_of_groups(x, group, mean, deviation), deviation};
}

double quantile(std::span<const double> sorted, double p) {
  CASUS_CHECK(!sorted.empty());
  const double at = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  if (below + 1 >= sorted.size()) return sorted.back();
  const double share = at - static_cast<double>(below);
  return sorted[below] + share * (sorted[below + 1] - sorted[below]);
}

double quantile_error(std::span<const double> x, std::span<const double> sorted, double p,
                      std::span<const std::uint32_t> group) {
  double off = std::sqrt(p * (1.0 - p) / static_cast<double>(x.size()));
  if (!group.empty() && x.size() >= 2) {
    const double at = quantile(sorted, p);
    std::vector<double> below(x.size());
    std::ranges::transform(x, below.begin(), [&](double v) { return v <= at ? 1.0 : 0.0; });
    off = mean_error(below, group).error;
  }
  return 0.5 *
         (quantile(sorted, std::min(p + off, 1.0)) - quantile(sorted, std::max(p - off, 0.0)));
}

std::vector<double> ranks(std::span<const double> x) {
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  std::vector<double> rank(x.size());
  for (std::size_t i = 0; i < order.size();) {
    std::size_t j = i;
    while (j < order.size() && x[order[j]] == x[order[i]]) ++j;
    const double middle = 0.5 * static_cast<double>(i + 1 + j);
    for (std::size_t k = i; k < j; ++k) rank[order[k]] = middle;
    i = j;
  }
  return rank;
}

std::vector<double> normal_scores(std::span<const double> x) {
  std::vector<double> score = ranks(x);
  const double n = static_cast<double>(x.size());
  double squares = 0.0;
  for (double& s : score) {
    s = normal_quantile((s - 0.5) / n);
    squares += s * s;
  }
  const double scale = squares > 1e-12 ? std::sqrt(n / squares) : 0.0;
  for (double& s : score) s *= scale;
  return score;
}

double correlation(std::span<const double> x, std::span<const double> y) {
  CASUS_CHECK(x.size() == y.size() && x.size() >= 2);
  const MeanError a = mean_error(x);
  const MeanError b = mean_error(y);
  if (a.deviation <= 0.0 || b.deviation <= 0.0) return 0.0;
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - a.mean) * (y[i] - b.mean);
  return sum / (static_cast<double>(x.size() - 1) * a.deviation * b.deviation);
}

double rank_correlation(std::span<const double> x, std::span<const double> y) {
  return correlation(ranks(x), ranks(y));
}

void solve_symmetric(std::vector<double> a, std::span<double> b, std::size_t n,
                     std::size_t columns) {
  double trace = 0.0;
  for (std::size_t i = 0; i < n; ++i) trace += a[i * n + i];
  for (std::size_t i = 0; i < n; ++i) a[i * n + i] += 1e-9 * trace / static_cast<double>(n);
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = j; i < n; ++i) {
      double sum = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= a[i * n + k] * a[j * n + k];
      if (i == j) CASUS_CHECK(sum > 0.0);
      a[i * n + j] = i == j ? std::sqrt(sum) : sum / a[j * n + j];
    }
  }
  for (std::size_t c = 0; c < columns; ++c) {
    for (std::size_t i = 0; i < n; ++i) {
      double sum = b[i * columns + c];
      for (std::size_t k = 0; k < i; ++k) sum -= a[i * n + k] * b[k * columns + c];
      b[i * columns + c] = sum / a[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
      double sum = b[i * columns + c];
      for (std::size_t k = i + 1; k < n; ++k) sum -= a[k * n + i] * b[k * columns + c];
      b[i * columns + c] = sum / a[i * n + i];
    }
  }
}

}  // namespace casus::analysis
