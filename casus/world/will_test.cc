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

TEST(Morale, ABelievedRumourHurtsAndOneThatIsNotDoesNothing) {
  const Model& model = testing::model_of_2024();
  const auto morale = make_morale(model);
  const std::size_t kp = testing::index_of(model.given().contingents, "kp_assault");
  std::optional<std::uint32_t> rumour;
  for (const std::uint32_t e : model.entries_of(Action::psy_op)) {
    if (model.entries()[e].target == model.given().contingents[kp].owner) rumour = e;
  }
  ASSERT_TRUE(rumour);
  int believed = 0;
  int dismissed = 0;
  for (std::uint32_t block = 0; block < 12; ++block) {
    State quiet = testing::state_of(model, block * 16);
    quiet.at(Var::in_combat, kp) = F(2.0F);
    State told = quiet;
    told.at(Var::started, *rumour) = F(1.0F);
    morale->step(quiet, testing::now_of(model, 3, block * 16));
    morale->step(told, testing::now_of(model, 3, block * 16));
    for (std::size_t l = 0; l < lanes::width; ++l) {
      const bool hurt = told.at(Var::morale, kp)[l] < quiet.at(Var::morale, kp)[l];
      EXPECT_EQ(hurt, told.at(Var::news_felt, kp)[l] > quiet.at(Var::news_felt, kp)[l]);
      (hurt ? believed : dismissed) += 1;
    }
  }
  EXPECT_GT(believed, 10);
  EXPECT_GT(dismissed, 10);
}

TEST(Morale, GroundLostIsBadNewsThatNobodyNeedsToTell) {
  const Model& model = testing::model_of_2024();
  const auto morale = make_morale(model);
  const std::size_t kp = testing::index_of(model.given().contingents, "kp_assault");
  const std::size_t sector = model.given().contingents[kp].sector->index;
  const auto felt = [&](float gain) {
    State state = testing::state_of(model);
    state.at(Var::in_combat, kp) = F(2.0F);
    state.at(Var::area_week, sector) = F(gain);
    morale->step(state, testing::now_of(model, 3));
    return state.at(Var::news_felt, kp)[3];
  };
  EXPECT_EQ(felt(80.0F), 0.0F);  // side 0 gains: its own men hear nothing bad
  EXPECT_GT(felt(-80.0F), 0.0F);
}

}  // namespace
}  // namespace casus::world
