// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/economy.h"

#include <gtest/gtest.h>

#include "casus/world/test_world.h"

namespace casus::world {
namespace {

double mean(F x) {
  double sum = 0.0;
  for (std::size_t l = 0; l < lanes::width; ++l) sum += static_cast<double>(x[l]);
  return sum / lanes::width;
}

TEST(Economy, SanctionsNeverMakeTheTargetGrow) {
  const Model& model = testing::model_of_2024();
  const auto economy = make_economy(model);
  State plain = testing::state_of(model);
  State hit = plain;
  const std::uint32_t e = model.entries_of(Action::sanction).front();
  const std::size_t target = *model.entries()[e].target;
  for (int week = 0; week < 52; ++week) {
    hit.at(Var::started, e) = F(week == 3 ? 1.0F : 0.0F);
    economy->step(plain, testing::now_of(model, week));
    economy->step(hit, testing::now_of(model, week));
    for (std::size_t l = 0; l < lanes::width; ++l) {
      EXPECT_LE(hit.at(Var::growth, target)[l], plain.at(Var::growth, target)[l] + 1e-4F);
    }
  }
}

TEST(Economy, AQuietFirstWeekLeavesPressureWhereTheCasePutIt) {
  const Model& model = testing::model_of_2024();
  const auto economy = make_economy(model);
  State state = testing::state_of(model);
  const State before = state;
  economy->step(state, testing::now_of(model, 0));
  for (std::size_t a = 0; a < model.shape().actors; ++a) {
    EXPECT_NEAR(mean(state.at(Var::pressure, a)), mean(before.at(Var::pressure, a)), 0.03);
  }
}

TEST(Economy, AnEmptyPurseCutsSpendingAndNeverGoesBelowNothing) {
  const Model& model = testing::model_of_2024();
  const auto economy = make_economy(model);
  State state = testing::state_of(model);
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  const std::size_t plant = ua * 9 + static_cast<std::size_t>(casefile::StockKind::attack_drones);
  economy->step(state, testing::now_of(model, 0));
  state.at(Var::production, plant) = F(1000.0F);
  for (int week = 1; week < 52; ++week) {
    state.at(Var::aid_received, ua) = F(0.0F);
    economy->step(state, testing::now_of(model, week));
    for (std::size_t l = 0; l < lanes::width; ++l) {
      ASSERT_GE(state.at(Var::fiscal_room, ua)[l], 0.0F);
      ASSERT_LE(state.at(Var::fiscal_room, ua)[l], 40.0F);
    }
  }
  EXPECT_LT(mean(state.at(Var::production, plant)), 990.0);
}

TEST(Economy, NoDealIsStruckThatEitherSideHatesBeyondMeasure) {  // F-4
  const Model& model = testing::model_of_2024();
  const auto economy = make_economy(model);
  const auto struck = [&](float political, float tau) {
    State state = testing::state_of(model);
    state.at(Var::knob, knob_index("economy.political_cost")) = F(political);
    state.at(Var::knob, knob_index("economy.deal_noise")) = F(tau);
    for (F& bond : state[Var::ruler_tie]) bond = F(0.0F);
    for (const std::uint32_t e : model.entries_of(Action::arms_for_technology)) {
      state.at(Var::started, e) = F(1.0F);
    }
    EventLog log;
    Now now = testing::now_of(model, 1);
    now.log = &log;
    economy->step(state, now);
    int deals = 0;
    for (const Event& event : log.events()) deals += event.kind == "deal_struck" ? 1 : 0;
    return deals;
  };
  EXPECT_EQ(struck(30.0F, 1.0F), 0);
  EXPECT_GT(struck(0.1F, 1.0F), 0);
}

TEST(Economy, PayInOilAndFoodEasesWhatPressesOnTheSupplierAndEndsWithTheDebt) {
  const Model& model = testing::model_of_2024();
  const auto economy = make_economy(model);
  const std::size_t kp = testing::index_of(model.given().actors, "kp");
  const std::size_t owed =
      testing::index_of(model.given().actors, "ru") * model.shape().actors + kp;
  State paid = testing::state_of(model);
  State broke = paid;
  for (int week = 0; week < 40; ++week) {
    broke.at(Var::deal_owed, owed) = F(0.0F);
    economy->step(paid, testing::now_of(model, week));
    economy->step(broke, testing::now_of(model, week));
  }
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_GT(paid.at(Var::provisions, kp)[l], broke.at(Var::provisions, kp)[l]);
    EXPECT_LE(paid.at(Var::provisions, kp)[l], 1.0F);
  }
}

TEST(Economy, ShellsOfADealLeaveOneStockAndEnterOnePipeline) {
  const Model& model = testing::model_of_2024();
  const auto economy = make_economy(model);
  for (const std::uint32_t e : model.entries_of(Action::arms_for_technology)) {
    State state = testing::state_of(model);
    const std::size_t shells = static_cast<std::size_t>(casefile::StockKind::shells);
    const std::size_t s = model.entries()[e].actor * 9 + shells;
    const std::size_t b = *model.entries()[e].target * 9 + shells;
    const F stock = state.at(Var::stock, s);
    const F pipe = state.at(Var::pipe_1, b);
    state.at(Var::started, e) = F(1.0F);
    economy->step(state, testing::now_of(model, 5));
    for (std::size_t l = 0; l < lanes::width; ++l) {
      const float gone = stock[l] - state.at(Var::stock, s)[l];
      EXPECT_GE(gone, 0.0F);
      EXPECT_NEAR(state.at(Var::pipe_1, b)[l] - pipe[l], gone, 1.0F + 1e-5F * stock[l]);
    }
  }
}

}  // namespace
}  // namespace casus::world
