// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "casus/intel/infer_kernel.h"

namespace casus::intel {

/// A table beside a block of cells, one variable after the other.
///
/// A table is spread over the cells from the innermost variable it lacks outwards, and cells are
/// summed onto it from the outermost inwards, so nearly all the work is on long runs of neighbours.
/// Sums are taken in the same order on every machine.
class Slabs {
 public:
  Slabs() = default;
  explicit Slabs(std::span<const Level> levels);

  /// @param scratch  room for twice the block's cells.
  void assign(double* cells, const double* table, double* scratch) const;
  void multiply(double* cells, const double* table, double* scratch) const;
  /// Adds the cells to the table.
  void sum(const double* cells, double* table, double* scratch) const;

  /// What the table lacks of one level: `extent` slabs of `inner` cells become one, `outer` times.
  struct Step {
    std::size_t outer = 1, extent = 1, inner = 1;
  };

 private:
  [[nodiscard]] const double* spread_inner(const double* table, double* scratch) const;

  std::vector<Step> steps_;  // outermost first
  std::size_t cells_ = 1;    // of the block
};

/// The largest of numbers that are not negative; 0 of none.
[[nodiscard]] double largest(std::span<const double> numbers);
void multiply(std::span<double> numbers, double by);
/// Cell by cell.
void multiply(std::span<double> numbers, std::span<const double> by);

}  // namespace casus::intel
