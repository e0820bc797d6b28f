// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "casus/random/draws.h"
#include "casus/world/model.h"
#include "casus/world/state.h"

namespace casus::world {

/// Draws the first state of a pack of futures, a lane each, from the case's priors and a drawn
/// truth.
///
/// @param truths  for each lane, the drawn state of every hypothesis (by dense index); it sets the
///                foreign contingents' totals and men at the front, technology already given and
///                whatever else a hypothesis fixes. Same future, same draw, whatever the option.
/// @param chosen  [knob][lane], values of the knobs that a design has chosen; empty = drawn here.
[[nodiscard]] State start(const Model& model, const Draws& draws, std::uint32_t first_future,
                          std::span<const std::vector<std::uint32_t>> truths,
                          std::span<const float> chosen = {});

/// Knobs of the start that no law owns.
[[nodiscard]] std::span<const Knob> starting_knobs();

}  // namespace casus::world
