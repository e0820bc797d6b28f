// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "casus/base/numeric.h"
#include "casus/random/draws.h"
#include "casus/random/prior.h"

namespace casus {
namespace {

TEST(Threefry, GivesThePublishedAnswers) {
  using Four = std::array<std::uint32_t, 4>;
  // Known-answer vectors of Random123 for threefry4x32-20.
  EXPECT_EQ((threefry4x32<std::uint32_t>({0, 0, 0, 0}, {0, 0, 0, 0})),
            (Four{0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8}));
  constexpr std::uint32_t ones = 0xffffffff;
  EXPECT_EQ((threefry4x32<std::uint32_t>({ones, ones, ones, ones}, {ones, ones, ones, ones})),
            (Four{0x2a881696, 0x57012287, 0xf6c7446e, 0xa16a6732}));
  EXPECT_EQ((threefry4x32<std::uint32_t>({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                                         {0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89})),
            (Four{0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84}));
}

TEST(Draws, LanesAndScalarsAreTheSameFutures) {
  const Draws one(7);
  const LaneDraws many(7, 32);
  constexpr Stream s("test");
  const auto u = many.uniform(s, 3, 5, 2);
  const auto z = many.normal(s, 3, 5, 2);
  for (std::uint32_t i = 0; i < lanes::width; ++i) {
    EXPECT_EQ(many.words(s, 3, 5, 2)[1].v[i], one.words(s, 32 + i, 3, 5, 2)[1]);
    EXPECT_NEAR(u[i], one.uniform(s, 32 + i, 3, 5, 2), 2.5e-7);
    EXPECT_NEAR(z[i], one.normal(s, 32 + i, 3, 5, 2), 2e-5);
  }
}

TEST(Draws, TheNormalQuantileOfTheLanesIsGoodToFiveDigits) {
  const auto expect_good = [](float p) {
    EXPECT_NEAR(normal_quantile(lanes::F(p))[0], casus::normal_quantile(static_cast<double>(p)),
                1e-5)
        << p;
  };
  for (double p = 1e-7; p < 0.5; p *= 1.01) {
    expect_good(static_cast<float>(p));
    expect_good(1.0F - static_cast<float>(p));
  }
}

TEST(Draws, UnitGammaHasItsMeanAndVariance) {
  constexpr Stream s("gamma");
  for (const float shape : {0.8F, 2.0F, 12.0F}) {
    double sum = 0.0;
    double squares = 0.0;
    constexpr int n = 4000;
    for (std::uint32_t i = 0; i < n; ++i) {
      const LaneDraws draws(1, i * 16);
      const auto x = draws.unit_gamma(lanes::F(shape), s, 0, 0);
      for (std::size_t l = 0; l < lanes::width; ++l) {
        sum += x[l];
        squares += static_cast<double>(x[l]) * x[l];
      }
    }
    const double mean = sum / (16.0 * n);
    EXPECT_NEAR(mean, 1.0, 0.02) << shape;
    EXPECT_NEAR(squares / (16.0 * n) - mean * mean, 1.0 / shape, 0.06 / shape) << shape;
  }
}

TEST(Prior, EveryFormIsReadAndDrawnWithItsMean) {
  const Draws draws(3);
  for (const char* text : {"N(2, 0.5)", "LN(100; 0.3)", "B(2, 6)", "B(0.5, 0.5)", "G(4, 2)",
                           "U(-1, 3)", "T(0, 1, 4)", "7.5"}) {
    const auto prior = parse_prior(text);
    ASSERT_TRUE(prior) << text;
    EXPECT_EQ(*parse_prior(prior->text()), *prior);
    double sum = 0.0;
    constexpr std::uint32_t n = 40000;
    for (std::uint32_t f = 0; f < n; ++f) sum += prior->draw(draws, Stream("prior"), f);
    const double tolerance = 5.0 * prior->standard_deviation() / std::sqrt(double{n}) + 1e-12;
    EXPECT_NEAR(sum / n, prior->mean(), tolerance) << text;
  }
}

TEST(Prior, WhatIsNoPriorIsRefusedWithAReason) {
  std::string why;
  for (const char* text : {"", "x", "N(1)", "N(1,2,3)", "LN(-1;2)", "B(0,1)", "U(2,1)", "T(3,2,1)",
                           "nan", "inf", "N(1,nan)", "Q(1,2)", "N(1,2", "1e999"}) {
    why.clear();
    EXPECT_FALSE(parse_prior(text, &why)) << text;
    EXPECT_FALSE(why.empty()) << text;
  }
}

}  // namespace
}  // namespace casus
