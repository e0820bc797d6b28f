// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Recruits, training, wounded who return, absence, mobilisation, and replacements to the sectors;
/// docs/models/manpower.md.
///
///   train' = train + in - 2 train / tau (two stages);  force' = force + trained + returned -
///   absent
/// What a belligerent lead's force gains goes to its sectors in the share of the force that stands
/// there, toward busy kilometres.
/// @reads  intake, manpower_pool, training, wounded, morale, acts. @writes those, force, awol,
///         disabled, mobilising, troops.
/// @conserves people: pool + training + force + wounded + dead + disabled + absent of an actor, and
///         its men abroad, change only through casualties, which move them between these pools.
[[nodiscard]] std::unique_ptr<Process> make_manpower(const Model& model);
void step_manpower(const Process& manpower, State& state, const Now& now);

/// Everybody there is, thousand: at home, in training, under arms, wounded, dead, gone, abroad. No
/// law makes or loses any.
[[nodiscard]] F people(const State& state, const Model& model);

[[nodiscard]] std::span<const Knob> manpower_knobs();

}  // namespace casus::world
