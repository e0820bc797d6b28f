// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "casus/base/error.h"
#include "casus/policy/evaluate.h"
#include "casus/policy/policy.h"
#include "casus/policy/test_case.h"
#include "casus/world/published.h"

namespace casus::policy {
namespace {

using world::Var;

struct ScriptTest : testing::Test {
  const casefile::Case& given = test::small_case();
  world::Model model{given};
  world::State state = test::first_state(model);
  std::vector<F> orders = std::vector<F>(model.entries().size());

  std::vector<F>& ordered(Script& script, int week) {
    std::ranges::fill(orders, F(0.0F));
    script.order(state, {model, week, LaneDraws(5, 0), nullptr}, orders);
    return orders;
  }
  [[nodiscard]] std::optional<casefile::OptionId> option(const char* id) const {
    return casefile::find(given.options, id);
  }
};

TEST_F(ScriptTest, DatedOrdersStandFromTheirFirstToTheirLastDay) {
  Script script(model, option("disclose_and_warn"));
  const casefile::Order& disclose = given.options[*option("disclose_and_warn")].orders[0];
  const std::uint32_t entry = model.entry_of(disclose);
  const int from = model.week_of(disclose.from);
  const int until = model.week_of(disclose.until);
  ASSERT_LT(from, until);
  for (int week = from - 1; week <= until + 1; ++week) {
    const float expected = week >= from && week <= until ? 0.8F : 0.0F;
    EXPECT_EQ(ordered(script, week)[entry][7], expected) << week;
  }
}

TEST_F(ScriptTest, WhatAnOptionSettlesThePolicyDoesNotSettleAgainWhileItStands) {
  Script script(model, option("disclose_and_warn"));
  const casefile::Order& disclose = given.options[*option("disclose_and_warn")].orders[0];
  const std::uint32_t entry = model.entry_of(disclose);
  EXPECT_EQ(script.muted(model.week_of(disclose.from) - 1).any(entry), false);
  EXPECT_EQ(script.muted(model.week_of(disclose.from)).any(entry), true);
  EXPECT_EQ(script.muted(model.week_of(disclose.until) + 1).any(entry), false);
}

TEST_F(ScriptTest, ARuleFiresOnlyInTheFuturesWhereItHoldsAndStaysItsWeeks) {
  Script script(model, option("disclose_and_warn"));
  const casefile::Rule& rule = given.options[*option("disclose_and_warn")].rules[0];
  const std::uint32_t entry = model.entry_of(rule.then);
  const std::size_t brigade = casefile::find(given.contingents, "tesk_brigade").value();
  F men = 0.0F;
  men.set(3, 0.9F);
  state.at(Var::in_combat, brigade) = men;
  EXPECT_EQ(ordered(script, 0)[entry][3], 0.7F);
  EXPECT_EQ(ordered(script, 0)[entry][4], 0.0F);
  state.at(Var::in_combat, brigade) = F(0.0F);
  for (int week = 1; week < rule.weeks; ++week) EXPECT_EQ(ordered(script, week)[entry][3], 0.7F);
  EXPECT_EQ(ordered(script, rule.weeks)[entry][3], 0.0F);
}

TEST_F(ScriptTest, AnActUntilEndedEndsWithItsOrder) {
  Script script(model, option("disclose_and_warn"));
  const std::size_t brigade = casefile::find(given.contingents, "tesk_brigade").value();
  const casefile::Rule& rule = given.options[*option("disclose_and_warn")].rules[0];
  const std::uint32_t entry = model.entry_of(rule.then);
  ASSERT_EQ(world::info(model.entries()[entry].action).duration, 0);
  F men = 0.0F;
  men.set(5, 0.9F);
  state.at(Var::in_combat, brigade) = men;
  EXPECT_GT(ordered(script, 10)[entry][5], 0.0F);
  state.at(Var::in_combat, brigade) = F(0.0F);
  state.at(Var::left, entry) = F(600.0F);  // in every future somebody does it
  for (int week = 11; week < 10 + rule.weeks; ++week)
    EXPECT_GT(ordered(script, week)[entry][5], 0.0F);
  const auto& over = ordered(script, 10 + rule.weeks);
  EXPECT_EQ(over[entry][5], -1.0F);
  EXPECT_EQ(over[entry][6], 0.0F);  // there it is the actor's own doing
  EXPECT_EQ(ordered(script, 11 + rule.weeks)[entry][5], 0.0F);
}

TEST_F(ScriptTest, WhatAnActorDoesOfItselfStandsBeforeAndAfterAnOrder) {
  Script script(model, option("disclose_and_warn"));
  const std::size_t brigade = casefile::find(given.contingents, "tesk_brigade").value();
  const casefile::Rule& rule = given.options[*option("disclose_and_warn")].rules[0];
  const std::uint32_t entry = model.entry_of(rule.then);
  state.at(Var::left, entry) = F(600.0F);
  state.at(Var::ordered, entry) = F(0.25F);
  for (int week = 0; week < 5; ++week) EXPECT_EQ(ordered(script, week)[entry][2], 0.0F) << week;
  state.at(Var::in_combat, brigade) = F(0.9F);
  EXPECT_FLOAT_EQ(ordered(script, 5)[entry][2], 0.7F);
  state.at(Var::in_combat, brigade) = F(0.0F);
  state.at(Var::ordered, entry) = F(0.7F);
  for (int week = 6; week < 5 + rule.weeks; ++week)
    EXPECT_FLOAT_EQ(ordered(script, week)[entry][2], 0.7F);
  EXPECT_FLOAT_EQ(ordered(script, 5 + rule.weeks)[entry][2], 0.25F);
  EXPECT_EQ(ordered(script, 6 + rule.weeks)[entry][2], 0.0F);
}

TEST_F(ScriptTest, AnOrderShorterThanItsDelayEndsWhatItBeganAllTheSame) {
  Script script(model, option("disclose_and_warn"));
  const std::size_t brigade = casefile::find(given.contingents, "tesk_brigade").value();
  const casefile::Rule& rule = given.options[*option("disclose_and_warn")].rules[0];
  const std::uint32_t entry = model.entry_of(rule.then);
  state.at(Var::in_combat, brigade) = F(0.9F);
  EXPECT_GT(ordered(script, 0)[entry][1], 0.0F);
  state.at(Var::in_combat, brigade) = F(0.0F);
  state.at(Var::due, entry) = F(2.0F);  // still on its way when the order has run out
  for (int week = 1; week <= rule.weeks + 1; ++week)
    EXPECT_GE(ordered(script, week)[entry][1], 0.0F);
  state.at(Var::due, entry) = F(0.0F);
  state.at(Var::left, entry) = F(600.0F);
  EXPECT_EQ(ordered(script, rule.weeks + 2)[entry][1], -1.0F);
}

TEST_F(ScriptTest, AnOptionWithoutOrdersOrdersNothing) {
  Script nothing(model, std::nullopt);
  Script go_on(model, option("go_on"));
  for (const int week : {0, 10, 50}) {
    for (const F x : ordered(nothing, week)) EXPECT_EQ(x[0], 0.0F);
    for (const F x : ordered(go_on, week)) EXPECT_EQ(x[0], 0.0F);
    EXPECT_EQ(std::ranges::count(go_on.muted(week).by, 0), std::ssize(model.entries()));
  }
}

TEST_F(ScriptTest, ConditionsOverSixteenFuturesAgreeWithOneAtATime) {
  for (const casefile::Option& o : given.options) {
    for (const casefile::Rule& rule : o.rules) {
      const casefile::Expression& when = given.expressions[rule.expression];
      const M holds = evaluate_now(when, state, model);
      for (std::size_t lane = 0; lane < lanes::width; ++lane) {
        const auto value = [&](const casefile::VariableUse& use, int) {
          return static_cast<double>(world::published(state, model, use)[lane]);
        };
        const auto one = casefile::evaluate(when, 0, 1, value);
        EXPECT_EQ(holds[lane], one && *one != 0.0);
      }
    }
  }
}

TEST_F(ScriptTest, EveryOperatorOfAConditionAgreesWithOneFutureAtATime) {
  const casefile::EntityLookup lookup = [&](casefile::Dimension d,
                                            std::string_view name) -> std::optional<std::uint32_t> {
    if (d == casefile::Dimension::actor) {
      const auto found = casefile::find(given.actors, name);
      return found ? std::optional(found->index) : std::nullopt;
    }
    return std::nullopt;
  };
  for (const char* text :
       {"force[kareth] > 100 and not fighting > 0.5", "support[kareth] * 2 >= 1 or 1 > 2",
        "support[morvane] - support[kareth] < 0", "force[tesk] / 2 <= 30000 given fighting == 1",
        "support[kareth] + 0.5 != 1 given fighting < 0.5",
        "support[kareth] given fighting > 0.5"}) {
    std::vector<casefile::ExpressionProblem> problems;
    const auto parsed = casefile::parse_expression(text, given.clock(), lookup, problems);
    ASSERT_TRUE(parsed.has_value())
        << text << ": " << (problems.empty() ? "" : problems[0].message);
    const M holds = evaluate_now(*parsed, state, model);
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      const auto value = [&](const casefile::VariableUse& use, int) {
        return static_cast<double>(world::published(state, model, use)[lane]);
      };
      const auto one = casefile::evaluate(*parsed, 0, 1, value);
      EXPECT_EQ(holds[lane], one && *one != 0.0) << text;
    }
  }
}

TEST_F(ScriptTest, ARuleThatLooksAtAnotherWeekIsRefused) {
  std::vector<casefile::ExpressionProblem> problems;
  const auto lookup = [](casefile::Dimension, std::string_view) { return std::nullopt; };
  const auto parsed =
      casefile::parse_expression("ceasefire at week 3 > 0.5", given.clock(), lookup, problems);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_THROW((void)evaluate_now(*parsed, state, model), CaseError);
}

}  // namespace
}  // namespace casus::policy
