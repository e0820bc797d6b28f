// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/bimatrix.h"

#include <gmock/gmock.h>

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/game/pure.h"
#include "casus/game/test_games.h"

namespace casus::game {
namespace {

using test::bimatrix;
using testing::DoubleNear;
using testing::Pointwise;

bool holds(const std::vector<Mixed>& all, const Mixed& one, double within = 1e-8) {
  return std::any_of(all.begin(), all.end(), [&](const Mixed& other) {
    for (std::size_t k = 0; k < one.size(); ++k) {
      if (std::abs(one[k] - other[k]) > within) return false;
    }
    return true;
  });
}

// The mixture over `support` that makes the other player indifferent over `other`, if any.
bool indifferent(const MatrixGame& game, std::size_t player, unsigned support, unsigned other,
                 std::vector<double>& out) {
  const std::size_t m = game.strategies[0].size();
  std::vector<std::size_t> own, theirs;
  for (std::size_t s = 0; s < game.strategies[player].size(); ++s) {
    if ((support >> s & 1U) != 0) own.push_back(s);
  }
  for (std::size_t s = 0; s < game.strategies[1 - player].size(); ++s) {
    if ((other >> s & 1U) != 0) theirs.push_back(s);
  }
  const auto k = static_cast<Eigen::Index>(own.size());
  Eigen::MatrixXd a = Eigen::MatrixXd::Zero(k + 1, k + 1);
  Eigen::VectorXd b = Eigen::VectorXd::Zero(k + 1);
  for (Eigen::Index r = 0; r < k; ++r) {
    for (Eigen::Index c = 0; c < k; ++c) {
      const std::size_t i = player == 0 ? own[c] : theirs[r], j = player == 0 ? theirs[r] : own[c];
      a(r, c) = game.payoff(i + j * m, 1 - player);
    }
    a(r, k) = -1.0;
    a(k, r) = 1.0;
  }
  b(k) = 1.0;
  const Eigen::VectorXd x = a.fullPivLu().solve(b);
  if (!(a * x - b).isZero(1e-9)) return false;
  out.assign(game.strategies[player].size(), 0.0);
  for (Eigen::Index c = 0; c < k; ++c) {
    if (x[c] < 1e-12) return false;
    out[own[c]] = x[c];
  }
  return true;
}

// All equilibria of a nondegenerate game: every pair of supports of one size.
std::vector<Mixed> brute_force(const MatrixGame& game) {
  std::vector<Mixed> out;
  const auto m = game.strategies[0].size(), n = game.strategies[1].size();
  for (unsigned s = 1; s < 1U << m; ++s) {
    for (unsigned t = 1; t < 1U << n; ++t) {
      if (__builtin_popcount(s) != __builtin_popcount(t)) continue;
      std::vector<double> x, y;
      if (!indifferent(game, 0, s, t, x) || !indifferent(game, 1, t, s, y)) continue;
      x.insert(x.end(), y.begin(), y.end());
      if (regret(game, x) < 1e-10) out.push_back(x);
    }
  }
  return out;
}

TEST(Enumerate, FindsWhatBruteForceFinds) {
  for (int seed = 1; seed <= 60; ++seed) {
    const char* const sizes[] = {"2x2", "3x3", "4x3", "2x5", "4x4", "5x5"};
    const auto game =
        test::matrix(std::string("random:") + sizes[seed % 6] + ":" + std::to_string(seed));
    const auto found = enumerate(game);
    const auto expected = brute_force(game);
    EXPECT_TRUE(found.complete) << found.why;
    EXPECT_EQ(found.profiles.size(), expected.size()) << game.title;
    EXPECT_EQ(found.profiles.size() % 2, 1u) << game.title;  // Wilson (1971)
    EXPECT_EQ(found.components.size(), found.profiles.size());
    for (const auto& profile : expected) EXPECT_TRUE(holds(found.profiles, profile));
    for (const auto& profile : found.profiles) EXPECT_LE(regret(game, profile), 1e-12);
  }
}

TEST(Enumerate, FindsThePublishedEquilibriaOfVonStengelsGame) {
  const auto found = enumerate(test::matrix("von-stengel"));
  EXPECT_TRUE(found.complete);
  ASSERT_EQ(found.profiles.size(), 3u);
  EXPECT_TRUE(holds(found.profiles, {1, 0, 0, 1, 0}, 1e-14));
  EXPECT_TRUE(holds(found.profiles, {0.8, 0.2, 0, 2.0 / 3, 1.0 / 3}, 1e-14));
  EXPECT_TRUE(holds(found.profiles, {0, 1.0 / 3, 2.0 / 3, 1.0 / 3, 2.0 / 3}, 1e-14));
}

TEST(Enumerate, FindsThoseOfTheTextbooks) {
  const auto found = [](const char* name) { return enumerate(test::matrix(name)).profiles; };
  EXPECT_TRUE(holds(found("battle-of-the-sexes"), {2.0 / 3, 1.0 / 3, 1.0 / 3, 2.0 / 3}));
  EXPECT_EQ(found("battle-of-the-sexes").size(), 3u);
  EXPECT_TRUE(holds(found("stag-hunt"), {7.0 / 8, 1.0 / 8, 7.0 / 8, 1.0 / 8}));
  EXPECT_TRUE(holds(found("chicken"), {1.0 / 3, 2.0 / 3, 1.0 / 3, 2.0 / 3}));
  EXPECT_EQ(found("prisoners-dilemma").size(), 1u);
  const double third = 1.0 / 3;
  ASSERT_EQ(found("rock-paper-scissors").size(), 1u);
  EXPECT_TRUE(holds(found("rock-paper-scissors"), {third, third, third, third, third, third}));
}

// Pure coordination on n points has 2^n - 1 equilibria, the most a square game of n can have by
// this construction (Quint & Shubik 1997).
TEST(Enumerate, CountsTheEquilibriaOfCoordination) {
  for (std::size_t n = 2; n <= 6; ++n) {
    std::vector<std::vector<double>> unit(n, std::vector<double>(n, 0.0));
    for (std::size_t i = 0; i < n; ++i) unit[i][i] = 1.0;
    const auto found = enumerate(bimatrix(unit, unit));
    EXPECT_TRUE(found.complete);
    EXPECT_EQ(found.profiles.size(), (std::size_t{1} << n) - 1);
  }
}

// The second player is indifferent whatever happens if the first plays 1: a continuum.
TEST(Enumerate, DescribesDegenerateGamesByComponents) {
  const auto game = bimatrix({{1, 1}, {0, 2}}, {{1, 1}, {0, 1}});
  const auto found = enumerate(game);
  EXPECT_TRUE(found.complete);
  // (1, y) for y_1 >= 1/2, and (2, 2) by itself.
  ASSERT_EQ(found.components.size(), 2u);
  std::vector<std::size_t> sizes{found.components[0].size(), found.components[1].size()};
  EXPECT_THAT(sizes, testing::UnorderedElementsAre(2u, 1u));
  EXPECT_TRUE(holds(found.profiles, {1, 0, 1, 0}));
  EXPECT_TRUE(holds(found.profiles, {1, 0, 0.5, 0.5}));
  EXPECT_TRUE(holds(found.profiles, {0, 1, 0, 1}));
}

// All payoffs equal: every profile is an equilibrium, its corners are the extreme ones.
TEST(Enumerate, KnowsTheGameWhereNothingMatters) {
  const auto found = enumerate(bimatrix({{5, 5}, {5, 5}, {5, 5}}, {{1, 1}, {1, 1}, {1, 1}}));
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(found.profiles.size(), 6u);
  EXPECT_EQ(found.components.size(), 1u);
}

TEST(Enumerate, MovesWithThePayoffs) {
  for (int seed = 1; seed <= 20; ++seed) {
    const auto game = test::matrix("random:4x4:" + std::to_string(seed));
    auto moved = game;
    for (std::size_t k = 0; k < game.profiles(); ++k) {
      moved.payoffs[2 * k] = 1000.0 * game.payoffs[2 * k] - 3e4;
      moved.payoffs[2 * k + 1] = 0.01 * game.payoffs[2 * k + 1] + 7;
    }
    const auto before = enumerate(game), after = enumerate(moved);
    ASSERT_EQ(before.profiles.size(), after.profiles.size());
    for (std::size_t k = 0; k < before.profiles.size(); ++k) {
      EXPECT_THAT(after.profiles[k], Pointwise(DoubleNear(1e-9), before.profiles[k]));
    }
  }
}

TEST(Enumerate, FollowsThePermutationOfStrategies) {
  for (int seed = 1; seed <= 20; ++seed) {
    const auto game = test::matrix("random:4x3:" + std::to_string(seed));
    auto turned = game;  // the first player's strategies one further round
    for (std::size_t j = 0; j < 3; ++j) {
      for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t p = 0; p < 2; ++p) {
          turned.payoffs[((i + 1) % 4 + 4 * j) * 2 + p] = game.payoff(i + 4 * j, p);
        }
      }
    }
    const auto before = enumerate(game), after = enumerate(turned);
    ASSERT_EQ(before.profiles.size(), after.profiles.size());
    for (const auto& profile : before.profiles) {
      auto expected = profile;
      for (std::size_t i = 0; i < 4; ++i) expected[(i + 1) % 4] = profile[i];
      EXPECT_TRUE(holds(after.profiles, expected));
    }
  }
}

