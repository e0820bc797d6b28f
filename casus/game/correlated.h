// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "casus/game/matrix_game.h"

namespace casus::game {

/// Which correlated equilibrium: of the largest sum of payoffs, the largest payoff of whoever gets
/// least, or the largest payoff of one player.
enum class Aim { welfare, least, player };

struct Correlated {
  std::vector<double> p;        ///< of every profile
  std::vector<double> payoffs;  ///< by player
  double regret = 0.0;  ///< the most any player gains by answering what they are told otherwise
};

/// The correlated equilibrium that is best by an aim: somebody draws a profile and tells every
/// player their own part, and nobody gains by playing anything else.
/// @param player whom `Aim::player` serves. @throws ModelError more than 200,000 profiles.
/// @note By linear programming; several may be as good, one of them is returned.
/// @source Aumann (1974), J. Math. Econ. 1; (1987), Econometrica 55.
/// @oracle programs_test.cc: Aumann's chicken; no worse than any Nash equilibrium.
[[nodiscard]] Correlated correlated(const MatrixGame& game, Aim aim = Aim::welfare,
                                    std::size_t player = 0);

/// The most any player gains by a rule "when told a, play b" against a distribution of profiles.
[[nodiscard]] double correlated_regret(const MatrixGame& game, const std::vector<double>& p);

}  // namespace casus::game
