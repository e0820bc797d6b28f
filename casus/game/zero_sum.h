// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/game/matrix_game.h"
#include "casus/game/sequence_form.h"

namespace casus::game {

/// An equilibrium of a two-player game whose payoffs add up to a constant.
struct ZeroSum {
  std::vector<double> profile;  ///< mixed strategies, or a behaviour profile
  double value = 0.0;           ///< what the first player gets in every equilibrium
  bool unique = false;          ///< proven to be the only one; else others may be as good
};

/// By linear programming: the first player's mixture is the solution, the second's its dual.
///
/// `unique` is proven where the supports are the best replies and their payoff matrix is regular.
/// @throws ModelError not two players, or payoffs that do not add up to a constant.
/// @source von Neumann (1928), Math. Ann. 100; Dantzig (1951), in Koopmans (ed.), ch. 20.
/// @oracle programs_test.cc: published values; both players' guarantees meet.
[[nodiscard]] ZeroSum zero_sum(const MatrixGame& game);

/// The same on the sequence form of a tree: one row and column a sequence, not a strategy.
/// @throws ModelError as above, or a player lacks perfect recall.
/// @source Koller, Megiddo & von Stengel (1996), Games and Economic Behavior 14.
/// @oracle programs_test.cc: Kuhn's poker -1/18; equal to the strategic form on random trees.
[[nodiscard]] ZeroSum zero_sum(const TreeGame& game);

}  // namespace casus::game
