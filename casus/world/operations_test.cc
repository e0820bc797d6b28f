// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/operations.h"

#include <gtest/gtest.h>

#include "casus/world/published.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

TEST(Operations, APeacefulPairStaysPeacefulAndAHostileOneSeldomClashes) {
  const Model& model = testing::model_of_2024();
  const auto operations = make_operations(model);
  const auto clashes = [&](float tension) {
    double years = 0.0;
    for (std::uint32_t block = 0; block < 16; ++block) {
      State state = testing::state_of(model, block * 16);
      for (int week = 0; week < 52; ++week) {
        for (F& x : state[Var::tension]) x = F(tension);
        operations->step(state, testing::now_of(model, week, block * 16));
      }
      for (std::size_t l = 0; l < lanes::width; ++l) {
        years += testing::sum(state, Var::clash, l) > 0.0 ? 1.0 : 0.0;
      }
    }
    return years / 256.0;
  };
  const double calm = clashes(0.0F);
  const double tense = clashes(-9.0F);
  EXPECT_LT(calm, 0.04);
  EXPECT_GT(tense, calm);
  EXPECT_LT(tense, 0.35);
}

TEST(Operations, AStrikeOnASiteIsAnsweredWithinFourWeeksInAboutHalfTheFutures) {
  const Model& model = testing::model_of_2024();
  const auto entries = model.entries_of(Action::limited_strike);
  ASSERT_FALSE(entries.empty());
  const std::uint32_t e = entries.front();
  const std::size_t a = model.entries()[e].actor;
  const std::size_t t = *model.entries()[e].target;
  const auto operations = make_operations(model);
  double answered = 0.0;
  for (std::uint32_t block = 0; block < 32; ++block) {
    State state = testing::state_of(model, block * 16);
    state.at(Var::knob, knob_index("operations.clash_rate")) = F(0.0F);
    for (int week = 0; week < 6; ++week) {
      state.at(Var::started, e) = F(week == 0 ? 1.0F : 0.0F);
      operations->step(state, testing::now_of(model, week, block * 16));
    }
    for (std::size_t l = 0; l < lanes::width; ++l) {
      answered += state.at(Var::clash, t * model.shape().actors + a)[l];
    }
  }
  EXPECT_GT(answered / 512.0, 0.35);
  EXPECT_LT(answered / 512.0, 0.55);
}

TEST(Operations, MoreAirDefenceLetsLessThrough) {
  const Model& model = testing::model_of_2024();
  const auto operations = make_operations(model);
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  State bare = testing::state_of(model);
  State shielded = bare;
  bare.at(Var::air_defence, ua) = F(0.0F);
  shielded.at(Var::air_defence, ua) = F(1.0F);
  for (const std::uint32_t e : model.entries_of(Action::city_campaign)) {
    bare.at(Var::active, e) = F(1.0F);
    shielded.at(Var::active, e) = F(1.0F);
  }
  operations->step(bare, testing::now_of(model, 0));
  operations->step(shielded, testing::now_of(model, 0));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_LE(bare.at(Var::infrastructure, ua)[l], shielded.at(Var::infrastructure, ua)[l]);
  }
}

TEST(Operations, BatteriesFromAFriendLetLessThroughAndNothingFliesUnderACeasefire) {
  const Model& model = testing::model_of_2024();
  const auto operations = make_operations(model);
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  State bare = testing::state_of(model);
  for (const std::uint32_t e : model.entries_of(Action::city_campaign)) {
    bare.at(Var::active, e) = F(1.0F);
  }
  bare.at(Var::stock, ua * 9 + static_cast<std::size_t>(casefile::StockKind::interceptors)) =
      F(1e6F);
  State helped = bare;
  for (const std::uint32_t e : model.entries_of(Action::send_air_defence)) {
    if (model.entries()[e].target == ua) helped.at(Var::active, e) = F(1.0F);
  }
  State quiet = bare;
  quiet.at(Var::end_state, 0) = F(1.0F);
  for (State* s : {&bare, &helped, &quiet}) operations->step(*s, testing::now_of(model, 0));
  const State before = testing::state_of(model);
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_LT(bare.at(Var::infrastructure, ua)[l], helped.at(Var::infrastructure, ua)[l]);
    EXPECT_GE(quiet.at(Var::infrastructure, ua)[l], before.at(Var::infrastructure, ua)[l]);
  }
}

