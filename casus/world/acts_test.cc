// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/acts.h"

#include <gtest/gtest.h>

#include "casus/world/test_world.h"

namespace casus::world {
namespace {

using testing::model_of_2024;

struct Desk {
  const Model& model = model_of_2024();
  State state{model.shape()};
  std::unique_ptr<Process> acts = make_acts(model);
  std::vector<F> orders = std::vector<F>(model.entries().size(), F(0.0F));
  int week = 0;

  void step(std::size_t entry, float order) {
    orders[entry] = F(order);
    enqueue(state, testing::now_of(model, week), orders);
    orders[entry] = F(0.0F);
    acts->step(state, testing::now_of(model, week++));
  }
  float at(Var v, std::size_t entry) const { return state.at(v, entry)[3]; }
};

std::size_t entry_with(const Model& model, Action action) {
  return model.entries_of(action).front();
}

TEST(Acts, WaitTheirLagWorkTheirTimeAndRestAfterwards) {
  Desk desk;
  const std::size_t e =
      entry_with(desk.model, Action::missile_test);  // lag 1, duration 1, cooldown 4
  desk.step(e, 0.5F);
  EXPECT_FLOAT_EQ(desk.at(Var::active, e), 0.5F);
  EXPECT_FLOAT_EQ(desk.at(Var::started, e), 0.5F);
  desk.step(e, 0.0F);
  EXPECT_FLOAT_EQ(desk.at(Var::active, e), 0.0F);
  desk.step(e, 0.5F);  // still resting
  EXPECT_FLOAT_EQ(desk.at(Var::active, e), 0.0F);
  desk.step(e, 0.0F);
  desk.step(e, 0.0F);
  desk.step(e, 0.5F);
  EXPECT_FLOAT_EQ(desk.at(Var::active, e), 0.5F);
}

TEST(Acts, ALagOfSixWeeksPassesBeforeArmsAreOnTheirWay) {
  Desk desk;
  const std::size_t e = entry_with(desk.model, Action::send_arms);
  desk.step(e, 1.0F);
  for (int w = 0; w < 4; ++w) {
    EXPECT_FLOAT_EQ(desk.at(Var::active, e), 0.0F) << w;
    desk.step(e, 0.0F);
  }
  desk.step(e, 0.0F);
  EXPECT_FLOAT_EQ(desk.at(Var::active, e), 1.0F);
  for (int w = 0; w < 25; ++w) desk.step(e, 0.0F);
  EXPECT_FLOAT_EQ(desk.at(Var::active, e), 1.0F);
  desk.step(e, 0.0F);
  EXPECT_FLOAT_EQ(desk.at(Var::active, e), 0.0F);
}

TEST(Acts, AnOrderRepeatedKeepsTheActAliveAndMinusOneEndsIt) {
  Desk desk;
  const std::size_t e = entry_with(desk.model, Action::share_intelligence);
  for (int w = 0; w < 40; ++w) desk.step(e, 0.8F);
  EXPECT_FLOAT_EQ(desk.at(Var::active, e), 0.8F);
  desk.step(e, -1.0F);
  EXPECT_FLOAT_EQ(desk.at(Var::active, e), 0.0F);
  EXPECT_FLOAT_EQ(desk.at(Var::ordered, e), 0.0F);
}

TEST(Acts, AStandingOrderBeginsTheActAnewOnceItHasRunAndRested) {
  Desk desk;
  const std::size_t e = entry_with(desk.model, Action::back_channel);  // 12 weeks, rest of 4
  int begun = 0;
  for (int w = 0; w < 52; ++w) {
    desk.step(e, 0.8F);
    begun += desk.at(Var::started, e) > 0.0F ? 1 : 0;
    EXPECT_FLOAT_EQ(desk.at(Var::active, e), 0.8F) << w;
  }
  EXPECT_EQ(begun, 5);  // weeks 0, 12, 24, 36 and 48
  const std::size_t open_ended = entry_with(desk.model, Action::share_intelligence);
  begun = 0;
  for (int w = 0; w < 52; ++w) {
    desk.step(open_ended, 0.8F);
    begun += desk.at(Var::started, open_ended) > 0.0F ? 1 : 0;
  }
  EXPECT_EQ(begun, 1);
}

TEST(Acts, AStandingOrderOfAShortActWaitsForItsRest) {
  Desk desk;
  const std::size_t e = entry_with(desk.model, Action::missile_test);  // one week, rest of 4
  int begun = 0;
  for (int w = 0; w < 20; ++w) {
    desk.step(e, 0.8F);
    begun += desk.at(Var::started, e) > 0.0F ? 1 : 0;
  }
  EXPECT_EQ(begun, 4);  // every fifth week
}

TEST(Menus, KeepGraveActsThatWordsWouldCrowdOut) {
  const Model& model = model_of_2024();
  const auto has = [&](std::string_view actor, Action action, std::string_view target) {
    const std::size_t a = testing::index_of(model.given().actors, actor);
    const std::size_t t = testing::index_of(model.given().actors, target);
    for (const std::uint32_t e : model.menu_of(a)) {
      const Entry& entry = model.entries()[e];
      if (entry.chosen_freely && entry.action == action && entry.target == t) return true;
    }
    return false;
  };
  EXPECT_TRUE(has("ru", Action::nuclear_signal, "ua"));
  EXPECT_TRUE(has("us", Action::lift_range, "ua"));
  EXPECT_TRUE(has("uk", Action::lift_range, "ua"));
  EXPECT_TRUE(has("kr", Action::send_arms, "ua"));
  EXPECT_FALSE(has("kp", Action::lift_range, "ru"));
}

TEST(Acts, CostTheirPriceOnceOverTheirTime) {
  Desk desk;
  desk.state.at(Var::knob, knob_index("acts.cost")) = F(1.0F);
  const std::size_t e = entry_with(desk.model, Action::send_arms);
  desk.step(e, 1.0F);
  for (int w = 0; w < 60; ++w) desk.step(e, 0.0F);
  const std::size_t actor = desk.model.entries()[e].actor;
  EXPECT_NEAR(desk.at(Var::spent, actor), info(Action::send_arms).cost_bn, 1e-3);
}

TEST(Acts, SlipsAreRareAndUpAsOftenAsDown) {
  const Model& model = model_of_2024();
  const std::size_t e = entry_with(model, Action::deep_strike);
  const std::size_t actor = model.entries()[e].actor;
  const auto acts = make_acts(model);
  std::vector<F> orders(model.entries().size(), F(0.0F));
  orders[e] = F(1.0F);
  int up = 0;
  int down = 0;
  constexpr int blocks = 1500;
  for (std::uint32_t b = 0; b < blocks; ++b) {
    State state(model.shape());
    state.at(Var::knob, knob_index("acts.slip")) = F(0.02F);
    enqueue(state, testing::now_of(model, 0, b * 16), orders);
    acts->step(state, testing::now_of(model, 0, b * 16));
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      up += state.at(Var::rung, actor)[lane] > 7.5F ? 1 : 0;
      down += state.at(Var::rung, actor)[lane] < 6.5F ? 1 : 0;
    }
  }
  // 24,000 trials at 1 % each way: mean 240, sd 15.4.
  EXPECT_NEAR(up, 240, 70);
  EXPECT_NEAR(down, 240, 70);
}

TEST(Acts, WithoutSlipsTheMeanRungIsTheSame) {
  const Model& model = model_of_2024();
  const World world(model);
  const auto mean_rung = [&](float slip) {
    double sum = 0.0;
    double count = 0.0;
    for (std::uint32_t block = 0; block < 8; ++block) {
      State state = testing::state_of(model, block * 16);
      state.at(Var::knob, knob_index("acts.slip")) = F(slip);
      std::vector<F> orders(model.entries().size(), F(0.0F));
      for (int week = 0; week < 12; ++week) {
        for (std::size_t e = 0; e < orders.size(); ++e) {
          const auto word =
              model.entries()[e].key ^ (static_cast<std::uint64_t>(week) * 0x9E3779B97F4A7C15ULL);
          orders[e] = F((word >> 40) % 8 == 0 ? 0.7F : 0.0F);
        }
        world.week(state, orders, testing::now_of(model, week, block * 16));
        for (const F& rung : state[Var::rung]) {
          for (std::size_t lane = 0; lane < lanes::width; ++lane) {
            sum += static_cast<double>(rung[lane]);
            count += 1.0;
          }
        }
      }
    }
    return sum / count;
  };
  const double without = mean_rung(0.0F);
  const double with = mean_rung(0.02F);
  EXPECT_NE(with, without);
  EXPECT_NEAR(with, without, 0.1);
}

}  // namespace
}  // namespace casus::world
