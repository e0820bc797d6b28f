// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/leaders.h"

#include <gtest/gtest.h>

#include "casus/world/test_world.h"

namespace casus::world {
namespace {

TEST(Leaders, ElectionsAreDecidedOnlyInTheirWeek) {
  const Model& model = testing::model_of_2024();
  const auto leaders = make_leaders(model);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  State state = testing::state_of(model);
  const int vote = model.week_of(Date(2024, 11, 5));
  for (int week = 0; week < vote; ++week) {
    leaders->step(state, testing::now_of(model, week));
    for (std::size_t l = 0; l < lanes::width; ++l) ASSERT_EQ(state.at(Var::line_lost, us)[l], 0.0F);
  }
  leaders->step(state, testing::now_of(model, vote));
  const F lost = state.at(Var::line_lost, us);
  for (int week = vote + 1; week < 60; ++week) {
    leaders->step(state, testing::now_of(model, week));
    for (std::size_t l = 0; l < lanes::width; ++l) {
      ASSERT_EQ(state.at(Var::line_lost, us)[l], lost[l]);
    }
  }
}

TEST(Leaders, AnEvenRaceIsLostInHalfOfFuturesAndOnlyThenMayAidBeCut) {
  const Model& model = testing::model_of_2024();
  const auto leaders = make_leaders(model);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  double lost = 0.0, cut = 0.0;
  for (std::uint32_t block = 0; block < 40; ++block) {
    State state = testing::state_of(model, block * 16);
    for (int week = 0; week < 20; ++week) {
      leaders->step(state, testing::now_of(model, week, block * 16));
    }
    for (std::size_t l = 0; l < lanes::width; ++l) {
      const bool turned = state.at(Var::line_lost, us)[l] > 0.5F;
      lost += turned ? 1.0 : 0.0;
      if (state.at(Var::aid_leader, us)[l] < 1.0F) {
        EXPECT_TRUE(turned);
        cut += 1.0;
      }
    }
  }
  EXPECT_NEAR(lost / 640.0, 0.5, 0.07);
  EXPECT_GT(cut, 0.0);
  EXPECT_LT(cut, lost);
}

TEST(SlowLeaders, ExitsComeAtTheRateOfTheRecord) {
  const Model& model = testing::model_of_2024();
  const auto leaders = make_leaders(model);
  const std::size_t kr = testing::index_of(model.given().actors, "kr");
  double years = 0.0;
  constexpr std::uint32_t blocks = 625;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    State state = testing::state_of(model, block * 16);
    for (const auto& [id, value] :
         {std::pair{"leaders.regular_exit", 0.17F}, std::pair{"leaders.natural_exit", 0.0105F},
          std::pair{"leaders.irregular_exit", 0.0F}}) {
      state.at(Var::knob, knob_index(id)) = F(value);
    }
    for (int week = 0; week < 52; ++week) {
      leaders->step(state, testing::now_of(model, week, block * 16));
    }
    for (std::size_t l = 0; l < lanes::width; ++l) years += state.at(Var::new_leader, kr)[l];
  }
  const double rate = -std::log(1.0 - years / (16.0 * blocks));
  EXPECT_NEAR(rate, 0.1805, 0.018);
}

TEST(Leaders, OldRulersOfClosedStatesHandOverMoreSeldom) {
  const Model& model = testing::model_of_2024();
  const auto leaders = make_leaders(model);
  const auto replaced = [&](std::string_view who, float ratio) {
    const std::size_t a = testing::index_of(model.given().actors, who);
    double gone = 0.0;
    for (std::uint32_t block = 0; block < 24; ++block) {
      State state = testing::state_of(model, block * 16);
      for (const auto& [id, value] :
           {std::pair{"leaders.handover_closed", 0.5F}, std::pair{"leaders.natural_exit", 0.0F},
            std::pair{"leaders.irregular_exit", 0.0F}, std::pair{"leaders.old_handover", ratio}}) {
        state.at(Var::knob, knob_index(id)) = F(value);
      }
      for (int week = 0; week < 52; ++week) {
        leaders->step(state, testing::now_of(model, week, block * 16));
      }
      for (std::size_t l = 0; l < lanes::width; ++l) gone += state.at(Var::new_leader, a)[l];
    }
    return gone / (24.0 * 16.0);
  };
  // Iran's ruler is 85 and has ruled for 35 years: a fifth of 0.5 a year; 1 - e^-0.1 and
  // 1 - e^-0.5 within three standard errors of 384 futures.
  EXPECT_NEAR(replaced("ir", 0.2F), 0.095, 0.045);
  EXPECT_NEAR(replaced("ir", 1.0F), 0.393, 0.075);
}

TEST(Shocks, OfOneKindDoNotMoveTheLuckOfAnother) {
  const Model& model = testing::model_of_2024();
  const auto shocks = make_shocks(model);
  State one = testing::state_of(model);
  State other = one;
  other.at(Var::knob, knob_index("leaders.scandal")) = F(20.0F);
  for (int week = 0; week < 52; ++week) {
    shocks->step(one, testing::now_of(model, week));
    shocks->step(other, testing::now_of(model, week));
  }
  for (std::size_t a = 0; a < model.shape().actors; ++a) {
    for (std::size_t l = 0; l < lanes::width; ++l) {
      EXPECT_EQ(one.at(Var::infrastructure, a)[l], other.at(Var::infrastructure, a)[l]);
    }
  }
  const std::size_t us = testing::index_of(model.given().actors, "us");
  EXPECT_LT(other.at(Var::elite_cohesion, us)[0], one.at(Var::elite_cohesion, us)[0]);
}

}  // namespace
}  // namespace casus::world
