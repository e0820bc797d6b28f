// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/answers.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/world/acts.h"
#include "casus/world/operations.h"
#include "casus/world/published.h"
#include "casus/world/talks.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

constexpr std::uint32_t answer_blocks = 32;

std::size_t who(std::string_view id) {
  return testing::index_of(testing::model_of_2024().given().actors, id);
}

std::uint32_t act_of(std::string_view actor, Action action, std::string_view target = "") {
  const Model& model = testing::model_of_2024();
  for (const std::uint32_t e : model.entries_of(action)) {
    const Entry& entry = model.entries()[e];
    if (entry.actor != who(actor)) continue;
    if (target.empty() || (entry.target && *entry.target == who(target))) return e;
  }
  ADD_FAILURE() << actor << " has no such act";
  return 0;
}

/// Share of futures in which `response` is ordered after `trigger` starts at intensity 1.
double answered(std::uint32_t trigger, std::uint32_t response, float end_state = 0.0F) {
  const Model& model = testing::model_of_2024();
  const Answers answers(model);
  double sum = 0.0;
  for (std::uint32_t b = 0; b < answer_blocks; ++b) {
    State state = testing::state_of(model, b * 16);
    for (F& fit : state[Var::in_combat]) fit = F(0.0F);
    state.at(Var::end_state, 0) = F(end_state);
    state.at(Var::started, trigger) = F(1.0F);
    answers.step(state, testing::now_of(model, 3, b * 16));
    for (std::size_t l = 0; l < lanes::width; ++l) {
      const bool ordered = state.at(Var::ordered, response)[l] > 0.0F;
      sum += ordered ? 1.0 : 0.0;
      if (ordered) {
        EXPECT_GE(state.at(Var::due, response)[l], 1.0F);
        const int lag = info(model.entries()[response].action).lag;
        EXPECT_LE(state.at(Var::due, response)[l], std::max(4.0F, static_cast<float>(lag)));
      }
    }
  }
  return sum / (answer_blocks * 16.0);
}

TEST(Answers, APermissionForLongRangeIsSometimesAnsweredByANuclearDisplay) {
  const auto permits = act_of("us", Action::lift_range, "ua");
  const auto signal = act_of("ru", Action::nuclear_signal);
  const double war = answered(permits, signal);
  EXPECT_GT(war, 0.1);
  EXPECT_LT(war, 0.45);
  EXPECT_EQ(answered(permits, signal, 1.0F), 0.0);  // a ceasefire holds
}

TEST(Answers, ArmsFromANewDonorAreMatchedByThePatronThatIsItsRival) {
  const auto gives = act_of("kr", Action::send_arms, "ua");
  EXPECT_GT(answered(gives, act_of("kp", Action::send_arms, "ru")), 0.15);
  EXPECT_GT(answered(gives, act_of("kp", Action::missile_test)), 0.15);
  // Arms that ran all along are no news.
  EXPECT_EQ(answered(act_of("us", Action::send_arms, "ua"), act_of("kp", Action::missile_test)),
            0.0);
}

TEST(Answers, AnAllysPermissionMostlyFollowsTheGreatPowers) {
  const auto first = act_of("us", Action::lift_range, "ua");
  EXPECT_GT(answered(first, act_of("uk", Action::lift_range, "ua")), 0.4);
}

TEST(Answers, FirstCombatThatIsBelievedMayBringThePermissionAndLaterWeeksDoNot) {
  const Model& model = testing::model_of_2024();
  const Answers answers(model);
  const auto permits = act_of("us", Action::lift_range, "ua");
  const std::size_t c = testing::index_of(model.given().contingents, "kp_assault");
  const std::size_t seen = who("us") * model.shape().contingents + c;
  const auto share = [&](float weeks_fought, float odds) {
    double sum = 0.0;
    for (std::uint32_t b = 0; b < answer_blocks; ++b) {
      State state = testing::state_of(model, b * 16);
      state.at(Var::in_combat, c) = F(2.0F);
      state.at(Var::experience, c) = F(weeks_fought);
      state.at(Var::believed_presence, seen) = F(odds);
      answers.step(state, testing::now_of(model, 3, b * 16));
      for (std::size_t l = 0; l < lanes::width; ++l) {
        sum += state.at(Var::ordered, permits)[l] > 0.0F ? 1.0 : 0.0;
      }
    }
    return sum / (answer_blocks * 16.0);
  };
  EXPECT_GT(share(0.0F, 2.0F), 0.05);
  EXPECT_LT(share(0.0F, 2.0F), 0.3);
  EXPECT_EQ(share(3.0F, 2.0F), 0.0);
  EXPECT_EQ(share(0.0F, -1.0F), 0.0);  // who fights unseen alarms nobody
}