TEST(Enumerate, NeverPlaysWhatIsDominated) {
  for (int seed = 1; seed <= 20; ++seed) {
    auto game = test::matrix("random:4x4:" + std::to_string(seed));
    for (std::size_t j = 0; j < 4; ++j) {
      game.payoffs[(2 + 4 * j) * 2] = game.payoff(1 + 4 * j, 0) - 0.01;  // 3 below 2
    }
    for (const auto& profile : enumerate(game).profiles) EXPECT_EQ(profile[2], 0.0);
    for (const auto& profile : lemke_howson(game).profiles) EXPECT_EQ(profile[2], 0.0);
  }
}

TEST(Enumerate, SaysWhenItStoppedEarly) {
  const auto found = enumerate(test::matrix("random:6x6:1"), {.most_bases = 10});
  EXPECT_FALSE(found.complete);
  EXPECT_EQ(found.why, "a polytope has more than 10 bases; those seen are searched");
  EXPECT_THROW((void)enumerate(test::matrix("random:200x100:1")), ModelError);
  EXPECT_THROW((void)enumerate(test::matrix("random:2x2x2:1")), ModelError);
}

TEST(LemkeHowson, EndsAtEquilibriaThatEnumerationKnows) {
  for (int seed = 1; seed <= 60; ++seed) {
    const auto game = test::matrix("random:6x5:" + std::to_string(seed));
    const auto all = enumerate(game);
    const auto found = lemke_howson(game);
    EXPECT_GE(found.profiles.size(), 1u);
    EXPECT_FALSE(found.complete);
    for (const auto& profile : found.profiles) {
      EXPECT_LE(regret(game, profile), 1e-12);
      EXPECT_TRUE(holds(all.profiles, profile));
    }
  }
}

