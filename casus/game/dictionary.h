// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/game/matrix_game.h"

namespace casus::game {

/// The polytope {x >= 0, C x <= 1} of best replies, C > 0, at one of its bases.
///
/// Variables 0 ... columns-1 are x, those after them the slacks of the rows. A basis is kept as a
/// table: row r says how its basic variable falls as each nonbasic one grows. Ties are broken as if
/// the right-hand sides were 1 + e, 1 + e^2, ... for a tiny e (lexicographic order), so that no
/// path of pivots comes back to where it was. Arithmetic is 64-bit floating point; a number nearer
/// to a tie than it may safely be called one sets `doubtful`.
/// @source Lemke & Howson (1964), SIAM J. 12; von Stengel (2002), Handbook of Game Theory 3,
/// ch. 45.
class Dictionary {
 public:
  /// @param matrix rows x columns, row after row, all > 0.
  Dictionary(std::span<const double> matrix, std::size_t rows, std::size_t columns);

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }
  [[nodiscard]] std::size_t variables() const { return rows_ + columns_; }
  /// Basic variable of a row, nonbasic variable of a column.
  [[nodiscard]] std::uint32_t basic(std::size_t row) const { return basic_[row]; }
  [[nodiscard]] std::uint32_t nonbasic(std::size_t column) const { return nonbasic_[column]; }
  [[nodiscard]] double value(std::size_t row) const { return at(row, columns_); }
  /// Column of a nonbasic variable.
  [[nodiscard]] std::size_t column_of(std::uint32_t variable) const { return place_[variable]; }

  /// The row whose variable falls to zero first as `column` enters; `rows()` if none does.
  [[nodiscard]] std::size_t leaving(std::size_t column);
  /// Exchanges the variables of a row and a column.
  void pivot(std::size_t row, std::size_t column);
  /// Goes to the basis whose basic variables are marked, from the start; false if there is none.
  [[nodiscard]] bool go(const std::vector<bool>& basic_variables);
  /// The point x.
  [[nodiscard]] std::vector<double> point() const;
  [[nodiscard]] bool doubtful() const { return doubtful_; }
  /// Whether a basic variable is zero here: more variables vanish than there are columns.
  [[nodiscard]] bool zero(std::size_t row);

 private:
  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return table_[row * (columns_ + 1) + column];
  }
  // Sign of a number that ought to be 0 or far from it.
  [[nodiscard]] int sign(double x);
  // Sign of (row a scaled) - (row b scaled) in lexicographic order, the right-hand sides first.
  [[nodiscard]] int compare(std::size_t a, std::size_t b, std::size_t column);
  [[nodiscard]] double perturbation(std::size_t row, std::uint32_t slack) const;

  std::size_t rows_, columns_;
  std::vector<double> start_, table_;
  std::vector<std::uint32_t> basic_, nonbasic_, place_;
  std::vector<bool> is_basic_;
  bool doubtful_ = false;
};

/// The polytopes of a two-player game: first what the first player may play (a row for each reply
/// of the second), then what the second may play. Payoffs are shifted and scaled to (0, 1].
/// @throws ModelError the game has not two players.
[[nodiscard]] std::vector<Dictionary> best_reply_polytopes(const MatrixGame& game);

}  // namespace casus::game
