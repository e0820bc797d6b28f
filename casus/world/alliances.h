// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Aid in money, its pipelines, intelligence shared and permissions given.
///
/// The rate a donor decides on follows need, support at home, fatigue, its
/// leader and what the enemy's patrons do; what was decided arrives after three
/// stages. docs/models/alliances.md.
/// @draws none: spread comes from the knobs and from what drives it.
[[nodiscard]] std::unique_ptr<Process> make_aid(const Model& model);
void step_aid(const Process& aid, State& state, const Now& now);

/// Third parties that enter the war as belligerents, and neutrals that give up
/// neutrality.
/// @draws "entry" by actor.
/// @source Berkemeier and Fuhrmann (2018): defence pacts honoured in 41 % of
/// tests.
[[nodiscard]] std::unique_ptr<Process> make_entry(const Model& model);
void step_entry(const Process& entry, State& state, const Now& now);

/// Chance that a party tested by an attack on its ally joins within 26 weeks,
/// as a weekly hazard.
[[nodiscard]] F tested_hazard(F joins_in_half_year);

[[nodiscard]] std::span<const Knob> alliance_knobs();

}  // namespace casus::world
