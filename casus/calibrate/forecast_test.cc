// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/forecast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/casefile/load.h"

namespace casus::calibrate {
namespace {

using ::testing::ElementsAre;

const std::filesystem::path the_case = CASUS_SOURCE_DIR "/cases/ukraine-front";

const Weekly& tables() {
  static const Weekly tables = read_front(the_case / "weekly");
  return tables;
}

ForecastOptions small(Date origin) {
  ForecastOptions how;
  how.origin = origin;
  how.weeks = 4;
  how.samples = 60;
  how.filter.groups = 6;
  how.filter.blocks = 1;
  how.filter.members = 6;
  how.filter.threads = 1;
  return how;
}

TEST(Forecast, RowsAfterTheOriginAreNotLookedAt) {
  const Date origin(2024, 9, 2);
  const std::string plain = to_csv(forecast(the_case, tables(), small(origin)));
  const Weekly cut{tables().losses.until(origin), tables().territory.until(origin)};
  EXPECT_EQ(to_csv(forecast(the_case, cut, small(origin))), plain);
  Weekly altered = tables();
  for (WeeklyTable* t : {&altered.losses, &altered.territory}) {
    for (std::size_t w = 0; w < t->weeks; ++w) {
      if (t->monday(w) <= origin) continue;
      for (auto& [name, values] : t->column) values[w] = 1e4;
      t->flag[w] = "stale_days:7";
    }
  }
  EXPECT_EQ(to_csv(forecast(the_case, altered, small(origin))), plain);
  altered.territory.column["km2_pokrovsk_kurakhove"][2] += 40.0;
  EXPECT_NE(to_csv(forecast(the_case, altered, small(origin))), plain);
}

TEST(Forecast, ParametersOfALaterDayAreNotKnownAtAnOrigin) {
  const Date first = tables().territory.first;
  const casefile::Case early = case_at(the_case, first, Date(2025, 6, 16));
  const casefile::Case late = case_at(the_case, first, Date(2025, 6, 23));
  EXPECT_EQ(early.as_of, first.plus(-1));
  EXPECT_EQ(late.as_of, first.plus(-1));
  for (const auto& p : early.parameters) EXPECT_LE(p.value.from.known, Date(2025, 6, 22)) << p.knob;
  const auto has = [](const casefile::Case& c, std::string_view knob) {
    return std::ranges::any_of(c.parameters, [&](const auto& p) { return p.knob == knob; });
  };
  EXPECT_FALSE(has(early, "front.sd_front"));
  EXPECT_TRUE(has(late, "front.sd_front"));
}

TEST(Forecast, ThreadsDoNotChangeItAndSeedsDo) {
  ForecastOptions how = small(Date(2024, 8, 5));
  const std::string one = to_csv(forecast(the_case, tables(), how));
  how.filter.threads = 3;
  EXPECT_EQ(to_csv(forecast(the_case, tables(), how)), one);
  how.filter.seed = 2;
  EXPECT_NE(to_csv(forecast(the_case, tables(), how)), one);
}

TEST(Forecast, HoldsTheSeriesOfTheContractAndTheirSums) {
  const Forecast f = forecast(the_case, tables(), small(Date(2024, 8, 5)));
  EXPECT_THAT(f.series,
              ElementsAre("personnel", "tank", "artillery", "personnel_cum", "delta_km2_cum",
                          "km2_sumy_border_cum", "km2_north_kharkiv_cum", "km2_kupiansk_oskil_cum",
                          "km2_lyman_siversk_cum", "km2_bakhmut_kostiantynivka_cum",
                          "km2_pokrovsk_kurakhove_cum", "km2_velyka_novosilka_cum",
                          "km2_zaporizhzhia_cum", "km2_kherson_dnipro_cum"));
  for (std::size_t i = 0; i < f.samples; ++i) {
    double sum = 0.0;
    for (int h = 1; h <= f.weeks; ++h) {
      sum += f.at(0, h)[i];
      EXPECT_EQ(f.at(3, h)[i], sum);
      double sectors = 0.0;
      for (std::size_t s = 5; s < f.series.size(); ++s) sectors += f.at(s, h)[i];
      EXPECT_NEAR(f.at(4, h)[i], sectors, 1e-6);
    }
  }
}

/// The record gone on for another year: winters, zeros, a jump, gaps, a map that stands still.
Weekly gone_on() {
  Weekly t = tables();
  for (WeeklyTable* table : {&t.losses, &t.territory}) {
    for (int k = 0; k < 60; ++k) {
      const std::size_t from = table->weeks - 40;
      for (auto& [name, values] : table->column)
        values.push_back(k % 17 == 3 ? missing : values[from + static_cast<std::size_t>(k % 40)]);
      table->flag.push_back(k % 9 == 4 ? "stale_days:7" : "ok");
      ++table->weeks;
    }
    for (auto& [name, values] : table->column) {
      for (std::size_t w = values.size() - 5; w < values.size(); ++w)
        values[w] = name == "tank" || name == "km2_sumy_border" ? 0.0 : values[w];
    }
  }
  t.territory.column["km2_zaporizhzhia"].back() = 310.0;
  t.territory.column["km2_kherson_dnipro"][80] = -45.0;
  return t;
}

TEST(Forecast, ALaterYearWithZerosJumpsAndGapsStaysSober) {
  const Weekly t = gone_on();
  for (const Date origin : {Date(2026, 1, 12), Date(2026, 8, 17)}) {
    ForecastOptions how = small(origin);
    how.filter.groups = 12;
    how.filter.blocks = 3;
    const Forecast f = forecast(the_case, t, how);
    for (const double x : f.value) {
      ASSERT_TRUE(std::isfinite(x));
      ASSERT_LT(std::fabs(x), 1e6);
    }
    const auto net = f.at(4, 4);
    std::vector<double> sorted(net.begin(), net.end());
    std::ranges::sort(sorted);
    EXPECT_GT(sorted[30], 0.0);
    EXPECT_LT(sorted[30], 2000.0);
  }
}

TEST(Forecast, AnOriginBeforeTheFirstWeekIsRefused) {
  EXPECT_THROW((void)forecast(the_case, tables(), small(Date(2024, 7, 1))), CaseError);
}

}  // namespace
}  // namespace casus::calibrate
