// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "casus/game/game.h"

/// Games in the file formats of Gambit: .nfg (matrices) and .efg (trees).
namespace casus::casefile {

/// Reads a game of either format, told apart by its first word.
///
/// .nfg: payoffs as a list or by outcomes, strategies by number or by name, any number of players.
/// .efg: chance, players' and end nodes, outcomes at any node. Numbers may be whole, decimal, with
/// an exponent, or a fraction such as 1/3; each becomes the nearest 64-bit float.
/// @param file how the user named it; messages repeat it.
/// @throws CaseError  what is wrong, with file:line:column, the offending text and a way out.
/// @source Gambit's manual, "Game representation formats".
/// @oracle game_file_test.cc: what is written is read again as it was; every message word for word.
[[nodiscard]] game::Game read_game(const std::string& text, const std::string& file);

/// The game as an .nfg file (payoff list) or an .efg file. Chance probabilities are written as
/// fractions that sum to exactly 1, since Gambit demands it; all else as the shortest decimals.
[[nodiscard]] std::string write_nfg(const game::MatrixGame& game);
[[nodiscard]] std::string write_efg(const game::TreeGame& game);

}  // namespace casus::casefile
