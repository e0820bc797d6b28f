// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "casus/intel/infer.h"

namespace casus::intel {

/// Reads a `.uai` text, `BAYES` or `MARKOV`. Nodes and states are named by their index: `0`, `1`
/// ...
///
/// Rows of a `BAYES` network are divided by their sums; potentials of a `MARKOV` network are taken
/// as they stand.
/// @throws CaseError what is wrong with it, with line and column.
/// @source The file formats of the UAI inference evaluations (2006-2022).
[[nodiscard]] GraphicalModel read_uai(const std::string& text, const std::string& file);

}  // namespace casus::intel
