// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/alliances.h"

#include <gtest/gtest.h>

#include "casus/world/law.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

TEST(Aid, ACutHasNoEffectInTheWeekItIsDecided) {
  const Model& model = testing::model_of_2024();
  const auto aid = make_aid(model);
  State plain = testing::state_of(model);
  aid->step(plain, testing::now_of(model, 0));
  State cut = plain;
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  for (const std::uint32_t e : model.entries_of(Action::cut_aid)) {
    cut.at(Var::started, e) = F(1.0F);
    cut.at(Var::active, e) = F(1.0F);
  }
  aid->step(plain, testing::now_of(model, 1));
  aid->step(cut, testing::now_of(model, 1));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_EQ(cut.at(Var::aid_received, ua)[l], plain.at(Var::aid_received, ua)[l]);
  }
  for (int week = 2; week < 40; ++week) {
    aid->step(plain, testing::now_of(model, week));
    aid->step(cut, testing::now_of(model, week));
  }
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_LT(cut.at(Var::aid_received, ua)[l], plain.at(Var::aid_received, ua)[l]);
    EXPECT_GE(cut.at(Var::aid_received, ua)[l], 0.0F);
  }
}

TEST(Aid, StaysAtFirstWhereTheCasePutIt) {
  const Model& model = testing::model_of_2024();
  const auto aid = make_aid(model);
  State state = testing::state_of(model);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  const std::size_t pair = us * model.shape().actors + ua;
  const F before = state.at(Var::aid_rate, pair);
  aid->step(state, testing::now_of(model, 0));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_NEAR(state.at(Var::aid_rate, pair)[l], before[l], 0.05F * before[l]);
  }
}

TEST(Aid, AGovernmentThatTurnsAwayStopsAtOnceAndOthersFollowAsTheyAreWont) {
  const Model& model = testing::model_of_2024();
  const auto aid = make_aid(model);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  const std::size_t de = testing::index_of(model.given().actors, "de");
  const std::size_t n = model.shape().actors;
  const auto after = [&](float follow, float lead) {
    State state = testing::state_of(model);
    state.at(Var::knob, knob_index("alliances.follow")) = F(follow);
    aid->step(state, testing::now_of(model, 0));
    state.at(Var::aid_leader, us) = F(lead);
    for (int week = 1; week < 30; ++week) aid->step(state, testing::now_of(model, week));
    return state;
  };
  const State steady = after(0.5F, 1.0F);
  const State follows = after(0.5F, 0.1F);
  const State fills = after(-0.5F, 0.1F);
  for (std::size_t l = 0; l < lanes::width; ++l) {
    const auto rate = [&](const State& s, std::size_t who) {
      return s.at(Var::aid_rate, who * n + ua)[l];
    };
    EXPECT_LT(rate(follows, us), 0.3F * rate(steady, us));
    EXPECT_LT(rate(follows, de), rate(steady, de));
    EXPECT_GT(rate(fills, de), rate(steady, de));
  }
}

TEST(Entry, WithoutPactsAndDealsHardlyAnyoneJoins) {
  const Model& model = testing::model_of_2024();
  const auto entry = make_entry(model);
  double joined = 0.0;
  for (std::uint32_t block = 0; block < 8; ++block) {
    State state = testing::state_of(model, block * 16);
    for (int week = 0; week < 52; ++week)
      entry->step(state, testing::now_of(model, week, block * 16));
    for (std::size_t l = 0; l < lanes::width; ++l) joined += testing::sum(state, Var::entered, l);
  }
  EXPECT_LT(joined / 128.0, 0.12);
}

TEST(SlowEntry, ATestedPactIsHonouredInTwoFifthsOfWorlds) {
  const auto prior = parse_prior("B(2.5, 3.7)");
  ASSERT_TRUE(prior);
  double honoured = 0.0;
  for (std::uint32_t world = 0; world < 10000; ++world) {
    const Draws draws(3);
    const F rate = tested_hazard(F(prior->draw(draws, Stream("pact"), world)));
    double out = 1.0;
    for (std::uint32_t week = 0; week < 26; ++week) {
      const double u = draws.uniform(Stream("test"), world, week, 0);
      if (u < 1.0 - std::exp(-static_cast<double>(rate[0]))) out = 0.0;
    }
    honoured += 1.0 - out;
  }
  EXPECT_GT(honoured / 10000.0, 0.35);
  EXPECT_LT(honoured / 10000.0, 0.45);
}

}  // namespace
}  // namespace casus::world
