// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/choice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "casus/random/draws.h"

namespace casus::policy {
namespace {

std::vector<F> choice_lanes(std::initializer_list<double> values) {
  return {values.begin(), values.end()};
}

std::vector<F> choice_response(const std::vector<F>& utility, double precision) {
  std::vector<F> p(utility.size());
  quantal_response(utility, F(precision), p);
  return p;
}

TEST(QuantalResponse, ChancesSumToOneAndNothingPossibleIsExcluded) {  // J-1
  const auto p = choice_response(choice_lanes({0.3, impossible, -2.0, 1.1}), 2.0);
  double sum = 0.0;
  for (const F x : p) sum += x[5];
  EXPECT_NEAR(sum, 1.0, 1e-6);
  EXPECT_GT(p[0][5], 0.0F);
  EXPECT_EQ(p[1][5], 0.0F);
  EXPECT_GT(p[2][5], 0.0F);
  const double odds = std::exp(2.0 * (1.1 - 0.3));
  EXPECT_NEAR(p[3][5] / p[0][5], odds, 1e-5 * odds);
}

TEST(QuantalResponse, WithoutPrecisionAllAreEqualAndWithMuchTheBestIsTaken) {  // J-2
  for (const F p : choice_response(choice_lanes({0.3, -2.0, 1.1, 7.0}), 0.0)) {
    EXPECT_NEAR(p[0], 0.25, 1e-6);
  }
  const auto sharp = choice_response(choice_lanes({0.3, -2.0, 1.1, 1.2}), 500.0);
  EXPECT_NEAR(sharp[3][0], 1.0, 1e-6);
}

TEST(QuantalResponse, AConstantAddedToEveryUtilityChangesNothing) {  // J-3
  const auto a = choice_response(choice_lanes({0.25, -2.0, 1.5}), 2.0);
  const auto b = choice_response(choice_lanes({8.25, 6.0, 9.5}), 2.0);
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_EQ(a[i][3], b[i][3]);
}

TEST(QuantalResponse, ADominatedActIsChosenLessTheMoreRationalTheActor) {  // J-4
  float last = 1.0F;
  for (const double precision : {0.0, 0.5, 1.0, 2.0, 4.0, 8.0}) {
    const float p = choice_response(choice_lanes({0.1, 0.4, 0.9}), precision)[0][0];
    EXPECT_LT(p, last);
    last = p;
  }
}

TEST(InclusiveValue, AFamilyOfEqualsIsWorthOneOfThemHoweverMany) {
  const auto one = choice_lanes({0.7});
  const auto five = choice_lanes({0.7, 0.7, impossible, 0.7, 0.7, 0.7});
  EXPECT_NEAR(inclusive_value(one, F(0.6F))[0], 0.7, 1e-5);
  EXPECT_NEAR(inclusive_value(five, F(0.6F))[0], 0.7, 1e-5);
  const auto none = choice_lanes({impossible, impossible});
  EXPECT_FALSE(possible(inclusive_value(none, F(0.6F)))[0]);
}

TEST(Gumbel, ThePickFollowsTheQuantalResponse) {
  const std::vector<F> score = choice_lanes({0.0, 0.8, -1.0});
  const auto p = choice_response(score, 1.0);
  const int blocks = 4000;
  std::vector<double> share(3, 0.0);
  for (int b = 0; b < blocks; ++b) {
    const LaneDraws draws(7, static_cast<std::uint32_t>(16 * b));
    F best = impossible;
    F pick = 0.0F;
    for (std::uint32_t i = 0; i < 3; ++i) {
      const F s = score[i] + gumbel(draws.uniform(Stream("test"), 0, i));
      pick = select(s > best, F(static_cast<float>(i)), pick);
      best = max(best, s);
    }
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      share[static_cast<std::size_t>(pick[lane])] += 1.0 / (16.0 * blocks);
    }
  }
  // 64,000 picks: the standard error of a share is below 0.002.
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(share[i], p[i][0], 0.008);
}

TEST(Luck, OfTwoAlternativesIsUnrelatedThoughOneWordMakesBoth) {
  const int blocks = 2000;
  const std::uint32_t keys[] = {fold(key_of("ru offensive")), fold(key_of("ru fortify")), 0U, 1U};
  double sum[4] = {};
  double product[4][4] = {};
  for (int b = 0; b < blocks; ++b) {
    const LaneDraws draws(11, static_cast<std::uint32_t>(16 * b));
    const auto words = draws.words(Stream("test"), 0, 1, 0);
    F luck[4];
    for (std::size_t k = 0; k < 4; ++k) luck[k] = luck_of(words[0], keys[k]);
    for (std::size_t lane = 0; lane < lanes::width; ++lane) {
      for (std::size_t i = 0; i < 4; ++i) {
        sum[i] += luck[i][lane] / (16.0 * blocks);
        for (std::size_t j = 0; j < 4; ++j)
          product[i][j] += luck[i][lane] * luck[j][lane] / (16.0 * blocks);
      }
    }
  }
  // 32,000 draws: five standard errors of a correlation are 0.028; the mean is Euler's constant.
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(sum[i], 0.5772, 0.036);
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_NEAR((product[i][j] - sum[i] * sum[j]) / 1.645, 0.0, 0.028) << i << j;
    }
  }
}

TEST(CondorcetElection, TwoOptionsByHand) {
  const auto dove = choice_lanes({1.0, 0.0});
  const auto hawk = choice_lanes({0.0, 3.0});
  const Voice voices[] = {{2.0F, dove}, {1.0F, hawk}};
  std::vector<F> p(2);
  condorcet_election(voices, F(2.0F), p);
  const double ahead = 2.0 + 0.15;
  const double behind = 3.0 + 0.15;
  EXPECT_NEAR(p[0][0], ahead * ahead / (ahead * ahead + behind * behind), 1e-5);
  EXPECT_NEAR(p[0][0] + p[1][0], 1.0, 1e-6);
}

TEST(CondorcetElection, TheNamesOfTheOptionsDoNotMatter) {  // J-6
  const auto a = choice_lanes({0.2, 1.4, -0.3, 0.9});
  const auto b = choice_lanes({1.0, -0.4, 0.8, 0.1});
  const auto a_turned = choice_lanes({0.9, -0.3, 1.4, 0.2});
  const auto b_turned = choice_lanes({0.1, 0.8, -0.4, 1.0});
  const Voice voices[] = {{0.6F, a}, {0.4F, b}};
  const Voice turned[] = {{0.6F, a_turned}, {0.4F, b_turned}};
  std::vector<F> p(4), q(4);
  condorcet_election(voices, F(2.0F), p);
  condorcet_election(turned, F(2.0F), q);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(p[i][0], q[3 - i][0], 1e-6);
}

TEST(CondorcetElection, WhatAllPreferWinsMostOftenAndNothingPossibleIsLost) {
  const auto a = choice_lanes({2.0, 0.0, impossible});
  const Voice voices[] = {{0.5F, a}, {0.5F, a}};
  std::vector<F> p(3);
  condorcet_election(voices, F(2.0F), p);
  EXPECT_GT(p[0][0], 0.95F);
  EXPECT_GT(p[1][0], 0.0F);
  EXPECT_EQ(p[2][0], 0.0F);
}

}  // namespace
}  // namespace casus::policy
