// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Support of publics: costs as believed, time, expected success, elites,
/// pressure, rally.
///
/// How far anything reaches support follows openness: a closed regime's moves
/// less than a quarter of an open one's. docs/models/will.md.
/// @draws "support" by actor.
/// @source Mueller (1973); Gelpi, Feaver and Reifler (2005/06); Seo and
/// Horiuchi (2024).
[[nodiscard]] std::unique_ptr<Process> make_public_will(const Model& model);
void step_public_will(const Process& public_will, State& state, const Now& now);

/// Morale of contingents: rest, believed news, losses, relief.
[[nodiscard]] std::unique_ptr<Process> make_morale(const Model& model);
void step_morale(const Process& morale, State& state, const Now& now);

/// What news does to the logit of morale; nothing where nobody believes it.
[[nodiscard]] F news_effect(F eta, F credence, F size);

/// Share of what moves an open public that moves one of this openness.
[[nodiscard]] F reach(F openness);

[[nodiscard]] std::span<const Knob> will_knobs();

}  // namespace casus::world
