// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/filter_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace casus::calibrate {
namespace filter_check_test {

const casefile::Case& front() {
  static const casefile::Case given =
      case_at(CASUS_SOURCE_DIR "/cases/ukraine-front", Date(2024, 7, 8), Date(2025, 6, 16));
  return given;
}

TEST(FilterCheck, AMadeUpFrontIsARecordAndWhatLiesBehindIt) {
  const Theatre theatre(front());
  const MadeUpFront made = make_up_front(theatre, 3, 10, 4);
  const WeeklyTable& ground = made.tables.territory;
  ASSERT_EQ(ground.weeks, 14U);
  EXPECT_EQ(made.truth.size(), latent_names(theatre).size());
  for (std::size_t w = 0; w < ground.weeks; ++w) {
    double net = 0.0;
    for (const auto& sector : theatre.model().given().sectors)
      net += ground.at("km2_" + sector.id)[w];
    EXPECT_NEAR(ground.at("delta_km2")[w], net, 1e-9);
  }
  const WeeklyTable& losses = made.tables.losses;
  EXPECT_EQ(losses.first, first_claims);
  EXPECT_EQ(losses.monday(losses.weeks - 1), ground.monday(ground.weeks - 1));
  for (const char* name : claim_names) {
    for (const double x : losses.at(name)) EXPECT_TRUE(x >= 0.0 && x < 1e6) << name;
  }
  // The weeks to come do not change what is so before them.
  EXPECT_EQ(make_up_front(theatre, 3, 10, 1).truth, made.truth);
  EXPECT_NE(make_up_front(theatre, 4, 10, 4).truth, made.truth);
}

TEST(FilterCheck, TheFilterFindsAFrontThatMovesAndOneThatStands) {
  // Two records that differ in one sector: paces there lie apart, elsewhere they do not.
  const Theatre theatre(front());
  MadeUpFront made = make_up_front(theatre, 5, 14, 1);
  FilterOptions how;
  how.groups = 24;
  how.blocks = 4;
  how.members = 8;
  const auto pace = [&](double km2) {
    auto& weeks = made.tables.territory.column["km2_sumy_border"];
    std::fill(weeks.begin(), weeks.end(), km2);
    const auto draws = draw_latent(theatre, filter(theatre, made.tables, how), 200, 1);
    std::vector<double> mean(2);
    for (std::size_t s = 0; s < 2; ++s) {
      for (const double x : draws[s]) mean[s] += x / 200.0;
    }
    return mean;
  };
  const auto fast = pace(20.0);
  const auto still = pace(0.0);
  EXPECT_NEAR(fast[0], std::log(20.0), 1.0);
  EXPECT_LT(still[0], std::log(1.0));
  EXPECT_NEAR(fast[1], still[1], 1.0);
}

TEST(FilterCheck, RanksAreOfEveryQuantityWhateverTheThreads) {
  FilterCheckOptions how;
  how.replicates = 3;
  how.weeks = 6;
  how.ahead = 2;
  how.samples = 70;
  how.filter.groups = 6;
  how.filter.blocks = 1;
  how.filter.members = 4;
  how.filter.threads = 1;
  const FilterCheck one = check_filter_by_simulation(front(), how);
  how.filter.threads = 3;
  const FilterCheck three = check_filter_by_simulation(front(), how);
  ASSERT_EQ(one.latent.size(), three.latent.size());
  ASSERT_EQ(one.foretold.size(), 14U * 2U);
  for (std::size_t q = 0; q < one.latent.size(); ++q) {
    EXPECT_EQ(one.latent[q].rank, three.latent[q].rank) << one.latent[q].name;
    EXPECT_EQ(one.latent[q].rank.size(), how.replicates);
    for (const std::size_t r : one.latent[q].rank) EXPECT_LE(r, how.draws);
  }
  for (const Covered& c : one.covered) {
    EXPECT_GE(c.expected, 0.79);
    EXPECT_LE(c.inside, 1.0);
  }
}

}  // namespace filter_check_test
}  // namespace casus::calibrate
