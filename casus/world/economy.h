// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Growth, war budgets, sanctions and evasion, pressure on the public, deals of
/// arms for technology.
///
/// In week 0 the unseen rest of growth, budget and pressure is solved from the
/// state, so that a quiet week changes nothing; docs/models/economy.md.
/// @draws "growth" by actor, "deal", "deal_default" and "milestone" by pair.
/// @source Neuenkirch and Neumeier (2015) on growth under sanctions.
/// @conserves shells that leave a supplier's stock enter the buyer's pipeline.
[[nodiscard]] std::unique_ptr<Process> make_economy(const Model& model);
void step_economy(const Process& economy, State& state, const Now& now);

[[nodiscard]] std::span<const Knob> economy_knobs();

}  // namespace casus::world
