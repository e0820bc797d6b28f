// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "casus/policy/policy.h"
#include "casus/policy/test_case.h"

/// Whoever decides, a policy, a script or a person, does so through one vector of orders.
namespace casus::policy {
namespace driver_test {

constexpr int weeks = 16;

using Orders = std::vector<F>;

/// Plays the small case; `decide(state, now, orders)` fills the orders of each week.
template <class Decide>
world::State played(const world::Model& model, const Decide& decide) {
  const world::World world(model);
  world::State state = test::first_state(model);
  for (int week = 0; week < weeks; ++week) {
    const world::Now now{model, week, LaneDraws(5, 0), nullptr};
    Orders orders(model.entries().size(), F(0.0F));
    decide(state, now, orders);
    world.week(state, orders, now);
  }
  return state;
}

TEST(Orders, WhatAPolicyOrdersAHandMayOrderAndTheWorldIsTheSame) {
  const world::Model model(test::small_case());
  const Policy policy(model);
  std::vector<Orders> kept;
  const world::State by_policy =
      played(model, [&](const world::State& state, const world::Now& now, Orders& orders) {
        policy.choose(state, now, orders);
        kept.push_back(orders);
      });
  const world::State by_hand =
      played(model, [&](const world::State&, const world::Now& now, Orders& orders) {
        orders = kept[static_cast<std::size_t>(now.week)];
      });
  EXPECT_TRUE(by_policy == by_hand);
  const world::State by_nobody = played(model, [](const auto&, const auto&, Orders&) {});
  EXPECT_FALSE(by_policy == by_nobody);
}

TEST(Orders, APersonMayTakeOneActorsSeatWhileTheOthersPlayOn) {
  const world::Model model(test::small_case());
  const Policy policy(model);
  const std::size_t kareth = test::actor_of(model.given(), "kareth");
  const std::uint32_t wish = model.menu_of(kareth)[0];
  Muted seated{std::vector<std::uint8_t>(model.entries().size(), 0), {F(0.0F) < F(1.0F)}};
  for (const std::uint32_t e : model.menu_of(kareth)) seated.by[e] = 1;
  bool others = false;
  (void)played(model, [&](const world::State& state, const world::Now& now, Orders& orders) {
    policy.choose(state, now, orders, seated);
    for (std::size_t e = 0; e < orders.size(); ++e) {
      const bool given = lanes::any(orders[e] > F(0.0F));
      if (model.entries()[e].actor == kareth) {
        EXPECT_FALSE(given);
      }
      others = others || given;
    }
    orders[wish] = F(0.7F);
  });
  EXPECT_TRUE(others);
}

TEST(Orders, AnOptionThatHoldsASeatLeavesNothingOfItToThePolicies) {
  casefile::Case given = test::small_case();
  const std::size_t kareth = test::actor_of(given, "kareth");
  casefile::Option& option = given.options.front();
  option.orders.clear();
  option.rules.clear();
  option.signposts.clear();
  option.seats = {casefile::ActorId{static_cast<std::uint32_t>(kareth)}};
  const world::Model model(given);
  const Policy policy(model);
  Script script(model, casefile::OptionId{0});
  ASSERT_EQ(script.seated().size(), model.shape().actors);
  bool others = false;
  (void)played(model, [&](const world::State& state, const world::Now& now, Orders& orders) {
    Desk desk;
    script.look(state, now.week);
    policy.choose(state, now, orders, script.muted(now.week), desk);
    script.order(state, now, orders);
    for (std::size_t e = 0; e < orders.size(); ++e) {
      const bool given_out = lanes::any(orders[e] > F(0.0F));
      const std::size_t who = model.entries()[e].actor;
      EXPECT_EQ(lanes::any(script.seated()[who]), who == kareth);
      EXPECT_FALSE(who == kareth && given_out);
      others = others || given_out;
    }
  });
  EXPECT_TRUE(others);
  EXPECT_TRUE(Script(model, std::nullopt).seated().empty());
}

TEST(Orders, WhatAScriptOrdersAHandMayOrderAndTheWorldIsTheSame) {
  const world::Model model(test::small_case());
  const auto& options = model.given().options;
  int compared = 0;
  for (std::uint32_t o = 0; o < options.size(); ++o) {
    if (options[o].orders.empty()) continue;
    ++compared;
    Script script(model, casefile::OptionId{o});
    std::vector<Orders> kept;
    const world::State by_script =
        played(model, [&](const world::State& state, const world::Now& now, Orders& orders) {
          script.order(state, now, orders);
          kept.push_back(orders);
        });
    const world::State by_hand =
        played(model, [&](const world::State&, const world::Now& now, Orders& orders) {
          orders = kept[static_cast<std::size_t>(now.week)];
        });
    EXPECT_TRUE(by_script == by_hand) << options[o].id;
  }
  EXPECT_GT(compared, 0);
}

}  // namespace driver_test
}  // namespace casus::policy
