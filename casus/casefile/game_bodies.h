// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/casefile/game_tokens.h"
#include "casus/game/matrix_game.h"
#include "casus/game/tree_game.h"

/// The rest of a game file after its first line's `NFG 1 R` or `EFG 2 R`.
namespace casus::casefile {

[[nodiscard]] game::MatrixGame read_nfg(GameTokens& tokens);
[[nodiscard]] game::TreeGame read_efg(GameTokens& tokens);

}  // namespace casus::casefile
