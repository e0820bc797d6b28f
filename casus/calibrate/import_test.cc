// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <iostream>

#include "casus/base/error.h"
#include "casus/base/file.h"

namespace casus::calibrate {
namespace import_test {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsNan;

fs::path file(const std::string& name, const std::string& text) {
  const auto path = fs::path(::testing::TempDir()) / name;
  write_file(path, text);
  return path;
}

template <class Run>
std::string told(const Run& run) {
  try {
    run();
  } catch (const CaseError& error) {
    std::string out;
    for (const auto& p : error.problems())
      out += std::to_string(p.line) + ":" + std::to_string(p.column) + ": " + p.message + "\n";
    return out;
  }
  return "nothing";
}

TEST(Import, ChangesAreReadAtMondaysAndBetweenNearDays) {
  Totals t;
  for (const int d : {0, 3, 7, 13, 15, 28}) t["x"][Date(2025, 1, 6).plus(d)] = 10.0 * d;
  const auto table = weekly_changes(t, 3);
  EXPECT_EQ(table.first, Date(2025, 1, 6));
  EXPECT_THAT(table.at("x"), ElementsAre(70.0, 70.0, IsNan(), IsNan()));
  EXPECT_THAT(table.flag, ElementsAre("", "end_edge_interpolated", "", ""));
}

TEST(Import, LossesTakeKeysThatComeAndGoAndCorrections) {
  const auto losses = file("losses.json", R"([
    {"date": "2022-04-25", "tank": 100, "military auto": 10, "fuel tank": 5, "greatest losses direction": "Izium"},
    {"date": "2022-05-02", "tank": 130, "vehicles and fuel tanks": 25},
    {"date": "2022-05-08", "tank": 150, "vehicles and fuel tanks": 30},
    {"date": "2022-05-09", "tank": 190, "vehicles and fuel tanks": 30, "POW": 3}])");
  const auto wrong =
      file("correction.json", R"([{"date": "2022-05-08", "tank": 30, "aircraft": 0}])");
  const std::vector<fs::path> files = {losses};
  const std::vector<fs::path> corrections = {wrong};
  const auto t = import_losses(files, corrections);
  EXPECT_THAT(t.at("vehicles"), ElementsAre(10.0, 5.0));
  // The thirty stand in the step of the ninth, not of the eighth.
  EXPECT_THAT(t.at("tank"), ElementsAre(30.0, 30.0));
  EXPECT_THAT(t.flag, ElementsAre("", "restated:tank+30"));
}

TEST(Import, WrongLossesAreToldWithTheirPlace) {
  const auto bad = file("bad.json",
                        "[\n{\"date\": \"2022-04-25\", \"tank\": \"many\"},\n{\"tank\": "
                        "3},\n{\"date\": \"2022-04-25\"},\n7]");
  EXPECT_EQ(told([&] { (void)import_losses(std::vector{bad}, {}); }),
            "2:32: a number is wanted\n3:1: the record has no date\n4:1: the day 2022-04-25 comes "
            "twice\n5:1: a record is an object with a date\n");
}

TEST(Import, OryxHoldsAFigureUntilItChangesAndSkipsHeadings) {
  const auto page =
      file("oryx.csv",
           "country,equipment_type,destroyed,abandoned,captured,damaged,type_total,date_recorded\n"
           "Russia,Tanks,10,0,5,0,15,2025-01-06\n"
           "Russia,\"Losses excluding Recon Drones, of which: 99\",99,0,0,0,99,2025-01-06\n"
           "Russia,\"Infantry\nFighting Vehicles\",20,0,0,0,20,2025-01-06\n"
           "Russia,Tanks,16,0,5,0,21,2025-01-13\n"
           "Russia,All Types,1,1,1,1,4,2025-01-20\n"
           "Russia,\"Infantry\nFighting Vehicles\",27,1,0,0,28,2025-01-20\n");
  const auto t = import_oryx(page);
  EXPECT_THAT(t.at("russia_destroyed"), ElementsAre(6.0, 7.0));
  EXPECT_THAT(t.at("russia_captured"), ElementsAre(0.0, 0.0));
  EXPECT_THAT(t.at("russia_abandoned"), ElementsAre(0.0, 1.0));
}

TEST(Import, EventsAreCountedByWeekAndCountry) {
  const auto ged = file("ged.csv",
                        "id,country,date_start,date_end,best,high,low\n"
                        "1,Ukraine,2024-01-01 00:00:00.000,2024-01-02 00:00:00.000,5,9,3\n"
                        "2,Ukraine,2024-01-07,2024-01-07,2,2,1\n"
                        "3,Sudan,2024-01-03,2024-01-03,50,50,50\n"
                        "4,Ukraine,2024-01-01,2024-12-31,900,900,900\n"
                        "5,Ukraine,2024-01-17,2024-01-17,1,1,0\n");
  const auto t = import_events(ged, "Ukraine");
  EXPECT_THAT(t.at("events"), ElementsAre(2.0, 0.0, 1.0));
  EXPECT_THAT(t.at("deaths_best"), ElementsAre(7.0, 0.0, 1.0));
  EXPECT_THAT(t.at("deaths_low"), ElementsAre(4.0, 0.0, 0.0));
  EXPECT_EQ(told([&] { (void)import_events(ged, "Atlantis"); }), "1:1: no event is left\n");
}

TEST(Import, AnySeriesIsAddedUpOrTakenAsARunningTotal) {
  const auto daily =
      file("daily.csv", "What,Day,Tons\n,2025-01-06,3\n,2025-01-08,4\n,2025-01-21,5\n");
  EXPECT_THAT(import_series(daily, false).at("tons"), ElementsAre(7.0, IsNan(), 5.0));
  const auto running =
      file("running.csv", "day,total\n2025-01-06,100\n2025-01-13,120\n2025-01-20,110\n");
  EXPECT_THAT(import_series(running, true).at("total"), ElementsAre(20.0, -10.0));
  EXPECT_EQ(told([&] { (void)import_series(file("x.csv", "day,total\nsoon,1\n"), false); }),
            "1:1: no column of numbers beside a date\n2:1: a date is wanted\n");
}

TEST(Import, ATableWrittenIsReadAgain) {
  const auto daily = file("daily2.csv", "day,tons,men\n2025-01-06,3.25,\n2025-01-20,5,7\n");
  const auto t = import_series(daily, false);
  const auto back = read_weekly(file("table.csv", to_csv(t)));
  EXPECT_EQ(back.weeks, t.weeks);
  EXPECT_THAT(back.at("tons"), ElementsAre(3.25, IsNan(), 5.0));
  EXPECT_THAT(back.at("men"), ElementsAre(IsNan(), IsNan(), 7.0));
}

/// The published files themselves, where they are at hand.
TEST(Import, TheRealFilesGiveTheTablesOfTheCase) {
  const fs::path raw = fs::path(CASUS_SOURCE_DIR) / "../shared/data/ukraine/raw_samples";
  if (!fs::exists(raw))
    GTEST_SKIP() << "no " << raw << ": the raw files are not part of the project";
  const std::vector<fs::path> files = {raw / "russia_losses_personnel.json",
                                       raw / "russia_losses_equipment.json"};
  const std::vector<fs::path> corrections = {raw / "russia_losses_equipment_correction.json"};
  const auto t = import_losses(files, corrections);
  const auto known = read_weekly(CASUS_SOURCE_DIR "/cases/ukraine-front/weekly/losses_weekly.csv");
  std::size_t different = 0;
  for (const char* column : {"personnel", "tank", "apc", "artillery", "mrl", "aa", "aircraft",
                             "helicopter", "vehicles"}) {
    const auto ours = t.at(column);
    for (std::size_t w = 0; w < ours.size(); ++w) {
      const int row = (t.monday(w) - known.first) / 7;
      if (row < 0 || row >= static_cast<int>(known.weeks)) continue;
      const double theirs = known.at(column)[static_cast<std::size_t>(row)];
      if (std::fabs(ours[w] - theirs) > 0.5) {
        ++different;
        std::cout << column << " " << to_string(t.monday(w)) << " " << ours[w] << " " << theirs
                  << " " << t.flag[w] << "\n";
      }
    }
  }
  EXPECT_EQ(different, 0U);
  const auto oryx = import_oryx(raw / "oryx_daily_count.csv");
  EXPECT_FALSE(oryx.at("russia_destroyed").empty());
}

}  // namespace import_test
}  // namespace casus::calibrate
