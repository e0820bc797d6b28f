// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "casus/casefile/load.h"

namespace casus::intel {

/// The probabilities of several hypotheses that can hold together.
///
/// Marginals are coherent if some joint distribution has them that gives nothing to what the case's
/// tables rule out (entries that are 0). That set is convex: its corners are the joint states
/// allowed. Hypotheses that such tables link are taken together while they have at most 65536 joint
/// states and 4096 corners; beyond, every table is held to alone and the sets are met in turn
/// (Dykstra), which is exact where the tables form a tree and a relaxation elsewhere.
/// @source de Finetti (1937): incoherent probabilities are dominated by their projection; least
///         squares as in Predd et al. (2008) and Karvetski et al. (2013), Decision Analysis 10.
/// @oracle coherence_test.cc: the simplex by its closed form; idempotent; coherent ones stay; the
///         squared distance to every corner shrinks; P(part) <= P(whole) after projection.
class CoherentSet {
 public:
  /// @param about the hypotheses in the order of the vectors projected; no repetitions.
  CoherentSet(const casefile::Case& given, std::vector<casefile::HypothesisId> about);

  using Marginals = std::vector<std::vector<double>>;

  /// The nearest coherent marginals in squared distance, to about 1e-9.
  /// @param p one vector by hypothesis of `about`, one number by state, finite.
  [[nodiscard]] Marginals project(const Marginals& p) const;

 private:
  /// Hypotheses tied to one another (indices into `about_`) and the joint states of them allowed.
  struct Tie {
    std::vector<std::size_t> members;
    std::vector<std::vector<std::uint32_t>> corners;  ///< empty: the plain simplex of one member
  };
  void add_tie(const casefile::Case& given, const std::vector<std::uint32_t>& hypotheses);
  void add_component(const casefile::Case& given, const std::vector<std::uint32_t>& hypotheses);
  static void project_on(const Tie& tie, Marginals& p);

  std::vector<casefile::HypothesisId> about_;
  std::vector<Tie> ties_;
};

/// The point of the simplex nearest to `p`: max(p - t, 0) with t such that it sums to one.
/// @source Held, Wolfe & Crowder (1974), Mathematical Programming 6.
[[nodiscard]] std::vector<double> project_on_simplex(std::span<const double> p);

/// The point nearest to the origin of the convex hull of `corners`, by Wolfe's method.
/// @returns the point. @source Wolfe (1976), Mathematical Programming 11.
[[nodiscard]] std::vector<double> nearest_to_origin(
    const std::vector<std::vector<double>>& corners);

}  // namespace casus::intel
