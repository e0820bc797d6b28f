// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/pacts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/world/test_world.h"

namespace casus::world {
namespace pacts_test {

struct Trial {
  const Model& model = testing::model_of_2024();
  PactTests pacts{model};
  Pair pair;
  Trial(const char* ally, const char* partner)
      : pair(pair_of(model, testing::index_of(model.given().actors, ally),
                     testing::index_of(model.given().actors, partner))) {}
};

TEST(Pacts, OpenWarIsFollowedByTheAllyInAboutTwoFifthsOfFuturesAndIsSettledInHalfAYear) {
  const Trial trial("us", "kr");
  double helped = 0.0;
  constexpr std::uint32_t blocks = 60;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    State state = testing::state_of(trial.model, block * 16);
    const F before = state.at(Var::honour, trial.pair.from);
    state.at(Var::pact_test, trial.pair.index) = F(pact_patience);
    for (int week = 0; week < 27; ++week) {
      trial.pacts.step(state, testing::now_of(trial.model, week, block * 16));
    }
    for (std::size_t l = 0; l < lanes::width; ++l) {
      EXPECT_EQ(state.at(Var::pact_test, trial.pair.index)[l], pact_settled);
      const float change = state.at(Var::honour, trial.pair.from)[l] - before[l];
      EXPECT_TRUE(change > 0.15F || change < -0.25F);
      helped += change > 0.0F ? 1.0 : 0.0;
    }
  }
  // 960 futures of a chance with mean .40 and sd .18: five standard errors are .04.
  EXPECT_NEAR(helped / (blocks * 16.0), 0.40, 0.05);
}

TEST(Pacts, MenInCombatHonourAPactInTheWarAndTheirAbsenceBreaksIt) {
  const Trial trial("kp", "ru");
  const auto honoured = [&](float fighting) {
    State state = testing::state_of(trial.model);
    for (std::size_t c = 0; c < trial.model.shape().contingents; ++c) {
      const auto& k = trial.model.given().contingents[c];
      if (k.foreign) state.at(Var::in_combat, c) = F(k.owner == trial.pair.from ? fighting : 0.0F);
    }
    const F before = state.at(Var::honour, trial.pair.from);
    state.at(Var::pact_test, trial.pair.index) = F(pact_patience);
    for (int week = 0; week < 27; ++week)
      trial.pacts.step(state, testing::now_of(trial.model, week));
    return state.at(Var::honour, trial.pair.from)[4] - before[4];
  };
  EXPECT_GT(honoured(2.0F), 0.1F);
  EXPECT_LT(honoured(0.0F), -0.2F);
}

TEST(Pacts, HeldLandTestsASignedPactOnceItIsInForce) {
  const Trial trial("kp", "ru");
  State state = testing::state_of(trial.model);
  for (F& chip : state[Var::chip]) chip = F(0.0F);
  for (int week = 0; week < 30; ++week) trial.pacts.step(state, testing::now_of(trial.model, week));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_EQ(state.at(Var::pact_test, trial.pair.index)[l], 0.0F);
  }
  state.at(Var::chip, 0) = F(800.0F);
  int tested = 0;
  for (int week = 30; week < 36; ++week)
    trial.pacts.step(state, testing::now_of(trial.model, week));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    tested += state.at(Var::pact_test, trial.pair.index)[l] > 0.0F ? 1 : 0;
  }
  EXPECT_GT(tested, 4);
}

TEST(Pacts, OnlyThoseInForceBindAndBothWays) {
  const Model& model = testing::model_of_2024();
  const auto pacts = defence_pacts(model);
  const auto have = [&](const char* a, const char* b) {
    const Pair pair = pair_of(model, testing::index_of(model.given().actors, a),
                              testing::index_of(model.given().actors, b));
    return std::ranges::any_of(pacts, [&](const Pair& p) { return p.index == pair.index; });
  };
  EXPECT_TRUE(have("us", "kr") && have("kr", "us") && have("cn", "kp"));
  EXPECT_FALSE(have("kp", "ru"));
  EXPECT_FALSE(have("us", "ua"));
}

}  // namespace pacts_test
}  // namespace casus::world