// Paths from the artificial equilibrium reach two of the three, never the third, as von Stengel
// (2002, section 2.3) tells of this game.
TEST(LemkeHowson, FindsWhatThePathsOfVonStengelsGameReach) {
  const auto found = lemke_howson(test::matrix("von-stengel"));
  EXPECT_TRUE(holds(found.profiles, {1, 0, 0, 1, 0}));
  EXPECT_TRUE(holds(found.profiles, {0, 1.0 / 3, 2.0 / 3, 1.0 / 3, 2.0 / 3}));
}

TEST(LemkeHowson, EndsOnDegenerateGamesToo) {
  for (int seed = 1; seed <= 40; ++seed) {
    auto game = test::matrix("random:6x6:" + std::to_string(seed));
    for (double& u : game.payoffs) u = std::floor(u * 3.0);  // many ties
    for (const auto& profile : lemke_howson(game).profiles) {
      EXPECT_LE(regret(game, profile), 1e-12);
    }
    const auto all = enumerate(game);
    EXPECT_TRUE(all.complete) << all.why;
    for (const auto& profile : all.profiles) EXPECT_LE(regret(game, profile), 1e-12);
    for (const std::size_t k : pure_equilibria(game)) {
      EXPECT_TRUE(holds(all.profiles, pure_profile(game, k)));  // pure ones are always extreme
    }
  }
}

TEST(LemkeHowson, TakesLargeGames) {
  const auto game = test::matrix("random:60x60:5");
  const auto found = lemke_howson(game);
  ASSERT_GE(found.profiles.size(), 1u);
  for (const auto& profile : found.profiles) EXPECT_LE(regret(game, profile), 1e-11);
}

}  // namespace
}  // namespace casus::game
