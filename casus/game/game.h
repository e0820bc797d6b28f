// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <variant>

#include "casus/game/matrix_game.h"
#include "casus/game/tree_game.h"

namespace casus::game {

/// A game in strategic or extensive form.
using Game = std::variant<MatrixGame, TreeGame>;

}  // namespace casus::game
