// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/sequential.h"

#include <gmock/gmock.h>

#include <cmath>

#include "casus/base/error.h"
#include "casus/game/evaluate.h"
#include "casus/game/pure.h"
#include "casus/game/solve.h"
#include "casus/game/strategic_form.h"
#include "casus/game/test_games.h"

namespace casus::game {
namespace sequential_test {

using testing::DoubleNear;
using testing::Pointwise;

double random_payoff(std::uint64_t seed, std::uint32_t end, std::uint32_t player) {
  return Draws(seed).uniform(Stream("sequential_test"), end, player, 0);
}

/// Everybody sees all: chance first, then `depth` moves of two to three actions in turn.
TreeGame perfect(std::uint64_t seed, std::uint32_t players, int depth) {
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < players; ++i) names.push_back("p" + std::to_string(i));
  TreeBuilder tree("perfect", names);
  std::uint32_t sets = 0, ends = 0;
  const auto grow = [&](const auto& self, int level) -> void {
    if (level == depth) {
      std::vector<double> pays;
      for (std::uint32_t i = 0; i < players; ++i) pays.push_back(random_payoff(seed, ends, i));
      ++ends;
      return tree.end(pays);
    }
    const std::uint32_t actions = 2 + (sets + static_cast<std::uint32_t>(seed)) % 2;
    std::vector<std::string> labels;
    for (std::uint32_t a = 0; a < actions; ++a) labels.push_back(std::to_string(a));
    tree.move((static_cast<std::uint32_t>(level) + sets) % players, std::to_string(sets), labels);
    ++sets;
    for (std::uint32_t a = 0; a < actions; ++a) self(self, level + 1);
  };
  tree.chance("first", {"l", "r"}, {0.3, 0.7});
  grow(grow, 0);
  grow(grow, 0);
  return tree.finish("");
}

/// Backward induction by recursion: what play from v on pays.
std::vector<double> induced(const TreeGame& game, const TreeGame::Children& children,
                            std::uint32_t v) {
  const auto& node = game.nodes[v];
  if (node.kind == TreeGame::Kind::terminal) return game.outcomes[node.outcome].payoffs;
  std::vector<double> out(game.players.size(), 0.0);
  double best = -1e300;
  for (std::size_t a = 0; a < game.actions(v); ++a) {
    const auto below = induced(game, children, children.children[children.first[v] + a]);
    if (node.kind == TreeGame::Kind::chance) {
      for (std::size_t i = 0; i < out.size(); ++i) out[i] += game.chance[node.set].p[a] * below[i];
    } else if (const double own = below[game.infosets[node.set].player]; own > best) {
      best = own;
      out = below;
    }
  }
  return out;
}

/// The most that one action at one set gains, by the beliefs told; found apart from the library.
double one_shot_gain(const TreeGame& game, const Sequential& s) {
  const auto offset = game.offsets();
  const auto children = game.children();
  const auto worth = [&](const auto& self, std::uint32_t v, std::size_t player) -> double {
    const auto& node = game.nodes[v];
    double out = node.outcome == TreeGame::none ? 0.0 : game.outcomes[node.outcome].payoffs[player];
    for (std::size_t a = 0; a < game.actions(v); ++a) {
      const double p = node.kind == TreeGame::Kind::chance ? game.chance[node.set].p[a]
                                                           : s.behaviour[offset[node.set] + a];
      out += p * self(self, children.children[children.first[v] + a], player);
    }
    return out;
  };
  double most = 0.0;
  for (std::size_t h = 0; h < game.infosets.size(); ++h) {
    const auto& set = game.infosets[h];
    double own = 0.0, best = -1e300, believed = 0.0;
    for (const std::uint32_t v : set.nodes) {
      own += s.belief[v] * worth(worth, v, set.player);
      believed += s.belief[v];
    }
    EXPECT_NEAR(believed, 1.0, 1e-12);
    for (std::size_t a = 0; a < set.actions.size(); ++a) {
      double earned = 0.0;
      for (const std::uint32_t v : set.nodes)
        earned += s.belief[v] * worth(worth, children.children[children.first[v] + a], set.player);
      best = std::max(best, earned);
    }
    most = std::max(most, best - own);
  }
  return most;
}

/// Beliefs are those of Bayes wherever play comes.
void expect_bayes(const TreeGame& game, const Sequential& s) {
  const auto offset = game.offsets();
  std::vector<double> reach(game.nodes.size(), 1.0);
  for (std::uint32_t v = 1; v < game.nodes.size(); ++v) {
    const auto& up = game.nodes[game.nodes[v].parent];
    const std::size_t a = game.nodes[v].action;
    reach[v] = reach[game.nodes[v].parent] * (up.kind == TreeGame::Kind::chance
                                                  ? game.chance[up.set].p[a]
                                                  : s.behaviour[offset[up.set] + a]);
  }
  for (const auto& set : game.infosets) {
    double total = 0.0;
    for (const std::uint32_t v : set.nodes) total += reach[v];
    if (total < 1e-3) continue;
    for (const std::uint32_t v : set.nodes) EXPECT_NEAR(s.belief[v], reach[v] / total, 1e-5);
  }
}

TEST(Sequential, IsBackwardInductionWhereAllIsSeen) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const auto tree = perfect(seed, 2 + seed % 2, 4);
    const auto s = sequential_equilibrium(tree);
    EXPECT_TRUE(s.only());
    EXPECT_EQ(s.gain, 0.0);
    EXPECT_THAT(expected_payoffs(tree, s.behaviour),
                Pointwise(DoubleNear(1e-12), induced(tree, tree.children(), 0)));
    for (const double p : s.behaviour) EXPECT_TRUE(p == 0.0 || p == 1.0);
  }
}

