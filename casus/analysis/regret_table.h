// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "casus/analysis/parts.h"

/// Where an option is regretted: regret told apart by which option would have been best.
namespace casus::analysis {

struct RegretTable {
  std::size_t options = 0;
  /// Of the futures, those in which this option is worth most; sums to 1. What several share goes
  /// to the first of them in the order of the case.
  std::vector<double> share;
  /// [option][best]: mean over those futures of (best option's value - own value), in units of
  /// value, >= 0; 0 where there are none.
  std::vector<double> regret;
};

/// Splits the expected regret of every option: sum over best of share * regret = Regret::expected.
///
/// @param table  values, with one or more futures. O(options * futures).
/// @source the regret table of Savage (1951), The Theory of Statistical Decision, with states of
///         the world gathered by their best act: ours.
/// @oracle regret_table_test.cc: a table by hand; the parts add up to `regret`.
[[nodiscard]] RegretTable regret_table(const ValueTable& table);

}  // namespace casus::analysis
