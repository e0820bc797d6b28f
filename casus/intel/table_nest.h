// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Tables over some of the variables of a larger table: which cell belongs to which, worked out
/// once and used many times.
namespace casus::intel {

/// Maps the cells of a table over `from` (last fastest) to those of a table over `onto`, some of
/// its variables. With `columns` > 1 every cell of both is a row of that many numbers.
class CellMap {
 public:
  CellMap() = default;
  CellMap(std::span<const std::uint32_t> from, std::span<const std::uint32_t> onto,
          std::span<const std::uint32_t> states, std::size_t columns = 1);

  /// cells[i] *= table[j(i)].
  void multiply(double* cells, const double* table) const;
  /// table[j(i)] += cells[i].
  void sum(const double* cells, double* table) const;

 private:
  struct Level {
    std::size_t size = 1;
    std::size_t stride = 0;
  };
  template <class Row>
  void rows(Row row) const;
  std::vector<Level> levels_;  ///< outermost first; neighbours that step alike are one
};

/// One of several tables over subsets of a whole.
struct Nest {
  std::vector<std::uint32_t> scope;   ///< ascending
  std::size_t size = 1;               ///< cells
  std::optional<std::size_t> within;  ///< the smallest other nest that contains it; else the whole
  CellMap map;                        ///< from there
};

/// Orders subsets of a whole so that each is reached through the smallest that contains it: summing
/// runs forwards, multiplying backwards, and the whole is touched only by those within no other.
/// @param scopes distinct, each ascending and a subset of `whole`.
/// @returns them by falling size.
[[nodiscard]] std::vector<Nest> nest(std::span<const std::uint32_t> whole,
                                     std::vector<std::vector<std::uint32_t>> scopes,
                                     std::span<const std::uint32_t> states,
                                     std::size_t columns = 1);

/// Divides by the largest entry; returns its logarithm, or minus infinity for a table of zeros.
double scale_down(std::vector<double>& table);

}  // namespace casus::intel
