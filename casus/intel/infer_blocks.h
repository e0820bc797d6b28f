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

  /// Calls work(offset of the block's first cell) with every lane's `offset` set.
  template <class Work>
  void run(std::span<Lane* const> lanes, Work work) const {
    std::vector<std::size_t> digit(outer_, 0);
    for (Lane* lane : lanes) lane->offset = 0;
    std::size_t cell = 0;
    while (true) {
      work(cell);
      cell += block_;
      std::size_t d = outer_;
      while (d-- > 0) {
        if (++digit[d] < sizes_[d]) {
          for (Lane* lane : lanes) lane->offset += lane->step[d];
          break;
        }
        for (Lane* lane : lanes) lane->offset -= lane->step[d] * (sizes_[d] - 1);
        digit[d] = 0;
      }
      if (d == static_cast<std::size_t>(-1)) return;
    }
  }

 private:
  std::vector<std::uint32_t> scope_;
  std::vector<std::size_t> sizes_;
  std::size_t outer_ = 0;  // variables outside the block
  std::size_t block_ = 1;
};

}  // namespace casus::intel
