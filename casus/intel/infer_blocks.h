// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/intel/infer_kernel.h"
#include "casus/intel/slabs.h"

namespace casus::intel {

/// A table over some of a clique's variables, seen from the clique: blocks outside, levels inside.
struct Lane {
  std::vector<std::size_t> step;  ///< by outer variable: cells of the table between neighbours
  std::vector<Level> levels;
  Slabs slabs;         ///< the same, for flat loops
  bool still = false;  ///< the table does not move within a block
  std::size_t offset = 0;
};

/// How a clique's cells are cut into blocks that stay in the nearest cache.
class Blocks {
 public:
  Blocks(std::span<const std::uint32_t> scope, std::span<const std::uint32_t> states);

  [[nodiscard]] Lane lane(std::span<const std::uint32_t> table_scope) const;
  [[nodiscard]] std::size_t block() const { return block_; }

  /// States of the outermost variable, if it lies outside the blocks.
  [[nodiscard]] std::size_t slices() const { return outer_ > 0 ? sizes_.front() : 1; }
  [[nodiscard]] std::size_t cells() const { return slices() * slice_; }

  /// Calls work(offset of the block's first cell) with every lane's `offset` set.
  template <class Work>
  void run(std::span<Lane* const> lanes, Work work) const {
    for (std::size_t s = 0; s < slices(); ++s) run_slice(s, lanes, work);
  }
  /// The same for one state of the outermost variable.
  template <class Work>
  void run_slice(std::size_t slice, std::span<Lane* const> lanes, Work work) const {
    std::vector<std::size_t> digit(outer_, 0);
    for (Lane* lane : lanes) lane->offset = outer_ > 0 ? slice * lane->step.front() : 0;
    const std::size_t end = (slice + 1) * slice_;
    for (std::size_t cell = slice * slice_; cell < end; cell += block_) {
      work(cell);
      for (std::size_t d = outer_; d-- > 1;) {
        if (++digit[d] < sizes_[d]) {
          for (Lane* lane : lanes) lane->offset += lane->step[d];
          break;
        }
        for (Lane* lane : lanes) lane->offset -= lane->step[d] * (sizes_[d] - 1);
        digit[d] = 0;
      }
    }
  }

 private:
  std::vector<std::uint32_t> scope_;
  std::vector<std::size_t> sizes_;
  std::size_t outer_ = 0;  // variables outside the block
  std::size_t block_ = 1;
  std::size_t slice_ = 1;  // cells of one state of the outermost variable
};

}  // namespace casus::intel
