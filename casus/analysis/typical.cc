// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"

namespace casus::analysis {
namespace {

constexpr std::size_t most_clusters = 6;
constexpr int most_rounds = 50;
constexpr double widest =
    4.0;  // standard deviations; a stray future counts as far, not as everything

/// Outcomes of one option, every measure that varies standardised: [future][measure].
struct Cloud {
  std::size_t points = 0, width = 0;
  std::vector<double> x;
  [[nodiscard]] const double* at(std::size_t i) const { return x.data() + i * width; }
};

Cloud standardised(const ensemble::Futures& futures, std::size_t option) {
  std::vector<std::vector<double>> columns;
  for (std::size_t m = 0; m < futures.measures.size(); ++m) {
    std::vector<double> v(futures.futures);
    for (std::size_t f = 0; f < v.size(); ++f) v[f] = futures.outcome_at(option, f, m);
    const MeanError e = mean_error(v);
    if (e.deviation <= 0.0) continue;
    for (double& y : v) y = std::clamp((y - e.mean) / e.deviation, -widest, widest);
    columns.push_back(std::move(v));
  }
  Cloud cloud{futures.futures, columns.size(), {}};
  cloud.x.resize(cloud.points * cloud.width);
  for (std::size_t f = 0; f < cloud.points; ++f) {
    for (std::size_t m = 0; m < cloud.width; ++m) cloud.x[f * cloud.width + m] = columns[m][f];
  }
  return cloud;
}

double squared_distance(const double* a, const double* b, std::size_t width) {
  double sum = 0.0;
  for (std::size_t i = 0; i < width; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

/// The member nearest to the members' mean: their medoid in squared distance.
std::size_t medoid(const Cloud& cloud, const std::vector<std::size_t>& members) {
  std::vector<double> centre(cloud.width, 0.0);
  for (const std::size_t i : members) {
    for (std::size_t m = 0; m < cloud.width; ++m) centre[m] += cloud.at(i)[m];
  }
  for (double& c : centre) c /= static_cast<double>(members.size());
  std::size_t nearest = members.front();
  double least = std::numeric_limits<double>::infinity();
  for (const std::size_t i : members) {
    const double d = squared_distance(cloud.at(i), centre.data(), cloud.width);
    if (d < least) {
      least = d;
      nearest = i;
    }
  }
  return nearest;
}

/// First centres without luck: the point nearest to the mean, then again and again the point
/// farthest from all centres so far.
std::vector<double> first_centres(const Cloud& cloud, std::size_t k) {
  std::vector<std::size_t> everyone(cloud.points);
  std::iota(everyone.begin(), everyone.end(), std::size_t{0});
  std::size_t next = medoid(cloud, everyone);
  std::vector<double> centres;
  std::vector<double> nearest(cloud.points, std::numeric_limits<double>::infinity());
  for (std::size_t c = 0; c < k; ++c) {
    centres.insert(centres.end(), cloud.at(next), cloud.at(next) + cloud.width);
    std::size_t farthest = 0;
    for (std::size_t i = 0; i < cloud.points; ++i) {
      nearest[i] = std::min(
          nearest[i], squared_distance(cloud.at(i), centres.data() + c * cloud.width, cloud.width));
      if (nearest[i] > nearest[farthest]) farthest = i;
    }
    next = farthest;
  }
  return centres;
}

struct Clustering {
  std::vector<std::size_t> cluster;  ///< of every future
  double silhouette = -1.0;          ///< mean (b - a) / max(a, b): distances to own and next centre
};

double silhouette_of(const Cloud& cloud, const std::vector<double>& centres,
                     const std::vector<std::size_t>& cluster, std::size_t k) {
  double sum = 0.0;
  for (std::size_t i = 0; i < cloud.points; ++i) {
    double own = 0.0, next = std::numeric_limits<double>::infinity();
    for (std::size_t c = 0; c < k; ++c) {
      const double d =
          std::sqrt(squared_distance(cloud.at(i), centres.data() + c * cloud.width, cloud.width));
      (c == cluster[i] ? own : next) = c == cluster[i] ? d : std::min(next, d);
    }
    const double larger = std::max(own, next);
    sum += larger > 0.0 ? (next - own) / larger : 0.0;
  }
  return sum / static_cast<double>(cloud.points);
}

/// Lloyd's rounds until nothing moves. @source Lloyd (1982), IEEE Trans. Inf. Theory 28.
Clustering clusters(const Cloud& cloud, std::size_t k) {
  std::vector<double> centres = first_centres(cloud, k);
  std::vector<std::size_t> cluster(cloud.points, 0);
  for (int round = 0; round < most_rounds; ++round) {
    bool moved = false;
    for (std::size_t i = 0; i < cloud.points; ++i) {
      std::size_t best = 0;
      double least = std::numeric_limits<double>::infinity();
      for (std::size_t c = 0; c < k; ++c) {
        const double d =
            squared_distance(cloud.at(i), centres.data() + c * cloud.width, cloud.width);
        if (d < least) {
          least = d;
          best = c;
        }
      }
      moved = moved || best != cluster[i];
      cluster[i] = best;
    }
    if (!moved && round > 0) break;
    std::vector<double> sum(centres.size(), 0.0);
    std::vector<double> count(k, 0.0);
    for (std::size_t i = 0; i < cloud.points; ++i) {
      count[cluster[i]] += 1.0;
      for (std::size_t m = 0; m < cloud.width; ++m) {
        sum[cluster[i] * cloud.width + m] += cloud.at(i)[m];
      }
    }
    for (std::size_t c = 0; c < k; ++c) {
      if (count[c] == 0.0) continue;  // an empty cluster keeps its centre
      for (std::size_t m = 0; m < cloud.width; ++m) {
        centres[c * cloud.width + m] = sum[c * cloud.width + m] / count[c];
      }
    }
  }
  const double silhouette = silhouette_of(cloud, centres, cluster, k);
  return {std::move(cluster), silhouette};
}

/// As many clusters, two to six, as stand clearest apart (centroid silhouette; Rousseeuw 1987).
std::vector<std::size_t> clearest_clusters(const Cloud& cloud) {
  Clustering best;
  for (std::size_t k = 2; k <= std::min(most_clusters, cloud.points); ++k) {
    Clustering found = clusters(cloud, k);
    if (found.silhouette > best.silhouette) best = std::move(found);
  }
  return best.cluster;
}

}  // namespace

Typical typical_futures(const ensemble::Futures& futures, const ValueTable& table,
                        std::size_t option) {
  const Cloud cloud = standardised(futures, option);
  Typical typical;
  if (cloud.width == 0) return typical;
  const std::vector<std::size_t> cluster = clearest_clusters(cloud);
  const std::size_t k = most_clusters;
  std::vector<std::vector<std::size_t>> members(k);
  for (std::size_t i = 0; i < cloud.points; ++i) members[cluster[i]].push_back(i);
  std::size_t largest = 0;
  for (std::size_t c = 1; c < k; ++c) {
    if (members[c].size() > members[largest].size()) largest = c;
  }
  typical.most_likely = medoid(cloud, members[largest]);

  std::vector<std::size_t> order(cloud.points);
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto value = table.of(option);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return value[a] < value[b]; });
  order.resize(std::max<std::size_t>(1, cloud.points / 20));
  typical.most_dangerous = medoid(cloud, order);
  return typical;
}

}  // namespace casus::analysis
