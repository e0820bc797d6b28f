// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Whose the losses of the week were, and what those who lived learned; docs/models/manpower.md.
///
/// A sector's casualties fall on own and foreign troops by men and role: assault troops count
/// `contingents.assault` times, rear duty a tenth. Killed, wounded and captured of a foreign
/// contingent are its owner's people; the wounded recover at home.
/// @reads  sector_casualties, troops, in_combat. @writes men, in_combat, killed and wounded of
///         contingents, quality, experience, force, wounded, dead, disabled.
[[nodiscard]] std::unique_ptr<Process> make_contingents(const Model& model);
void step_contingents(const Process& contingents, State& state, const Now& now);

[[nodiscard]] std::span<const Knob> contingent_knobs();

}  // namespace casus::world
