// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/clustering.h"

#include <algorithm>
#include <limits>

#include "casus/base/error.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace {

constexpr double farthest = std::numeric_limits<double>::infinity();
constexpr double least_gain = 1e-9;  ///< of the deviation: less is rounding, and might go round

/// Of every thing the nearest medoid and the one after it.
struct Near {
  std::vector<std::size_t> first;
  std::vector<double> d1, d2;
};

Near near(const Distances& d, const std::vector<std::size_t>& medoids) {
  Near out{std::vector<std::size_t>(d.n, 0), std::vector<double>(d.n, farthest),
           std::vector<double>(d.n, farthest)};
  for (std::size_t i = 0; i < d.n; ++i) {
    for (std::size_t m = 0; m < medoids.size(); ++m) {
      const double x = d.at(i, medoids[m]);
      if (x < out.d1[i]) {
        out.d2[i] = out.d1[i];
        out.d1[i] = x;
        out.first[i] = m;
      } else {
        out.d2[i] = std::min(out.d2[i], x);
      }
    }
  }
  return out;
}

/// One medoid after the other, each the thing that brings all others closest.
std::vector<std::size_t> greedy(const Distances& d, std::size_t k) {
  std::vector<std::size_t> medoids;
  std::vector<double> nearest(d.n, farthest);
  for (std::size_t m = 0; m < k; ++m) {
    std::size_t best = d.n;
    double least = farthest;
    for (std::size_t c = 0; c < d.n; ++c) {
      if (std::ranges::find(medoids, c) != medoids.end()) continue;
      double sum = 0.0;
      for (std::size_t i = 0; i < d.n; ++i) sum += std::min(nearest[i], d.at(c, i));
      if (sum < least) {
        least = sum;
        best = c;
      }
    }
    medoids.push_back(best);
    for (std::size_t i = 0; i < d.n; ++i) nearest[i] = std::min(nearest[i], d.at(best, i));
  }
  return medoids;
}

/// The medoid that thing `c` would best take the place of, and what the deviation changes by.
struct Swap {
  std::size_t medoid = 0;
  double change = 0.0;
};

Swap best_swap(const Distances& d, const Near& near, std::vector<double> removal, std::size_t c) {
  double gain = 0.0;
  for (std::size_t i = 0; i < d.n; ++i) {
    const double x = d.at(c, i);
    if (x < near.d1[i]) {
      gain += x - near.d1[i];
      removal[near.first[i]] += near.d1[i] - near.d2[i];
    } else if (x < near.d2[i]) {
      removal[near.first[i]] += x - near.d2[i];
    }
  }
  const auto best = std::ranges::min_element(removal);
  return {static_cast<std::size_t>(best - removal.begin()), *best + gain};
}

std::vector<double> removals(const Near& near, std::size_t k) {
  std::vector<double> out(k, 0.0);
  for (std::size_t i = 0; i < near.first.size(); ++i) out[near.first[i]] += near.d2[i] - near.d1[i];
  return out;
}

double sum_of(const std::vector<double>& x) {
  double sum = 0.0;
  for (const double v : x) sum += v;
  return sum;
}

}  // namespace

Grouping k_medoids(const Distances& d, std::size_t k) {
  CASUS_CHECK(k >= 1 && k <= d.n && d.d.size() == d.n * d.n);
  std::vector<std::size_t> medoids = greedy(d, k);
  Near now = near(d, medoids);
  if (k > 1) {
    std::vector<double> removal = removals(now, k);
    std::size_t unmoved = 0;
    for (std::size_t c = 0; unmoved < d.n; c = (c + 1) % d.n, ++unmoved) {
      if (std::ranges::find(medoids, c) != medoids.end()) continue;
      const Swap swap = best_swap(d, now, removal, c);
      if (swap.change >= -least_gain * (1.0 + sum_of(now.d1))) continue;
      medoids[swap.medoid] = c;
      now = near(d, medoids);
      removal = removals(now, k);
      unmoved = 0;
    }
  }
  return {std::move(medoids), now.first, sum_of(now.d1)};
}

std::vector<double> silhouettes(const Distances& d, const Grouping& grouping) {
  const std::size_t k = grouping.medoids.size();
  std::vector<double> size(k, 0.0), out(d.n, 0.0);
  for (const std::size_t g : grouping.of) size[g] += 1.0;
  for (std::size_t i = 0; i < d.n; ++i) {
    std::vector<double> sum(k, 0.0);
    for (std::size_t j = 0; j < d.n; ++j) sum[grouping.of[j]] += d.at(i, j);
    const std::size_t own = grouping.of[i];
    if (size[own] < 2.0) continue;
    const double a = sum[own] / (size[own] - 1.0);
    double b = farthest;
    for (std::size_t g = 0; g < k; ++g) {
      if (g != own && size[g] > 0.0) b = std::min(b, sum[g] / size[g]);
    }
    const double larger = std::max(a, b);
    if (b < farthest && larger > 0.0) out[i] = (b - a) / larger;
  }
  return out;
}

std::vector<double> group_stability(const Distances& d, const Grouping& grouping,
                                    std::size_t samples, std::uint64_t seed) {
  static constexpr Stream stream("clustering.bootstrap");
  const Draws draws(seed);
  const std::size_t k = grouping.medoids.size();
  std::vector<double> out(k, 0.0);
  for (std::size_t b = 0; b < samples; ++b) {
    std::vector<std::size_t> drawn;
    for (std::size_t i = 0; i < d.n; ++i) {
      const double u =
          draws.uniform(stream, static_cast<std::uint32_t>(b), 0, static_cast<std::uint32_t>(i));
      drawn.push_back(std::min(static_cast<std::size_t>(u * static_cast<double>(d.n)), d.n - 1));
    }
    Distances part{d.n, std::vector<float>(d.n * d.n)};
    for (std::size_t i = 0; i < d.n; ++i) {
      for (std::size_t j = 0; j < d.n; ++j) part.d[i * d.n + j] = d.d[drawn[i] * d.n + drawn[j]];
    }
    const Grouping again = k_medoids(part, k);
    std::vector<double> both(k * k, 0.0), old_size(k, 0.0), new_size(k, 0.0);
    std::vector<bool> seen(d.n, false);
    for (std::size_t i = 0; i < d.n; ++i) {
      if (seen[drawn[i]]) continue;
      seen[drawn[i]] = true;
      const std::size_t a = grouping.of[drawn[i]];
      both[a * k + again.of[i]] += 1.0;
      old_size[a] += 1.0;
      new_size[again.of[i]] += 1.0;
    }
    for (std::size_t a = 0; a < k; ++a) {
      double best = 0.0;
      for (std::size_t g = 0; g < k; ++g) {
        const double all = old_size[a] + new_size[g] - both[a * k + g];
        if (all > 0.0) best = std::max(best, both[a * k + g] / all);
      }
      out[a] += best / static_cast<double>(samples);
    }
  }
  return out;
}

}  // namespace casus::analysis
