// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/start.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <utility>

#include "casus/world/test_world.h"

namespace casus::world {
namespace {

using testing::index_of;
using testing::men_of;
using testing::model_of_2024;
using testing::truths_of;

TEST(Start, TheCountsOfADrawnTruthHoldInEveryFuture) {
  const Model& model = model_of_2024();
  const std::size_t c = index_of(model.given().contingents, "kp_assault");
  const std::size_t last = c * model.shape().path_nodes + model.path(c).last();
  const struct {
    const char *total, *front;
    double low, high, front_low, front_high;
  } cases[] = {
      {"none", "none", 0, 0, 0, 0},
      {"to_3000", "none", 0.001, 3, 0, 0},
      {"to_13000", "to_8000", 8.001, 13, 3.001, 8},
      {"to_8000", "to_13000", 3.001, 8, 3.0, 8}};  // the front never holds more than there are
  for (const auto& k : cases) {
    const auto truths = truths_of(
        model.given(), {{"dprk_troops_in_russia", k.total}, {"dprk_troops_in_kursk", k.front}});
    for (std::uint32_t first = 0; first < 64; first += 16) {
      const State state = start(model, Draws(3), first, truths);
      for (std::size_t lane = 0; lane < lanes::width; ++lane) {
        const double total = men_of(state, c, lane);
        const double front = static_cast<double>(state.at(Var::men, last)[lane]);
        EXPECT_GE(total, k.low * 0.999) << k.total;
        EXPECT_LE(total, k.high * 1.001) << k.total;
        EXPECT_GE(front, k.front_low * 0.999 - 1e-6) << k.front;
        EXPECT_LE(front, k.front_high * 1.001 + 1e-6) << k.front;
        EXPECT_LE(front, total * 1.0001);
      }
    }
  }
}

TEST(Start, AFutureIsTheSameInWhateverBlockItIsDrawn) {
  const Model& model = model_of_2024();
  const State whole = testing::state_of(model, 0);
  const State shifted = testing::state_of(model, 8);
  const auto table = variable_table();
  for (std::size_t v = 0; v < table.size(); ++v) {
    const auto a = whole[static_cast<Var>(v)];
    const auto b = shifted[static_cast<Var>(v)];
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t lane = 0; lane < 8; ++lane) {
        ASSERT_EQ(a[i][lane + 8], b[i][lane]) << table[v].name << " " << i;
      }
    }
  }
}

TEST(Start, EverythingBeginsInsideItsRange) {
  const Model& model = model_of_2024();
  for (std::uint32_t first = 0; first < 320; first += 16) {
    State state = testing::state_of(model, first);
    std::size_t updates = 0;
    EXPECT_EQ(state.clamp(updates), 0U);
  }
}

TEST(Start, EachActorIsOfOneTypeAndItsWeightsAverageOne) {
  const Model& model = model_of_2024();
  const State state = testing::state_of(model);
  for (std::size_t a = 0; a < model.shape().actors; ++a) {
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      double types = 0.0;
      double weights = 0.0;
      for (std::size_t t = 0; t < 3; ++t)
        types += static_cast<double>(state.at(Var::type, a * 3 + t)[lane]);
      for (std::size_t f = 0; f < 18; ++f)
        weights += static_cast<double>(state.at(Var::theta, a * 18 + f)[lane]);
      EXPECT_EQ(types, 1.0);
      EXPECT_NEAR(weights / 18.0, 1.0, 1e-4);
    }
  }
}

/// The start of futures in which some knobs are set and the others drawn at their medians.
State start_with(const Model& model, const std::vector<std::pair<std::string_view, float>>& set) {
  std::vector<float> chosen;
  for (std::size_t k = 0; k < knobs().size(); ++k) {
    chosen.insert(chosen.end(), lanes::width, static_cast<float>(model.knob_prior(k).median()));
  }
  for (const auto& [id, x] : set) {
    std::fill_n(chosen.begin() + static_cast<std::ptrdiff_t>(knob_index(id) * lanes::width),
                lanes::width, x);
  }
  return start(model, Draws(3), 0, {}, chosen);
}

TEST(Start, WhatTheCaseDoesNotSayIsWhatTheKnobsSay) {
  const Model& model = model_of_2024();
  const std::size_t silent = index_of(model.given().actors, "uk");  // open, no support given
  const std::size_t told = index_of(model.given().actors, "us");
  ASSERT_FALSE(model.given().actors[silent].start.support);
  ASSERT_TRUE(model.given().actors[told].start.support);
  const State low =
      start_with(model, {{"start.support_open", 0.3F}, {"start.scatter_share", 0.0F}});
  const State high =
      start_with(model, {{"start.support_open", 0.7F}, {"start.scatter_share", 0.0F}});
  for (std::size_t lane = 0; lane < lanes::width; ++lane) {
    EXPECT_NEAR(lanes::logistic(low.at(Var::support, silent))[lane], 0.3F, 1e-4F);
    EXPECT_NEAR(lanes::logistic(high.at(Var::support, silent))[lane], 0.7F, 1e-4F);
    EXPECT_EQ(low.at(Var::support, told)[lane], high.at(Var::support, told)[lane]);
  }
}

TEST(Start, SilentActorsDifferByTheScatterAlone) {
  const Model& model = model_of_2024();
  const std::size_t one = index_of(model.given().actors, "uk");
  const std::size_t other = index_of(model.given().actors, "pl");
  const State alike = start_with(model, {{"start.scatter_share", 0.0F}});
  const State apart = start_with(model, {{"start.scatter_share", 0.5F}});
  for (std::size_t lane = 0; lane < lanes::width; ++lane) {
    EXPECT_EQ(alike.at(Var::support, one)[lane], alike.at(Var::support, other)[lane]);
    EXPECT_NE(apart.at(Var::support, one)[lane], apart.at(Var::support, other)[lane]);
  }
}

TEST(Start, DepthOfThoughtIsAPoissonCutAtTwo) {
  const Model& model = model_of_2024();
  std::array<double, 3> share{};
  double all = 0.0;
  for (std::uint32_t first = 0; first < 1600; first += 16) {
    State state = start(model, Draws(5), first, {});
    for (std::size_t a = 0; a < model.shape().actors; ++a) {
      for (std::size_t lane = 0; lane < lanes::width; ++lane, all += 1.0) {
        share[static_cast<std::size_t>(state.at(Var::level, a)[lane])] += 1.0;
      }
    }
  }
  // Camerer, Ho and Chong (2004) at tau = 1.5: .28, .41, .31; the prior spreads tau a little.
  EXPECT_NEAR(share[0] / all, 0.276, 0.02);
  EXPECT_NEAR(share[1] / all, 0.414, 0.02);
  EXPECT_NEAR(share[2] / all, 0.310, 0.02);
}

TEST(Start, WithoutATruthTheCaseSpeaks) {
  const Model& model = model_of_2024();
  const State state = start(model, Draws(3), 0, {});
  const std::size_t c = index_of(model.given().contingents, "kp_assault");
  double mean = 0.0;
  for (std::size_t lane = 0; lane < lanes::width; ++lane)
    mean += men_of(state, c, lane) / lanes::width;
  EXPECT_GT(mean, 1.0);
  EXPECT_LT(mean, 30.0);
}

}  // namespace
}  // namespace casus::world
