// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/movement.h"

#include <gtest/gtest.h>

#include <optional>

#include "casus/world/test_world.h"

namespace casus::world {
namespace {

using testing::index_of;
using testing::men_of;
using testing::model_of_2024;
using testing::now_of;
using testing::state_of;

std::size_t assault() { return index_of(model_of_2024().given().contingents, "kp_assault"); }

/// An empty theatre with `men` at one node of the assault contingent's path.
State alone(float men, std::size_t node) {
  const Model& model = model_of_2024();
  State state(model.shape());
  const auto table = knobs();
  for (std::size_t k = 0; k < table.size(); ++k)
    state.at(Var::knob, k) = F(model.knob_prior(k).median());
  state.at(Var::men, assault() * model.shape().path_nodes + node) = F(men);
  return state;
}

TEST(Movement, KeepsEveryManSentOnThePathOrInHisOwnersForce) {
  const Model& model = model_of_2024();
  State state = state_of(model);
  const auto movement = make_movement(model);
  const std::size_t kp = index_of(model.given().actors, "kp");
  const auto people = [&](std::size_t lane) {
    double all = static_cast<double>(state.at(Var::force, kp)[lane]);
    for (std::size_t c = 0; c < model.shape().contingents; ++c) {
      if (model.given().contingents[c].owner.index == kp) all += men_of(state, c, lane);
    }
    return all;
  };
  for (std::size_t lane = 0; lane < lanes::width; lane += 5) {
    State copy = state;
    const double before = people(lane);
    for (int w = 0; w < 60; ++w) movement->step(state, now_of(model, w));
    EXPECT_NEAR(people(lane), before, 1e-4 * before);
    state = copy;
  }
}

TEST(Movement, NobodyArrivesBeforeTheHighestSpeedAllows) {
  const Model& model = model_of_2024();
  State state = alone(10.0F, 0);
  const auto movement = make_movement(model);
  const std::size_t last = assault() * model.shape().path_nodes + model.path(assault()).last();
  const double least_weeks = travel_days(model, assault()) / 2.0 / 7.0;
  int arrived = -1;
  for (int w = 0; w < 30 && arrived < 0; ++w) {
    movement->step(state, now_of(model, w));
    if (state.at(Var::men, last)[0] > 0.0F) arrived = w + 1;
  }
  ASSERT_GT(arrived, 0);
  EXPECT_GE(arrived, least_weeks);
}

TEST(Movement, ARouteTakesNoMoreThanItsRoomInAWeek) {
  const Model& model = model_of_2024();
  State state = alone(400.0F, 0);  // far more than the ships can carry
  const auto movement = make_movement(model);
  const Model::Path& path = model.path(assault());
  const std::uint32_t first = path.routes.front();
  const double room = model.given().routes[first].capacity.prior.median() * 7e-3;
  double before = static_cast<double>(state.at(Var::men, assault() * model.shape().path_nodes)[0]);
  for (int w = 0; w < 10; ++w) {
    movement->step(state, now_of(model, w));
    const double after =
        static_cast<double>(state.at(Var::men, assault() * model.shape().path_nodes)[0]);
    EXPECT_LE(before - after, room * 1.0001);
    EXPECT_LE(static_cast<double>(state.at(Var::route_use, first)[0]), room * 1.0001);
    before = after;
  }
  EXPECT_LT(before, 400.0 - 5.0 * room);
}

TEST(Movement, TheMeanTransitIsTheTravelAndTheStops) {
  const Model& model = model_of_2024();
  // Weeks until arrival from the kernel alone, without limits of room: sum over weeks of those not
  // there.
  const Passage p = passage(model, assault(), 1.0, 0.35);
  std::vector<double> men(p.nodes, 0.0);
  men[0] = 1.0;
  double mean_weeks = -0.5;  // arrivals are seen at the ends of weeks: half a week late on average
  for (int w = 0; w < 60; ++w) {
    mean_weeks += 1.0 - men[p.nodes - 1];
    for (std::size_t start = p.nodes - 1; start-- > 0;) {
      double before = men[start];
      double left = men[start];
      for (std::size_t e = start; e + 1 < p.nodes; ++e) {
        const double across = men[start] * static_cast<double>(p.forward[start * p.nodes + e]);
        if (e > start) men[e] += before - across;
        if (e == start) left = men[start] - across;
        before = across;
        if (e + 2 == p.nodes) men[e + 1] += across;
      }
      men[start] = left;
    }
  }
  double days = travel_days(model, assault());
  for (const bool enters : model.path(assault()).enters) days += enters ? 0.35 : 0.0;
  EXPECT_NEAR(mean_weeks * 7.0, days, 0.02 * days);
  EXPECT_GT(days, 10.0);
  EXPECT_LT(days, 20.0);
}

TEST(Movement, CuttingARouteNeverSpeedsAnyoneUp) {
  const Model& model = model_of_2024();
  const auto movement = make_movement(model);
  const Model::Path& path = model.path(assault());
  const std::size_t last = assault() * model.shape().path_nodes + path.last();
  for (const std::size_t cut : {std::size_t{3}, path.routes.size() / 2, path.routes.size() - 1}) {
    State whole = alone(5.0F, 0);
    State damaged = whole;
    for (int w = 0; w < 12; ++w) {
      damaged.at(Var::route_damage, path.routes[cut]) = F(0.95F);
      movement->step(whole, now_of(model, w));
      movement->step(damaged, now_of(model, w));
      EXPECT_LE(damaged.at(Var::men, last)[0], whole.at(Var::men, last)[0] * 1.00001F) << cut;
    }
  }
}

TEST(Movement, AnOrderToWithdrawBringsTheMenHome) {
  const Model& model = model_of_2024();
  const auto movement = make_movement(model);
  State state = alone(8.0F, model.path(assault()).last());
  const std::size_t kp = index_of(model.given().actors, "kp");
  state.at(Var::withdrawing, assault()) = F(1.0F);
  for (int w = 0; w < 40; ++w) movement->step(state, now_of(model, w));
  EXPECT_NEAR(static_cast<double>(state.at(Var::force, kp)[5]), 8.0, 0.05);
  EXPECT_NEAR(static_cast<double>(state.at(Var::in_combat, assault())[5]), 0.0, 0.05);
}

TEST(Movement, MenFightOnlyAfterTheyGotUsedToTheFrontAndAsFarAsTheirOwnerLetsThem) {
  const Model& model = model_of_2024();
  const auto movement = make_movement(model);
  State state = alone(8.0F, model.path(assault()).last());
  state.at(Var::committed, assault()) = F(0.5F);
  state.at(Var::knob, knob_index("movement.patience")) = F(1e6F);
  state.at(Var::trained, assault()) = F(0.0F);
  state.at(Var::knob, knob_index("movement.acclimatisation")) = F(4.0F);
  for (int w = 0; w < 4; ++w) movement->step(state, now_of(model, w));
  EXPECT_EQ(state.at(Var::in_combat, assault())[0], 0.0F);
  movement->step(state, now_of(model, 4));
  EXPECT_GT(state.at(Var::in_combat, assault())[0], 0.5F);
  for (int w = 5; w < 60; ++w) movement->step(state, now_of(model, w));
  EXPECT_NEAR(static_cast<double>(state.at(Var::in_combat, assault())[0]), 4.0, 0.05);
  EXPECT_NEAR(static_cast<double>(state.at(Var::acclimatising, assault())[0]), 4.0, 0.05);
}

TEST(Movement, WhoFillsItsRanksSendsAsManyAsFell) {
  const Model& model = model_of_2024();
  const auto movement = make_movement(model);
  const std::size_t kp = index_of(model.given().actors, "kp");
  const auto sent = [&](float share) {
    State state = alone(10.0F, model.path(assault()).last());
    state.at(Var::force, kp) = F(100.0F);
    state.at(Var::knob, knob_index("movement.replaced")) = F(share);
    state.at(Var::contingent_casualties, assault()) = F(0.4F);
    for (int w = 0; w < 10; ++w) movement->step(state, now_of(model, w));
    return state.at(Var::departed, assault())[0] + state.at(Var::to_send, assault())[0];
  };
  EXPECT_EQ(sent(0.0F), 0.0F);
  EXPECT_NEAR(sent(1.0F), 4.0F, 1e-3F);
}

TEST(Movement, MenOfAnArmyThatDrilledFightSooner) {
  const Model& model = model_of_2024();
  const auto movement = make_movement(model);
  const std::size_t last = model.path(assault()).last();
  const std::size_t kp = index_of(model.given().actors, "kp");
  const auto week_of_first = [&](float ready) {
    State state = alone(10.0F, last);
    state.at(Var::committed, assault()) = F(1.0F);
    state.at(Var::readiness, kp) = F(ready);
    for (int w = 0; w < 40; ++w) {
      movement->step(state, now_of(model, w));
      if (state.at(Var::in_combat, assault())[0] > 0.5F) return w;
    }
    return 40;
  };
  EXPECT_LT(week_of_first(1.0F), week_of_first(0.0F));
  EXPECT_LT(week_of_first(0.0F), 40);
}

TEST(Movement, AContingentNobodyPlannedComesOnlyWhereItsHostTakesIt) {
  const Model& model = model_of_2024();
  const auto movement = make_movement(model);
  const std::size_t c = index_of(model.given().contingents, "kp_donbas");
  std::optional<std::uint32_t> deploy;
  for (const std::uint32_t e : model.entries_of(Action::deploy_contingent)) {
    if (model.entries()[e].contingent == c && model.entries()[e].chosen_freely) deploy = e;
  }
  ASSERT_TRUE(deploy);
  const auto sent = [&](float invited, bool some_there) {
    double men = 0.0;
    for (std::uint32_t b = 0; b < 8; ++b) {
      State state = testing::state_of(model, b * 16);
      state.at(Var::knob, knob_index("movement.invited")) = F(invited);
      if (some_there) {
        state.at(Var::men, c * model.shape().path_nodes + model.path(c).last()) = F(1.0F);
      }
      state.at(Var::started, *deploy) = F(1.0F);
      movement->step(state, now_of(model, 0, b * 16));
      for (std::size_t l = 0; l < 16; ++l) {
        men += state.at(Var::departed, c)[l] > 0.0F ? 1.0 : 0.0;
      }
    }
    return men / 128.0;
  };
  EXPECT_EQ(sent(0.0F, false), 0.0);
  EXPECT_NEAR(sent(0.3F, false), 0.3, 0.13);
  EXPECT_EQ(sent(0.0F, true), 1.0);  // more of those already there need no new word
}

TEST(Movement, ASendingEndsSoThatAnotherMayFollow) {
  const Model& model = model_of_2024();
  const auto movement = make_movement(model);
  State state = alone(1.0F, model.path(assault()).last());
  state.at(Var::to_send, assault()) = F(3.0F);
  state.at(Var::force, index_of(model.given().actors, "kp")) = F(50.0F);
  state.at(Var::knob, knob_index("movement.embark")) = F(0.35F);
  for (int w = 0; w < 12; ++w) movement->step(state, now_of(model, w));
  EXPECT_EQ(state.at(Var::to_send, assault())[0], 0.0F);
}

}  // namespace
}  // namespace casus::world
