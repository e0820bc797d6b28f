// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/tracking_ensemble.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "casus/intel/tracking_worlds_test.h"

namespace casus::intel {
namespace tracking_ensemble_test {

using tracking_worlds::prior_strength;
using tracking_worlds::small_network;

double total_on(const Way& way, std::span<const double> men, int day) {
  const auto row = men.subspan(static_cast<std::size_t>(day) * way.cells.size(), way.cells.size());
  return std::accumulate(row.begin() + static_cast<std::ptrdiff_t>(way.transit), row.end(), 0.0);
}

Sighting look_at(const Way& way, std::size_t ground, int day) {
  Sighting s;
  s.watched = {{way.ground + ground, 1.0}};
  s.day = day;
  s.detect = 0.5;
  s.alarm = 0.01;
  return s;
}

double mean_of(const Ensemble& e, const std::function<double(std::span<const double>)>& what) {
  const auto alike = e.alike();
  return tracking_worlds::estimate(e, alike, what).mean;
}

TEST(Tracking, MenAreNeitherMadeNorLostOnTheWay) {  // B-1, B-2
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  TrackingOptions options;
  options.members = 512;
  Ensemble e(b.given, way, {}, prior_strength, options);
  e.step({});
  const Date as_of = b.given.as_of;
  for (std::uint32_t m = 0; m < e.members(); ++m) {
    const Anchor& a = e.anchor(m);
    for (const double x : e.men(m)) ASSERT_GE(x, 0.0);
    for (int d = 0; d < tracked_days; ++d) {
      const double want = a.men * observe::built_by(observe::build_up_shapes[a.built],
                                                    as_of.plus(d - tracked_days + 1), as_of);
      ASSERT_NEAR(total_on(way, e.men(m), d), want, 1e-6 * a.men);
    }
  }
}

TEST(Tracking, RatesThatAMoveLeavesAloneAreAsIfMadeAnew) {
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  Mover mover(way), other(way);
  const Draws draws(3);
  std::uint32_t n = 0;
  const auto fresh = [&] { return draws.normal(Stream("tracking_test"), n++, 0, 0); };
  std::vector<double> x(mover.normals()), rates(mover.rates()), anew(mover.rates());
  for (double& v : x) v = fresh();
  mover.rates_of_all(x, rates);
  const std::size_t size = tracked_days * way.cells.size();
  std::vector<double> men(size), again(size);
  for (int round = 0; round < 20; ++round) {
    const std::size_t ground = static_cast<std::size_t>(round) % way.grounds();
    if (round % 3 == 0) {
      for (std::size_t i = 0; i < own_normals; ++i) x[i] = fresh();
      mover.rates_of_legs(x, rates);
    } else {
      for (std::size_t i = 0; i < normals_per_ground; ++i)
        x[own_normals + normals_per_ground * ground + i] = fresh();
      mover.rates_of_ground(x, ground, rates);
    }
    mover.rates_of_all(x, anew);
    ASSERT_EQ(rates, anew);
    const Anchor anchor{9000.0, static_cast<std::uint32_t>(round % 2), 300.0 * round, 0, 0.0};
    mover.run_at(anchor, rates, men);
    other.run(anchor, x, again);
    ASSERT_EQ(men, again);
  }
}

TEST(Tracking, NobodyIsFurtherThanTheLegsAllowAndMeanTimesAreExact) {
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  std::vector<double> chance(way.legs());
  leaving(way, 1.0, 1.0, chance);
  double days = 0.0;
  for (const double p : chance) {
    EXPECT_GT(p, 0.0);
    EXPECT_LE(p, 1.0);
    days += 0.5 / p;  // a geometric number of half days
  }
  EXPECT_NEAR(days, way.days(), 0.02 * way.days());
  leaving(way, 0.5, 1.0, chance);
  double slow = 0.0;
  for (const double p : chance) slow += 0.5 / p;
  EXPECT_GT(slow, days);
}

TEST(Tracking, AnEmptyLookLowersTheWatchedPlaceAndNeverTheOthersInAll) {  // B-5
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  Sighting s = look_at(way, 1, 20);
  s.nothing = true;
  const std::vector<Look> looks{Look(s)};
  TrackingOptions options;
  Ensemble before(b.given, way, {}, prior_strength, options);
  before.step({});
  Ensemble after(b.given, way, looks, prior_strength, options);
  after.step({{}, {}, {0.9}});
  const auto watched = [&](std::span<const double> men) {
    return men[20 * way.cells.size() + way.ground + 1];
  };
  const auto all = [&](std::span<const double> men) { return total_on(way, men, 20); };
  EXPECT_LT(mean_of(after, watched), 0.8 * mean_of(before, watched));
  EXPECT_LT(mean_of(after, all), mean_of(before, all));
}

TEST(Tracking, WhatASourceWithoutKnowledgeTellsMakesNoTroops) {
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  Sighting s = look_at(way, 0, 25);
  s.number = 9000;
  TrackingOptions options;
  options.members = 256;
  Ensemble silent(b.given, way, {}, prior_strength, options);
  silent.step({});
  Ensemble told(b.given, way, {Look(s)}, prior_strength, options);
  told.step({{}, {}, {0.0}});
  for (std::uint32_t m = 0; m < silent.members(); ++m) {
    ASSERT_EQ(silent.anchor(m).men, told.anchor(m).men);
  }
  Ensemble believed(b.given, way, {Look(s)}, prior_strength, options);
  believed.step({{}, {}, {0.9}});
  const auto there = [&](std::span<const double> men) {
    return men[25 * way.cells.size() + way.ground];
  };
  EXPECT_GT(mean_of(believed, there), 2.0 * mean_of(silent, there));
}

TEST(Tracking, MovesLeaveThePosteriorOfAnImportanceSampleAsItIs) {
  // oracle: 200,000 plain draws weighted by the same likelihood
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  Sighting seen = look_at(way, 0, 22);
  seen.number = 1800;
  Sighting empty = look_at(way, 2, 26);
  empty.nothing = true;
  const std::vector<Look> looks{Look(seen), Look(empty)};
  TrackingOptions options;
  options.members = 40000;
  Ensemble plain(b.given, way, {}, prior_strength, options);
  plain.step({});
  const auto all = [&](std::span<const double> men) { return total_on(way, men, 30); };
  double sum = 0.0;
  double weights = 0.0;
  for (std::uint32_t m = 0; m < plain.members(); ++m) {
    double l = 0.0;
    for (const Look& k : looks) {
      const auto day = static_cast<std::size_t>(k.sighting().day);
      l += k.log_likelihood(&plain.men(m)[day * way.cells.size()], 0.9);
    }
    sum += exp(l) * all(plain.men(m));
    weights += exp(l);
  }
  options.members = 4096;
  options.sweeps = 12;
  options.seed = 5;
  Ensemble moved(b.given, way, looks, prior_strength, options);
  moved.step({{}, {}, {0.9, 0.0}});
  moved.step({{}, {}, {0.9, 0.9}});
  EXPECT_NEAR(mean_of(moved, all), sum / weights, 0.04 * sum / weights);
}

TEST(Tracking, HindsightIsNoWorseAndIntervalsHoldTheTruth) {  // B-6, quick
  const auto s = tracking_worlds::score(300, 10, 96, 3);
  std::printf("300 worlds: cover %.3f filtered, %.3f smoothed; error %.0f and %.0f men\n",
              s.filtered_cover, s.smoothed_cover, s.filtered_error, s.smoothed_error);
  EXPECT_GT(s.filtered_cover, .82);
  EXPECT_LT(s.filtered_cover, .96);
  EXPECT_GT(s.smoothed_cover, .82);
  EXPECT_LT(s.smoothed_cover, .96);
  EXPECT_LT(s.smoothed_error, s.filtered_error);
}

TEST(SlowTracking, IntervalsHoldTheTruthNineTimesInTen) {  // B-6
  const auto s = tracking_worlds::score(10000, 10, 96, 3);
  std::printf("10,000 worlds: cover %.3f filtered, %.3f smoothed; error %.0f and %.0f men\n",
              s.filtered_cover, s.smoothed_cover, s.filtered_error, s.smoothed_error);
  EXPECT_GT(s.filtered_cover, .85);
  EXPECT_LT(s.filtered_cover, .95);
  EXPECT_GT(s.smoothed_cover, .85);
  EXPECT_LT(s.smoothed_cover, .95);
  EXPECT_LT(s.smoothed_error, s.filtered_error);
}

}  // namespace tracking_ensemble_test
}  // namespace casus::intel
