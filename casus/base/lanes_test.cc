// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/base/lanes.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>

namespace casus::lanes {
namespace {

/// Floats from `low` to `high` at every `stride`-th bit pattern, both of one sign.
template <class Look>
void every(float low, float high, std::uint32_t stride, Look look) {
  const auto first = std::bit_cast<std::uint32_t>(std::fabs(low) < std::fabs(high) ? low : high);
  const auto last = std::bit_cast<std::uint32_t>(std::fabs(low) < std::fabs(high) ? high : low);
  for (std::uint32_t bits = first; bits <= last; bits += stride) look(std::bit_cast<float>(bits));
}

TEST(Lanes, ExpKeepsItsBound) {
  double worst = 0.0;
  const auto look = [&](float x) {
    const double want = std::exp(static_cast<double>(x));
    worst = std::max(worst, std::fabs(static_cast<double>(exp(F(x))[0]) / want - 1.0));
  };
  every(1e-6F, 88.0F, 211, look);
  every(-1e-6F, -87.0F, 211, look);
  look(0.0F);
  EXPECT_LT(worst, 2e-7);
  EXPECT_EQ(exp(F(100.0F))[0], exp(F(88.0F))[0]);
  EXPECT_EQ(exp(F(-100.0F))[0], exp(F(-87.0F))[0]);
}

TEST(Lanes, LogKeepsItsBound) {
  double worst = 0.0;
  every(1.2e-38F, 3.4e38F, 997, [&](float x) {
    const double want = std::log(static_cast<double>(x));
    const double error = std::fabs(static_cast<double>(log(F(x))[0]) - want);
    worst = std::max(worst, error / (2e-7 + 2e-7 * std::fabs(want)));
  });
  EXPECT_LT(worst, 1.0);
  for (const float x : {0.0F, -1.0F, 1e-39F}) EXPECT_EQ(log(F(x))[0], log(F(1.2e-38F))[0]) << x;
}

TEST(Lanes, RoundTakesTheNearestWholeNumber) {
  for (float x = -4194304.0F; x <= 4194304.0F; x += 1237.37F) {
    EXPECT_EQ(round(F(x))[0], std::nearbyint(x)) << x;
  }
}

}  // namespace
}  // namespace casus::lanes
