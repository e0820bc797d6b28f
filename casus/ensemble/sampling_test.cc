// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/sampling.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "casus/base/error.h"
#include "casus/ensemble/futures.h"
#include "casus/ensemble/precision.h"
#include "casus/ensemble/summary.h"
#include "casus/policy/test_case.h"
#include "casus/random/draws.h"

namespace casus::ensemble::sampling_tests {
namespace {

const casefile::Case& given() { return policy::test::small_case(); }

Futures sampled(PlayOptions how) {
  static const intel::Belief belief =
      intel::assess(given(), {.path = false, .leave_one_out = false, .collection = false});
  return play(given(), belief, how);
}

double luck(std::size_t i, std::uint32_t what, std::uint32_t round = 0) {
  return Draws(7).normal(Stream("sampling.test"), static_cast<std::uint32_t>(i), round, what);
}

TEST(Summing, ErrorsOfIndependentFuturesAreTheTextbooks) {
  std::vector<float> x;
  for (std::size_t i = 0; i < 4000; ++i) x.push_back(static_cast<float>(luck(i, 0)));
  const Figures f = Summing({}, x.size()).figures(x);
  const double root = std::sqrt(4000.0);
  EXPECT_NEAR(f.mean, 0.0, 4.0 / root);
  EXPECT_NEAR(f.mean_error, 1.0 / root, 0.05 / root);
  // sqrt(p (1 - p) / n) over the density.
  EXPECT_NEAR(f.quantile_error[2], std::sqrt(0.25) / 0.39894 / root, 0.15 / root);
  // Some 28 futures lie between the order statistics: good to a fifth.
  EXPECT_NEAR(f.quantile_error[0], std::sqrt(0.0475) / 0.10314 / root, 1.3 / root);
}

TEST(Summing, ErrorsAreThoseThatManyRepetitionsShow) {
  // Points of 8 futures that share half their variance: 100 points, 300 times over.
  constexpr std::size_t points = 100;
  constexpr std::size_t noises = 8;
  const Sampling nested{Sampling::Kind::random, noises, 0};
  double told = 0.0;
  double naive = 0.0;
  double squares = 0.0;
  double median_told = 0.0;
  double median_squares = 0.0;
  constexpr std::uint32_t rounds = 300;
  for (std::uint32_t r = 0; r < rounds; ++r) {
    std::vector<float> x;
    for (std::size_t i = 0; i < points * noises; ++i) {
      x.push_back(static_cast<float>(luck(i / noises, 1, r) + luck(i, 2, r)));
    }
    const Figures f = Summing(nested, x.size()).figures(x);
    told += f.mean_error / rounds;
    naive += Summing({}, x.size()).figures(x).mean_error / rounds;
    squares += f.mean * f.mean / rounds;
    median_told += f.quantile_error[2] / rounds;
    median_squares += f.quantile[2] * f.quantile[2] / rounds;
  }
  EXPECT_NEAR(told, std::sqrt(squares), 0.12 * told);
  EXPECT_NEAR(told, std::sqrt((1.0 + 1.0 / noises) / points), 0.02 * told);
  EXPECT_LT(naive, 0.6 * told) << "as if the futures of a point were independent";
  EXPECT_NEAR(median_told, std::sqrt(median_squares), 0.15 * median_told);
}

std::vector<float> knob_of(const Futures& f, std::size_t k) {
  std::vector<float> out;
  for (std::size_t i = 0; i < f.futures; ++i) out.push_back(f.knob[i * f.knobs.size() + k]);
  return out;
}

TEST(Sampling, FuturesOfAPointShareParametersAndTruthAndNotLuck) {
  const Futures f = sampled({.futures = 48,
                             .weeks = 6,
                             .options = {"go_on"},
                             .sampling = {Sampling::Kind::random, 3, 0}});
  const std::size_t knobs = f.knobs.size();
  const std::size_t hypotheses = given().hypotheses.size();
  bool luck_differs = false;
  for (std::size_t i = 0; i < 48; i += 3) {
    for (std::size_t j = i + 1; j < i + 3; ++j) {
      for (std::size_t k = 0; k < knobs; ++k)
        EXPECT_EQ(f.knob[i * knobs + k], f.knob[j * knobs + k]);
      for (std::size_t h = 0; h < hypotheses; ++h)
        EXPECT_EQ(f.truth[i * hypotheses + h], f.truth[j * hypotheses + h]);
      for (std::size_t m = 0; m < f.measures.size(); ++m)
        luck_differs = luck_differs || f.outcome_at(0, i, m) != f.outcome_at(0, j, m);
    }
  }
  EXPECT_TRUE(luck_differs);
  const Futures alone = sampled({.futures = 16, .weeks = 6, .options = {"go_on"}});
  for (std::size_t k = 0; k < knobs; ++k) EXPECT_EQ(f.knob[3 * knobs + k], alone.knob[knobs + k]);
}

TEST(Sampling, ADesignFillsTheRangeOfEveryParameterEvenly) {
  for (const auto kind : {Sampling::Kind::sobol, Sampling::Kind::lhs}) {
    const Futures f =
        sampled({.futures = 512, .weeks = 1, .options = {"go_on"}, .sampling = {kind, 1, 32}});
    const Futures random = sampled({.futures = 512, .weeks = 1, .options = {"go_on"}});
    double even = 0.0;
    double by_chance = 0.0;
    const Sampling halves{Sampling::Kind::random, 1, 0};
    for (std::size_t k = 0; k < f.knobs.size(); ++k) {
      const auto designed = knob_of(f, k);
      const auto drawn = knob_of(random, k);
      const Figures a = Summing(halves, 512).figures(designed);
      const Figures b = Summing(halves, 512).figures(drawn);
      EXPECT_NEAR(a.mean, b.mean, 5.0 * b.mean_error + 1e-6) << f.knobs[k];
      EXPECT_NEAR(a.mean_error, b.mean_error, 0.5 * b.mean_error + 1e-9) << f.knobs[k];
      if (b.mean_error == 0.0F) continue;
      const Figures grouped = Summing(f.sampling, 512).figures(designed);
      even += grouped.mean_error / b.mean_error;
      by_chance += 1.0;
    }
    EXPECT_LT(even / by_chance, 0.25) << "error of a parameter's mean, to that by chance";
  }
}

TEST(Sampling, TheTruthComesAboutAsOftenAsTheBeliefSays) {
  const Futures f = sampled({.futures = 1024,
                             .weeks = 1,
                             .options = {"go_on"},
                             .sampling = {Sampling::Kind::sobol, 1, 0}});
  const intel::Belief belief =
      intel::assess(given(), {.path = false, .leave_one_out = false, .collection = false});
  const std::size_t n = given().hypotheses.size();
  for (std::size_t h = 0; h < n; ++h) {
    std::size_t first = 0;
    for (std::size_t i = 0; i < f.futures; ++i) first += f.truth[i * n + h] == 0 ? 1 : 0;
    EXPECT_NEAR(static_cast<double>(first) / 1024.0, belief.hypotheses[h].states[0].p, 0.03)
        << given().hypotheses[h].id;
  }
}

TEST(Sampling, MorePointsLeaveTheFirstOnesAsTheyAre) {
  PlayOptions how{.futures = 64, .weeks = 3, .options = {"go_on"}};
  how.sampling = {Sampling::Kind::sobol, 2, 0};
  const Futures few = sampled(how);
  how.futures = 128;
  const Futures more = sampled(how);
  EXPECT_TRUE(std::equal(few.outcome.begin(), few.outcome.end(), more.outcome.begin()));
}

TEST(Sampling, WhatNoDesignCanPlayIsToldWithAWayOut) {
  const auto trouble = [](Sampling s, std::size_t futures) { return trouble_with(s, futures); };
  EXPECT_EQ(trouble({}, 17), "");
  EXPECT_EQ(trouble({Sampling::Kind::sobol, 1, 0}, 2000),
            "sobol needs a power of two of points, at least 32; 2000 is none (next: 2048)");
  EXPECT_EQ(trouble({Sampling::Kind::sobol, 4, 0}, 4096), "");
  EXPECT_EQ(trouble({Sampling::Kind::random, 3, 0}, 100),
            "100 futures are no whole number of points of 3");
  EXPECT_NE(trouble({Sampling::Kind::lhs, 1, 30}, 100), "");
  EXPECT_THROW((void)sampled({.futures = 100, .sampling = {Sampling::Kind::sobol, 1, 0}}),
               ModelError);
}

TEST(Precision, ARunStopsWhereTheErrorIsSmallEnough) {
  PlayOptions how{.futures = 4096, .weeks = 3};
  how.error_of = "war_weeks";
  how.until_error = 1e-9;
  how.futures = 700;
  EXPECT_EQ(sampled(how).futures, 700U) << "never reached: all that were allowed";
  how.until_error = 1e9;
  how.futures = 4096;
  EXPECT_EQ(sampled(how).futures, first_look(1));
  PlayOptions plain{.futures = 1024, .weeks = 3, .trajectories = 0};
  plain.error_of = how.error_of;
  const Futures all = sampled(plain);
  const auto measure =
      static_cast<std::size_t>(std::ranges::find(all.measures, "support") - all.measures.begin());
  how.error_of = "support";
  std::vector<float> x;
  double at_1024 = 0.0;
  for (std::size_t o = 0; o < all.options.size(); ++o) {
    x.clear();
    for (std::size_t i = 0; i < 1024; ++i) x.push_back(all.outcome_at(o, i, measure));
    at_1024 = std::max(at_1024, static_cast<double>(Summing({}, x.size()).figures(x).mean_error));
  }
  ASSERT_GT(at_1024, 0.0);
  how.until_error = at_1024 * 1.0001;
  const Futures stopped = sampled(how);
  EXPECT_EQ(stopped.futures, 1024U);
  EXPECT_TRUE(
      std::equal(stopped.outcome.begin(),
                 stopped.outcome.begin() + static_cast<std::ptrdiff_t>(1024 * all.measures.size()),
                 all.outcome.begin()));
  how.error_of = "suport";
  EXPECT_THROW((void)sampled(how), ModelError);
}

}  // namespace
}  // namespace casus::ensemble::sampling_tests
