// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "casus/base/error.h"
#include "casus/game/evaluate.h"
#include "casus/game/poker.h"
#include "casus/game/pure.h"
#include "casus/game/sequence_form.h"
#include "casus/game/strategic_form.h"
#include "casus/game/test_games.h"

namespace casus::game {
namespace {

using testing::DoubleNear;
using testing::HasSubstr;
using testing::Pointwise;

// One player moves twice and has forgotten the first move.
TreeGame forgetful() {
  TreeBuilder tree("forgetful", {"one"});
  tree.move(0, "first", {"a", "b"});
  tree.move(0, "second", {"a", "b"});
  tree.end({1});
  tree.end({0});
  tree.move(0, "second", {"a", "b"});
  tree.end({0});
  tree.end({2});
  return tree.finish("");
}

// Piccione and Rubinstein's driver: the same exit twice.
TreeGame absent_minded() {
  TreeBuilder tree("absent-minded driver", {"driver"});
  tree.move(0, "exit?", {"leave", "go on"});
  tree.end({0});
  tree.move(0, "exit?", {"leave", "go on"});
  tree.end({4});
  tree.end({1});
  return tree.finish("");
}

TEST(Tree, PokersHaveTheirPublishedSizes) {
  const auto kuhn = kuhn_poker();
  EXPECT_EQ(kuhn.infosets.size(), 12u);
  EXPECT_EQ(kuhn.nodes.size(), 55u);  // 1 chance, 6 x 4 moves, 6 x 5 ends
  const auto leduc = leduc_poker();
  EXPECT_EQ(leduc.infosets.size(), 936u);
  EXPECT_EQ(leduc.nodes.size(), 9457u);
  EXPECT_FALSE(leduc.forgetful());
}

TEST(Tree, SequencesEarnWhatNodesEarn) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto tree = test::RandomTree(seed, 2 + seed % 2, 4, false).make();
    const auto form = sequence_form(tree);
    const auto profile = test::random_profile(tree.offsets(), seed);
    const auto own = plans(form, tree, profile);
    EXPECT_THAT(expected_payoffs(form, own),
                Pointwise(DoubleNear(1e-12), expected_payoffs(tree, profile)));
    EXPECT_THAT(behaviour(form, tree, own), Pointwise(DoubleNear(1e-12), profile));
  }
}

TEST(Tree, StrategicFormEarnsWhatTheTreeEarns) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const auto tree = test::RandomTree(seed, 2, 3, false).make();
    const auto form = strategic_form(tree);
    const auto mixed = test::random_profile(form.matrix.offsets(), seed);
    const auto told = behaviour(form, tree, mixed);
    EXPECT_THAT(expected_payoffs(tree, told),
                Pointwise(DoubleNear(1e-12), expected_payoffs(form.matrix, mixed)));
    EXPECT_NEAR(TreeEvaluation(tree).regret(told), regret(form.matrix, mixed), 1e-12);
  }
}

TEST(Tree, KuhnsStrategicFormIsGambits) {
  const auto form = strategic_form(kuhn_poker());
  EXPECT_EQ(form.matrix.strategies[0].size(), 27u);  // bet, pass-fold or pass-call, three cards
  EXPECT_EQ(form.matrix.strategies[1].size(), 64u);
}

TEST(Tree, ForgettingIsSeenAndRefused) {
  EXPECT_EQ(forgetful().forgetful(), 1u);
  EXPECT_FALSE(forgetful().absent_minded());
  EXPECT_TRUE(absent_minded().absent_minded());
  EXPECT_TRUE(absent_minded().forgetful());
  try {
    (void)sequence_form(forgetful());
    FAIL();
  } catch (const ModelError& error) {
    EXPECT_THAT(error.what(),
                HasSubstr("player 'one' forgets their own moves or knowledge at information set "
                          "'second'; this method needs perfect recall (pure and qre do not)"));
  }
}

TEST(Tree, PureEquilibriaNeedNoRecall) {
  const auto form = strategic_form(forgetful());
  EXPECT_EQ(form.matrix.profiles(), 4u);
  const auto found = pure_equilibria(form.matrix);
  ASSERT_EQ(found.size(), 1u);
  const auto told = behaviour(form, forgetful(), pure_profile(form.matrix, found[0]));
  EXPECT_THAT(told, testing::ElementsAre(0, 1, 0, 1));
  EXPECT_EQ(TreeEvaluation(forgetful()).regret(told), 0.0);
}

TEST(Tree, ReducedStrategiesMarkWhatDoesNotMatter) {
  const auto form = strategic_form(test::tree("centipede"));
  EXPECT_THAT(form.matrix.strategies[0], testing::ElementsAre("1*", "21", "22"));
  EXPECT_THAT(form.matrix.strategies[1], testing::ElementsAre("1*", "21", "22"));
}

TEST(Tree, TooManyStrategiesAreRefusedWithAWayOut) {
  EXPECT_THROW((void)strategic_form(leduc_poker()), ModelError);
}

// The definition, profile by profile.
TEST(Pure, AgreesWithTheDefinition) {
  for (int seed = 1; seed <= 50; ++seed) {
    const auto game = test::matrix("random:3x2x4:" + std::to_string(seed));
    std::vector<std::size_t> expected;
    for (std::size_t k = 0; k < game.profiles(); ++k) {
      if (regret(game, pure_profile(game, k)) <= 0.0) expected.push_back(k);
    }
    EXPECT_EQ(pure_equilibria(game), expected);
  }
}

TEST(Pure, FindsThoseOfTheTextbooks) {
  EXPECT_TRUE(pure_equilibria(test::matrix("matching-pennies")).empty());
  EXPECT_TRUE(pure_equilibria(test::matrix("rock-paper-scissors")).empty());
  EXPECT_THAT(pure_equilibria(test::matrix("battle-of-the-sexes")), testing::ElementsAre(0, 3));
  EXPECT_THAT(pure_equilibria(test::matrix("stag-hunt")), testing::ElementsAre(0, 3));
  EXPECT_THAT(pure_equilibria(test::matrix("chicken")), testing::ElementsAre(1, 2));
  EXPECT_THAT(pure_equilibria(test::matrix("prisoners-dilemma")), testing::ElementsAre(3));
}

}  // namespace
}  // namespace casus::game