/// One keeps (0, 0) or lifts; two, of two types that it knows, answers for a difference of `tie`;
/// one then goes on, which is always better, not knowing the type. Lifting pays `-d` after one
/// answer and `d` after the other.
TreeGame hangs_on(double tie, double d) {
  TreeBuilder tree("hangs on a tie", {"one", "two"});
  tree.chance("type", {"cautious", "bold"}, {0.5, 0.5});
  for (const char* type : {"cautious", "bold"}) {
    const bool cautious = type[0] == 'c';
    tree.move(0, "permission", {"keep", "lift"});
    for (const bool lift : {false, true}) {
      tree.move(1, std::string(type) + (lift ? " lift" : " keep"), {"let pass", "signal"});
      for (const bool signal : {false, true}) {
        tree.move(0, std::string(lift ? "lift" : "keep") + (signal ? " signal" : " let pass"),
                  {"stand by", "channel"});
        const double two = (signal == cautious ? -tie : 0.0) + (cautious ? 10.0 : 0.0);
        const double one = !lift ? 0.0 : (signal == !cautious ? d : -3.0 * d);
        tree.end({one, two});
        tree.end({one - 1.0, two});
      }
    }
  }
  return tree.finish("");
}

TEST(Sequential, ATieOfALaterPlayerThatTurnsTheRootIsSettled) {
  for (const double tie : {1e-2, 1e-5, 1e-7, 1e-10}) {
    const auto tree = hangs_on(tie, 1e-3);
    const auto s = sequential_equilibrium(tree);
    EXPECT_TRUE(s.only()) << tie;
    EXPECT_EQ(s.behaviour[1], 1.0) << tie;  // lifted
    EXPECT_EQ(s.gain, 0.0);
    EXPECT_NEAR(expected_payoffs(tree, s.behaviour)[0], 1e-3, 1e-12);
    EXPECT_LT(one_shot_gain(tree, s), 1e-12);
  }
}

TEST(Sequential, TheLogitLimitSettlesItTooWhereReasoningCannot) {
  // The same, and a last move of chicken, whose answer is mixed or one of two.
  TreeBuilder tree("hangs and mixes", {"one", "two", "three"});
  tree.move(0, "permission", {"keep", "lift"});
  for (const bool lift : {false, true}) {
    const std::string after = lift ? "lift" : "keep";
    tree.move(1, "two " + after, {"left", "right"});
    for (const bool right : {false, true}) {
      tree.move(2, "three " + after, {"left", "right"});
      for (const bool same : {!right, right}) {
        const double pays = same ? 1.0 : -1.0;
        tree.end({lift ? 1e-6 * pays + 1e-7 : 0.0, pays, -pays});
      }
    }
  }
  const auto game = tree.finish("");
  const auto s = sequential_equilibrium(game);
  EXPECT_FALSE(s.only());
  EXPECT_TRUE(s.holds()) << s.gain;
  EXPECT_NEAR(s.behaviour[1], 1.0, 1e-9);  // the mean of the mixture is 1e-7 above keeping
  EXPECT_LT(one_shot_gain(game, s), 1e-9);
}

TEST(Sequential, EveryAnswerStandsAgainstOneShotDeviations) {
  int settled = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto tree = test::RandomTree(seed, 2 + seed % 2, 3, false).make();
    const auto s = sequential_equilibrium(tree);
    const double range = TreeEvaluation(tree).range();
    EXPECT_TRUE(s.holds()) << seed << " " << s.gain;
    EXPECT_NEAR(one_shot_gain(tree, s), s.gain * range, 1e-9 * range) << seed;
    EXPECT_LT(TreeEvaluation(tree).regret(s.behaviour), 1e-7 * range) << seed;
    expect_bayes(tree, s);
    settled += s.only() ? 1 : 0;
  }
  EXPECT_GT(settled, 10);
}

TEST(Sequential, WhatIsOnlyIsAmongThePureEquilibria) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const auto tree = test::RandomTree(seed, 2, 3, false).make();
    const auto s = sequential_equilibrium(tree);
    if (!s.only()) continue;
    const auto form = strategic_form(tree);
    const auto own = expected_payoffs(tree, s.behaviour);
    bool found = false;
    for (const std::size_t k : pure_equilibria(form.matrix)) {
      const auto pays = expected_payoffs(form.matrix, pure_profile(form.matrix, k));
      found = found || (std::abs(pays[0] - own[0]) < 1e-9 && std::abs(pays[1] - own[1]) < 1e-9);
    }
    EXPECT_TRUE(found) << seed;
  }
}

TEST(Sequential, AnEmptyThreatIsNoPartOfIt) {
  // Selten's chain store: fighting after entry is an equilibrium with staying out, not sequential.
  TreeBuilder tree("entry", {"entrant", "store"});
  tree.move(0, "enter", {"in", "out"});
  tree.move(1, "reply", {"fight", "yield"});
  tree.end({-1, -1});
  tree.end({2, 1});
  tree.end({0, 3});
  const auto game = tree.finish("");
  const auto s = sequential_equilibrium(game);
  EXPECT_THAT(s.behaviour, testing::ElementsAre(1, 0, 0, 1));
  SolveOptions pure;
  pure.method = Method::pure;
  EXPECT_EQ(solve(game, pure).equilibria.size(), 2U);
}

TEST(Sequential, PlayThatForgetsWhereItIsIsRefused) {
  TreeBuilder tree("driver", {"driver"});
  tree.move(0, "exit?", {"leave", "go on"});
  tree.end({0});
  tree.move(0, "exit?", {"leave", "go on"});
  tree.end({4});
  tree.end({1});
  EXPECT_THROW((void)sequential_equilibrium(tree.finish("")), ModelError);
}

}  // namespace sequential_test
}  // namespace casus::game
