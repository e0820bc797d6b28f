// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/manpower.h"

#include <gtest/gtest.h>

#include "casus/world/contingents.h"
#include "casus/world/front.h"
#include "casus/world/materiel.h"
#include "casus/world/movement.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

using testing::index_of;
using testing::model_of_2024;
using testing::now_of;
using testing::state_of;

/// Alive, dead and abroad: everyone an actor's pools hold; k.
double people(const State& state, std::size_t actor, std::size_t lane) {
  const Model& model = model_of_2024();
  double all = 0.0;
  for (const Var v :
       {Var::manpower_pool, Var::training_1, Var::training_2, Var::force, Var::wounded_1,
        Var::wounded_2, Var::dead, Var::disabled, Var::captured, Var::awol}) {
    all += static_cast<double>(state.at(v, actor)[lane]);
  }
  for (std::size_t c = 0; c < model.shape().contingents; ++c) {
    const auto& k = model.given().contingents[c];
    if (k.owner.index == actor && k.foreign) all += testing::men_of(state, c, lane);
  }
  return all;
}

TEST(Manpower, NobodyVanishesAndNobodyIsInvented) {
  const Model& model = model_of_2024();
  State state = state_of(model);
  const State before = state;
  std::vector<std::unique_ptr<Process>> physics;
  physics.push_back(make_manpower(model));
  physics.push_back(make_movement(model));
  physics.push_back(make_front(model));
  physics.push_back(make_contingents(model));
  for (int w = 0; w < 104; ++w) {
    for (const auto& p : physics) p->step(state, now_of(model, w));
  }
  for (const char* id : {"ru", "ua", "kp"}) {
    const std::size_t actor = index_of(model.given().actors, id);
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      const double then = people(before, actor, lane);
      EXPECT_NEAR(people(state, actor, lane), then, 2e-4 * then) << id;
    }
    EXPECT_GT(state.at(Var::dead, actor)[0], 0.0F) << id;
  }
}

TEST(Manpower, TheShareOfTheForceInContactStays) {
  const Model& model = model_of_2024();
  State state = state_of(model);
  const auto share = [&](std::size_t lane) {
    double troops = 0.0;
    for (std::size_t s = 0; s < model.shape().sectors; ++s) {
      troops += static_cast<double>(state.at(Var::troops, s * 2)[lane]);
    }
    return troops / static_cast<double>(state.at(Var::force, model.lead(0))[lane]);
  };
  const double before = share(2);
  const auto manpower = make_manpower(model);
  const auto front = make_front(model);
  const auto contingents = make_contingents(model);
  for (int w = 0; w < 52; ++w) {
    manpower->step(state, now_of(model, w));
    front->step(state, now_of(model, w));
    contingents->step(state, now_of(model, w));
  }
  EXPECT_NEAR(share(2), before, 0.05 * before);
}

TEST(Manpower, LongerTrainingDelaysTheIntakeButDoesNotDestroyIt) {
  const Model& model = model_of_2024();
  const std::size_t ru = index_of(model.given().actors, "ru");
  const auto trained = [&](float factor, int weeks) {
    State state(model.shape());
    const auto table = knobs();
    for (std::size_t k = 0; k < table.size(); ++k)
      state.at(Var::knob, k) = F(model.knob_prior(k).median());
    state.at(Var::knob, knob_index("manpower.training_managed")) *= F(factor);
    state.at(Var::training_1, ru) = F(100.0F);
    const auto manpower = make_manpower(model);
    for (int w = 0; w < weeks; ++w) manpower->step(state, now_of(model, w));
    return static_cast<double>(state.at(Var::force, ru)[0] + state.at(Var::awol, ru)[0]);
  };
  EXPECT_LT(trained(2.0F, 6), trained(1.0F, 6));
  EXPECT_NEAR(trained(1.0F, 150), 100.0, 0.1);
  EXPECT_NEAR(trained(2.0F, 150), 100.0, 0.1);
}

TEST(Contingents, AssaultTroopsBearMoreThanTheirShareAndLearn) {
  const Model& model = model_of_2024();
  State state = state_of(model);
  const std::size_t c = index_of(model.given().contingents, "kp_assault");
  const std::size_t kursk = index_of(model.given().sectors, "kursk");
  state.at(Var::in_combat, c) = F(8.0F);
  state.at(Var::men, c * model.shape().path_nodes + model.path(c).last()) = F(8.0F);
  state.at(Var::troops, kursk * 2) = F(40.0F);
  state.at(Var::sector_casualties, kursk * 2) = F(2.0F);
  state.at(Var::quality, c) = F(0.7F);
  state.at(Var::knob, knob_index("contingents.assault")) = F(2.0F);
  make_contingents(model)->step(state, now_of(model, 0));
  // Weight 8 * 2 of 40 + 8 * 2: two sevenths of two thousand.
  EXPECT_NEAR(state.at(Var::contingent_casualties, c)[0], 2.0F * 16.0F / 56.0F, 1e-4F);
  EXPECT_GT(state.at(Var::quality, c)[0], 0.7F);
  EXPECT_LT(state.at(Var::quality, c)[0], 0.8F);
  EXPECT_FLOAT_EQ(state.at(Var::experience, c)[0], 1.0F);
}

