// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/tracking_phd.h"

#include <gtest/gtest.h>

#include <cstdio>

#include "casus/intel/tracking_worlds_test.h"

namespace casus::intel {
namespace tracking_phd_test {

using tracking_worlds::small_network;

Phd spread_out(const Way& way) {
  Phd phd(way);
  for (std::size_t k = way.transit; k < way.cells.size(); ++k)
    phd.place(k, 1.0 + static_cast<double>(k));
  return phd;
}

TEST(Phd, WithoutReportsNoGroupIsMadeOrLost) {  // B-1, B-2
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  Phd phd = spread_out(way);
  double want = phd.total();
  for (int d = 0; d < 60; ++d) {
    const double births = d % 3 * 0.7;
    want += births;
    phd.predict(births);
    ASSERT_NEAR(phd.total(), want, 1e-9 * want);
    for (const double v : phd.cells()) ASSERT_GE(v, 0.0);
  }
  EXPECT_GT(phd.cells()[way.front], 10.0);  // they do get there
}

TEST(Phd, APerfectSensorOnAllCellsRecoversTheTruth) {  // B-3
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  for (std::uint32_t world = 0; world < 20; ++world) {
    const auto truth = tracking_worlds::any_truth(b.given, way, world);
    Phd phd = spread_out(way);
    for (int d = 0; d < tracked_days; ++d) {
      phd.predict(0.1);
      for (std::size_t k = way.transit; k < way.cells.size(); ++k) {
        const double men = truth[static_cast<std::size_t>(d) * way.cells.size() + k];
        Sighting s;
        s.watched = {{k, 1.0}};
        s.detect = 1.0;
        s.alarm = 1e-9;
        s.number = men;
        s.nothing = men <= 0.0;
        phd.update(s, 1.0);
        ASSERT_NEAR(phd.cells()[k] * men_per_group, men, .02 * men + 1.0);
      }
    }
  }
}

TEST(Phd, AnEmptyLookLowersTheWatchedCellAndNoTotalRises) {  // B-5
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  for (std::size_t k = way.transit; k < way.cells.size(); ++k) {
    Phd phd = spread_out(way);
    const auto before = phd.cells();
    Sighting s;
    s.watched = {{k, 0.8}};
    s.nothing = true;
    phd.update(s, 0.9);
    const auto after = phd.cells();
    for (std::size_t j = 0; j < before.size(); ++j) {
      if (j == k) {
        EXPECT_LT(after[j], before[j]);
      } else {
        EXPECT_EQ(after[j], before[j]);
      }
    }
  }
}

TEST(Phd, WhatASourceWithoutKnowledgeTellsMakesNoGroups) {
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  Phd phd = spread_out(way);
  const double before = phd.total();
  Sighting s;
  s.watched = {{way.ground, 1.0}};
  s.number = 20000;
  phd.update(s, 0.0);
  EXPECT_EQ(phd.total(), before);
  phd.update(s, 0.5);
  EXPECT_GT(phd.total(), before);
}

TEST(Phd, AgreesWithTheEnsembleOnTotals) {  // the aggregate check
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  constexpr std::uint32_t worlds = 100;
  const CheckPrior prior{tracking_worlds::prior_strength.men, {}};
  std::vector<std::array<double, 3>> each(worlds);
  parallel_for(worlds, 0, [&](std::size_t i) {
    auto w = tracking_worlds::any_world(b.given, way, static_cast<std::uint32_t>(i), 12);
    const auto t = tracking_worlds::track(b.given, way, w, {way.cells.size()}, 96, 3);
    std::vector<double> weights;
    for (const Sighting& s : w.sightings) weights.push_back(s.weight);
    each[i] = {t.ensemble, aggregate_check(way, w.sightings, weights, prior), t.total};
  });
  double ensemble = 0.0;
  double density = 0.0;
  double truth = 0.0;
  std::uint32_t within = 0;
  for (const auto& e : each) {
    ensemble += e[0] / worlds;
    density += e[1] / worlds;
    truth += e[2] / worlds;
    if (std::fabs(e[1] / e[0] - 1.0) <= .25) ++within;
  }
  std::printf("men in all: ensemble %.0f, density %.0f, truth %.0f; within 25 %% in %.0f %%\n",
              ensemble, density, truth, 100.0 * within / worlds);
  EXPECT_NEAR(density / ensemble, 1.0, .10);
  EXPECT_GE(within, 45U);  // docs/models/order_of_battle.md
  EXPECT_NEAR(ensemble / truth, 1.0, .10);
}

}  // namespace tracking_phd_test
}  // namespace casus::intel
