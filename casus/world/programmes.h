// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Hidden roads to a nuclear weapon: states that nobody shields against a nuclear rival may begin
/// one, work at it, and may be found out.
///
/// Begun at `programmes.begin` (1 - guarantee) threat a year; a known one alarms rivals and the
/// great powers that are friends. Only states without nuclear weapons; organisations never.
/// docs/models/programmes.md.
/// @draws "programme", "programme_found" by actor.
/// @source Jo and Gartzke (2007); Bleek (2010), both from memory.
/// @oracle programmes_test.cc: nobody shielded begins one; the rate is as declared.
[[nodiscard]] std::unique_ptr<Process> make_programmes(const Model& model);
void step_programmes(const Process& programmes, State& state, const Now& now);

[[nodiscard]] std::span<const Knob> programme_knobs();

}  // namespace casus::world
