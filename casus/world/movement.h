// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "casus/world/week.h"

namespace casus::world {

/// Foreign contingents on their ways: sending, transit, acclimatisation, return;
/// docs/models/movement.md.
///
/// A path is a chain of stages (Erlang transit). The weekly kernel e^(7A) of the chain says what
/// share of the men at a stage would pass each later edge in a week; the room on each edge cuts
/// that down, and whom it turns back waits where the edge begins. Nobody passes more than a week's
/// way at the highest speed.
/// @reads  to_send, men, acts on contingents, route_damage. @writes men, to_send, departed, force,
///         acclimatising, in_combat, withdrawing, committed, route_use.
/// @conserves men: what leaves an owner's force stands on the path until it is lost or comes home.
[[nodiscard]] std::unique_ptr<Process> make_movement(const Model& model);
void step_movement(const Process& movement, State& state, const Now& now);

[[nodiscard]] std::span<const Knob> movement_knobs();

/// One speed class of one path: shares[i][e] is the share of the men at node i that passes edge e
/// (e >= i) within a week if nothing holds them up.
struct Passage {
  std::size_t nodes = 0;
  std::vector<float> forward, back;  ///< nodes * nodes, row = where they stand
};

/// The passage of a path at a speed `factor` times the usual one, dwelling `dwell` days at each
/// stop.
/// @oracle movement_test.cc: closed form of the Erlang distribution, mean transit to 2 %.
[[nodiscard]] Passage passage(const Model& model, std::size_t contingent, double factor,
                              double dwell);

/// Days of pure travel over the path at the usual speed.
[[nodiscard]] double travel_days(const Model& model, std::size_t contingent);

}  // namespace casus::world
