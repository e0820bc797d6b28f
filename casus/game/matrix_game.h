// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace casus::game {

/// A finite game in strategic form: every player picks one strategy, all at once.
///
/// Payoffs are dimensionless utilities. A profile is numbered with the first player's strategy
/// running fastest, as in the .nfg format.
struct MatrixGame {
  std::string title;
  std::string comment;
  std::vector<std::string> players;
  std::vector<std::vector<std::string>> strategies;  ///< labels, by player
  std::vector<double> payoffs;                       ///< [profile][player]

  [[nodiscard]] std::size_t profiles() const;
  [[nodiscard]] double payoff(std::size_t profile, std::size_t player) const {
    return payoffs[profile * players.size() + player];
  }
  /// Profiles between one strategy of `player` and the next.
  [[nodiscard]] std::size_t stride(std::size_t player) const;
  /// Where the probabilities of each player begin in a flat mixed profile, and their number last.
  [[nodiscard]] std::vector<std::size_t> offsets() const;
};

/// A mixed profile: probabilities of every strategy, player after player.
using Mixed = std::vector<double>;

/// What every strategy of every player earns against the others' mixtures, in a profile's layout.
/// @note O(profiles * players).
[[nodiscard]] std::vector<double> deviation_payoffs(const MatrixGame& game,
                                                    std::span<const double> mixed);

/// Expected payoff of every player.
[[nodiscard]] std::vector<double> expected_payoffs(const MatrixGame& game,
                                                   std::span<const double> mixed);

/// The most any one player gains by a change of strategy: 0 exactly at Nash equilibria.
[[nodiscard]] double regret(const MatrixGame& game, std::span<const double> mixed);

/// Largest minus smallest payoff of a player over all profiles.
[[nodiscard]] double payoff_range(const MatrixGame& game, std::size_t player);

/// The constant that the payoffs of a two-player game add up to, if they do within 1e-12 of their
/// size; returned through `sum`.
[[nodiscard]] bool constant_sum(const MatrixGame& game, double& sum);

}  // namespace casus::game
