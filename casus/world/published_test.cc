// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/published.h"

#include <gtest/gtest.h>

#include "casus/base/error.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

TEST(Published, EveryVariableOfTheVocabularyIsReadUnderItsName) {
  const auto variables = casefile::variables();
  for (std::size_t v = 0; v < variables.size(); ++v) {
    EXPECT_EQ(published_name(v), variables[v].name);
  }
}

TEST(Published, EveryVariableHasAFiniteValueForItsFirstEntities) {
  const Model& model = testing::model_of_2024();
  const World world(model);
  State state = testing::state_of(model);
  for (int week = 0; week < 12; ++week) world.week(state, {}, testing::now_of(model, week));
  for (std::uint32_t v = 0; v < casefile::variables().size(); ++v) {
    for (std::uint32_t i = 0; i < 2; ++i) {
      const F x = published(state, model, {v, {i, 1 - i}});
      EXPECT_TRUE(std::isfinite(x[0])) << casefile::variables()[v].name;
    }
  }
}

TEST(Published, PeopleAreCountedInPersonsAndMoneyInDollars) {
  const Model& model = testing::model_of_2024();
  State state = testing::state_of(model);
  const auto value = [&](std::string_view name, std::uint32_t entity) {
    for (std::uint32_t v = 0; v < casefile::variables().size(); ++v) {
      if (published_name(v) == name) return published(state, model, {v, {entity, 0}})[0];
    }
    return -1.0F;
  };
  state.at(Var::force, 1) = F(480.0F);
  state.at(Var::aid_received, 1) = F(1.2F);
  state.at(Var::fiscal_room, 1) = F(3.0F);
  EXPECT_NEAR(value("force", 1), 480000.0F, 1.0F);
  EXPECT_NEAR(value("aid_usd_per_week", 1), 1.2e9F, 1e3F);
  EXPECT_NEAR(value("fiscal_room", 1), 0.03F, 1e-6F);
}

TEST(Outcomes, EveryMeasureOfTheVocabularyHasAValueAndNoMore) {
  const Model& model = testing::model_of_2024();
  const State state = testing::state_of(model);
  const Outcome outcome(model);
  for (std::size_t m = 0; m < casefile::measures().size(); ++m) {
    EXPECT_TRUE(std::isfinite(outcome.measure(m, state)[0])) << casefile::measures()[m].name;
  }
  EXPECT_THROW((void)outcome.measure(casefile::measures().size(), state), InternalError);
}

TEST(Sentences, SayWhoDidWhatToWhom) {
  const auto& given = testing::case_of_2024();
  const auto us = static_cast<std::uint32_t>(testing::index_of(given.actors, "us"));
  const auto kp = static_cast<std::uint32_t>(testing::index_of(given.actors, "kp"));
  EXPECT_EQ(sentence({3, "clash", us, kp, -8.0F, "tension"}, given),
            "United States and North Korea exchange fire");
  EXPECT_EQ(sentence({3, "act", kp, kp, 0.0F, "missile_test"}, given),
            "North Korea tests a missile");
  EXPECT_THROW((void)sentence({0, "unheard_of", 0, 0, 0.0F, ""}, given), InternalError);
}

TEST(Sentences, EverythingToldInAYearHasOneAndLeavesNoBlank) {
  const Model& model = testing::model_of_2024();
  const World world(model);
  State state = testing::state_of(model);
  EventLog log(2);
  std::vector<F> orders(model.entries().size(), F(0.0F));
  for (int week = 0; week < 52; ++week) {
    for (std::size_t e = 0; e < orders.size(); ++e) {
      orders[e] = F((e + static_cast<std::size_t>(week)) % 9 == 0 ? 1.0F : 0.0F);
    }
    Now now = testing::now_of(model, week);
    now.log = &log;
    world.week(state, orders, now);
  }
  EXPECT_GT(log.events().size(), 100U);
  for (const Event& event : log.events()) {
    const std::string text = sentence(event, model.given());
    EXPECT_EQ(text.find('{'), std::string::npos) << text;
    EXPECT_FALSE(text.empty());
  }
}

}  // namespace
}  // namespace casus::world
