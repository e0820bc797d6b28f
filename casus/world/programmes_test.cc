// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/programmes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/world/test_world.h"

namespace casus::world {
namespace programmes_test {

using testing::index_of;
using testing::model_of_2024;
using testing::state_of;

/// South Korea under a rate and a threat, shielded to `shield`, for a year; alone on the road.
struct Played {
  State state;
  std::size_t who;
};
Played year_of(float rate, float shield, float tension, int weeks = 52) {
  const Model& model = model_of_2024();
  const auto process = make_programmes(model);
  Played out{state_of(model), index_of(model.given().actors, "kr")};
  State& state = out.state;
  const std::size_t n = model.shape().actors;
  for (F& x : state[Var::tension]) x = F(tension);
  for (F& x : state[Var::guarantee_level]) x = F(shield);
  for (F& x : state[Var::guarantee_credibility]) x = F(1.0F);
  for (F& x : state[Var::latency]) x = F(0.0F);
  state.at(Var::knob, knob_index("programmes.begin")) = F(rate);
  state.at(Var::knob, knob_index("programmes.found")) = F(0.02F);
  for (int week = 0; week < weeks; ++week) {
    process->step(state, Now{model, week, LaneDraws(3, 0), nullptr});
    EXPECT_EQ(state[Var::tension].size(), n * n);
  }
  return out;
}

double share_begun(const Played& p) {
  double begun = 0.0;
  for (std::size_t lane = 0; lane < lanes::width; ++lane) {
    begun += p.state.at(Var::programme, p.who)[lane] > 0.0F ? 1.0 / lanes::width : 0.0;
  }
  return begun;
}

TEST(Programmes, WhoIsShieldedOrHasNoEnemyBeginsNone) {
  EXPECT_EQ(share_begun(year_of(50.0F, 1.0F, -10.0F)), 0.0);
  EXPECT_EQ(share_begun(year_of(50.0F, 0.0F, 10.0F)), 0.0);
}

TEST(Programmes, TheRateIsTheDeclaredOne) {
  // Sixteen lanes for twenty years each: 320 years at a tenth a year.
  const Played p = year_of(0.1F, 0.0F, -10.0F, 52 * 20);
  const double expected = 1.0 - std::exp(-2.0);
  EXPECT_NEAR(share_begun(p), expected, 3.0 * std::sqrt(expected * (1 - expected) / 16.0));
  EXPECT_EQ(share_begun(year_of(1e-6F, 0.0F, -10.0F)), 0.0);
}

TEST(Programmes, OneThatIsBegunEndsInTheAbilityToBuild) {
  const Played p = year_of(1000.0F, 0.0F, -10.0F, 52 * 13);
  for (std::size_t lane = 0; lane < lanes::width; ++lane) {
    EXPECT_EQ(p.state.at(Var::latency, p.who)[lane], 1.0F);
  }
}

TEST(Programmes, OneThatIsFoundAlarmsRivalsMoreThanFriends) {
  const Model& model = model_of_2024();
  const auto process = make_programmes(model);
  State state = state_of(model);
  const std::size_t n = model.shape().actors;
  const std::size_t kr = index_of(model.given().actors, "kr");
  const std::size_t kp = index_of(model.given().actors, "kp");
  const std::size_t us = index_of(model.given().actors, "us");
  for (F& x : state[Var::tension]) x = F(0.0F);
  for (F& x : state[Var::programme]) x = F(0.0F);
  state.at(Var::programme, kr) = F(1.0F);
  state.at(Var::knob, knob_index("programmes.begin")) = F(0.0F);
  state.at(Var::knob, knob_index("programmes.found")) = F(5000.0F);
  process->step(state, Now{model, 0, LaneDraws(3, 0), nullptr});
  EXPECT_LT(state.at(Var::tension, kp * n + kr)[0], state.at(Var::tension, us * n + kr)[0]);
  EXPECT_LT(state.at(Var::tension, us * n + kr)[0], 0.0F);
  EXPECT_EQ(state.at(Var::tension, kr * n + kp)[0], 0.0F);
  EXPECT_EQ(state.at(Var::programme, kr)[0], 2.0F);
}

}  // namespace programmes_test
}  // namespace casus::world
