// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// What nobody ordered: oil price, scandals, mutinies, disasters, incidents,
/// harvests, outages.
///
/// Poisson in time, small effects; docs/models/leaders.md.
/// @draws "shock_<kind>" by week and actor or pair; "oil" by week.
[[nodiscard]] std::unique_ptr<Process> make_shocks(const Model& model);
void step_shocks(const Process& shocks, State& state, const Now& now);

/// Elections of the calendar, inaugurations, exits from office, cohesion of
/// elites.
///
/// Elections happen only in the week of their date. A lost election makes a
/// lame duck until the inauguration that follows it; there the new line takes
/// over the wants and may cut aid.
/// @draws "election" by calendar entry; "exit", "challenger" by actor.
/// @source Archigos (Goemans, Gleditsch and Chiozza 2009) for the rates of
/// exit.
[[nodiscard]] std::unique_ptr<Process> make_leaders(const Model& model);
void step_leaders(const Process& leaders, State& state, const Now& now);

[[nodiscard]] std::span<const Knob> leader_knobs();

}  // namespace casus::world
