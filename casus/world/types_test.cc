// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/types.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/world/test_world.h"

namespace casus::world {
namespace types_test {

std::vector<std::uint32_t> free_acts(const Model& model, std::size_t actor) {
  std::vector<std::uint32_t> out;
  for (const std::uint32_t e : model.menu_of(actor)) {
    if (model.entries()[e].chosen_freely) out.push_back(e);
  }
  return out;
}

TEST(Types, OpenActsOfATypeRaiseTheBeliefInItOnAverage) {
  const Model& model = testing::model_of_2024();
  const TypeRecord record(model);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const std::size_t cn = testing::index_of(model.given().actors, "cn");
  const std::size_t view = (cn * model.shape().actors + us) * type_count;
  const auto acts = free_acts(model, us);
  const Draws draws(11);
  for (std::size_t truth = 0; truth < type_count; ++truth) {
    double gained = 0.0;
    for (std::uint32_t life = 0; life < 60; ++life) {
      State state = testing::state_of(model);
      const float before = state.at(Var::believed_type, view + truth)[0];
      for (std::uint32_t week = 0; week < 40; ++week) {
        // An open act, drawn by the law of the type.
        double left = draws.uniform(Stream("act"), life, week, static_cast<std::uint32_t>(truth));
        std::optional<std::uint32_t> act;
        for (const std::uint32_t e : acts) {
          const float log_p = record.log_likelihood(e, truth);
          if (log_p == 0.0F || act) continue;
          left -= std::exp(static_cast<double>(log_p));
          if (left <= 0.0) act = e;
        }
        for (F& x : state[Var::started]) x = F(0.0F);
        if (act) state.at(Var::started, *act) = F(0.6F);
        record.learn(state, F(0.67F), F(0.15F));
      }
      F all(0.0F);
      for (std::size_t t = 0; t < type_count; ++t) {
        all += state.at(Var::believed_type, view + t);
      }
      EXPECT_NEAR(all[0], 1.0F, 1e-5F);
      gained += static_cast<double>(state.at(Var::believed_type, view + truth)[0]) -
                static_cast<double>(before);
    }
    EXPECT_GT(gained / 60.0, 0.05) << truth;
  }
}

TEST(Types, ChancesOfOpenActsSumToOneAndCovertActsTeachNothing) {
  const Model& model = testing::model_of_2024();
  const TypeRecord record(model);
  for (std::size_t a = 0; a < model.shape().actors; ++a) {
    for (std::size_t t = 0; t < type_count; ++t) {
      double sum = 0.0;
      for (const std::uint32_t e : free_acts(model, a)) {
        const auto log_p = static_cast<double>(record.log_likelihood(e, t));
        if (log_p != 0.0) sum += std::exp(log_p);
        if (model.entries()[e].action == Action::cyber) {
          EXPECT_EQ(log_p, 0.0);
        }
      }
      EXPECT_NEAR(sum, 1.0, 1e-5);
    }
  }
}

TEST(Types, WhoReadsADrillAsWorseThanMeantSeesMoreOfAHawk) {
  const Model& model = testing::model_of_2024();
  const TypeRecord record(model);
  const std::size_t n = model.shape().actors;
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const std::size_t ru = testing::index_of(model.given().actors, "ru");
  const std::size_t uk = testing::index_of(model.given().actors, "uk");
  State state = testing::state_of(model);
  std::optional<std::uint32_t> act;  // any that all can see
  for (const std::uint32_t e : free_acts(model, us)) {
    if (record.log_likelihood(e, 0) != 0.0F) act = e;
  }
  ASSERT_TRUE(act.has_value());
  for (F& x : state[Var::started]) x = F(0.0F);
  state.at(Var::started, *act) = F(0.6F);
  for (F& x : state[Var::last_act]) x = F(-1.0F);
  for (F& x : state[Var::perceived_act]) x = F(-1.0F);
  state.at(Var::perceived_act, ru * n + us) = F(-3.0F);
  record.learn(state, F(0.67F), F(0.15F));
  const auto hawk = [&](std::size_t observer) {
    return state.at(Var::believed_type, (observer * n + us) * type_count)[0];
  };
  EXPECT_GT(hawk(ru), hawk(uk));
  State same = testing::state_of(model);
  same.at(Var::started, *act) = F(0.6F);
  record.learn(same, F(0.67F), F(0.0F));
  EXPECT_EQ(hawk(uk), same.at(Var::believed_type, (uk * n + us) * type_count)[0]);
}

TEST(Types, NobodyLearnsWhereNothingIsDone) {
  const Model& model = testing::model_of_2024();
  const TypeRecord record(model);
  State state = testing::state_of(model);
  const State before = state;
  record.learn(state, F(0.67F), F(0.15F));
  EXPECT_TRUE(state == before);
}

}  // namespace types_test
}  // namespace casus::world
