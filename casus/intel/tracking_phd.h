// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "casus/intel/tracking_sighting.h"

/// The aggregate check: the expected number of groups in every cell, without an ensemble.
namespace casus::intel {

/// Probability hypothesis density of groups of 500 men over the cells of a way.
///
///   predict  v- = K' v + beta          K: linear chain, grounds emptied at 1/28 a day
///   update   v = (1 - w P_D k) v- + w n sum of P_D k v- c / (phi + sum of P_D k c v-)
///
/// k is the weight in view (place error), c = .9 that men of this contingent are named as such, w
/// the chance that the report measures, n = P_D z / (500 s) the detections behind the z men it
/// tells of a share s (bias taken off); an unnumbered sighting is one detection. A number of the
/// whole has P_D = s. The factor (1 - w P_D k) is what `looked, saw nothing` says.
/// @source Mahler (2003), IEEE TAES 39.
/// @oracle tracking_phd_test.cc: invariants B-1 ... B-5.
class Phd {
 public:
  explicit Phd(const Way& way);
  /// A day: the men move, `births` groups come into being, nearly all at the first place abroad; a
  /// hundredth of them anywhere, for else nobody could be found where nobody was expected.
  void predict(double births);
  void update(const Sighting& sighting, double weight);
  /// Puts groups into a cell.
  void place(std::size_t cell, double groups);
  /// Makes the groups in all so many; where they are stays.
  void scale_to(double groups);
  [[nodiscard]] std::vector<double> cells() const;  ///< groups by cell of the way, plan 0
  [[nodiscard]] double total() const;               ///< groups in all

 private:
  [[nodiscard]] double in(std::size_t cell) const;
  void scale(std::size_t cell, double factor);
  void arrive(std::size_t node, double groups);

  const Way& way_;
  std::size_t last_node_ = 0;
  std::vector<double> chance_, inbound_, onward_, training_;
  double front_ = 0.0;
};

/// What is thought of a strength before any report.
struct CheckPrior {
  Prior men;                     ///< in all on the last day
  std::vector<double> standing;  ///< where they have long stood, by cell; empty: they are built up
};

/// Men in all on the as-of day as the check sees them.
///
/// A density alone knows nothing of how many there may be, so it is run once for each of 16 equally
/// likely strengths and every way of building up, scaled to what is there on each day; the reports,
/// read as the ensemble reads them, say how likely each run is. The mean of the runs is the answer.
/// @source Vo, Vo & Cantoni (2007), IEEE TSP 55, for a density that carries its cardinality.
[[nodiscard]] double aggregate_check(const Way& way, std::span<const Sighting> sightings,
                                     std::span<const double> weights, const CheckPrior& prior);

}  // namespace casus::intel
