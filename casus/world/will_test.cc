// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/will.h"

#include <gtest/gtest.h>

#include "casus/world/law.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

void set_knob(State& state, std::string_view id, float x) {
  state.at(Var::knob, knob_index(id)) = F(x);
}

TEST(Will, NewsNobodyBelievesDoesNothing) {
  EXPECT_EQ(news_effect(F(0.5F), F(0.0F), F(1.0F))[0], 0.0F);
  EXPECT_GT(news_effect(F(0.5F), F(0.4F), F(1.0F))[0], 0.0F);
}

TEST(Will, AClosedRegimeMovesLessThanAQuarterOfAnOpenOne) {
  EXPECT_LT(reach(F(1.0F / 16.0F))[0], 0.25F * reach(F(1.0F))[0]);
}

TEST(Will, ARallyWithoutEventsFades) {
  const Model& model = testing::model_of_2024();
  const auto will = make_public_will(model);
  State state = testing::state_of(model);
  for (F& r : state[Var::rally]) r = F(0.8F);
  for (int week = 1; week < 260; ++week) will->step(state, testing::now_of(model, week));
  for (const F& r : state[Var::rally]) {
    for (std::size_t l = 0; l < lanes::width; ++l) EXPECT_LT(std::abs(r[l]), 0.03F);
  }
}

TEST(Will, AtConstantHopeLossesAndTimeNeverRaiseSupport) {
  const Model& model = testing::model_of_2024();
  const auto will = make_public_will(model);
  State state = testing::state_of(model);
  for (const auto id : {"will.noise", "will.elites"}) set_knob(state, id, 0.0F);
  will->step(state, testing::now_of(model, 0));
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  F last = state.at(Var::support, ua);
  for (int week = 1; week < 60; ++week) {
    state.at(Var::casualties, 1) = F(5.0F);
    will->step(state, testing::now_of(model, week));
    for (std::size_t l = 0; l < lanes::width; ++l) {
      ASSERT_LE(state.at(Var::support, ua)[l], last[l] + 1e-5F);
      ASSERT_GT(shown_support(state, ua)[l], 0.0F);
      ASSERT_LT(shown_support(state, ua)[l], 1.0F);
    }
    last = state.at(Var::support, ua);
  }
}

TEST(Morale, BelievedBadNewsLowersItAndUnpaidMenFightWorse) {
  const Model& model = testing::model_of_2024();
  const auto morale = make_morale(model);
  const std::size_t kp = testing::index_of(model.given().contingents, "kp_assault");
  State paid = testing::state_of(model);
  State unpaid = paid;
  unpaid.at(Var::pay_trust, kp) = F(0.1F);
  paid.at(Var::pay_trust, kp) = F(0.9F);
  for (int week = 1; week < 30; ++week) {
    morale->step(paid, testing::now_of(model, week));
    morale->step(unpaid, testing::now_of(model, week));
  }
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_LT(unpaid.at(Var::morale, kp)[l], paid.at(Var::morale, kp)[l]);
  }
}

}  // namespace
}  // namespace casus::world
