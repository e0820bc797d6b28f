// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/escalation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

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

/// A week in which a threat begins, all lanes alike but for their draws.
struct ThreatWeek {
  const Model& model = testing::model_of_2024();
  std::uint32_t threat = 0;
  std::size_t from = 0, to = 0;
  State state = testing::state_of(model);

  ThreatWeek(float share, float level) {
    // An open state's, so that its public counts.
    for (const std::uint32_t e : model.entries_of(Action::threaten)) {
      const Entry& entry = model.entries()[e];
      if (!entry.target || model.given().actors[entry.actor].openness != casefile::Openness::open)
        continue;
      threat = e;
      from = entry.actor;
      to = *entry.target;
      break;
    }
    set("escalation.private", share);
    set("escalation.noise", 0.0F);
    set("escalation.audience", 0.5F);
    set("escalation.face", 0.5F);
    set("theory.audience", 1.0F);
    const std::size_t n = model.shape().actors;
    state.at(Var::talks, from * n + to) = F(level);
    state.at(Var::talks, to * n + from) = F(level);
    std::ranges::copy(std::as_const(state)[Var::tension], state[Var::tension_base].begin());
    state.at(Var::started, threat) = F(1.0F);
    state.at(Var::perceived_act, to * n + from) = F(-7.0F);
  }
  void set(std::string_view knob, float x) { state.at(Var::knob, knob_index(knob)) = F(x); }
  /// How often an event of a kind is told in 16 x `weeks` lanes.
  std::size_t count(std::string_view kind, int weeks) {
    const auto tension = make_tension(model);
    std::size_t told = 0;
    for (int week = 1; week <= weeks; ++week) {
      State again = state;
      EventLog log;
      const Now now{model, week, LaneDraws(7, 0), &log};
      tension->step(again, now);
      for (const Event& e : log.events()) told += e.kind == kind && e.subject == from;
    }
    return told;
  }
};

TEST(Threats, AreMadeInPrivateOnlyWhereAChannelIsOpen) {
  EXPECT_EQ(ThreatWeek(1.0F, 0.0F).count("threat_private", 4), 0U);
  EXPECT_EQ(ThreatWeek(1.0F, 1.0F).count("threat_private", 4), 4U * lanes::width);
  EXPECT_EQ(ThreatWeek(0.0F, 1.0F).count("threat_private", 4), 0U);
}

TEST(Threats, DroppedInPrivateCostNothingAtHomeAndAreNotHeardByAllies) {
  ThreatWeek loud(0.0F, 1.0F), quiet(1.0F, 1.0F);
  const std::size_t n = loud.model.shape().actors;
  const auto tension = make_tension(loud.model);
  std::size_t paid = 0, felt = 0;
  for (int week = 1; week <= 40; ++week) {
    const Now now{loud.model, week, LaneDraws(7, 0), nullptr};
    State a = loud.state, b = quiet.state;
    tension->step(a, now);
    tension->step(b, now);
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      const float before = loud.state.at(Var::support, loud.from)[lane];
      paid += a.at(Var::support, loud.from)[lane] < before;
      EXPECT_EQ(b.at(Var::support, quiet.from)[lane], before);
      EXPECT_EQ(b.at(Var::honour, quiet.from)[lane], quiet.state.at(Var::honour, quiet.from)[lane]);
      // The target feels both alike; nobody else feels a private one more than a public one.
      EXPECT_EQ(a.at(Var::tension, loud.to * n + loud.from)[lane],
                b.at(Var::tension, loud.to * n + loud.from)[lane]);
      for (std::size_t o = 0; o < n; ++o) {
        const float heard = a.at(Var::tension, o * n + loud.from)[lane];
        felt += heard < b.at(Var::tension, o * n + loud.from)[lane] - 1e-4F;
      }
    }
  }
  EXPECT_GT(paid, 0U);
  EXPECT_GT(felt, 0U);
}

TEST(Threats, LetTheTargetGiveWayInPrivateWithoutLosingFace) {
  ThreatWeek shamed(1.0F, 1.0F), spared(1.0F, 1.0F);
  shamed.set("escalation.face", 0.0F);
  shamed.state.at(Var::openness, shamed.to) = F(1.0F);
  spared.state.at(Var::openness, spared.to) = F(1.0F);
  EXPECT_GT(spared.count("threat_works", 60), shamed.count("threat_works", 60));
}

}  // namespace
}  // namespace casus::world
