// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "casus/base/error.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

using testing::case_of_2024;
using testing::index_of;
using testing::model_of_2024;

TEST(Catalogue, HasEveryActionWithTheEffectsOfItsRow) {
  EXPECT_EQ(catalogue().size(), casefile::action_count);
  const auto effect = [](Action a, casefile::Feature f) {
    return info(a).effect[static_cast<std::size_t>(f)];
  };
  EXPECT_FLOAT_EQ(effect(Action::deploy_contingent, casefile::Feature::calm), -0.4F);
  EXPECT_FLOAT_EQ(effect(Action::deploy_contingent, casefile::Feature::regime), -0.05F);
  EXPECT_FLOAT_EQ(effect(Action::sign_settlement, casefile::Feature::talks), 1.0F);
  EXPECT_FLOAT_EQ(effect(Action::nuclear_use, casefile::Feature::nuclear_safety), -1.0F);
  EXPECT_FLOAT_EQ(effect(Action::seize_ground, casefile::Feature::chips), 0.4F);
  EXPECT_FLOAT_EQ(effect(Action::nuclear_step, casefile::Feature::guarantee), 0.3F);
  EXPECT_FLOAT_EQ(effect(Action::arms_for_technology, casefile::Feature::sanction_freedom), -0.2F);
}

TEST(Catalogue, ActsAboveTheLimitedKineticRungFrightenTheActorItself) {
  for (const ActionInfo& row : catalogue()) {
    if (row.rung >= 8.0F) {
      EXPECT_LT(row.effect[static_cast<std::size_t>(casefile::Feature::calm)], 0.0F)
          << row.sentence;
    }
    EXPECT_GE(row.lag, 1) << row.sentence;
  }
}

TEST(Menu, HoldsAtMostTwentyFourFreeActsOfAnActorAndNoneItsDoctrineBars) {
  const Model& model = model_of_2024();
  for (std::size_t a = 0; a < model.shape().actors; ++a) {
    const auto& actor = model.given().actors[a];
    std::size_t free = 0;
    for (const std::uint32_t e : model.menu_of(a)) {
      const Entry& entry = model.entries()[e];
      EXPECT_EQ(entry.actor, a);
      if (!entry.chosen_freely) continue;
      ++free;
      EXPECT_FALSE(info(entry.action).gated);
      EXPECT_EQ(std::ranges::count(actor.never, entry.action), 0) << actor.id;
    }
    EXPECT_LE(free, 24U) << actor.id;
    EXPECT_GE(free, 3U) << actor.id;
  }
}

TEST(Menu, EveryOrderOfTheOptionsHasItsEntry) {
  const Model& model = model_of_2024();
  for (const auto& option : model.given().options) {
    for (const auto& order : option.orders) {
      const Entry& entry = model.entries()[model.entry_of(order)];
      EXPECT_EQ(entry.action, order.action);
      EXPECT_EQ(entry.actor, order.actor.index);
    }
    for (const auto& rule : option.rules) EXPECT_NO_THROW((void)model.entry_of(rule.then));
  }
}

TEST(Menu, EntriesHaveKeysOfTheirOwn) {
  std::set<std::uint64_t> keys;
  for (const Entry& entry : model_of_2024().entries()) keys.insert(entry.key);
  EXPECT_EQ(keys.size(), model_of_2024().entries().size());
}

TEST(Model, AlliesStandTogetherAndTheWorldLeansWhereItsBondsLie) {
  const Model& model = model_of_2024();
  const auto& actors = model.given().actors;
  const std::size_t ru = index_of(actors, "ru");
  const std::size_t kp = index_of(actors, "kp");
  EXPECT_FLOAT_EQ(model.alignment(ru, kp), 1.0F);
  EXPECT_LT(model.leaning(index_of(actors, "cn")), 0.0F);
  EXPECT_GT(model.leaning(index_of(actors, "uk")), 0.0F);
  EXPECT_EQ(model.lead(0), ru);
  EXPECT_TRUE(model.rivals(index_of(actors, "kr"), kp));
  for (std::size_t i = 0; i < actors.size(); ++i) {
    for (std::size_t j = 0; j < actors.size(); ++j) {
      EXPECT_FLOAT_EQ(model.alignment(i, j), model.alignment(j, i));
    }
  }
}

TEST(Model, APathRunsFromOriginToDestinationOverRoutesThatJoin) {
  const Model& model = model_of_2024();
  for (std::size_t c = 0; c < model.shape().contingents; ++c) {
    const auto& k = model.given().contingents[c];
    const Model::Path& path = model.path(c);
    EXPECT_EQ(path.places.front(), k.origin.index) << k.id;
    EXPECT_EQ(path.places.back(), k.destination.index) << k.id;
    ASSERT_EQ(path.routes.size() + 1, path.places.size());
    if (path.routes.empty()) continue;
    EXPECT_GE(path.routes.size(), 8U) << k.id;
    double km = 0.0;
    double want = 0.0;
    for (std::size_t i = 0; i < path.routes.size(); ++i) {
      km += static_cast<double>(path.km[i]);
      if (path.enters[i]) want += model.given().routes[path.routes[i]].km;
    }
    EXPECT_NEAR(km, want, 1e-2 * want) << k.id;
  }
}

TEST(Knobs, AreReadableInsideTheirRangeAndKnownBeforeTheCase) {
  std::set<std::string_view> ids;
  for (const Knob& knob : knobs()) {
    std::string why;
    const auto prior = parse_prior(knob.prior, &why);
    ASSERT_TRUE(prior) << knob.id << ": " << why;
    EXPECT_GE(prior->median(), knob.low) << knob.id;
    EXPECT_LE(prior->median(), knob.high) << knob.id;
    EXPECT_TRUE(ids.insert(knob.id).second) << knob.id << " is declared twice";
    EXPECT_FALSE(knob.unit.empty() || knob.meaning.empty() || knob.source.empty()) << knob.id;
    EXPECT_EQ(knob.source.find("size judged"), std::string_view::npos) << knob.id;
    if (knob.known.empty()) {  // rests on nothing dated: judgement alone
      EXPECT_EQ(knob.tag, casefile::Tag::judgement) << knob.id;
      continue;
    }
    const auto known = parse_date(knob.known);
    ASSERT_TRUE(known) << knob.id;
    EXPECT_LE(*known, case_of_2024().as_of) << knob.id << " was not known then";
  }
}

TEST(Model, AParameterOfTheCaseReplacesTheKnobAndAnUnknownOneIsRefused) {
  casefile::Case given = case_of_2024();
  given.parameters = {{"front.v0", {Prior(0.7), "km/week", {}}}};
  EXPECT_DOUBLE_EQ(Model(given).knob_prior(knob_index("front.v0")).median(), 0.7);
  given.parameters = {{"front.vO", {Prior(0.7), "km/week", {}}}};
  try {
    const Model model(given);
    FAIL() << "the knob was accepted";
  } catch (const CaseError& error) {
    ASSERT_EQ(error.problems().size(), 1U);
    EXPECT_EQ(error.problems()[0].message, "the engine has no knob 'front.vO'");
  }
}

}  // namespace
}  // namespace casus::world
