// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "casus/game/bimatrix.h"
#include "casus/game/matrix_game.h"
#include "casus/game/tree_game.h"

namespace casus::game {

/// A logit quantal response equilibrium: every choice a has probability e^(lambda u(a)) / sum,
/// where u(a) is what a earns against everybody's choices.
struct LogitPoint {
  double lambda = 0.0;    ///< precision, 1 / payoff; 0: even choice
  std::vector<double> p;  ///< mixed or behaviour profile
};

struct LogitOptions {
  std::optional<double> lambda = {};  ///< stop at this precision; none: go on to the limit
  /// The limit: regret below this share of the payoffs' range; in a tree also what one choice gains
  /// at any set, come to or not, given the beliefs of the branch.
  double regret = 1e-8;
  std::size_t most_steps = 20'000;
  Progress progress = {};
};

struct LogitBranch {
  std::vector<LogitPoint> points;  ///< along the branch, the first at lambda 0
  bool arrived = false;            ///< at the precision or regret asked for
  /// ln p of every choice where the walk ended: of choices too rare for their p, too.
  std::vector<double> logs = {};
};

/// The principal branch of logit equilibria, from even choice at lambda = 0 on.
///
/// A predictor-corrector walk along the curve in (ln p, lambda), which may turn back in lambda. At
/// a fork it goes straight on. The limit is a Nash equilibrium, one of perhaps many;
/// what is played there is made to earn the same by Newton's method.
/// Where the walk stops early, `arrived` is false.
/// @throws ModelError it stops before the precision asked for.
/// @source McKelvey & Palfrey (1995), Games and Economic Behavior 10; Turocy (2005), same, 51;
///         Allgower & Georg (1990), Numerical Continuation Methods, ch. 3.
/// @oracle walks_test.cc: 2x2 games by bisection; the fixed point holds to 1e-9.
[[nodiscard]] LogitBranch logit_branch(const MatrixGame& game, const LogitOptions& options = {});

/// The same for trees in agent form: every information set chooses on its own, by what its actions
/// earn given that it is reached.
/// @throws ModelError also where a path passes through an information set twice.
/// @source McKelvey & Palfrey (1998), Experimental Economics 1.
/// @oracle walks_test.cc: the centipede by backward induction; a one-shot tree is its
///         matrix.
[[nodiscard]] LogitBranch logit_branch(const TreeGame& game, const LogitOptions& options = {});

}  // namespace casus::game
