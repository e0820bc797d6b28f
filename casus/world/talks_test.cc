// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/talks.h"

#include <gtest/gtest.h>

#include "casus/world/bargain.h"
#include "casus/world/published.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

Stakes stakes_at_first(State& state, const Model& model, std::uint32_t first = 0) {
  return Bargain(model).stakes(state, testing::now_of(model, 0, first));
}

TEST(Bargain, NobodySignsWhatIsWorseThanWarForIt) {
  const Model& model = testing::model_of_2024();
  State state = testing::state_of(model);
  Stakes stakes = stakes_at_first(state, model);
  const Chosen chosen = nash_choice(stakes, model.packages(), F(-1.0F));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    if (chosen.product[l] <= 0.0F) continue;
    EXPECT_GT(chosen.value[0][l], stakes.war[0][l]);
    EXPECT_GT(chosen.value[1][l], stakes.war[1][l]);
  }
  stakes.war = {F(2.0F), F(0.0F)};  // one side can win everything and more
  EXPECT_EQ(nash_choice(stakes, model.packages(), F(-1.0F)).product[0], 0.0F);
}

TEST(Bargain, TheChoiceDoesNotDependOnTheScaleOfWorth) {
  const Model& model = testing::model_of_2024();
  State state = testing::state_of(model);
  const Stakes one = stakes_at_first(state, model);
  Stakes other = one;
  for (auto& issue : other.worth[1]) {
    for (F& x : issue) x = x * F(4.0F) + F(0.5F);
  }
  for (auto& level : other.fear[1]) {
    for (F& x : level) x *= F(4.0F);
  }
  other.war[1] = one.war[1] * F(4.0F) + F(0.5F * issues);
  const Chosen a = nash_choice(one, model.packages(), F(-1.0F));
  const Chosen b = nash_choice(other, model.packages(), F(-1.0F));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    // Equal but for packages that are as good as each other to rounding.
    EXPECT_NEAR(b.product[l], 4.0F * a.product[l], 1e-3F);
  }
}

TEST(Bargain, AStrongerGuaranteeNeverFrightensTheSideThatFearsTheFuture) {
  for (float guarded = 0.0F; guarded < 0.95F; guarded += 0.1F) {
    const F weak = Bargain::fear(F(0.3F), F(0.25F), F(guarded));
    const F strong = Bargain::fear(F(0.3F), F(0.25F), F(guarded + 0.05F));
    EXPECT_LE(strong[0], weak[0]);
  }
}

TEST(Bargain, WithoutIllusionsAndFearsThereIsAlmostAlwaysABargain) {
  const Model& model = testing::model_of_2024();
  double found = 0.0;
  for (std::uint32_t block = 0; block < 16; ++block) {
    State state = testing::state_of(model, block * 16);
    found += testing::bargains_without_illusions(state, testing::now_of(model, 0, block * 16));
  }
  EXPECT_GE(found / 256.0, 0.95);
}

TEST(Recurrence, FallsWithGuaranteesAndRisesWithShiftsOfPower) {
  const RecurrenceLaw law{F(1.2F), F(1.5F), F(0.5F)};
  const F base(0.1F);
  const float bare = recurrence_rate(law, base, F(0.0F), F(0.2F), F(0.0F))[0];
  EXPECT_LT(recurrence_rate(law, base, F(0.5F), F(0.2F), F(0.0F))[0], bare);
  EXPECT_GT(recurrence_rate(law, base, F(0.0F), F(0.4F), F(0.0F))[0], bare);
  EXPECT_GT(recurrence_rate(law, base, F(0.0F), F(0.2F), F(1.0F))[0], bare);
}

TEST(Ends, EveryFutureEndsInExactlyOneOfFourWays) {
  const Model& model = testing::model_of_2024();
  const World world(model);
  State state = testing::state_of(model);
  Outcome outcome(model);
  for (int week = 0; week < 104; ++week) {
    world.week(state, {}, testing::now_of(model, week));
    outcome.observe(state, week);
  }
  F sum(0.0F);
  for (std::size_t m = 0; m < 4; ++m) sum += outcome.measure(m, state);
  for (std::size_t l = 0; l < lanes::width; ++l) EXPECT_EQ(sum[l], 1.0F);
}

TEST(Ends, ACeasefireThatIsOrderedBrokenIsBrokenAtOnce) {
  const Model& model = testing::model_of_2024();
  const auto ends = make_ends(model);
  State state = testing::state_of(model);
  state.at(Var::end_state, 0) = F(1.0F);
  state.at(Var::ceasefire_age, 0) = F(5.0F);
  for (const std::uint32_t e : model.entries_of(Action::break_ceasefire)) {
    state.at(Var::started, e) = F(1.0F);
  }
  ends->step(state, testing::now_of(model, 1));
  EXPECT_EQ(state.at(Var::end_state, 0)[0], 0.0F);
  EXPECT_EQ(state.at(Var::recurred, 0)[0], 1.0F);
}

}  // namespace
}  // namespace casus::world
