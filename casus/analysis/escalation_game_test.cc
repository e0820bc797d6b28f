// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/escalation_game.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "casus/analysis/made_up_test.h"
#include "casus/base/error.h"
#include "casus/casefile/game_file.h"
#include "casus/game/solve.h"

namespace casus::analysis {
namespace escalation_game_test {

using casefile::ActorId;
using casefile::GameChoice;
using casefile::GameMove;
using casefile::GamePlan;

GameMove move(const char* id, std::uint32_t player, std::vector<std::string> choices,
              std::vector<std::size_t> sees) {
  GameMove m;
  m.id = id;
  m.player = ActorId{player};
  m.sees = std::move(sees);
  for (const auto& c : choices) {
    GameChoice choice;
    choice.id = c;
    m.choices.push_back(choice);
  }
  return m;
}

// Actor 0 enters or stays out; actor 1 sees it and fights or yields.
GamePlan entry() {
  GamePlan plan;
  plan.id = "entry";
  plan.name = "Entry";
  plan.moves = {move("enter", 0, {"in", "out"}, {}), move("reply", 1, {"fight", "yield"}, {0})};
  return plan;
}

/// The same payoffs in every future: [branch][player].
BranchPayoffs constant(const std::vector<std::vector<double>>& pays, std::size_t futures) {
  BranchPayoffs b{pays.size(), pays[0].size(), futures, {}, std::vector<std::uint8_t>(futures, 0)};
  for (const auto& branch : pays) {
    for (const double v : branch) b.value.insert(b.value.end(), futures, v);
  }
  return b;
}

const casefile::Case& given() {
  static const casefile::Case c = made_up::crisis().given;
  return c;
}

const GameDecision& at(const GameStudy& s, const std::string& move, const std::string& knows) {
  for (const auto& d : s.decisions) {
    if (d.move == move && d.knows == knows) return d;
  }
  ADD_FAILURE() << move << " | " << knows;
  return s.decisions.front();
}

TEST(EscalationGame, EntryIsYieldedTo) {
  // in/fight -1,-1; in/yield 2,1; out: 0,3 whatever the reply
  const auto pays = constant({{-1, -1}, {2, 1}, {0, 3}, {0, 3}}, 8);
  const GameStudy s = solve_game(given(), entry(), pays, {.bootstraps = 10});
  EXPECT_EQ(s.players, (std::vector<std::string>{"us", "ru"}));
  EXPECT_NEAR(at(s, "enter", "").choices[0].p.value, 1.0, 1e-3);
  EXPECT_NEAR(at(s, "reply", "enter: in").choices[1].p.value, 1.0, 1e-3);
  EXPECT_NEAR(s.payoffs[0].value, 2.0, 1e-2);
  EXPECT_NEAR(s.payoffs[1].value, 1.0, 1e-2);
  EXPECT_LT(s.regret, 1e-4);
  EXPECT_NEAR(s.payoffs[0].low, s.payoffs[0].high, 1e-2);  // nothing varies
  ASSERT_FALSE(s.lines.empty());
  EXPECT_EQ(s.lines[0].choices, (std::vector<std::string>{"in", "yield"}));
  EXPECT_NEAR(at(s, "enter", "").choices[1].payoffs[1].value, 3.0, 1e-2);
  EXPECT_GT(s.noisy_root[0], 0.5);  // with noise it still leans to enter
  EXPECT_LT(s.noisy_root[0], 0.99);
}

TEST(EscalationGame, WhoCannotSeeTheOtherMixes) {
  GamePlan pennies = entry();
  pennies.moves[1].sees = {};
  const auto pays = constant({{1, -1}, {-1, 1}, {-1, 1}, {1, -1}}, 4);
  const GameStudy s = solve_game(given(), pennies, pays, {.bootstraps = 4});
  ASSERT_EQ(s.decisions.size(), 2U);
  EXPECT_NEAR(s.decisions[0].choices[0].p.value, 0.5, 1e-4);
  EXPECT_NEAR(s.decisions[1].choices[0].p.value, 0.5, 1e-4);
}

TEST(EscalationGame, ATypeIsKnownToThoseWhoKnowItAndActedOn) {
  GamePlan plan = entry();
  plan.type.emplace();
  plan.type->name = "strength";
  plan.type->first = "strong";
  plan.type->second = "weak";
  plan.type->known_to = {ActorId{1}};
  // The strong fight gladly, the weak do not; entering pays 2 if yielded to, else -1.
  constexpr std::size_t futures = 10;
  for (const std::size_t strong : {1U, 9U}) {
    BranchPayoffs b = constant({{-1, 0}, {2, 1}, {0, 3}, {0, 3}}, futures);
    for (std::size_t f = 0; f < futures; ++f) {
      b.type[f] = f < strong ? 0 : 1;
      if (f < strong)
        b.value[(0 * 2 + 1) * futures + f] = 2.0;  // fighting is worth 2 to the strong
    }
    const GameStudy s = solve_game(given(), plan, b, {.bootstraps = 0});
    EXPECT_NEAR(s.p_first_type, static_cast<double>(strong) / 10.0, 1e-12);
    EXPECT_NEAR(at(s, "reply", "enter: in; strong").choices[0].p.value, 1.0, 1e-3);
    EXPECT_NEAR(at(s, "reply", "enter: in; weak").choices[1].p.value, 1.0, 1e-3);
    // worth of entering: 2 - 3 p(strong), so it pays below two thirds
    EXPECT_NEAR(at(s, "enter", "").choices[0].p.value, strong == 1 ? 1.0 : 0.0, 1e-3);
  }
}

/// Keep or lift; the other, who knows its type, answers for a difference of 2e-5; the first then
/// stands by it or opens a channel, which is worse. Lifting pays if the answer is what the
/// difference says.
GamePlan permission() {
  GamePlan plan;
  plan.id = "permission";
  plan.name = "Permission";
  plan.moves = {move("permission", 0, {"keep", "lift"}, {}),
                move("reply", 1, {"let_pass", "signal"}, {0}),
                move("then", 0, {"stand_by", "channel"}, {0, 1})};
  plan.type.emplace();
  plan.type->name = "caution";
  plan.type->first = "cautious";
  plan.type->second = "bold";
  plan.type->known_to = {ActorId{1}};
  return plan;
}

BranchPayoffs of_permission(std::size_t futures) {
  BranchPayoffs b{8, 2, futures, {}, std::vector<std::uint8_t>(futures, 0), {}};
  for (std::size_t f = 0; f < futures; ++f) b.type[f] = f % 2 == 0 ? 0 : 1;
  for (std::size_t branch = 0; branch < 8; ++branch) {
    const bool lift = branch >= 4, signal = branch / 2 % 2 == 1, channel = branch % 2 == 1;
    for (const bool second : {false, true}) {
      for (std::size_t f = 0; f < futures; ++f) {
        const bool bold = b.type[f] == 1;
        const double two = (signal == bold ? 2e-5 : 0.0) - (bold ? 0.7 : 0.0);
        const double one = (!lift            ? -0.763
                            : signal == bold ? -0.761
                                             : -0.9) -
                           (channel ? 0.1 : 0.0);
        b.value.push_back(second ? two : one);
      }
    }
  }
  return b;
}

TEST(EscalationGame, ATieOfTheOtherThatTurnsTheFirstMoveIsSettled) {
  const auto pays = of_permission(16);
  const GameStudy s = solve_game(given(), permission(), pays, {.bootstraps = 20});
  EXPECT_EQ(at(s, "permission", "").choices[1].p.value, 1.0);
  EXPECT_EQ(at(s, "reply", "permission: lift; bold").choices[1].p.value, 1.0);
  EXPECT_EQ(at(s, "reply", "permission: keep; cautious").choices[0].p.value, 1.0);
  EXPECT_FALSE(at(s, "permission", "").undecided);
  EXPECT_THAT(s.note, ::testing::HasSubstr("the only sequential equilibrium"));
}

TEST(EscalationGame, WhatIsToldIsWhatSolveFindsInTheExportedTree) {
  const auto pays = of_permission(16);
  const GameStudy told = solve_game(given(), permission(), pays, {.bootstraps = 0});
  const auto tree = tree_of(given(), permission(), pays, std::vector<double>(16, 1.0));
  const auto file = casefile::read_game(casefile::write_efg(tree), "game_permission.efg");
  for (const auto method : {game::Method::sequential, game::Method::qre, game::Method::pure}) {
    game::SolveOptions how;
    how.method = method;
    // qre stops at a gain of 1e-8, where three in ten thousand still go over a tie of 2e-5
    const double near = method == game::Method::qre ? 5e-4 : 1e-9;
    bool found = false;
    for (const auto& e : game::solve(file, how).equilibria) {
      found = found || (std::abs(e.payoffs[0] - told.payoffs[0].value) < near &&
                        std::abs(e.payoffs[1] - told.payoffs[1].value) < near);
    }
    EXPECT_TRUE(found) << static_cast<int>(method);
  }
}

TEST(EscalationGame, BandsSayHowOftenOtherFuturesWouldTurnIt) {
  // One player, two choices a noisy difference apart: it is chosen in about Phi(d sqrt(n) / sd).
  GamePlan plan;
  plan.id = "alone";
  plan.moves = {move("go", 0, {"yes", "no"}, {})};
  constexpr std::size_t futures = 100;
  BranchPayoffs b{
      2, 1, futures, std::vector<double>(2 * futures, 0.0), std::vector<std::uint8_t>(futures, 0),
      {}};
  for (std::size_t f = 0; f < futures; ++f) b.value[f] = 0.05 + (f % 2 == 0 ? 1.0 : -1.0);
  const GameStudy s = solve_game(given(), plan, b, {.bootstraps = 400});
  EXPECT_EQ(s.bootstraps, 400U);
  EXPECT_NEAR(s.decisions[0].choices[0].best, 0.5 * std::erfc(-0.5 / std::sqrt(2.0)), 0.08);
  EXPECT_NEAR(s.payoffs[0].value, 0.05, 1e-3);
}

TEST(EscalationGame, BandsHoldTheWorthsToo) {
  // "yes" pays one thing worth 1, "no" another worth 1.1, both of log-sd 0.5: yes is chosen where
  // e^{.5 z1} > 1.1 e^{.5 z2}
  GamePlan plan;
  plan.id = "alone";
  plan.moves = {move("go", 0, {"yes", "no"}, {})};
  BranchPayoffs b{2, 1, 2, {1.0, 1.0, 1.1, 1.1}, {0, 0}, {}};
  b.parts.push_back({0, 1, 0.5, {1.0, 1.0, 0.0, 0.0}});
  b.parts.push_back({0, 2, 0.5, {0.0, 0.0, 1.1, 1.1}});
  const GameStudy s = solve_game(given(), plan, b, {.bootstraps = 600});
  const double yes = normal_cdf(-std::log(1.1) / (0.5 * std::sqrt(2.0)));
  EXPECT_NEAR(at(s, "go", "").choices[0].best, yes, 4.0 * std::sqrt(yes * (1.0 - yes) / 600.0));
  EXPECT_NEAR(at(s, "go", "").choices[1].p.value, 1.0, 1e-3);  // as the worths stand
  EXPECT_LT(s.payoffs[0].low, 1.0);
  EXPECT_GT(s.payoffs[0].high, 1.5);
  const BranchPayoffs drawn = b.with_worths(1, 7);
  EXPECT_EQ(drawn.at(0, 0, 0), drawn.at(0, 0, 1));
  EXPECT_NE(drawn.at(0, 0, 0), 1.0);
}

TEST(EscalationGame, WhatOneChoiceOrdersTheOthersWithhold) {
  GamePlan plan = entry();
  casefile::Order order;
  order.actor = ActorId{0};
  order.action = casefile::Action::sanction;
  order.target = ActorId{1};
  order.intensity = 0.7;
  order.from = Date(2024, 11, 4);
  order.until = Date(2024, 12, 1);
  plan.moves[0].choices[0].orders = {order};
  const Branches b = branches_of(given(), plan);
  ASSERT_EQ(b.choices.size(), 4U);
  EXPECT_EQ(b.given.options[1].id, "entry_in_yield");
  EXPECT_EQ(b.choices[2], (std::vector<std::size_t>{1, 0}));
  const std::size_t own = given().options.front().orders.size();
  EXPECT_EQ(b.given.options[0].orders[own].intensity, 0.7);
  EXPECT_EQ(b.given.options[3].orders[own].intensity, 0.0);
}

TEST(EscalationGame, TheTreeIsTheGameThatAnySolverWouldGet) {
  const auto pays = constant({{-1, -1}, {2, 1}, {0, 3}, {0, 3}}, 3);
  const auto tree = tree_of(given(), entry(), pays, {1.0, 1.0, 1.0});
  game::SolveOptions how;
  how.method = game::Method::pure;
  const auto pure = game::solve(tree, how);
  bool found = false;
  for (const auto& e : pure.equilibria) found = found || std::abs(e.payoffs[0] - 2.0) < 1e-9;
  EXPECT_TRUE(found);
}

}  // namespace escalation_game_test
}  // namespace casus::analysis
