// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cmath>

#include "casus/base/error.h"
#include "casus/game/bimatrix.h"
#include "casus/game/correlated.h"
#include "casus/game/evaluate.h"
#include "casus/game/linear_program.h"
#include "casus/game/poker.h"
#include "casus/game/pure.h"
#include "casus/game/strategic_form.h"
#include "casus/game/test_games.h"
#include "casus/game/zero_sum.h"

namespace casus::game {
namespace {

// Random matrix, second payoff the negative of the first.
MatrixGame opposed(const std::string& size, int seed) {
  auto game = test::matrix("random:" + size + ":" + std::to_string(seed));
  for (std::size_t k = 0; k < game.profiles(); ++k) game.payoffs[2 * k + 1] = -game.payoffs[2 * k];
  return game;
}

TEST(LinearProgram, SolvesATextbookProgramAndItsDual) {
  // Wyndor: max 3x + 5y, x <= 4, 2y <= 12, 3x + 2y <= 18 (Hillier & Lieberman): 36 at (2, 6).
  LinearProgram program;
  const auto x = program.column(3.0), y = program.column(5.0);
  program.entry(program.row(-unbounded, 4.0), x, 1.0);
  program.entry(program.row(-unbounded, 12.0), y, 2.0);
  const auto third = program.row(-unbounded, 18.0);
  program.entry(third, x, 3.0);
  program.entry(third, y, 2.0);
  const auto solution = program.maximise();
  EXPECT_NEAR(solution.value, 36.0, 1e-12);
  EXPECT_THAT(solution.x, testing::Pointwise(testing::DoubleNear(1e-12), {2.0, 6.0}));
  EXPECT_THAT(solution.duals, testing::Pointwise(testing::DoubleNear(1e-12), {0.0, 1.5, 1.0}));
}

TEST(LinearProgram, SaysWhenThereIsNoSolution) {
  LinearProgram none;
  none.entry(none.row(2.0, unbounded), none.column(1.0, 0.0, 1.0), 1.0);
  EXPECT_THROW((void)none.maximise(), ModelError);
  LinearProgram endless;
  endless.entry(endless.row(0.0, unbounded), endless.column(1.0), 1.0);
  EXPECT_THROW((void)endless.maximise(), ModelError);
}

TEST(ZeroSum, BothGuaranteesMeet) {
  for (int seed = 1; seed <= 40; ++seed) {
    const auto game = opposed(seed % 2 == 0 ? "8x5" : "3x9", seed);
    const auto found = zero_sum(game);
    EXPECT_LE(regret(game, found.profile), 1e-11);
    EXPECT_TRUE(found.unique);  // of random payoffs, almost surely
    const auto all = enumerate(game);
    ASSERT_EQ(all.profiles.size(), 1u);
    EXPECT_THAT(found.profile, testing::Pointwise(testing::DoubleNear(1e-9), all.profiles[0]));
  }
}

TEST(ZeroSum, KnowsWhenOthersAreAsGood) {
  EXPECT_TRUE(zero_sum(test::matrix("rock-paper-scissors")).unique);
  EXPECT_TRUE(zero_sum(test::matrix("matching-pennies")).unique);
  const auto flat = test::bimatrix({{0, 0}, {0, 0}}, {{0, 0}, {0, 0}});
  EXPECT_FALSE(zero_sum(flat).unique);
  const auto saddle = test::bimatrix({{1, 2}, {0, 3}}, {{-1, -2}, {0, -3}});
  EXPECT_TRUE(zero_sum(saddle).unique);
  EXPECT_EQ(zero_sum(saddle).value, 1.0);
}

TEST(ZeroSum, AConstantSumIsAsGoodAsZero) {
  auto game = opposed("5x5", 3);
  const double before = zero_sum(game).value;
  for (double& u : game.payoffs) u = 100.0 * u + 50.0;
  const auto after = zero_sum(game);
  EXPECT_NEAR(after.value, 100.0 * before + 50.0, 1e-9);
  EXPECT_LE(regret(game, after.profile), 1e-9);
}

TEST(ZeroSum, KuhnsPokerIsWorthMinusOneEighteenth) {
  const auto tree = kuhn_poker();
  const auto found = zero_sum(tree);
  EXPECT_NEAR(found.value, -1.0 / 18.0, 1e-14);
  EXPECT_LE(TreeEvaluation(tree).regret(found.profile), 1e-14);
}

// The value that Gambit and OpenSpiel give as -0.0856; to more digits by both halves of the
// program.
TEST(ZeroSum, LeducPokerIsWorthWhatIsPublished) {
  const auto tree = leduc_poker();
  const auto found = zero_sum(tree);
  EXPECT_NEAR(found.value, -0.0856, 5e-5);
  EXPECT_LE(TreeEvaluation(tree).regret(found.profile), 1e-9);
}

TEST(ZeroSum, TheTreeIsWorthItsStrategicForm) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const auto tree = test::RandomTree(seed, 2, 3, true).make();
    const auto found = zero_sum(tree);
    EXPECT_NEAR(found.value, zero_sum(strategic_form(tree).matrix).value, 1e-10);
    EXPECT_LE(TreeEvaluation(tree).regret(found.profile), 1e-11);
  }
}

TEST(ZeroSum, RefusesOtherGames) {
  EXPECT_THROW((void)zero_sum(test::matrix("stag-hunt")), ModelError);
  EXPECT_THROW((void)zero_sum(test::matrix("random:2x2x2:1")), ModelError);
  EXPECT_THROW((void)zero_sum(test::tree("centipede")), ModelError);
}

// Aumann (1974): 5.25 each, by (dare, yield), (yield, dare) and (yield, yield) with 1/4, 1/4, 1/2.
TEST(Correlated, AumannsChicken) {
  const auto game = test::matrix("chicken");
  const auto found = correlated(game);
  EXPECT_THAT(found.payoffs, testing::Pointwise(testing::DoubleNear(1e-10), {5.25, 5.25}));
  EXPECT_THAT(found.p, testing::Pointwise(testing::DoubleNear(1e-10), {0.0, 0.25, 0.25, 0.5}));
  EXPECT_LE(found.regret, 1e-10);
  EXPECT_NEAR(correlated(game, Aim::player, 0).payoffs[0], 7.0, 1e-10);
  EXPECT_NEAR(correlated(game, Aim::least).payoffs[1], 5.25, 1e-10);
}

TEST(Correlated, HoldsEveryNashEquilibriumAndIsNoWorse) {
  for (int seed = 1; seed <= 20; ++seed) {
    const auto game = test::matrix("random:4x3:" + std::to_string(seed));
    const auto best = correlated(game);
    EXPECT_LE(best.regret, 1e-10);
    for (const auto& nash : enumerate(game).profiles) {
      std::vector<double> product(game.profiles());
      for (std::size_t k = 0; k < product.size(); ++k) product[k] = nash[k % 4] * nash[4 + k / 4];
      EXPECT_LE(correlated_regret(game, product), 1e-10);
      const auto earned = expected_payoffs(game, nash);
      EXPECT_LE(earned[0] + earned[1], best.payoffs[0] + best.payoffs[1] + 1e-9);
    }
  }
}

TEST(Correlated, TakesManyPlayers) {
  const auto game = test::matrix("random:3x3x3x2:4");
  const auto found = correlated(game);
  EXPECT_LE(found.regret, 1e-10);
  EXPECT_THROW((void)correlated(test::matrix("random:500x500:1")), ModelError);
}

}  // namespace
}  // namespace casus::game
