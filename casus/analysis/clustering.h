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

/// Things parted into as many groups as stand apart, and how clearly.
struct Parting {
  Grouping grouping;        ///< one group where none stands apart
  double silhouette = 0.0;  ///< mean; of the best split that was tried where it is one group
  double reference = 0.0;   ///< the same split of clouds without groups: mean over clouds
  double chance = 1.0;      ///< share of the clouds, the things among them, that part as clearly
};

/// Parts things into the number of groups, one to `most`, that stands clearest apart beyond what
/// splitting does to a cloud without groups.
///
/// A cloud is as many things, at most 128, drawn from one normal distribution with the covariance
/// that the distances tell: x_i = sum_j g_ij x_j / sqrt(n), g standard normal. A number of groups
/// counts only if its mean silhouette exceeds that of every cloud; of those, the one with the
/// largest excess over the clouds' mean is taken.
/// @param distances  Euclidean, of at least one thing.
/// @param clouds     19 or more for a level of 5 %.
/// @source Liu, Hayes, Nobel & Marron (2008), JASA 103 (a normal cloud as the null); Dudoit &
///         Fridlyand (2002), Genome Biol. 3 (number of groups by the excess over a reference).
/// @oracle clustering_test.cc: planted groups with their number; a cloud is one group.
/// @note O(clouds n^2 min(n, 128)) multiplications and clouds x most runs of `k_medoids`.
[[nodiscard]] Parting part(const Distances& distances, std::size_t most, std::size_t clouds,
                           std::uint64_t seed);

}  // namespace casus::analysis
