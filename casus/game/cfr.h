// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "casus/game/bimatrix.h"
#include "casus/game/sequence_form.h"

namespace casus::game {

struct CfrOptions {
  std::size_t iterations = 100'000;  ///< of all players, at most
  double regret =
      1e-4;  ///< stop once the average's regret is below this share of the payoffs' range
  Progress progress = {};
};

struct CfrAnswer {
  Behaviour profile;           ///< the linear average of all iterations
  std::size_t iterations = 0;  ///< made
  double regret = 0.0;         ///< of the average
};

/// Counterfactual regret minimisation, the variant CFR+: alternating updates, regrets held at zero
/// from below, iteration t weighs t in the average.
///
/// Runs on the sequence form: one sum over the ends and one sweep over a player's sets an update.
/// In two-player zero-sum games the regret falls at least as 1 / sqrt(iterations); with more
/// players or other payoffs nothing is promised, and the regret reported is what it is.
/// @throws ModelError a player lacks perfect recall.
/// @source Zinkevich et al. (2007), NIPS 20; Tammelin (2014), arXiv:1407.5042.
/// @oracle walks_test.cc: the value of Kuhn's and Leduc poker by linear programming.
[[nodiscard]] CfrAnswer cfr(const TreeGame& game, const CfrOptions& options = {});

/// The iterations alone, for those who count them.
class CfrSolver {
 public:
  explicit CfrSolver(const SequenceForm& form);
  void iterate();
  /// The average so far, as plans.
  [[nodiscard]] Plans average() const;
  [[nodiscard]] std::size_t iterations() const { return iterations_; }

 private:
  struct Leaf {
    double payoff;
    std::uint32_t own, other;
  };
  void update(std::size_t player);
  void earn(std::size_t player);

  const SequenceForm& form_;
  std::vector<std::vector<Leaf>> leaves_;  // two players: by player, own sequence ascending
  Plans current_, sum_;
  std::vector<std::vector<double>> regrets_;  // [player][sequence]
  std::vector<double> earned_;
  std::size_t iterations_ = 0;
};

}  // namespace casus::game
