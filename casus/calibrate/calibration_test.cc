// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/calibration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "casus/base/error.h"
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
  how.together.threads = 1;
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
  const std::string bytes = read_file(path);
  struct Stopped {};
  std::filesystem::remove(path);
  how.progress = [](std::size_t done, std::size_t of) {
    if (3 * done >= 2 * of + 12) throw Stopped{};  // in the second round
  };
  EXPECT_THROW((void)calibrate(theatre(), territory, how), Stopped);
  how.progress = nullptr;
  const auto resumed = calibrate(theatre(), territory, how);
  EXPECT_EQ(resumed.posterior, whole.posterior);
  EXPECT_EQ(read_file(path), bytes);
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
  // Once done, the file itself answers; another fit does not take it for its own.
  EXPECT_EQ(calibrate(theatre(), territory, how).posterior, whole.posterior);
  how.seed = 2;
  EXPECT_NE(calibrate(theatre(), territory, how).posterior, whole.posterior);
}

TEST(Calibration, ProgramsTogetherGiveWhatOneGives) {
  constexpr std::size_t pieces = 75;
  const auto work = [](std::size_t i) { return std::vector<double>{1.0 * i, 0.5 / (1.0 + i)}; };
  const auto alone = work_together(pieces, 2, work, {});
  // Three programs, one after the other: what each says is kept and then known to all.
  std::vector<std::string> said(3);
  for (const bool last : {false, true}) {
    for (std::size_t rank = 0; rank < 3; ++rank) {
      Together how{.threads = 2, .rank = rank, .size = 3};
      std::size_t done = 0;
      how.told = [&](std::size_t n) { done += n; };
      how.all_say = [&](const std::string& own) {
        said[rank] = own;
        return last ? said : std::vector<std::string>(3, own);
      };
      const auto all = work_together(pieces, 2, work, how);
      EXPECT_EQ(done, 25U);
      if (last) {
        EXPECT_EQ(all, alone);
      }
    }
  }
}

TEST(Calibration, DrawsOfTheWorldAreReadAndHeldToTheirDay) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "world_draws.csv";
  write_file(path,
             "# case x, weeks to 2024-12-30, members 2\nmisfit.memory,front.sd_front,front.season\n"
             "0.9,0.05,0.2\n0.8,0.06,0.3\n");
  const WorldDraws draws = read_world_draws(path, Date(2025, 1, 5));
  EXPECT_THAT(draws.knobs, ::testing::UnorderedElementsAre("front.sd_front", "front.season"));
  EXPECT_EQ(draws.value.size(), 4U);
  EXPECT_EQ(draws.until, Date(2024, 12, 30));
  const auto told = [&](const std::string& text, Date as_of) {
    write_file(path, text);
    try {
      (void)read_world_draws(path, as_of);
    } catch (const CaseError& error) {
      return error.problems().front().message;
    }
    return std::string("nothing");
  };
  EXPECT_EQ(told("# weeks to 2024-12-30\nfront.season\n0.1\n", Date(2025, 1, 4)),
            "fitted to weeks up to 2024-12-30, later than the case's day 2025-01-04");
  EXPECT_EQ(told("misfit.memory\n0.9\n", Date(2025, 1, 4)),
            "no column is a parameter of the world");
  EXPECT_EQ(told("front.season\n900\n", Date(2025, 1, 4)).substr(0, 20), "900 is outside the r");
}

}  // namespace
}  // namespace casus::calibrate
