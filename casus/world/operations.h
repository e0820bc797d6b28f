// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Strikes, raids, sabotage, covert collection, tests, exercises, cyber;
/// replies and clashes.
///
/// Acts that started this week have their effects; rivals not at war may clash;
/// a struck party may reply within four weeks; nuclear signals raise alert;
/// permissions are used and answered, consultations and channels are felt.
/// docs/models/operations.md.
/// @draws "launch", "raid", "sabotage", "capture", "officer", "clash", "reply",
/// "nuclear", "answer_act"
/// by entry, pair or actor.
[[nodiscard]] std::unique_ptr<Process> make_operations(const Model& model);
void step_operations(const Process& operations, State& state, const Now& now);

[[nodiscard]] std::span<const Knob> operation_knobs();

}  // namespace casus::world
