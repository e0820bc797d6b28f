// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/escalation.h"

#include <gtest/gtest.h>

#include "casus/world/test_world.h"

namespace casus::world {
namespace {

TEST(Tension, LeftAloneReturnsToItsBase) {
  const Model& model = testing::model_of_2024();
  const auto tension = make_tension(model);
  State state = testing::state_of(model);
  for (const auto id :
       {"escalation.reciprocity", "escalation.allies", "escalation.noise", "escalation.drift"}) {
    state.at(Var::knob, knob_index(id)) = F(0.0F);
  }
  tension->step(state, testing::now_of(model, 0));
  const std::size_t pair = 1;
  state.at(Var::tension, pair) = F(9.0F);
  const F base = state.at(Var::tension_base, pair);
  const F alpha = state.at(Var::knob, knob_index("escalation.memory"));
  tension->step(state, testing::now_of(model, 1));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_NEAR(state.at(Var::tension, pair)[l], base[l] + alpha[l] * (9.0F - base[l]), 1e-4F);
  }
  for (int week = 2; week < 300; ++week) tension->step(state, testing::now_of(model, week));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_NEAR(state.at(Var::tension, pair)[l], base[l], 0.05F);
  }
}

Crisis crisis(bool in_public) {
  return {F(2.0F), F(-0.6F), F(0.4F), F(-0.8F), F(-0.5F), F(0.0F), F(0.3F), F(1.0F), in_public};
}

TEST(Crisis, APrivateThreatCostsNothingWhenItIsDropped) {
  EXPECT_EQ(audience_cost(crisis(false))[0], 0.0F);
  EXPECT_GT(audience_cost(crisis(true))[0], 0.0F);
}

TEST(Crisis, APublicThreatIsBelievedMoreAndMoreOftenWorks) {
  EXPECT_GT(stands_firm(crisis(true))[0], stands_firm(crisis(false))[0]);
  EXPECT_GT(concedes(crisis(true))[0], concedes(crisis(false))[0]);
}

}  // namespace
}  // namespace casus::world
