// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/start.h"

#include <gtest/gtest.h>

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
