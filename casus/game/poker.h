// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/game/tree_game.h"

namespace casus::game {

/// Kuhn's poker: three cards, an ante of 1, one bet of 1. Worth -1/18 to the first player.
/// @source Kuhn (1950), Contributions to the Theory of Games 1.
[[nodiscard]] TreeGame kuhn_poker();

/// Leduc poker: six cards of three ranks, an ante of 1, two rounds of bets of 2 and 4 with up to
/// two raises each, one card laid open between them. Worth -0.0856 to the first player.
///
/// Suits are told apart although they do not matter: 936 information sets.
/// @source Southey et al. (2005), Bayes' bluff, UAI 21.
[[nodiscard]] TreeGame leduc_poker();

}  // namespace casus::game
