// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "casus/base/error.h"
#include "casus/world/acts.h"
#include "casus/world/alliances.h"
#include "casus/world/assent.h"
#include "casus/world/economy.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace legislature_test {

std::uint32_t asked_entry(const Model& model, std::size_t actor) {
  for (const std::uint32_t e : model.menu_of(actor)) {
    if (model.asked(e) != nullptr) return e;
  }
  throw InternalError("nothing to vote on");
}

TEST(Legislature, ASureMajorityAgreesASureMinorityDoesNotAndTheVoteTakesItsTime) {
  const Model& model = testing::model_of_2024();
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const std::uint32_t e = asked_entry(model, us);
  const auto due = [&](float seats) {
    State state = testing::state_of(model);
    state.at(Var::vote_share, us) = F(seats);
    std::vector<F> orders(model.entries().size(), F(0.0F));
    orders[e] = F(0.7F);
    enqueue(state, testing::now_of(model, 0), orders);
    return std::pair(state.at(Var::ordered, e), state.at(Var::due, e));
  };
  const auto [ordered, wait] = due(0.95F);
  const auto [refused, none] = due(0.05F);
  const auto& row = info(model.entries()[e].action);
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_EQ(ordered[l], 0.7F);
    EXPECT_EQ(wait[l], static_cast<float>(row.lag) + 8.0F);
    EXPECT_EQ(refused[l], 0.0F);
    EXPECT_EQ(none[l], 0.0F);
  }
}

TEST(Legislature, AssentRisesWithSeatsAndSupport) {
  const Model& model = testing::model_of_2024();
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const Assent assent;
  State state = testing::state_of(model);
  state.at(Var::knob, knob_index("alliances.vote_swing")) = F(0.2F);
  const auto p = [&](float seats, float support) {
    state.at(Var::vote_share, us) = F(seats);
    state.at(Var::support, us) = F(support);
    state.at(Var::rally, us) = F(0.0F);
    return assent(state, us, 0.5F)[0];
  };
  EXPECT_NEAR(p(0.5F, 0.0F), 0.5F, 1e-5F);
  EXPECT_LT(p(0.45F, 0.0F), p(0.55F, 0.0F));
  EXPECT_LT(p(0.5F, -1.0F), p(0.5F, 1.0F));
}

TEST(Legislature, WithoutAMandateAidFallsToWhatIsLeftAndComesBackWithAVote) {
  const Model& model = testing::model_of_2024();
  const auto aid = make_aid(model);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const std::size_t flow =
      us * model.shape().actors + testing::index_of(model.given().actors, "ua");
  const auto rate = [&](float seats, float mandate) {  // in the second half of a year
    State state = testing::state_of(model);
    state.at(Var::vote_share, us) = F(seats);
    state.at(Var::mandate, us) = F(mandate);
    state.at(Var::knob, knob_index("alliances.lapse")) = F(0.2F);
    for (int week = 0; week < 60; ++week) aid->step(state, testing::now_of(model, week));
    return state.at(Var::aid_rate, flow);
  };
  const F steady = rate(0.95F, 500.0F);
  const F lapsed = rate(0.05F, 10.0F);
  const F voted = rate(0.95F, 10.0F);
  double back = 0.0;
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_LT(lapsed[l], 0.35F * steady[l]);
    back += voted[l] > 0.7F * steady[l] ? 1.0 : 0.0;
  }
  EXPECT_GT(back, 10.0);  // votes come about every twelve weeks and always pass
}

TEST(Ties, MakeADealLikelierAndGoWithTheRuler) {
  const Model& model = testing::model_of_2024();
  const auto economy = make_economy(model);
  const std::size_t ru = testing::index_of(model.given().actors, "ru");
  const std::size_t kp = testing::index_of(model.given().actors, "kp");
  const std::size_t n = model.shape().actors;
  const auto struck = [&](float bond) {
    double deals = 0.0;
    for (std::uint32_t block = 0; block < 40; ++block) {
      State state = testing::state_of(model, block * 16);
      state.at(Var::ruler_tie, ru * n + kp) = F(bond);
      for (const std::uint32_t e : model.entries_of(Action::arms_for_technology)) {
        if (model.entries()[e].actor == kp) state.at(Var::started, e) = F(1.0F);
      }
      EventLog log;
      Now now = testing::now_of(model, 0, block * 16);
      now.log = &log;
      economy->step(state, now);
      for (const Event& event : log.events()) deals += event.kind == "deal_struck" ? 1.0 : 0.0;
    }
    return deals;
  };
  EXPECT_GT(struck(1.0F), struck(0.0F));
}

}  // namespace legislature_test
}  // namespace casus::world
