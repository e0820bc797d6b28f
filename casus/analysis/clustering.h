// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// Groups of things of which only the distances are known (docs/models/courses.md).
namespace casus::analysis {

/// Distances of n things from each other, symmetric, nought on the diagonal.
struct Distances {
  std::size_t n = 0;
  std::vector<float> d;  ///< [i][j]

  [[nodiscard]] double at(std::size_t i, std::size_t j) const {
    return static_cast<double>(d[i * n + j]);
  }
};

/// Things in k groups, each round a medoid: the member all others of it lie nearest to.
struct Grouping {
  std::vector<std::size_t> medoids;  ///< [group]
  std::vector<std::size_t> of;       ///< [thing]: its group, that of the nearest medoid
  double deviation = 0.0;            ///< sum of the distances to the own medoid
};

/// k-medoids: the greedy start of Kaufman & Rousseeuw, then swaps of a medoid with another thing
/// for as long as one lowers the deviation.
/// @param k  1 to n.
/// @source Kaufman & Rousseeuw (1990), Finding Groups in Data; swaps as FasterPAM takes them:
///         Schubert & Rousseeuw (2021), Information Systems 101.
/// @oracle clustering_test.cc: no single swap improves the answer; on few things the best of all
///         choices of medoids, by trying them all, to 2 %; planted groups.
/// @note O(n^2) a round, some rounds; no random numbers; ties go to the lower number.
[[nodiscard]] Grouping k_medoids(const Distances& distances, std::size_t k);

/// Rousseeuw's silhouette of every thing: (b - a) / max(a, b), with a the mean distance to the rest
/// of its group and b the least mean distance to another; 0 in a group of one. -1 to 1.
/// @source Rousseeuw (1987), J. Comput. Appl. Math. 20.
/// @oracle clustering_test.cc: five points by hand.
[[nodiscard]] std::vector<double> silhouettes(const Distances& distances, const Grouping& grouping);

/// How surely each group comes again: mean over bootstrap samples of the things of the greatest
/// Jaccard overlap with a group of the sample; 0-1. Under about .6 a group is luck.
/// @source Hennig (2007), Comput. Stat. Data Anal. 52.
/// @oracle clustering_test.cc: planted groups above .95, cut noise far below.
[[nodiscard]] std::vector<double> group_stability(const Distances& distances,
                                                  const Grouping& grouping, std::size_t samples,
                                                  std::uint64_t seed);

}  // namespace casus::analysis
