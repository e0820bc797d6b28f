// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <cmath>

#include "casus/base/error.h"
#include "casus/game/cfr.h"
#include "casus/game/evaluate.h"
#include "casus/game/logit.h"
#include "casus/game/logit_system.h"
#include "casus/game/poker.h"
#include "casus/game/test_games.h"
#include "casus/game/zero_sum.h"

namespace casus::game {
namespace {

using testing::DoubleNear;
using testing::Pointwise;

// How far a profile is from answering itself at a precision.
double off_the_fixed_point(const LogitSystem& system, const LogitPoint& point) {
  const auto n = static_cast<Eigen::Index>(point.p.size());
  Eigen::VectorXd logs(n), u;
  Eigen::MatrixXd by_log;
  for (Eigen::Index k = 0; k < n; ++k) logs[k] = std::log(point.p[static_cast<std::size_t>(k)]);
  system.earnings(logs, u, by_log);
  double most = 0.0;
  const auto& begin = system.begin();
  for (std::size_t h = 0; h + 1 < begin.size(); ++h) {
    double top = -1e300, total = 0.0;
    for (std::size_t a = begin[h]; a < begin[h + 1]; ++a) {
      top = std::max(top, u[static_cast<Eigen::Index>(a)]);
    }
    for (std::size_t a = begin[h]; a < begin[h + 1]; ++a) {
      total += std::exp(point.lambda * (u[static_cast<Eigen::Index>(a)] - top));
    }
    for (std::size_t a = begin[h]; a < begin[h + 1]; ++a) {
      const double p = std::exp(point.lambda * (u[static_cast<Eigen::Index>(a)] - top)) / total;
      most = std::max(most, std::abs(p - point.p[a]));
    }
  }
  return most;
}

template <class Game>
void derivatives_agree(const Game& game, std::uint64_t seed) {
  const auto system = logit_system(game);
  const auto p = test::random_profile(system->begin(), seed);
  const auto n = static_cast<Eigen::Index>(p.size());
  Eigen::VectorXd logs(n), u, up, down;
  Eigen::MatrixXd by_log, ignored;
  for (Eigen::Index k = 0; k < n; ++k) logs[k] = std::log(p[static_cast<std::size_t>(k)]);
  system->earnings(logs, u, by_log);
  for (Eigen::Index k = 0; k < n; ++k) {
    Eigen::VectorXd moved = logs;
    moved[k] = logs[k] + 1e-5;
    system->earnings(moved, up, ignored);
    moved[k] = logs[k] - 1e-5;
    system->earnings(moved, down, ignored);
    for (Eigen::Index a = 0; a < n; ++a) {
      EXPECT_NEAR(by_log(a, k), (up[a] - down[a]) / 2e-5, 1e-7);
    }
  }
}

TEST(Logit, DerivativesAreThoseOfTheEarnings) {
  derivatives_agree(test::matrix("random:3x2x3:5"), 1);
  derivatives_agree(kuhn_poker(), 2);
  derivatives_agree(test::tree("selten-horse"), 3);
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    derivatives_agree(test::RandomTree(seed, 2, 3, false).make(), seed);
  }
}

TEST(Logit, EveryPointAnswersItself) {
  for (int seed = 1; seed <= 20; ++seed) {
    const auto game = test::matrix(seed % 2 == 0 ? "random:4x3:" + std::to_string(seed)
                                                 : "random:2x3x2:" + std::to_string(seed));
    const auto system = logit_system(game);
    const auto branch = logit_branch(game, {.regret = 1e-6});
    EXPECT_TRUE(branch.arrived);
    EXPECT_LE(regret(game, branch.points.back().p), 1e-6);
    for (const auto& point : branch.points) {
      if (point.lambda > 1e3) break;  // beyond, rounding of lambda * u shows
      EXPECT_LE(off_the_fixed_point(*system, point), 1e-9) << game.title << ' ' << point.lambda;
    }
  }
}

// Asymmetric matching pennies, payoffs of Ochs (1995): p and q solve two logit equations in one
// unknown; solved here by bisection.
TEST(Logit, AgreesWithBisectionOnPennies) {
  const auto game = test::bimatrix({{9, 0}, {0, 1}}, {{0, 1}, {1, 0}});
  for (const double lambda : {0.1, 0.5, 2.0, 8.0, 60.0}) {
    const auto branch = logit_branch(game, {.lambda = lambda});
    ASSERT_TRUE(branch.arrived);
    EXPECT_EQ(branch.points.back().lambda, lambda);
    double low = 0.0, high = 1.0;  // q, the chance of the second player's first strategy
    const auto p_of = [&](double q) { return 1.0 / (1.0 + std::exp(-lambda * (10 * q - 1))); };
    for (int k = 0; k < 200; ++k) {
      const double q = (low + high) / 2;
      const double answer = 1.0 / (1.0 + std::exp(-lambda * (1 - 2 * p_of(q))));
      (answer > q ? low : high) = q;
    }
    EXPECT_NEAR(branch.points.back().p[2], low, 1e-9);
    EXPECT_NEAR(branch.points.back().p[0], p_of(low), 1e-9);
  }
}

TEST(Logit, GoesToTheEquilibriumOfMixing) {
  const auto game = test::bimatrix({{9, 0}, {0, 1}}, {{0, 1}, {1, 0}});
  const auto branch = logit_branch(game);
  EXPECT_THAT(branch.points.back().p, Pointwise(DoubleNear(1e-12), {0.5, 0.5, 0.1, 0.9}));
  EXPECT_LE(regret(game, branch.points.back().p), 1e-12);
}

// The branch of the stag hunt with payoffs 9, 8, 7 ends where risk dominance does (hare); both
// stag hunts of Turocy (2005), section 4, select the risk-dominant equilibrium.
TEST(Logit, SelectsTheRiskDominantOfTwo) {
  const auto branch = logit_branch(test::matrix("stag-hunt"));
  EXPECT_THAT(branch.points.back().p, Pointwise(DoubleNear(1e-6), {0.0, 1.0, 0.0, 1.0}));
}

TEST(Logit, AnIndifferentPlayerMixesEvenlyAtAnyPrecision) {
  const auto game = test::bimatrix({{1, 0}, {0, 1}}, {{2, 2}, {2, 2}});
  const auto branch = logit_branch(game, {.lambda = 100.0});
  EXPECT_THAT(branch.points.back().p, Pointwise(DoubleNear(1e-10), {0.5, 0.5, 0.5, 0.5}));
}

TEST(Logit, ScalingPayoffsScalesThePrecision) {
  const auto game = test::matrix("random:3x3:8");
  auto larger = game;
  for (double& u : larger.payoffs) u = 40.0 * u - 3.0;
  const auto one = logit_branch(game, {.lambda = 20.0});
  const auto other = logit_branch(larger, {.lambda = 0.5});
  EXPECT_THAT(one.points.back().p, Pointwise(DoubleNear(1e-9), other.points.back().p));
}

// Backward: at the last move the taker's chances follow from payoffs alone, and so on up.
TEST(Logit, AgentsOfTheCentipedeChooseAsBackwardInductionWithNoise) {
  const auto tree = test::tree("centipede");
  const double lambda = 1.7;
  const auto branch = logit_branch(tree, {.lambda = lambda});
  const double ends[5][2] = {{0.4, 0.1}, {0.2, 0.8}, {1.6, 0.4}, {0.8, 3.2}, {6.4, 1.6}};
  double on[2] = {ends[4][0], ends[4][1]};
  for (int k = 3; k >= 0; --k) {
    const int mover = k % 2;
    const double take = 1.0 / (1.0 + std::exp(-lambda * (ends[k][mover] - on[mover])));
    EXPECT_NEAR(branch.points.back().p[static_cast<std::size_t>(2 * k)], take, 1e-10);
    for (int i = 0; i < 2; ++i) on[i] = take * ends[k][i] + (1 - take) * on[i];
  }
}

// One simultaneous move told as a tree is the matrix game.
TEST(Logit, AgentsOfAOneShotTreePlayTheMatrix) {
  const auto game = test::matrix("von-stengel");
  TreeBuilder tree("as a tree", {"row", "column"});
  tree.move(0, "row", {"1", "2", "3"});
  for (std::size_t i = 0; i < 3; ++i) {
    tree.move(1, "column", {"4", "5"});
    for (std::size_t j = 0; j < 2; ++j) {
      tree.end({game.payoff(i + 3 * j, 0), game.payoff(i + 3 * j, 1)});
    }
  }
  const auto of_tree = logit_branch(tree.finish(""), {.lambda = 3.0});
  const auto of_matrix = logit_branch(game, {.lambda = 3.0});
  EXPECT_THAT(of_tree.points.back().p, Pointwise(DoubleNear(1e-9), of_matrix.points.back().p));
}

TEST(Logit, KuhnsPokerEndsNearItsValue) {
  const auto tree = kuhn_poker();
  const auto branch = logit_branch(tree, {.regret = 1e-5});
  EXPECT_TRUE(branch.arrived);
  EXPECT_NEAR(expected_payoffs(tree, branch.points.back().p)[0], -1.0 / 18, 1e-4);
}

TEST(Cfr, KuhnsPoker) {
  const auto tree = kuhn_poker();
  const auto found = cfr(tree, {.iterations = 100'000, .regret = 1e-6});
  EXPECT_LE(found.regret, 4e-6);
  EXPECT_NEAR(expected_payoffs(tree, found.profile)[0], -1.0 / 18, 4e-6);
  EXPECT_NEAR(TreeEvaluation(tree).regret(found.profile), found.regret, 1e-12);
}

TEST(Cfr, LeducPoker) {
  const auto tree = leduc_poker();
  const auto found = cfr(tree, {.iterations = 2000, .regret = 0.0});
  EXPECT_EQ(found.iterations, 2000u);
  EXPECT_LE(found.regret, 2e-3);
  EXPECT_NEAR(expected_payoffs(tree, found.profile)[0], -0.0856, 2e-3);
}

TEST(Cfr, RandomTreesComeToTheirValue) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto tree = test::RandomTree(seed, 2, 4, true).make();
    const auto found = cfr(tree, {.iterations = 50'000, .regret = 1e-5});
    EXPECT_LE(found.regret, 3e-4);
    EXPECT_NEAR(expected_payoffs(tree, found.profile)[0], zero_sum(tree).value, 3e-4);
  }
}

// With three players nothing is promised, but what is reported is what it is.
TEST(Cfr, ReportsTheRegretItHas) {
  const auto tree = test::tree("selten-horse");
  const auto found = cfr(tree, {.iterations = 1000, .regret = 1e-3});
  EXPECT_NEAR(TreeEvaluation(tree).regret(found.profile), found.regret, 1e-12);
}

}  // namespace
}  // namespace casus::game
