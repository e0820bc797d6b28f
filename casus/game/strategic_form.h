// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "casus/game/matrix_game.h"
#include "casus/game/tree_game.h"

namespace casus::game {

/// The reduced strategic form of a tree: strategies that differ only where their own moves rule the
/// difference out count once.
///
/// A label lists the number of the action (from 1) at each of the player's information sets in the
/// order of the tree, `*` where it does not matter, as Gambit writes it: `1*2`.
struct StrategicForm {
  MatrixGame matrix;
  /// [player][strategy][own set, in the order of the tree]: action, or `TreeGame::none`.
  std::vector<std::vector<std::vector<std::uint32_t>>> choices;
  std::vector<std::vector<std::uint32_t>> sets;  ///< [player]: the information sets' numbers
};

inline constexpr std::size_t most_strategies = 20'000;  ///< of one player
inline constexpr double most_profiles = 4e6;

/// @throws ModelError there are more strategies or profiles than the limits above.
/// @note Perfect recall is not needed; an absent-minded player repeats the action of the set.
[[nodiscard]] StrategicForm strategic_form(const TreeGame& game);

/// The behaviour of a mixed profile of the strategic form, where every player has perfect recall;
/// for pure profiles, of any player. Uniform where a player's own moves rule the set out.
/// @oracle tree_test.cc: equal payoffs on random trees.
[[nodiscard]] Behaviour behaviour(const StrategicForm& form, const TreeGame& game,
                                  std::span<const double> mixed);

}  // namespace casus::game
