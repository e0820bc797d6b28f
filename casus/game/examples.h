// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casus/game/game.h"

namespace casus::game {

/// A published game that Casus can make.
struct Example {
  std::string_view name;
  std::string_view text;  ///< what it is, and where it was published
};

[[nodiscard]] const std::vector<Example>& examples();

/// The example of that name, or `random:3x4:7`: payoffs drawn evenly from [0, 1) for three and four
/// strategies, by seed 7.
/// @throws ModelError there is none of that name, or it would be too large; says which there are.
[[nodiscard]] Game example(std::string_view name);

}  // namespace casus::game
