// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/pure.h"

#include <algorithm>

namespace casus::game {

std::vector<std::size_t> pure_equilibria(const MatrixGame& game) {
  const std::size_t profiles = game.profiles();
  std::vector<char> stays(profiles, 1);
  for (std::size_t i = 0; i < game.players.size(); ++i) {
    const std::size_t stride = game.stride(i), own = game.strategies[i].size();
    const double slack = 1e-12 * payoff_range(game, i);
    for (std::size_t k = 0; k < profiles; ++k) {
      if (k / stride % own != 0) continue;
      double best = game.payoff(k, i);
      for (std::size_t s = 1; s < own; ++s) best = std::max(best, game.payoff(k + s * stride, i));
      for (std::size_t s = 0; s < own; ++s) {
        if (game.payoff(k + s * stride, i) < best - slack) stays[k + s * stride] = 0;
      }
    }
  }
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < profiles; ++k) {
    if (stays[k] != 0) out.push_back(k);
  }
  return out;
}

Mixed pure_profile(const MatrixGame& game, std::size_t number) {
  const auto begin = game.offsets();
  Mixed out(begin.back(), 0.0);
  for (std::size_t i = 0; i < game.players.size(); ++i) {
    out[begin[i] + number / game.stride(i) % game.strategies[i].size()] = 1.0;
  }
  return out;
}

}  // namespace casus::game
