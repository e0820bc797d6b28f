// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/game/bimatrix.h"
#include "casus/game/dictionary.h"

/// What both solvers of two-player games use.
namespace casus::game {

/// Scaled to sum to one.
[[nodiscard]] std::vector<double> normalised(std::vector<double> x);

/// Keeps a profile unless one within 1e-9 is there.
void keep_distinct(std::vector<Mixed>& profiles, Mixed fresh);

}  // namespace casus::game
