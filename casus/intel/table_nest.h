// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "casus/intel/infer_blocks.h"

/// Tables over some of the variables of a clique, whose own table is never stored: it is multiplied
/// from them and summed into others a block at a time.
namespace casus::intel {

using Table = std::vector<double>;

/// A table that is multiplied onto the clique's cells.
struct Feed {
  Lane lane;
  const double* table = nullptr;
};
/// A table that the clique's cells are added to.
struct Drain {
  Lane lane;
  double* table = nullptr;
  std::size_t size = 0;
};

/// The product of `in`, summed into every one of `out`.
///
/// A large whole is worked through a state of its outermost variable at a time, on `threads`
/// threads; nothing hangs on their number.
void stream(const Blocks& whole, std::span<const Feed> in, std::span<const Drain> out,
            std::size_t threads = 1);

/// One of several tables over subsets of a whole.
struct Nest {
  std::vector<std::uint32_t> scope;   ///< in the order of the whole
  std::size_t size = 1;               ///< cells
  std::optional<std::size_t> within;  ///< the smallest other nest that contains it; else the whole
  Lane lane;                          ///< seen from there
  bool joined = false;                ///< not asked for: only a way to smaller ones
  std::size_t last = 0;               ///< the last nest within it, if any; else itself
};

/// Subsets of a whole, each reached through the smallest that contains it; the whole is touched
/// only by those within no other. Where many would touch it, some are joined first in tables far
/// smaller than the whole.
class Nests {
 public:
  Nests() = default;
  /// @param scopes distinct, each in the order of `whole` and a subset of it.
  Nests(std::span<const std::uint32_t> whole, std::vector<std::vector<std::uint32_t>> scopes,
        std::span<const std::uint32_t> states);

  [[nodiscard]] std::size_t size() const { return nests_.size(); }  ///< with those joined
  /// By falling size.
  [[nodiscard]] const Nest& operator[](std::size_t i) const { return nests_[i]; }
  [[nodiscard]] std::size_t find(std::span<const std::uint32_t> scope) const;
  [[nodiscard]] const Blocks& whole() const { return blocks_.front(); }

  /// What the whole is multiplied from, and summed into.
  [[nodiscard]] std::vector<Feed> feeds(std::span<const double* const> tables) const;
  [[nodiscard]] std::vector<Drain> drains(std::vector<Table>& tables) const;
  /// Multiplies table i onto the one it is within; `anew`: that one takes its cells instead.
  void multiply_within(std::size_t i, const double* table, double* onto, bool anew = false) const;
  /// Sums the tables within others from those; those only joined end empty.
  void sum_within(std::vector<Table>& tables) const;

 private:
  std::vector<Nest> nests_;
  std::vector<Blocks> blocks_;  // of the whole, then of the nests
};

/// Divides by a power of two, so that the largest entry comes to lie in (1/2, 1]; returns it.
/// Exact. A table of zeros stays and 0 is returned.
double scale_by_top(Table& table);
/// The same; returns its logarithm, or minus infinity for a table of zeros.
double scale_down(Table& table);

}  // namespace casus::intel
