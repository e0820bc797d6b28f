// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// The ladder of talks, packages on the table, signature.
///
/// Talks climb and fall at weekly rates; from formal talks on, the package with
/// the greatest Nash product over war is signed with a probability that grows
/// with it. docs/models/talks.md.
/// @draws "ladder" by pair, "answer" by entry, "salience" by actor, "signature"
/// by week.
/// @source Fearon (1995), Powell (2006), Nash (1950); rates back-solved.
[[nodiscard]] std::unique_ptr<Process> make_talks(const Model& model);
void step_talks(const Process& talks, State& state, const Now& now);

/// How a future ends: collapse, ceasefire that breaks or freezes; weeks of war
/// and talks.
/// @draws "recurrence", "collapse" by week.
/// @source UCDP/PRIO episodes 1946-2024 for the base rates of recurrence.
[[nodiscard]] std::unique_ptr<Process> make_ends(const Model& model);
void step_ends(const Process& ends, State& state, const Now& now);

/// Fighting breaks out again after a ceasefire: events a year.
/// @param base       of that year of the ceasefire.
/// @param guarantee  level times credibility, 0-1.
/// @param shift      how far the balance moves by rearming, 0-1.
/// @param imposed    1 where the terms were dictated.
struct RecurrenceLaw {
  F guarantee_weight, shift_weight, imposed_weight;
};
[[nodiscard]] F recurrence_rate(const RecurrenceLaw& law, F base, F guarantee, F shift, F imposed);

/// How far p moves to the stronger economy as both rearm, and which side that
/// is.
struct Rearming {
  F shift;  ///< 0-0.25
  M side_0_rises;
};
[[nodiscard]] Rearming rearming(const State& state, const Model& model);

[[nodiscard]] std::span<const Knob> talks_knobs();

}  // namespace casus::world
