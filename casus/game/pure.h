// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/game/matrix_game.h"

namespace casus::game {

/// Every Nash equilibrium in which nobody mixes, as profile numbers in ascending order.
///
/// Payoffs that differ by less than 1e-12 of their player's range count as equal.
/// @note O(profiles * players).
/// @oracle tree_test.cc: the definition, profile by profile, on random games.
[[nodiscard]] std::vector<std::size_t> pure_equilibria(const MatrixGame& game);

/// The mixed profile that plays profile `number` for sure.
[[nodiscard]] Mixed pure_profile(const MatrixGame& game, std::size_t number);

}  // namespace casus::game
