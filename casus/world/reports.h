// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// What is reported this week: of contingents by the one law of reports
/// (casus/observe), of acts.
///
/// Every kind of source looks at every contingent once a week; what it saw
/// weighs ln(h/a), what it did not see ln((1-h)/(1-a)). Concealment lowers what
/// can be seen, displays show what is not there. Observers hear each kind by
/// their access. docs/models/beliefs.md.
/// @draws "sighting" by contingent and kind; "display_exposed",
/// "conceal_exposed" by actor.
[[nodiscard]] std::unique_ptr<Process> make_reports(const Model& model);
void step_reports(const Process& reports, State& state, const Now& now);

/// What actors believe of forces, fronts, losses, acts and their chances, from
/// what was reported.
/// @draws "own_view" by actor, "bias" and "optimism" by pair.
[[nodiscard]] std::unique_ptr<Process> make_beliefs(const Model& model);
void step_beliefs(const Process& beliefs, State& state, const Now& now);

[[nodiscard]] std::span<const Knob> report_knobs();

}  // namespace casus::world
