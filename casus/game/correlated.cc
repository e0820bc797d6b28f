// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/correlated.h"

#include <fmt/format.h>

#include <algorithm>

#include "casus/base/error.h"
#include "casus/game/linear_program.h"

namespace casus::game {
namespace {

constexpr std::size_t most_correlated = 200'000;

// Calls `f(profile, told, other, gain)` for every profile and every other strategy of `player`.
template <class F>
void for_each_deviation(const MatrixGame& game, std::size_t player, F f) {
  const std::size_t stride = game.stride(player), own = game.strategies[player].size();
  for (std::size_t k = 0; k < game.profiles(); ++k) {
    const std::size_t told = k / stride % own, base = k - told * stride;
    for (std::size_t other = 0; other < own; ++other) {
      if (other == told) continue;
      f(k, told, other, game.payoff(base + other * stride, player) - game.payoff(k, player));
    }
  }
}

}  // namespace

double correlated_regret(const MatrixGame& game, const std::vector<double>& p) {
  double most = 0.0;
  for (std::size_t i = 0; i < game.players.size(); ++i) {
    const std::size_t own = game.strategies[i].size();
    std::vector<double> gain(own * own, 0.0);
    for_each_deviation(game, i, [&](std::size_t k, std::size_t told, std::size_t other, double g) {
      gain[told * own + other] += p[k] * g;
    });
    double total = 0.0;
    for (std::size_t told = 0; told < own; ++told) {
      const auto first = gain.begin() + static_cast<std::ptrdiff_t>(told * own);
      total += std::max(0.0, *std::max_element(first, first + static_cast<std::ptrdiff_t>(own)));
    }
    most = std::max(most, total);
  }
  return most;
}

Correlated correlated(const MatrixGame& game, Aim aim, std::size_t player) {
  const std::size_t profiles = game.profiles(), n = game.players.size();
  if (profiles > most_correlated) {
    throw ModelError(fmt::format("correlated takes up to {} profiles, this game has {}",
                                 most_correlated, profiles));
  }
  LinearProgram program;
  for (std::size_t k = 0; k < profiles; ++k) {
    double worth = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      if (aim == Aim::welfare || (aim == Aim::player && i == player)) worth += game.payoff(k, i);
    }
    program.column(worth);
  }
  const auto all = program.row(1.0, 1.0);
  for (std::uint32_t k = 0; k < profiles; ++k) program.entry(all, k, 1.0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t own = game.strategies[i].size();
    std::vector<std::uint32_t> rows(own * own);
    for (auto& row : rows) row = program.row(-unbounded, 0.0);
    for_each_deviation(game, i, [&](std::size_t k, std::size_t told, std::size_t other, double g) {
      if (g != 0.0) program.entry(rows[told * own + other], static_cast<std::uint32_t>(k), g);
    });
  }
  if (aim == Aim::least) {
    const auto least = program.column(1.0, -unbounded);
    for (std::size_t i = 0; i < n; ++i) {
      const auto row = program.row(0.0, unbounded);
      program.entry(row, least, -1.0);
      for (std::uint32_t k = 0; k < profiles; ++k) program.entry(row, k, game.payoff(k, i));
    }
  }
  const auto solution = program.maximise();
  Correlated out;
  out.p.assign(solution.x.begin(), solution.x.begin() + static_cast<std::ptrdiff_t>(profiles));
  double total = 0.0;
  for (double& p : out.p) total += p = p < 1e-13 ? 0.0 : p;
  out.payoffs.assign(n, 0.0);
  for (std::size_t k = 0; k < profiles; ++k) {
    out.p[k] /= total;
    for (std::size_t i = 0; i < n; ++i) out.payoffs[i] += out.p[k] * game.payoff(k, i);
  }
  out.regret = correlated_regret(game, out.p);
  return out;
}

}  // namespace casus::game