TEST(Reach, APermittedSideBurnsDepotsAndSlowsAttacksAndSpendsItsMissiles) {
  const Model& model = testing::model_of_2024();
  const Reach reach(model);
  const std::size_t ua = who("ua");
  const std::size_t ru = who("ru");
  const State before = testing::state_of(model);
  State barred = before;
  reach.step(barred, testing::now_of(model, 0));
  EXPECT_TRUE(barred == before);
  State free = before;
  free.at(Var::range_permission, ua) = F(0.9F);
  reach.step(free, testing::now_of(model, 0));
  const std::size_t shells = static_cast<std::size_t>(casefile::StockKind::shells);
  const std::size_t missiles = static_cast<std::size_t>(casefile::StockKind::missiles);
  for (std::size_t l = 0; l < lanes::width; ++l) {
    const auto at = [&](const State& s, std::size_t a, std::size_t kind) {
      return s.at(Var::stock, a * 9 + kind)[l];
    };
    EXPECT_LT(at(free, ru, shells), at(before, ru, shells));
    EXPECT_GE(at(free, ru, shells), 0.0F);
    EXPECT_LT(at(free, ua, missiles), at(before, ua, missiles));
    EXPECT_LT(free.at(Var::intensity, 0)[l], before.at(Var::intensity, 0)[l]);
    EXPECT_EQ(free.at(Var::intensity, 1)[l], before.at(Var::intensity, 1)[l]);
  }
}

TEST(Footing, ConsultedAlliesThinkBetterAndAnEnemyThinksWorseOfWhoPermits) {
  const Model& model = testing::model_of_2024();
  const Footing footing(model);
  const std::size_t n = model.shape().actors;
  State state = testing::state_of(model);
  const State before = state;
  state.at(Var::started, act_of("us", Action::consult_allies, "kr")) = F(1.0F);
  state.at(Var::started, act_of("us", Action::lift_range, "ua")) = F(1.0F);
  footing.step(state, testing::now_of(model, 0));
  const std::size_t kr_us = who("kr") * n + who("us");
  const std::size_t ru_us = who("ru") * n + who("us");
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_GE(state.at(Var::tension, kr_us)[l], before.at(Var::tension, kr_us)[l]);
    EXPECT_LE(state.at(Var::tension, ru_us)[l], before.at(Var::tension, ru_us)[l]);
  }
  EXPECT_GT(testing::sum(state, Var::tension_base, 0), testing::sum(before, Var::tension_base, 0));
}

TEST(Clashes, AreRarerWhileARivalStandsInForce) {
  const Model& model = testing::model_of_2024();
  const auto operations = make_operations(model);
  const auto posture = act_of("us", Action::shift_posture, "kp");
  const std::size_t pair = who("kr") * model.shape().actors + who("kp");
  const auto clashes = [&](float stands) {
    double sum = 0.0;
    for (std::uint32_t b = 0; b < answer_blocks; ++b) {
      State state = testing::state_of(model, b * 16);
      state.at(Var::knob, knob_index("operations.clash_rate")) = F(0.3F);
      state.at(Var::knob, knob_index("operations.posture")) = F(0.5F);
      for (int week = 0; week < 26; ++week) {
        for (F& x : state[Var::tension]) x = F(-6.0F);
        state.at(Var::active, posture) = F(stands);
        operations->step(state, testing::now_of(model, week, b * 16));
      }
      for (std::size_t l = 0; l < lanes::width; ++l) {
        sum += std::max(state.at(Var::clash, pair)[l],
                        state.at(Var::clash, who("kp") * model.shape().actors + who("kr"))[l]);
      }
    }
    return sum;
  };
  EXPECT_LT(clashes(1.0F), clashes(0.0F));
}

TEST(Ends, CountTheWeeksOfFightingAndStopWhenItStops) {
  const Model& model = testing::model_of_2024();
  const auto ends = make_ends(model);
  State state = testing::state_of(model);
  for (const auto id : {"talks.recur_first", "talks.recur_later", "talks.collapse"}) {
    state.at(Var::knob, knob_index(id)) = F(0.0F);
  }
  for (int week = 0; week < 10; ++week) ends->step(state, testing::now_of(model, week));
  EXPECT_EQ(state.at(Var::war_weeks, 0)[0], 10.0F);
  state.at(Var::end_state, 0) = F(2.0F);
  for (int week = 10; week < 20; ++week) ends->step(state, testing::now_of(model, week));
  EXPECT_EQ(state.at(Var::war_weeks, 0)[0], 10.0F);
}

}  // namespace
}  // namespace casus::world
