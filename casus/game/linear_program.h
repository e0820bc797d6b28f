// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

namespace casus::game {

inline constexpr double unbounded = std::numeric_limits<double>::infinity();

/// Maximise objective . x with low <= x <= high and bounds on rows of a sparse matrix.
class LinearProgram {
 public:
  /// A new column; returns its number.
  std::uint32_t column(double objective, double low = 0.0, double high = unbounded);
  /// A new row; entries follow by `entry`. Returns its number.
  std::uint32_t row(double low, double high);
  void entry(std::uint32_t row, std::uint32_t column, double value);

  struct Solution {
    std::vector<double> x;      ///< by column
    std::vector<double> duals;  ///< by row: growth of the optimum per unit of the row's bound
    double value = 0.0;
  };
  /// A vertex solution by COIN-OR's Clp (docs/decisions/0006-clp.md), tolerance 1e-10.
  /// @throws ModelError there is no solution, or no bound on it.
  /// @oracle programs_test.cc: a textbook program and its dual.
  [[nodiscard]] Solution maximise() const;

 private:
  std::vector<double> objective_, low_, high_, row_low_, row_high_;
  std::vector<int> entry_row_, entry_column_;
  std::vector<double> entry_value_;
};

}  // namespace casus::game