TEST(Operations, ActsCostMoreThanMoney) {
  const Model& model = testing::model_of_2024();
  const auto operations = make_operations(model);
  State usual = testing::state_of(model);
  for (F& openness : usual[Var::openness]) openness = F(1.0F);
  const State first = usual;
  operations->step(usual, testing::now_of(model, 0));
  const std::pair<Action, Var> rows[] = {{Action::disclose, Var::tasking},
                                         {Action::sanction, Var::growth},
                                         {Action::offer_talks, Var::support},
                                         {Action::ease_sanctions, Var::support}};
  for (const auto& [action, v] : rows) {
    for (const std::uint32_t e : model.entries_of(action)) {
      State state = first;
      state.at(Var::started, e) = F(1.0F);
      operations->step(state, testing::now_of(model, 0));
      const std::size_t who = model.entries()[e].actor;
      for (std::size_t l = 0; l < lanes::width; ++l) {
        EXPECT_LT(state.at(v, who)[l], usual.at(v, who)[l]) << casefile::name_of(action);
      }
    }
  }
}

TEST(Operations, ADrillMakesItsHostReadierThanItsAlliesAndItFades) {
  const Model& model = testing::model_of_2024();
  const auto operations = make_operations(model);
  State state = testing::state_of(model);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const std::size_t kr = testing::index_of(model.given().actors, "kr");
  for (const std::uint32_t e : model.entries_of(Action::joint_exercise)) {
    state.at(Var::active, e) = F(model.entries()[e].actor == us ? 1.0F : 0.0F);
  }
  for (int week = 0; week < 4; ++week) operations->step(state, testing::now_of(model, week));
  const float drilled = state.at(Var::readiness, us)[0];
  EXPECT_GT(drilled, state.at(Var::readiness, kr)[0]);
  EXPECT_GT(state.at(Var::readiness, kr)[0], 0.0F);
  for (F& x : state[Var::active]) x = F(0.0F);
  for (int week = 4; week < 30; ++week) operations->step(state, testing::now_of(model, week));
  EXPECT_LT(state.at(Var::readiness, us)[0], drilled);
}

TEST(Operations, ADamagedLineIsRepairedWithinWeeks) {
  const Model& model = testing::model_of_2024();
  const auto operations = make_operations(model);
  State state = testing::state_of(model);
  const F tau = state.at(Var::knob, knob_index("operations.line_repair"));
  state.at(Var::route_damage, 0) = F(0.8F);
  operations->step(state, testing::now_of(model, 1));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_NEAR(state.at(Var::route_damage, 0)[l], 0.8F * std::exp(-1.0F / tau[l]), 1e-5F);
  }
}

TEST(Operations, AClashSeldomBecomesOpenWar) {
  const Model& model = testing::model_of_2024();
  const auto operations = make_operations(model);
  double shots = 0.0, wars = 0.0;
  for (std::uint32_t block = 0; block < 64; ++block) {
    State state = testing::state_of(model, block * 16);
    state.at(Var::knob, knob_index("operations.clash_rate")) = F(0.3F);
    for (int week = 0; week < 104; ++week) {
      for (F& x : state[Var::tension]) x = F(-7.0F);
      for (F& rung : state[Var::rung]) rung = F(0.0F);
      operations->step(state, testing::now_of(model, week, block * 16));
      for (const F& rung : state[Var::rung]) {
        for (std::size_t l = 0; l < lanes::width; ++l) {
          shots += rung[l] >= 6.0F ? 1.0 : 0.0;
          wars += rung[l] >= 8.0F ? 1.0 : 0.0;
        }
      }
    }
  }
  EXPECT_GT(shots, 1000.0);
  EXPECT_GT(wars / shots, 0.01);
  EXPECT_LT(wars / shots, 0.08);
}

TEST(SlowOperations, NuclearUseStaysInsideItsBand) {
  const Model& model = testing::model_of_2024();
  const World world(model);
  double use = 0.0;
  constexpr std::uint32_t blocks = 625;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    State state = testing::state_of(model, block * 16);
    Outcome outcome(model);
    for (int week = 0; week < 156; ++week) {
      world.week(state, {}, testing::now_of(model, week, block * 16));
      outcome.observe(state, week);
    }
    for (std::size_t l = 0; l < lanes::width; ++l) use += outcome.measure(14, state)[l];
  }
  EXPECT_LT(use / (16.0 * blocks), 0.05);
}

}  // namespace
}  // namespace casus::world
