// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/weekly.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "casus/base/error.h"
#include "casus/base/file.h"

namespace casus::calibrate {
namespace {

using ::testing::ElementsAre;
using ::testing::IsNan;

std::filesystem::path written(const std::string& text) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "weekly_test.csv";
  write_file(path, text);
  return path;
}

std::string told(const std::string& text) {
  try {
    (void)read_weekly(written(text));
  } catch (const CaseError& error) {
    std::string out;
    for (const auto& p : error.problems())
      out += std::to_string(p.line) + ":" + std::to_string(p.column) + ": " + p.message + " | " +
             p.hint + "\n";
    return out;
  }
  return "nothing";
}

TEST(Weekly, SortsWeeksFillsGapsAndKeepsUnknownColumns) {
  const auto t =
      read_weekly(written("week_start,tank,flag,extra\r\n2025-01-20,3,ok,1\r\n\r\n2025-01-06,5,"
                          "stale_days:3,2\r\n2025-01-27,,ok,4\r\n"));
  EXPECT_EQ(t.first, Date(2025, 1, 6));
  ASSERT_EQ(t.weeks, 4U);
  EXPECT_THAT(t.at("tank"), ElementsAre(5, IsNan(), 3, IsNan()));
  EXPECT_THAT(t.at("extra"), ElementsAre(2, IsNan(), 1, 4));
  EXPECT_THAT(t.flag, ElementsAre("stale_days:3", "", "ok", "ok"));
  EXPECT_TRUE(t.at("nothing").empty());
}

TEST(Weekly, AMarkOfByteOrderQuotesAndUnknownsChangeNothing) {
  const auto plain = read_weekly(written("week_start,tank\n2025-01-06,5\n2025-01-13,\n"));
  const auto odd =
      read_weekly(written("\xef\xbb\xbfweek_start,tank\r\n2025-01-13,NaN\r\n\"2025-01-06\",\"5\""));
  EXPECT_EQ(odd.first, plain.first);
  EXPECT_EQ(odd.weeks, plain.weeks);
  EXPECT_THAT(odd.at("tank"), ElementsAre(5, IsNan()));
  EXPECT_THAT(plain.at("tank"), ElementsAre(5, IsNan()));
}

TEST(Weekly, CutAtAnOriginHoldsNoLaterWeek) {
  const auto t =
      read_weekly(written("week_start,tank\n2025-01-06,5\n2025-01-13,6\n2025-01-20,7\n"));
  EXPECT_THAT(t.until(Date(2025, 1, 13)).at("tank"), ElementsAre(5, 6));
  EXPECT_EQ(t.until(Date(2024, 12, 30)).weeks, 0U);
  EXPECT_EQ(t.until(Date(2026, 1, 5)).weeks, 3U);
}

TEST(Weekly, TellsEverythingWrongWithItsPlace) {
  EXPECT_EQ(told("week_start,tank\n2025-01-07,5\n2025-13-01,6\n2025-01-06,many\n2025-01-06,1\n2025-"
                 "01-13\n"),
            "2:1: week_start is no Monday | write the Monday as YYYY-MM-DD\n"
            "3:1: week_start is no date | write the Monday as YYYY-MM-DD\n"
            "4:12: a number is wanted | leave the cell empty if nothing is known\n"
            "5:1: the week 2025-01-06 comes twice | it stands in line 4 too\n"
            "6:1: 1 fields where the header has 2 | quote a field that holds a comma\n");
  EXPECT_EQ(
      told("day,tank\n2025-01-06,5\n"),
      "1:1: no column 'week_start' | the first line names the columns; week_start holds Mondays\n");
  EXPECT_EQ(told("week_start,tank\n"), "1:1: the table has no weeks | \n");
  EXPECT_EQ(told("week_start,tank\n1925-01-05,1\n2025-01-06,5\n"),
            "3:1: the weeks lie too far apart | look for a slip in a year\n");
  EXPECT_EQ(told("week_start,tank\n2025-01-06,\"5\n"),
            "2:12: this quote is never closed | end the field with a quote\n"
            "2:12: a number is wanted | leave the cell empty if nothing is known\n");
}

TEST(Weekly, TheTablesOfTheCaseAreWhole) {
  const auto front = read_front(CASUS_SOURCE_DIR "/cases/ukraine-front/weekly");
  EXPECT_EQ(front.losses.weeks, 175U);
  EXPECT_EQ(front.territory.weeks, 51U);
  EXPECT_EQ(front.territory.first, Date(2024, 7, 8));
  EXPECT_EQ(front.losses.monday(174), Date(2025, 6, 23));
  const auto net = front.territory.at("delta_km2");
  double worst = 0.0;
  for (std::size_t w = 0; w < net.size(); ++w) {
    double sum = 0.0;
    for (const auto& [name, values] : front.territory.column) {
      if (name.rfind("km2_", 0) == 0 && name != "km2_other") sum += values[w];
    }
    worst = std::max(worst, std::fabs(sum - net[w]));
  }
  EXPECT_LT(worst, 0.03);  // nine roundings to 0.01
}

}  // namespace
}  // namespace casus::calibrate
