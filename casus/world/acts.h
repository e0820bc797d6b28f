// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Puts the orders of a week on their way: where `orders` is above 0 the act is ordered (or
/// renewed, if it waits or works) at that intensity; where below 0 it ends. Intensities above 1
/// count as 1.
///
/// A new act waits its lag; one that is still cooling down is not taken up. A standing order keeps
/// its act at work and lets it begin anew, without a lag, whenever it has run its time and rested:
/// an envoy ordered for a year calls more than once.
///
/// Where a legislature is asked (its case's `votes_on`), a new act waits for the vote besides its
/// lag, and a vote that fails ends it and rests it. docs/models/legislatures.md.
/// @draws "assent" by week and entry.
void enqueue(State& state, const Now& now, std::span<const F> orders);

/// What a legislature votes on: an act, in the futures in which it is asked.
struct Motion {
  const Entry& entry;
  M where;
};
/// Where a legislature agrees to an act.
/// @draws "assent" by week and entry.
[[nodiscard]] M authorised(const State& state, const Now& now, const casefile::Legislature& house,
                           const Motion& motion);

/// Orders one act for its actor, as a policy would: where `where` holds and the act neither waits,
/// works nor rests. A seat that somebody else holds is not answered for, and a legislature that is
/// asked votes.
/// @param size  intensity, above 0.
/// @param wait  weeks; an act never comes sooner than its own lag and the vote.
/// @returns where it is ordered.
/// @draws "assent" by week and entry.
M order_act(State& state, const Now& now, std::size_t e, M where, F size, F wait);

/// Acts come due, take effect, cost their price and run out; docs/models/acts.md.
///
/// An order given at the end of week t - 1 with a lag of one works in week t, never earlier. What
/// is carried out may slip a rung from what was ordered.
/// @reads  ordered, due, left, active, cooldown. @writes ordered, due, left, active, started,
/// cooldown, spent, rung.
/// @draws  "slip" by week and entry.
[[nodiscard]] std::unique_ptr<Process> make_acts(const Model& model);
void step_acts(const Process& acts, State& state, const Now& now);

[[nodiscard]] std::span<const Knob> act_knobs();

}  // namespace casus::world
