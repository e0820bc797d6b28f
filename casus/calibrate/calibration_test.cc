// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <iostream>

#include "casus/base/file.h"
#include "casus/casefile/load.h"

namespace casus::calibrate {
namespace {

const Theatre& theatre() {
  static const casefile::Case given =
      casefile::load(CASUS_SOURCE_DIR "/cases/ukraine-front", {.as_of = Date(2024, 7, 7)});
  static const Theatre theatre(given);
  return theatre;
}

TEST(Inversion, OfALinearModelIsItsClosedForm) {
  // One score, y = 2 z + noise of variance 1, prior N(0, 1): posterior N(2 y / 5, 1 / 5).
  std::vector<Scores> ensemble;
  for (std::uint32_t j = 0; j < 4000; ++j)
    ensemble.push_back({Draws(1).normal(Stream("test.prior"), j, 0, 0)});
  InversionOptions how;
  how.threads = 1;
  invert(
      ensemble, {3.0},
      [](const Scores& z, std::uint32_t) {
        return Simulated{{2.0 * z[0]}, {1.0}};
      },
      how);
  double mean = 0.0;
  double squares = 0.0;
  for (const Scores& z : ensemble) {
    mean += z[0] / 4000.0;
    squares += z[0] * z[0] / 4000.0;
  }
  EXPECT_NEAR(mean, 1.2, 4.0 * std::sqrt(0.2 / 4000.0) + 0.02);
  EXPECT_NEAR(squares - mean * mean, 0.2, 0.03);
}

TEST(Summaries, SayWhatARecordLooksLike) {
  std::vector<std::vector<double>> km2(3, std::vector<double>(24, 0.0));
  for (std::size_t w = 0; w < 24; ++w) km2[0][w] = w % 2 == 0 ? 20.0 : 0.0;
  const auto s = summarise(km2);
  ASSERT_EQ(s.size(), summary_names().size());
  EXPECT_NEAR(s[0], std::log(10.0), 1e-9);     // mean net gain
  EXPECT_NEAR(s[4], 1.0 - 12.0 / 72.0, 1e-9);  // quiet weeks
  EXPECT_NEAR(s[2], -23.0 / 24.0, 1e-6);       // up and down every week
  EXPECT_GT(s[5], 1.0);                        // one sector takes all
}

TEST(Calibration, DrawsComeBackFromTheirFile) {
  const Fitted& fitted = theatre().fitted();
  std::vector<Scores> draws(3, Scores(fitted.size()));
  for (std::size_t j = 0; j < 3; ++j) {
    for (std::size_t i = 0; i < fitted.size(); ++i)
      draws[j][i] = 0.3 * static_cast<double>(i) - static_cast<double>(j);
  }
  const auto path = std::filesystem::path(::testing::TempDir()) / "draws.csv";
  write_file(path, draws_to_csv(fitted, draws, "test"));
  const auto back = read_draws(fitted, path);
  ASSERT_EQ(back.size(), 3U);
  for (std::size_t j = 0; j < 3; ++j) {
    for (std::size_t i = 0; i < fitted.size(); ++i)
      EXPECT_NEAR(fitted.value(i, back[j][i]), fitted.value(i, draws[j][i]),
                  1e-6 * std::fabs(fitted.value(i, draws[j][i])));
  }
}

TEST(Calibration, GoesOnFromWhereItWasStopped) {
  const WeeklyTable territory =
      read_front(CASUS_SOURCE_DIR "/cases/ukraine-front/weekly").territory;
  CalibrationOptions how;
  how.members = 12;
  how.rounds = 2;
  how.until = Date(2024, 9, 30);
  how.threads = 2;
  const auto path = std::filesystem::path(::testing::TempDir()) / "posterior.csv";
  std::filesystem::remove(path);
  how.file = path;
  const auto whole = calibrate(theatre(), territory, how);
  EXPECT_EQ(whole.gates.size(), summary_names().size());
  struct Stopped {};
  std::filesystem::remove(path);
  how.progress = [](std::size_t done, std::size_t) {
    if (done == 1) throw Stopped{};
  };
  EXPECT_THROW((void)calibrate(theatre(), territory, how), Stopped);
  how.progress = nullptr;
  const auto resumed = calibrate(theatre(), territory, how);
  // Draws pass through nine digits of their file.
  for (std::size_t j = 0; j < how.members; ++j) {
    for (std::size_t i = 0; i < whole.posterior[j].size(); ++i)
      EXPECT_NEAR(resumed.posterior[j][i], whole.posterior[j][i], 1e-3);
  }
}

/// Ranks of true parameters among posteriors of made-up records are level if the fit is honest.
TEST(SlowCalibration, RanksOfTheTruthAreLevel) {
  constexpr std::size_t replicates = 200;
  constexpr std::size_t bins = 8;
  CalibrationOptions how;
  how.members = 31;
  how.rounds = 2;
  const auto ranks = check_by_simulation(theatre(), replicates, 26, how);
  double worst = 0.0;
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    std::array<double, bins> count{};
    for (const std::size_t r : ranks[i]) ++count[r * bins / (how.members + 1)];
    double chi = 0.0;
    for (const double c : count) chi += (c - 25.0) * (c - 25.0) / 25.0;
    worst = std::max(worst, chi);
    std::cout << "chi2(7) of " << theatre().fitted().id(i) << ": " << chi << "\n";
  }
  // 99.9 % of chi2(7) is 24.3; over 13 parameters the largest lies below 30 with 99.8 %.
  EXPECT_LT(worst, 30.0);
}

}  // namespace
}  // namespace casus::calibrate
