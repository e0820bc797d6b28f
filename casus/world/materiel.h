// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Stocks: production, deliveries on the way (Erlang-3), gifts, rebuilding, wear at the front,
/// mastery of foreign kit; docs/models/materiel.md. What the guns and drones fire the front takes
/// itself.
///
/// @reads  production, inflow, pipes, acts of sending arms, sector_casualties. @writes stock,
/// pipes,
///         delivered, production, learning, technicians.
/// @conserves what a giver sends leaves its stock; deliveries arrive after three stages, never at
/// once.
[[nodiscard]] std::unique_ptr<Process> make_materiel(const Model& model);
void step_materiel(const Process& materiel, State& state, const Now& now);

[[nodiscard]] std::span<const Knob> materiel_knobs();

}  // namespace casus::world
