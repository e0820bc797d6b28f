// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/backtest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "casus/base/file.h"
#include "casus/base/score.h"

namespace casus::calibrate {
namespace {

namespace fs = std::filesystem;
const fs::path front_case = CASUS_SOURCE_DIR "/cases/ukraine-front";

TEST(Baselines, AnAutoregressionIsFoundAgain) {
  const Draws draws(5);
  std::vector<double> y = {0.0};
  for (std::uint32_t i = 1; i < 3000; ++i)
    y.push_back(1.0 + 0.6 * y.back() + draws.normal(Stream("test.ar"), i, 0, 0));
  const auto fit = fit_autoregression(y);
  double sum = 0.0;
  for (std::size_t k = 1; k < fit.coefficients.size(); ++k) sum += fit.coefficients[k];
  EXPECT_NEAR(sum, 0.6, 0.06);
  const auto paths = baseline("ar", y, {}, 12, 4000, draws);
  double mean = 0.0;
  for (const double v : paths[11]) mean += v / 4000.0;
  EXPECT_NEAR(mean, 2.5, 0.2);
}

TEST(Baselines, ALevelRecordIsForecastAsLevelByAll) {
  std::vector<double> y;
  for (std::uint32_t i = 0; i < 60; ++i)
    y.push_back(40.0 + 2.0 * Draws(9).normal(Stream("test.level"), i, 0, 0));
  for (const auto name : baseline_names) {
    const auto value = baseline(name, y, {.sum = false, .count = true}, 8, 1000, Draws(2));
    const auto sum = baseline(name, y, {.sum = true, .count = false}, 8, 1000, Draws(2));
    double a = 0.0;
    double b = 0.0;
    for (std::size_t i = 0; i < 1000; ++i) {
      a += value[7][i] / 1000.0;
      b += sum[7][i] / 1000.0;
    }
    EXPECT_NEAR(a, 40.0, 3.0) << name;
    EXPECT_NEAR(b, 320.0, 16.0) << name;
  }
}

/// Held against the reference implementation's mean scores; different luck, so within a few per
/// cent.
TEST(SlowBaselines, ScoreAsTheReferenceSays) {
  const fs::path reference =
      fs::path(CASUS_SOURCE_DIR) / "../shared/data/ukraine/baselines_validation.json";
  if (!fs::exists(reference))
    GTEST_SKIP() << "no " << reference << ": the reference scores are not part of the project";
  const auto json = nlohmann::json::parse(read_file(reference));
  const Weekly tables = read_front(front_case / "weekly");
  for (const char* series :
       {"tank", "personnel_cum", "delta_km2_cum", "km2_pokrovsk_kurakhove_cum"}) {
    const std::string name(series);
    const bool sum = name.ends_with("_cum");
    const bool ground = name.find("km2") != std::string::npos;
    const WeeklyTable& table = ground ? tables.territory : tables.losses;
    const auto week = table.at(sum ? name.substr(0, name.size() - 4) : name);
    for (const auto rival : baseline_names) {
      for (const int h : {1, 4, 12}) {
        const auto& cell = json["series"][name][std::to_string(h)];
        double score = 0.0;
        for (const auto& day : cell["origins"]) {
          const Date origin = *parse_date(day.get<std::string>());
          std::vector<double> known;
          double came = 0.0;
          for (std::size_t w = 0; w < week.size(); ++w) {
            const int ahead = (table.monday(w) - origin) / 7;
            if (ground || table.monday(w) >= Date(2022, 3, 28)) {
              if (ahead <= 0) known.push_back(week[w]);
            }
            if (sum ? ahead >= 1 && ahead <= h : ahead == h) came += week[w];
          }
          auto draws = baseline(rival, known, {.sum = sum, .count = !ground}, 12, 2000,
                                Draws(4))[static_cast<std::size_t>(h - 1)];
          std::ranges::sort(draws);
          score += ranked_score(draws, came);
        }
        score /= static_cast<double>(cell["origins"].size());
        const double expected = cell["baselines"][std::string(rival)]["crps"];
        EXPECT_NEAR(score, expected, 0.05 * expected + 0.05) << name << " " << rival << " " << h;
      }
    }
  }
}

TEST(Backtest, ScoresWhatCameAndNothingElse) {
  const Weekly tables = read_front(front_case / "weekly");
  BacktestOptions how;
  how.first_origin = Date(2024, 12, 9);
  how.last_target = Date(2025, 1, 6);
  how.forecast.weeks = 4;
  how.forecast.samples = 40;
  how.forecast.filter.groups = 4;
  how.forecast.filter.blocks = 1;
  how.forecast.filter.members = 4;
  how.baseline_draws = 200;
  const Backtest b = backtest(front_case, tables, how);
  ASSERT_EQ(b.cells.size(), 14U * 3U);
  for (const Cell& c : b.cells) {
    // Origins of 9 and 23 December; four weeks on from the second lie beyond the last target.
    EXPECT_EQ(c.trials.size(), c.horizon == 4 ? 1U : 2U) << c.series << c.horizon;
    EXPECT_EQ(c.trials.front().rivals.size(), 6U);
    EXPECT_GE(c.coverage(2), c.coverage(1));
    // At least what the interval says, and more where draws lie on its ends; forty draws are few.
    for (std::size_t k = 0; k < 3; ++k)
      EXPECT_GE(c.expected_coverage(k), scored_intervals[k] - 0.051) << c.series;
  }
  EXPECT_EQ(b.cells[0].trials[0].came, 12580.0);  // persons in the week of 16 December
  EXPECT_NEAR(b.cells[4 * 3 + 1].trials[0].came, 60.37 + 91.55, 0.05);  // net km2 of two weeks
  EXPECT_TRUE(nlohmann::json::parse(to_json(b)).contains("cells"));
}

}  // namespace
}  // namespace casus::calibrate
