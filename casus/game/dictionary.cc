// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/dictionary.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "casus/base/error.h"

namespace casus::game {
namespace {

// What is smaller than `zero_below` is a rounding error of a zero; what is larger than
// `sure_above` is none. Entries are of order one: payoffs are scaled to (0, 1].
constexpr double zero_below = 1e-12;
constexpr double sure_above = 1e-10;

}  // namespace

Dictionary::Dictionary(std::span<const double> matrix, std::size_t rows, std::size_t columns)
    : rows_(rows), columns_(columns) {
  start_.reserve(rows * (columns + 1));
  for (std::size_t r = 0; r < rows; ++r) {
    start_.insert(start_.end(), matrix.begin() + static_cast<std::ptrdiff_t>(r * columns),
                  matrix.begin() + static_cast<std::ptrdiff_t>((r + 1) * columns));
    start_.push_back(1.0);
  }
  basic_.resize(rows);
  nonbasic_.resize(columns);
  place_.resize(rows + columns);
  CASUS_CHECK(go(std::vector<bool>(rows + columns, false)));
}

int Dictionary::sign(double x) {
  const double size = std::abs(x);
  if (size < zero_below) return 0;
  if (size < sure_above) doubtful_ = true;
  return x > 0.0 ? 1 : -1;
}

bool Dictionary::zero(std::size_t row) { return sign(value(row)) == 0; }

double Dictionary::perturbation(std::size_t row, std::uint32_t slack) const {
  const auto variable = static_cast<std::uint32_t>(columns_) + slack;
  if (!is_basic_[variable]) return at(row, place_[variable]);
  return place_[variable] == row ? 1.0 : 0.0;
}

int Dictionary::compare(std::size_t a, std::size_t b, std::size_t column) {
  const double by_a = at(a, column), by_b = at(b, column);
  const auto difference = [&](double x, double y) {
    const double p = x / by_a, q = y / by_b;
    return sign((p - q) / std::max({1.0, std::abs(p), std::abs(q)}));
  };
  if (const int s = difference(value(a), value(b)); s != 0) return s;
  for (std::uint32_t slack = 0; slack < rows_; ++slack) {
    const int s = difference(perturbation(a, slack), perturbation(b, slack));
    if (s != 0) return s;
  }
  return 0;
}

std::size_t Dictionary::leaving(std::size_t column) {
  std::size_t best = rows_;
  for (std::size_t r = 0; r < rows_; ++r) {
    if (at(r, column) <= 0.0 || sign(at(r, column)) <= 0) continue;
    if (best == rows_ || compare(r, best, column) < 0) best = r;
  }
  return best;
}

void Dictionary::pivot(std::size_t row, std::size_t column) {
  const std::size_t width = columns_ + 1;
  double* const own = &table_[row * width];
  const double by = 1.0 / own[column];
  for (std::size_t c = 0; c < width; ++c) own[c] *= by;
  own[column] = by;
  for (std::size_t r = 0; r < rows_; ++r) {
    if (r == row) continue;
    double* const other = &table_[r * width];
    const double times = other[column];
    if (times == 0.0) continue;
    other[column] = 0.0;
    for (std::size_t c = 0; c < width; ++c) other[c] -= times * own[c];
  }
  std::swap(basic_[row], nonbasic_[column]);
  place_[basic_[row]] = static_cast<std::uint32_t>(row);
  place_[nonbasic_[column]] = static_cast<std::uint32_t>(column);
  is_basic_[basic_[row]] = true;
  is_basic_[nonbasic_[column]] = false;
}

bool Dictionary::go(const std::vector<bool>& basic_variables) {
  table_ = start_;
  is_basic_.assign(variables(), false);
  for (std::uint32_t r = 0; r < rows_; ++r) {
    basic_[r] = static_cast<std::uint32_t>(columns_) + r;
    place_[basic_[r]] = r;
    is_basic_[basic_[r]] = true;
  }
  for (std::uint32_t c = 0; c < columns_; ++c) {
    nonbasic_[c] = c;
    place_[c] = c;
  }
  std::vector<std::size_t> in, out;
  for (std::uint32_t c = 0; c < columns_; ++c) {
    if (basic_variables[c]) in.push_back(c);
  }
  if (in.empty()) return true;
  for (std::size_t r = 0; r < rows_; ++r) {
    if (!basic_variables[columns_ + r]) out.push_back(r);
  }
  if (in.size() != out.size()) return false;
  while (!in.empty()) {  // the largest pivot among those left, for accuracy
    std::size_t row = 0, column = 0;
    double largest = 0.0;
    for (std::size_t r = 0; r < out.size(); ++r) {
      for (std::size_t c = 0; c < in.size(); ++c) {
        const double size = std::abs(at(out[r], in[c]));
        if (size > largest) {
          largest = size;
          row = r;
          column = c;
        }
      }
    }
    if (largest < zero_below) return false;
    pivot(out[row], in[column]);
    out.erase(out.begin() + static_cast<std::ptrdiff_t>(row));
    in.erase(in.begin() + static_cast<std::ptrdiff_t>(column));
  }
  return true;
}

std::vector<double> Dictionary::point() const {
  std::vector<double> x(columns_, 0.0);
  for (std::size_t r = 0; r < rows_; ++r) {
    if (basic_[r] < columns_) x[basic_[r]] = std::max(value(r), 0.0);
  }
  return x;
}

std::vector<Dictionary> best_reply_polytopes(const MatrixGame& game) {
  if (game.players.size() != 2) {
    throw ModelError("this method needs two players; pure, qre and correlated take any number");
  }
  const std::size_t m = game.strategies[0].size(), n = game.strategies[1].size();
  const auto scaled = [&](std::size_t player) {
    double low = game.payoff(0, player);
    for (std::size_t k = 1; k < m * n; ++k) low = std::min(low, game.payoff(k, player));
    const double range = payoff_range(game, player);
    return [&game, low, range, player](std::size_t k) {
      return range > 0.0 ? (game.payoff(k, player) - low) / range * 0.9 + 0.1 : 1.0;
    };
  };
  std::vector<double> to_second(n * m), to_first(m * n);
  const auto first = scaled(0), second = scaled(1);
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t i = 0; i < m; ++i) {
      to_second[j * m + i] = second(i + j * m);
      to_first[i * n + j] = first(i + j * m);
    }
  }
  return {Dictionary(to_second, n, m), Dictionary(to_first, m, n)};
}

}  // namespace casus::game
