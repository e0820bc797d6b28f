// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "casus/base/file.h"
#include "casus/casefile/seeing.h"
#include "casus/policy/evaluate.h"
#include "casus/policy/policy.h"
#include "casus/policy/test_case.h"
#include "casus/world/published.h"

namespace casus::policy {
namespace plans_test {

using world::Layer;
using world::Var;

const char* const plans = R"(
  - id: both
    name: Both
    text: Proof and offer together.
    of: [disclose_and_warn, offer_line]
  - id: switch
    name: Show the proof; offer the line if the brigade is seen to fight
    text: If Kareth takes the brigade to be fighting by the end of June, the offer takes the place of the proof; else League sanctions.
    of: [disclose_and_warn]
    signposts:
      - when: "in_combat[tesk_brigade] > 500"
        by: 2031-06-29
        instead: true
        then: {of: [offer_line], orders: [{actor: sound_league, action: sanction, target: morvane, intensity: 0.3, from: 2031-04-07, until: 2031-08-31}]}
        else: {orders: [{actor: sound_league, action: sanction, target: morvane, intensity: 0.4, from: 2031-04-07}]}
gates: [])";

const casefile::Case& case_with_plans() {
  static const casefile::Case given = [] {
    const auto folder =
        std::filesystem::temp_directory_path() / ("casus_plans_" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    casefile::write_template(folder);
    std::string text = read_file(folder / "options.yaml");
    text.replace(text.find("\ngates: []"), 10, plans);
    write_file(folder / "options.yaml", text);
    casefile::Case loaded = casefile::load(folder);
    std::filesystem::remove_all(folder);
    return loaded;
  }();
  return given;
}

struct Plans : testing::Test {
  const casefile::Case& given = case_with_plans();
  world::Model model{given};
  world::State state = test::first_state(model);
  const std::size_t kareth = test::actor_of(given, "kareth");
  const std::size_t brigade = casefile::find(given.contingents, "tesk_brigade").value();

  [[nodiscard]] casefile::OptionId option(const char* id) const {
    return casefile::find(given.options, id).value();
  }
  [[nodiscard]] std::uint32_t entry(const char* id, std::size_t order) const {
    return model.entry_of(given.options[option(id)].orders[order]);
  }
  /// The decision maker takes the brigade to be at the front in force, in lane `lane` alone.
  void believe(std::optional<std::size_t> lane) {
    const std::size_t i = kareth * model.shape().contingents + brigade;
    F odds = -6.0F;
    if (lane) odds.set(*lane, 6.0F);
    state.at(Var::believed_presence, i) = odds;
    state.at(Var::believed_strength, i) = F(1.0F);  // 2,700 men
  }
  std::vector<F> ordered(Script& script, int week) {
    std::vector<F> orders(model.entries().size(), F(0.0F));
    script.look(state, week);
    static_cast<void>(script.muted(week));
    script.order(state, {model, week, LaneDraws(5, 0), nullptr}, orders);
    return orders;
  }
};

TEST_F(Plans, APortfolioOrdersWhatItsPartsOrder) {
  Script both(model, option("both")), first(model, option("disclose_and_warn")),
      second(model, option("offer_line"));
  for (const int week : {0, 1, 5, 12, 30, 45}) {
    const auto all = ordered(both, week), a = ordered(first, week), b = ordered(second, week);
    for (std::size_t e = 0; e < all.size(); ++e) {
      EXPECT_EQ(all[e][3], std::max(a[e][3], b[e][3])) << week;
      EXPECT_EQ(both.muted(week).any(static_cast<std::uint32_t>(e)),
                first.muted(week).any(static_cast<std::uint32_t>(e)) ||
                    second.muted(week).any(static_cast<std::uint32_t>(e)));
    }
  }
}

TEST_F(Plans, ASignpostTurnsEachFutureByItself) {
  Script script(model, option("switch"));
  const std::uint32_t proof = entry("disclose_and_warn", 0), offer = entry("offer_line", 0);
  believe(std::nullopt);
  EXPECT_GT(ordered(script, 2)[proof][7], 0.0F);
  EXPECT_EQ(ordered(script, 2)[offer][7], 0.0F);
  believe(7);
  const auto turned = ordered(script, 3);
  EXPECT_GT(turned[offer][7], 0.0F);
  EXPECT_LE(turned[proof][7], 0.0F);
  EXPECT_EQ(turned[offer][6], 0.0F);
  EXPECT_GT(turned[proof][6], 0.0F);
  EXPECT_TRUE(script.muted(3).of(offer)[7]);
  EXPECT_FALSE(script.muted(3).any(offer) && script.muted(3).of(offer)[6]);
  EXPECT_FALSE(script.muted(3).any(proof) && script.muted(3).of(proof)[7]);
  believe(std::nullopt);  // what was seen stays seen
  EXPECT_GT(ordered(script, 4)[offer][7], 0.0F);
}

TEST_F(Plans, AScriptTellsWhenEachFutureTurned) {
  Script script(model, option("switch"));
  believe(std::nullopt);
  static_cast<void>(ordered(script, 2));
  for (std::size_t lane = 0; lane < lanes::width; ++lane)
    EXPECT_TRUE(std::isnan(script.turned()[0][lane]));
  believe(7);
  static_cast<void>(ordered(script, 3));
  believe(6);
  static_cast<void>(ordered(script, 4));
  const std::vector<F> week = script.turned();
  ASSERT_EQ(week.size(), 1U);
  EXPECT_EQ(week[0][7], 3.0F);
  EXPECT_EQ(week[0][6], 4.0F);
  EXPECT_TRUE(std::isnan(week[0][0]));
}

TEST_F(Plans, WhatIsNotSeenByTheDayTurnsTheOtherWay) {
  Script script(model, option("switch"));
  const casefile::Signpost& post = given.options[option("switch")].signposts[0];
  const std::uint32_t sanction = model.entry_of(post.otherwise.orders[0]);
  const int by = model.week_of(post.by);
  believe(7);
  EXPECT_EQ(ordered(script, by)[sanction][6], 0.0F);
  EXPECT_FLOAT_EQ(ordered(script, by + 1)[sanction][6], 0.4F);
  EXPECT_FLOAT_EQ(ordered(script, by + 1)[sanction][7], 0.3F);
  believe(6);  // too late
  EXPECT_FLOAT_EQ(ordered(script, by + 2)[sanction][6], 0.4F);
  EXPECT_EQ(ordered(script, by + 2)[entry("offer_line", 0)][6], 0.0F);
}

TEST_F(Plans, WhatASignpostBeganEndsWithItsOrder) {
  Script script(model, option("switch"));
  const casefile::Order& order = given.options[option("switch")].signposts[0].then.orders.back();
  const std::uint32_t sanction = model.entry_of(order);
  ASSERT_EQ(world::info(model.entries()[sanction].action).duration, 0);
  believe(7);
  const int last = model.week_of(order.until);
  for (int week = 1; week <= last; ++week)
    EXPECT_EQ(ordered(script, week)[sanction][7] > 0.0F, true);
  state.at(Var::left, sanction) = F(600.0F);  // in every future somebody does it
  const auto after = ordered(script, last + 1);
  EXPECT_EQ(after[sanction][7], -1.0F);
  EXPECT_GT(after[sanction][6], 0.0F);  // there it was the other turn that began it
  EXPECT_EQ(ordered(script, last + 2)[sanction][7], 0.0F);  // what a policy does then is its own
}

TEST_F(Plans, ASignpostHangsOnWhatIsBelievedAndNotOnTheTruth) {
  const casefile::Signpost& post = given.options[option("switch")].signposts[0];
  const casefile::Expression& when = given.expressions[post.expression];
  believe(7);
  state.at(Var::in_combat, brigade) = F(5.0F);  // 5,000 men are fighting
  const M seen = evaluate_seen(when, state, model);
  const M truth = evaluate_now(when, state, model);
  for (std::size_t lane = 0; lane < lanes::width; ++lane) {
    EXPECT_EQ(seen[lane], lane == 7);
    EXPECT_TRUE(truth[lane]);
  }
}

/// A value of every kind that a decision maker may read, by its entities.
std::vector<casefile::VariableUse> all_uses(const casefile::Case& given) {
  const auto count = [&](const std::optional<casefile::Dimension>& d) -> std::uint32_t {
    using enum casefile::Dimension;
    if (!d) return 1;
    switch (*d) {
      case actor:
        return static_cast<std::uint32_t>(given.actors.size());
      case side:
        return 2;
      case sector:
        return static_cast<std::uint32_t>(given.sectors.size());
      case contingent:
        return static_cast<std::uint32_t>(given.contingents.size());
      case region:
        return static_cast<std::uint32_t>(given.regions.size());
      case action:
        return casefile::action_count;
      case stock:
        return 9;
    }
    return 1;
  };
  std::vector<casefile::VariableUse> all;
  for (std::uint32_t v = 0; v < casefile::variables().size(); ++v) {
    const auto& d = casefile::variables()[v].dimensions;
    for (std::uint32_t a = 0; a < count(d[0]); ++a) {
      for (std::uint32_t b = 0; b < count(d[1]); ++b) all.push_back({v, {a, b}});
    }
  }
  return all;
}

TEST_F(Plans, NothingSeenHangsOnHiddenTruthOfOthers) {
  world::State other = state;
  for (std::size_t v = 0; v < world::variable_table().size(); ++v) {
    if (world::variable_table()[v].layer != Layer::truth) continue;
    if (static_cast<Var>(v) == Var::knob) continue;
    for (F& x : other[static_cast<Var>(v)]) x = x * F(1.7F) + F(0.3F);
  }
  std::size_t estimated = 0, hidden = 0;
  for (const casefile::VariableUse& use : all_uses(given)) {
    const casefile::Seeing how = casefile::seeing(given, use);
    hidden += how == casefile::Seeing::hidden ? 1 : 0;
    estimated += how == casefile::Seeing::estimated ? 1 : 0;
    if (how == casefile::Seeing::hidden) continue;
    const std::string_view name = casefile::variables()[use.variable].name;
    const auto& first = casefile::variables()[use.variable].dimensions[0];
    const bool men = name == "troops" || name == "fortification" || name == "killed" ||
                     name == "casualties" || first == casefile::Dimension::contingent;
    if (how == casefile::Seeing::open && men) continue;  // its own
    casefile::Expression e{"x", {}};
    e.steps.resize(3);
    e.steps[0].kind = casefile::Step::Kind::value;
    e.steps[0].use = use;
    e.steps[1].number = static_cast<double>(world::published(state, model, use)[2]);
    e.steps[2].kind = casefile::Step::Kind::greater;
    EXPECT_EQ(evaluate_seen(e, state, model)[2], evaluate_seen(e, other, model)[2]) << name;
  }
  EXPECT_GT(estimated, 0U);
  EXPECT_GT(hidden, 0U);
}

}  // namespace plans_test
}  // namespace casus::policy