TEST(Materiel, StocksNeverFallBelowNothingAndGiftsComeOutOfTheGiversDepots) {
  const Model& model = model_of_2024();
  const auto materiel = make_materiel(model);
  State state = state_of(model);
  const std::size_t kp = index_of(model.given().actors, "kp") * 9 + 4;
  const std::size_t ru = index_of(model.given().actors, "ru") * 9 + 4;
  state.at(Var::stock, kp) = F(100000.0F);
  state.at(Var::production, kp) = F(0.0F);
  for (std::uint32_t e : model.entries_of(Action::send_arms)) state.at(Var::active, e) = F(1.0F);
  const F before = state.at(Var::stock, kp) + state.at(Var::pipe_1, ru) +
                   state.at(Var::pipe_2, ru) + state.at(Var::pipe_3, ru) + state.at(Var::stock, ru);
  F made(0.0F);
  for (int w = 0; w < 80; ++w) {
    materiel->step(state, now_of(model, w));
    made += state.at(Var::production, ru);
    for (const F& x : state[Var::stock]) {
      for (std::size_t lane = 0; lane < lanes::width; ++lane) ASSERT_GE(x[lane], 0.0F);
    }
  }
  const F after = state.at(Var::stock, kp) + state.at(Var::pipe_1, ru) + state.at(Var::pipe_2, ru) +
                  state.at(Var::pipe_3, ru) + state.at(Var::stock, ru);
  for (std::size_t lane = 0; lane < lanes::width; ++lane) {
    // Iran's small flow and gifts of others may add; nothing is made of the shells that were not
    // there.
    EXPECT_LT(after[lane], (before + made)[lane] * 1.01F + 2e6F);
    EXPECT_LT(state.at(Var::stock, kp)[lane], 100000.0F);
  }
}

TEST(Materiel, WhatIsPromisedThisWeekArrivesInNoneOfTheNextDays) {
  const Model& model = model_of_2024();
  const auto materiel = make_materiel(model);
  State state(model.shape());
  const auto table = knobs();
  for (std::size_t k = 0; k < table.size(); ++k)
    state.at(Var::knob, k) = F(model.knob_prior(k).median());
  const std::size_t ua = index_of(model.given().actors, "ua") * 9 + 4;
  state.at(Var::pipe_1, ua) = F(9000.0F);
  materiel->step(state, now_of(model, 0));
  EXPECT_EQ(state.at(Var::delivered, ua)[0], 0.0F);
  double arrived = 0.0;
  double weighted = 0.0;
  for (int w = 1; w < 200; ++w) {
    materiel->step(state, now_of(model, w));
    arrived += static_cast<double>(state.at(Var::delivered, ua)[0]);
    weighted += (w + 1) * static_cast<double>(state.at(Var::delivered, ua)[0]);
  }
  EXPECT_NEAR(arrived, 9000.0, 5.0);
  EXPECT_NEAR(weighted / arrived, 6.0, 0.1);  // the knob's median
}

TEST(Materiel, RebuildingFallsAsStorageEmpties) {
  const Model& model = model_of_2024();
  const auto materiel = make_materiel(model);
  State state = state_of(model);
  const std::size_t tanks = index_of(model.given().actors, "ru") * 9;
  F last = state.at(Var::production, tanks);
  for (int w = 0; w < 104; ++w) {
    materiel->step(state, now_of(model, w));
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      EXPECT_LE(state.at(Var::production, tanks)[lane], last[lane]);
    }
    last = state.at(Var::production, tanks);
  }
}

TEST(Manpower, AForceBelowItsPlanRecruitsMoreAndOneAboveItLess) {
  const Model& model = testing::model_of_2024();
  const auto law = make_manpower(model);
  State plain = testing::state_of(model);
  law->step(plain, testing::now_of(model, 0));
  const std::size_t ru = model.lead(0);
  State bled = plain;
  bled.at(Var::force, ru) *= F(0.8F);
  State grown = plain;
  grown.at(Var::force, ru) *= F(1.2F);
  const auto came = [&](State& state) {
    const F before = state.at(Var::manpower_pool, ru);
    law->step(state, testing::now_of(model, 1));
    return before - state.at(Var::manpower_pool, ru);
  };
  const F usual = came(plain);
  const F more = came(bled);
  const F less = came(grown);
  for (std::size_t lane = 0; lane < lanes::width; ++lane) {
    EXPECT_GT(more[lane], usual[lane]);
    EXPECT_LT(less[lane], usual[lane]);
  }
}

TEST(Manpower, TheDeploymentOfTheStartIsKeptWhileNothingChanges) {
  const Model& model = testing::model_of_2024();
  const auto law = make_manpower(model);
  State state = testing::state_of(model);
  const State first = state;
  for (int week = 0; week < 20; ++week) law->step(state, testing::now_of(model, week));
  for (std::size_t side = 0; side < 2; ++side) {
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      double before = 0.0, after = 0.0;
      for (std::size_t s = 0; s < model.shape().sectors; ++s) {
        before += static_cast<double>(first.at(Var::troops, s * 2 + side)[lane]);
        after += static_cast<double>(state.at(Var::troops, s * 2 + side)[lane]);
      }
      for (std::size_t s = 0; s < model.shape().sectors; ++s) {
        const double was = static_cast<double>(first.at(Var::troops, s * 2 + side)[lane]) / before;
        const double is = static_cast<double>(state.at(Var::troops, s * 2 + side)[lane]) / after;
        EXPECT_NEAR(is, was, 1e-3);
      }
    }
  }
}

}  // namespace
}  // namespace casus::world
