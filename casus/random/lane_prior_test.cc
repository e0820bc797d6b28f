// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/random/lane_prior.h"

#include <gtest/gtest.h>

#include <bit>
#include <string>
#include <vector>

namespace casus {
namespace {

void expect_the_plain_draws(const std::string& text, std::uint32_t entities) {
  const auto prior = parse_prior(text);
  ASSERT_TRUE(prior) << text;
  const Draws draws(20241031);
  for (std::uint32_t entity = 0; entity < entities; ++entity) {
    const std::uint32_t first = entity * 16;
    const lanes::F many = drawn(*prior, draws, Stream("lane_prior_test"), first, entity);
    for (std::uint32_t i = 0; i < lanes::width; ++i) {
      const auto one =
          static_cast<float>(prior->draw(draws, Stream("lane_prior_test"), first + i, entity));
      ASSERT_EQ(std::bit_cast<std::uint32_t>(many[i]), std::bit_cast<std::uint32_t>(one))
          << text << ", future " << first + i << ": " << many[i] << " and " << one;
    }
  }
}

TEST(LanePrior, EveryLaneIsThePlainDrawToTheLastBit) {
  for (const char* text : {"3.5", "N(0, 1)", "N(-2, 0.3)", "LN(1; 0.35)", "LN(400; 1.2)", "U(0, 1)",
                           "U(-5, 12)", "T(0.1, 0.4, 3)", "G(2, 0.5)", "G(0.4, 3)", "B(2, 5)",
                           "B(16, 4)", "B(0.5, 0.5)", "B(1, 90)"}) {
    expect_the_plain_draws(text, 400);
  }
}

TEST(LanePrior, TailsBeyondTheSmallestDoubleAreThePlainOnesToo) {
  expect_the_plain_draws("G(0.003, 1)", 400);
  expect_the_plain_draws("LN(1; 200)", 400);
}

}  // namespace
}  // namespace casus
