// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/nuclear.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/world/bargain.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace nuclear_test {

struct Nuclear : ::testing::Test {
  const Model& model = testing::model_of_2024();
  State state = testing::state_of(model);
  const NuclearBranch branch{model};
  const std::size_t moscow = model.lead(0);

  void set(std::string_view knob, float value) { state.at(Var::knob, knob_index(knob)) = F(value); }
  [[nodiscard]] Stakes stakes() const {
    return Bargain(model).stakes(state, testing::now_of(model, 0));
  }
};

TEST_F(Nuclear, TheGateStaysOpenForAsLongAsTheSmoothedRungTakesToFallBack) {
  set("operations.nuclear_base", 0.01F);
  state.at(Var::expected_success, moscow) = F(0.6F);
  for (const float memory : {0.6F, 0.8F, 0.95F}) {
    set("escalation.rung_memory", memory);
    for (const float danger : {8.0F, 9.0F, 9.8F}) {
      state.at(Var::rung_state, moscow) = F(danger);
      int weeks = 0;
      for (float d = danger; d >= open_war_rung; d = memory * d + (1.0F - memory) * 7.0F) ++weeks;
      const float p = branch.chance_while_fighting(state, model, F(3.0F))[0];
      const float told = -std::log1p(-p) / 0.01F * 52.0F;
      EXPECT_LE(told, static_cast<float>(weeks) + 0.02F) << memory << ' ' << danger;
      EXPECT_GT(told, static_cast<float>(weeks) - 1.02F) << memory << ' ' << danger;
    }
  }
}

TEST_F(Nuclear, AnEntrantsGateStaysOpenWhileTheWarGoesOn) {
  set("operations.nuclear_base", 0.01F);
  state.at(Var::expected_success, moscow) = F(0.6F);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  state.at(Var::expected_success, us) = F(0.6F);
  state.at(Var::rung_state, us) = F(8.0F);
  EXPECT_EQ(branch.chance_while_fighting(state, model, F(3.0F))[0], 0.0F);  // another's danger
  state.at(Var::entered, us) = F(1.0F);
  EXPECT_NEAR(branch.chance_while_fighting(state, model, F(3.0F))[0], 1.0F - std::exp(-0.03F),
              1e-6F);
}

TEST_F(Nuclear, AThreatTakesItsDangerOffFightingOnForBothSidesAndNothingElse) {
  set("operations.nuclear_base", 0.02F);
  set("talks.nuclear_loss", 3.0F);
  state.at(Var::rung_state, moscow) = F(7.0F);
  const Stakes calm = stakes();
  EXPECT_EQ(calm.escalation[0], 0.0F);
  state.at(Var::rung_state, moscow) = F(9.0F);  // a nuclear signal stands
  const Stakes threat = stakes();
  const F years = state.at(Var::knob, knob_index("talks.war_years"));
  const F danger = branch.chance_while_fighting(state, model, years);
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_GT(danger[l], 0.0F);
    EXPECT_FLOAT_EQ(threat.escalation[l], 3.0F * danger[l]);
    for (std::size_t side = 0; side < 2; ++side) {
      EXPECT_NEAR(threat.war[side][l], calm.war[side][l] - 3.0F * danger[l], 1e-6F);
      for (const Package& p : model.packages())
        ASSERT_EQ(threat.value(side, p)[l], calm.value(side, p)[l]);
    }
  }
}

}  // namespace nuclear_test
}  // namespace casus::world
