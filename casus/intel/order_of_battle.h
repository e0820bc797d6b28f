// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "casus/intel/belief.h"
#include "casus/intel/model.h"
#include "casus/intel/strength.h"

namespace casus::intel {

/// Where the men are: rows for the belief, and what a place holds in each state of its hypothesis.
struct OrderOfBattle {
  std::vector<StrengthBelief> rows;
  /// Mean men on the as-of day at (contingent, place), by state of the contingent's total
  /// hypothesis.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<double>> mean_by_state;
  std::map<std::uint32_t, std::uint32_t> total_of;  ///< contingent -> hypothesis of its total
};

/// A first estimate of strength per place and day (docs/models/order_of_battle.md).
///
/// Totals, men at the destination and build-up are drawn from the joint posterior; those on their
/// way fill the path by travelling time, the rest are split over training places by prior and
/// counts.
[[nodiscard]] OrderOfBattle order_of_battle(const casefile::Case& given, const Belief& belief,
                                            const Model& model,
                                            const std::vector<Strength>& strengths,
                                            const std::vector<double>& measuring);

/// Days a body of men needs from place to place along a path, dwell included.
[[nodiscard]] std::vector<double> travel_days(const casefile::Case& given,
                                              const std::vector<casefile::PlaceId>& path);

}  // namespace casus::intel
