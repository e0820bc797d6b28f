// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "casus/world/reports.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

struct Watch {
  const Model& model = testing::model_of_2024();
  std::unique_ptr<Process> reports = make_reports(model);
  std::unique_ptr<Process> beliefs = make_beliefs(model);
  std::size_t kp = testing::index_of(model.given().contingents, "kp_assault");
  std::size_t us = testing::index_of(model.given().actors, "us");
  std::size_t believed = us * model.shape().contingents + kp;

  /// Mean odds after some weeks with so many men at the front.
  double odds_after(State& state, float men, int weeks) {
    const std::size_t last = kp * model.shape().path_nodes + model.path(kp).last();
    state.at(Var::in_combat, kp) = F(men);
    state.at(Var::acclimatising, kp) = F(0.0F);
    state.at(Var::men, last) = F(men);
    for (int week = 1; week <= weeks; ++week) {
      reports->step(state, testing::now_of(model, week));
      beliefs->step(state, testing::now_of(model, week));
    }
    double sum = 0.0;
    for (std::size_t l = 0; l < lanes::width; ++l) {
      sum += static_cast<double>(state.at(Var::believed_presence, believed)[l]);
    }
    return sum / lanes::width;
  }
};

TEST(Beliefs, TroopsThatAreThereAreFoundAndTroopsThatAreNotAreNot) {
  Watch watch;
  State there = testing::state_of(watch.model);
  State gone = there;
  EXPECT_GT(watch.odds_after(there, 8.0F, 16), 1.5);
  EXPECT_LT(watch.odds_after(gone, 0.0F, 16), -1.0);
}

TEST(Beliefs, ConcealmentHidesAFewMenAndADisplayShowsNone) {
  Watch watch;
  State plain = testing::state_of(watch.model);
  State hidden = plain;
  const std::size_t owner = watch.model.given().contingents[watch.kp].owner;
  const std::size_t host = watch.model.given().contingents[watch.kp].host;
  for (const std::size_t who : {owner, host}) {
    for (std::size_t p = 0; p < 3; ++p) plain.at(Var::deception, who * 3 + p) = F(0.0F);
    hidden.at(Var::deception, who * 3) = F(1.0F);
    hidden.at(Var::deception, who * 3 + 1) = F(0.0F);
  }
  State shown = plain;
  shown.at(Var::deception, host * 3 + 1) = F(1.0F);
  for (State* s : {&plain, &hidden, &shown}) {
    s->at(Var::knob, knob_index("reports.switch")) = F(0.0F);
    s->at(Var::knob, knob_index("reports.exposed")) = F(0.0F);
  }
  State none = plain;
  EXPECT_LT(watch.odds_after(hidden, 0.6F, 10), watch.odds_after(plain, 0.6F, 10));
  EXPECT_GT(watch.odds_after(shown, 0.0F, 10), watch.odds_after(none, 0.0F, 10));
}

TEST(Beliefs, TaskingDrawsOnAReserveThatComesBack) {
  const Model& model = testing::model_of_2024();
  const auto reports = make_reports(model);
  State state = testing::state_of(model);
  const auto& tasks = model.entries_of(Action::task_collection);
  ASSERT_FALSE(tasks.empty());
  const std::size_t who = model.entries()[tasks[0]].actor;
  const auto weeks = [&](int from, int to, float active) {
    for (int week = from; week < to; ++week) {
      for (F& x : state[Var::active]) x = F(0.0F);
      state.at(Var::active, tasks[0]) = F(active);
      reports->step(state, testing::now_of(model, week));
    }
    return state.at(Var::tasking, who)[0];
  };
  const float full = state.at(Var::tasking, who)[0];
  const float spent = weeks(0, 60, 1.0F);
  EXPECT_LT(spent, full);
  EXPECT_GE(spent, 0.0F);
  EXPECT_EQ(weeks(60, 300, 0.0F), full);
}

TEST(Beliefs, DoNotChangeWithTheTruthOnceReportsAreFrozen) {
  Watch watch;
  State one = testing::state_of(watch.model);
  State other = one;
  for (F& men : other[Var::men]) men = men * F(3.0F);
  for (F& men : other[Var::in_combat]) men = men * F(3.0F);
  watch.beliefs->step(one, testing::now_of(watch.model, 1));
  watch.beliefs->step(other, testing::now_of(watch.model, 1));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_EQ(one.at(Var::believed_presence, watch.believed)[l],
              other.at(Var::believed_presence, watch.believed)[l]);
    EXPECT_EQ(one.at(Var::believed_strength, watch.believed)[l],
              other.at(Var::believed_strength, watch.believed)[l]);
  }
}

TEST(Beliefs, ADefensiveActOfAFoeIsReadAsWorseThanItIs) {
  Watch watch;
  for (const std::uint32_t e : watch.model.entries_of(Action::shift_posture)) {
    const Entry& entry = watch.model.entries()[e];
    if (!watch.model.rivals(entry.actor, *entry.target)) continue;
    State state = testing::state_of(watch.model);
    const std::size_t pair = *entry.target * watch.model.shape().actors + entry.actor;
    state.at(Var::tension, pair) = F(-8.0F);
    state.at(Var::started, e) = F(1.0F);
    watch.reports->step(state, testing::now_of(watch.model, 1));
    watch.beliefs->step(state, testing::now_of(watch.model, 1));
    EXPECT_LT(state.at(Var::perceived_act, pair)[0], state.at(Var::last_act, pair)[0]);
  }
}

}  // namespace
}  // namespace casus::world
