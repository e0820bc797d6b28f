// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "casus/game/tree_game.h"

namespace casus::game {

/// A sequential equilibrium of a tree: behaviour, and beliefs of which it is the best answer at
/// every information set, those included that play never comes to.
struct Sequential {
  Behaviour behaviour;
  /// [node]: at a player's node, the belief to be there given its set; else 0.
  std::vector<double> belief;
  /// The most that changing one choice at one set gains there, play going on as told, as a share of
  /// the largest range of a player's payoffs; with perfect recall no change of plan gains from any
  /// set on where this is 0.
  double gain = 0.0;
  /// Information sets that reasoning alone did not settle: there it is one answer of perhaps many.
  std::size_t left = 0;
  [[nodiscard]] bool only() const { return left == 0; }  ///< no other equilibrium is sequential
  /// Whether it is one: no gain beyond rounding.
  [[nodiscard]] bool holds() const { return gain < 1e-9; }
};

struct SequentialOptions {
  double regret = 1e-10;  ///< of the logit limit, a share of the payoffs' range
};

/// Settles what can be settled, again and again: an action goes where another of its set earns more
/// whatever is believed and whatever may follow, or, where chance and settled moves alone lead to
/// the set, more in the mean. In trees of perfect information without ties this is backward
/// induction. What is left follows the principal branch of logit equilibria to its limit, payoffs
/// divided by their standard deviation over the ends, and is then held against one-shot deviations.
///
/// What goes by the first step is played with probability 0 in every sequential equilibrium; ties
/// within 1e-12 of the range settle nothing. Payoffs may differ by as little: the answer is exact
/// there.
/// @throws ModelError a path passes through an information set twice, or 3,000 actions are left.
/// @note  O(nodes * actions) for each of at most as many rounds as there are actions.
/// @source Kreps & Wilson (1982), Econometrica 50; Shimoji & Watson (1998), J. Economic Theory 83
///         (conditional dominance); Turocy (2010), Economic Theory 42 (the limit is sequential).
/// @oracle sequential_test.cc: backward induction on random trees; trees whose root hangs on a tie
///         of 1e-7; every answer against one-shot deviations computed apart.
[[nodiscard]] Sequential sequential_equilibrium(const TreeGame& game,
                                                const SequentialOptions& options = {});

}  // namespace casus::game
