// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/casefile/load.h"

/// The way of one contingent over the route network, as the order of battle tracks it.
namespace casus::intel {

enum class Stage : std::uint8_t { plan, transit, training, front };
[[nodiscard]] const char* name_of(Stage stage);

/// Where men of a contingent are counted: a place and what they do there.
struct Cell {
  casefile::PlaceId place{0};
  Stage stage = Stage::transit;
  double share = 1.0;  ///< of the men in it that stand at the place, the others roll along the leg
};

/// Origin, legs, grounds on the way, destination.
///
/// Leg i runs from node i (the first place abroad is node 0) to node i + 1, the last leg to the
/// destination. Men on leg i stand in its transit cell. A ground is a place where they stay and
/// train; it hangs on a node.
struct Way {
  std::uint32_t contingent = 0;
  std::vector<Cell> cells;  ///< [plan], transit by leg, grounds, front
  std::size_t transit = 0;  ///< first transit cell; plan stands before it where there is one
  std::size_t ground = 0;   ///< first ground
  std::size_t front = 0;    ///< the front's cell, the last
  std::vector<double> travel_days, dwell_days;  ///< by leg, usual
  std::vector<std::size_t> node_of;             ///< by ground, ascending
  std::vector<double> prior;                    ///< by ground: prior weight of staying there

  [[nodiscard]] std::size_t legs() const { return travel_days.size(); }
  [[nodiscard]] std::size_t grounds() const { return node_of.size(); }
  [[nodiscard]] bool planned() const { return transit == 1; }
  /// Usual days from the first place abroad to the destination.
  [[nodiscard]] double days() const;
};

/// @param also places where men were reported and so may be, beside the case's own grounds.
[[nodiscard]] Way way_of(const casefile::Case& given, std::uint32_t contingent,
                         std::span<const casefile::PlaceId> also);

/// Half a day's chance of leaving each leg on a linear chain whose mean times are exact.
///
/// tau = travel / speed + dwell x `dwell`, at least half a day; what that adds is taken off the
/// next leg. Geometric with mean tau.
void leaving(const Way& way, double speed, double dwell, std::span<double> chance);

}  // namespace casus::intel
