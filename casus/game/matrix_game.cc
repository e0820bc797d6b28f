// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/matrix_game.h"

#include <algorithm>
#include <cmath>

namespace casus::game {

std::size_t MatrixGame::profiles() const {
  std::size_t count = 1;
  for (const auto& own : strategies) count *= own.size();
  return count;
}

std::size_t MatrixGame::stride(std::size_t player) const {
  std::size_t step = 1;
  for (std::size_t i = 0; i < player; ++i) step *= strategies[i].size();
  return step;
}

std::vector<std::size_t> MatrixGame::offsets() const {
  std::vector<std::size_t> begin(1, 0);
  for (const auto& own : strategies) begin.push_back(begin.back() + own.size());
  return begin;
}

std::vector<double> deviation_payoffs(const MatrixGame& game, std::span<const double> mixed) {
  const std::size_t n = game.players.size();
  const auto begin = game.offsets();
  std::vector<double> out(begin.back(), 0.0), after(n + 1, 1.0);
  std::vector<std::size_t> digit(n, 0);
  const std::size_t profiles = game.profiles();
  for (std::size_t k = 0; k < profiles; ++k) {
    for (std::size_t i = n; i-- > 0;) after[i] = after[i + 1] * mixed[begin[i] + digit[i]];
    double before = 1.0;
    for (std::size_t i = 0; i < n; ++i) {
      out[begin[i] + digit[i]] += before * after[i + 1] * game.payoff(k, i);
      before *= mixed[begin[i] + digit[i]];
    }
    for (std::size_t i = 0; i < n && ++digit[i] == game.strategies[i].size(); ++i) digit[i] = 0;
  }
  return out;
}

std::vector<double> expected_payoffs(const MatrixGame& game, std::span<const double> mixed) {
  const auto deviations = deviation_payoffs(game, mixed);
  const auto begin = game.offsets();
  std::vector<double> out(game.players.size(), 0.0);
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (std::size_t s = begin[i]; s < begin[i + 1]; ++s) out[i] += mixed[s] * deviations[s];
  }
  return out;
}

double regret(const MatrixGame& game, std::span<const double> mixed) {
  const auto deviations = deviation_payoffs(game, mixed);
  const auto begin = game.offsets();
  double most = 0.0;
  for (std::size_t i = 0; i < game.players.size(); ++i) {
    double best = deviations[begin[i]], own = 0.0;
    for (std::size_t s = begin[i]; s < begin[i + 1]; ++s) {
      best = std::max(best, deviations[s]);
      own += mixed[s] * deviations[s];
    }
    most = std::max(most, best - own);
  }
  return most;
}

double payoff_range(const MatrixGame& game, std::size_t player) {
  double low = game.payoff(0, player), high = low;
  for (std::size_t k = 1; k < game.profiles(); ++k) {
    low = std::min(low, game.payoff(k, player));
    high = std::max(high, game.payoff(k, player));
  }
  return high - low;
}

bool constant_sum(const MatrixGame& game, double& sum) {
  if (game.players.size() != 2) return false;
  double size = 0.0;
  for (const double u : game.payoffs) size = std::max(size, std::abs(u));
  sum = game.payoff(0, 0) + game.payoff(0, 1);
  for (std::size_t k = 1; k < game.profiles(); ++k) {
    if (std::abs(game.payoff(k, 0) + game.payoff(k, 1) - sum) > 1e-12 * size) return false;
  }
  return true;
}

}  // namespace casus::game
