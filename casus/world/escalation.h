// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Tension between all actors, threats and what comes of them, rungs,
/// forgetting of promises.
///
/// x' = base + α(x − base) + ρ·o + θ Σ w·o + noise, with o the acts as read.
/// docs/models/escalation.md.
/// @draws "tension" by pair, "threat" by entry.
/// @source Richardson (1960); Goldstein (1992); Fearon (1994) on audience
/// costs.
[[nodiscard]] std::unique_ptr<Process> make_tension(const Model& model);
void step_tension(const Process& tension, State& state, const Now& now);

/// A public or private threat in closed form: the target weighs yielding
/// against a stand, given how likely the challenger is to fight; the challenger
/// who backs down in public pays.
struct Crisis {
  F lambda;  ///< rationality of the target
  F yield;   ///< its value of giving way, standing firm, war
  F keep;
  F war;
  F fight;  ///< challenger's value of fighting and of backing down
  F back_down;
  F audience;  ///< what backing down in public costs it
  F openness;  ///< of the challenger
  bool in_public = true;
};
/// Chance that the challenger fights, as the target sees it.
[[nodiscard]] F stands_firm(const Crisis& crisis);
/// Chance that the target gives way.
[[nodiscard]] F concedes(const Crisis& crisis);
/// What a challenger who backs down pays: nothing for a private threat.
[[nodiscard]] F audience_cost(const Crisis& crisis);

[[nodiscard]] std::span<const Knob> escalation_knobs();

}  // namespace casus::world
