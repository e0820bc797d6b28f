// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "casus/intel/belief.h"
#include "casus/intel/model.h"
#include "casus/intel/tracking_days.h"
#include "casus/intel/tracking_sighting.h"
#include "casus/intel/tracking_trajectory.h"

namespace casus::intel {

/// A contingent to be tracked: its way, what was told of places on it, and the hypotheses that
/// count it.
struct Tracked {
  Way way;
  std::vector<Sighting> sightings;
  std::optional<std::size_t> pair;  ///< index into counted_pairs; none: strength by its prior
};

/// Contingents that a hypothesis counts, and those with a prior strength that reports put somewhere
[[nodiscard]] std::vector<Tracked> tracked_contingents(const casefile::Case& given,
                                                       const Model& model);

/// The evidence behind any sighting of theirs at a place: whose reliability `day_belief` is to
/// tell.
[[nodiscard]] std::vector<std::size_t> evidence_of_places(const Model& model,
                                                          std::span<const Tracked> tracked);

/// Where the men are: rows for the belief, and what a place holds in each state of its hypothesis.
struct OrderOfBattle {
  std::vector<StrengthBelief> rows;
  std::vector<TrackingCheck> checks;
  /// Mean men on the as-of day at (contingent, place), by state of the contingent's total
  /// hypothesis.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<double>> mean_by_state;
  std::map<std::uint32_t, std::uint32_t> total_of;  ///< contingent -> hypothesis of its total
};

/// Strength per place, stage and day, filtered and smoothed (docs/models/order_of_battle.md).
///
/// How many there are, and are at the front, comes from each day's joint posterior alone (a
/// likelihood is used once); the reports of places move the men among places, stages and days.
/// @param days one a day of the window, the as-of day last; or the as-of day's alone, which then
///             holds for all of them (the filtered rows then know the totals in hindsight).
/// @note  Same result for every `threads`.
[[nodiscard]] OrderOfBattle order_of_battle(const casefile::Case& given, const Belief& belief,
                                            const Model& model, std::span<const Tracked> tracked,
                                            std::span<const DayBelief> days, std::size_t threads);

}  // namespace casus::intel
