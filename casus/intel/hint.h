// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "casus/intel/calibration.h"

namespace casus::intel {

/// What a few variables tell of others elsewhere: P(state of those | the few).
///
/// Beyond these few, nothing else on their side tells more of them. Where many states hang on few
/// cells, columns are these cells, and `after` leads from them to the states.
struct Hint {
  std::vector<Variable> scope;  ///< the few, in the order of the tree
  std::size_t columns = 0;
  Table table;  ///< P(column | scope), by cell and column; empty: columns are cells
  Table after;  ///< P(state | column), by column and state; empty: they are columns
  std::vector<std::size_t> wanted;  ///< whose states these are, places in a list; all of each
};

/// Several hints of the same few variables as one.
[[nodiscard]] Hint merged(std::span<const Hint* const> hints,
                          std::span<const std::uint32_t> states);

/// P(target, column), by cell and column, from the joint table over `all`, which holds both the
/// target and the hint's variables.
[[nodiscard]] Table told(const Hint& hint, const Table& joint, std::span<const Variable> all,
                         std::span<const Variable> target, std::span<const std::uint32_t> states);

/// From numbers by column to numbers by state.
[[nodiscard]] std::vector<double> by_state(const Hint& hint, std::vector<double> by_column);

}  // namespace casus::intel
