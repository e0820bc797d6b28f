// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/import.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/geo/outline.h"

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

/// A small file of our own making in a published form.
fs::path sample(const char* name) { return fs::path(CASUS_SOURCE_DIR) / "tests" / "import" / name; }

TEST(Import, LossesTellABrokenFirstWeekAndFiguresThatAreFloors) {
  const std::vector<fs::path> files = {sample("losses_personnel.json"),
                                       sample("losses_equipment.json")};
  const std::vector<fs::path> corrections = {sample("losses_correction.json")};
  const auto t = import_losses(files, corrections);
  EXPECT_EQ(t.first, Date(2022, 2, 21));
  EXPECT_THAT(t.at("personnel"), ElementsAre(500.0, 300.0, 200.0, 500.0));
  EXPECT_THAT(t.at("tank"), ElementsAre(40.0, 20.0, 25.0, 35.0));
  EXPECT_THAT(t.at("vehicles"), ElementsAre(90.0, 60.0, 70.0, 80.0));
  EXPECT_THAT(t.flag, ElementsAre("partial_week", "coarse:personnel", "coarse:personnel",
                                  "catch_up:personnel;restated:tank+10"));
  EXPECT_TRUE(t.at("direction").empty());
}

TEST(Import, EverySampleOfOurOwnIsRead) {
  const auto oryx = import_oryx(sample("oryx_daily_count.csv"));
  EXPECT_THAT(oryx.at("russia_destroyed"), ElementsAre(12.0, 9.0));
  EXPECT_THAT(oryx.at("ukraine_destroyed"), ElementsAre(5.0, 6.0));
  EXPECT_EQ(oryx.flag[1], "slip_dropped:2025-01-15");
  const std::vector<fs::path> both = {sample("ucdp_ged.csv"), sample("ucdp_candidate.csv")};
  const auto events = import_events(both, "Ukraine");
  EXPECT_THAT(events.at("events"), ElementsAre(2.0, 0.0, 2.0));
  EXPECT_THAT(events.at("deaths_best"), ElementsAre(7.0, 0.0, 4.0));
  EXPECT_THAT(events.flag, ElementsAre("left_out:1", "", ""));
  const auto series = import_series(sample("series.csv"), false);
  EXPECT_THAT(series.at("tons"), ElementsAre(7.5, IsNan(), 5.0));
  EXPECT_TRUE(series.at("note").empty());
  std::vector<fs::path> maps;
  for (const char* day : {"20240708", "20240711", "20240715"})
    maps.push_back(sample(fmt::format("deepstatemap_data_{}.geojson", day).c_str()));
  const auto map = import_map(maps, sample("sectors.geojson"), 1);
  ASSERT_EQ(map.weeks, 1U);
  EXPECT_NEAR(map.at("km2_north")[0], 41.2, 0.5);
  EXPECT_NEAR(map.at("km2_south")[0], -8.4, 0.3);
  EXPECT_NEAR(map.at("delta_km2")[0], map.at("km2_north")[0] + map.at("km2_south")[0], 1e-6);
}

TEST(Import, WrongLossesAreToldWithTheirPlace) {
  const auto bad = file("bad.json",
                        "[\n{\"date\": \"2022-04-25\", \"tank\": \"many\"},\n{\"tank\": "
                        "3},\n{\"date\": \"2022-04-25\"},\n7]");
  EXPECT_EQ(told([&] { (void)import_losses(std::vector{bad}, {}); }),
            "2:32: a count of losses must be a number; here is the text 'many'\n3:1: the record "
            "has no date\n4:1: the day 2022-04-25 comes "
            "twice\n5:1: a record is an object with a date\n");
}

TEST(Import, OryxTakesItsOwnTotalsAndDropsSlips) {
  const auto page =
      file("oryx_totals.csv",
           "country,equipment_type,destroyed,abandoned,captured,damaged,type_total,date_recorded\n"
           "Russia,All Types,1000,10,5,0,1015,2025-01-06\n"
           "Russia,\"Losses of Armoured Combat Vehicles - 700, of which: "
           "700\",700,0,0,0,700,2025-01-06\n"
           "Russia,Tanks,400,0,0,0,400,2025-01-06\n"
           "Russia,All Types,100,10,5,0,115,2025-01-08\n"
           "Russia,All Types,1010,10,5,0,1025,2025-01-13\n"
           "Russia,\"Trucks, Vehicles, Jeeps, and Trains\",300,0,0,0,300,2025-01-13\n"
           "Russia,All Types,1030,12,5,0,1047,2025-01-20\n");
  const auto t = import_oryx(page);
  EXPECT_THAT(t.at("russia_destroyed"), ElementsAre(10.0, 20.0));
  EXPECT_THAT(t.at("russia_abandoned"), ElementsAre(0.0, 2.0));
  EXPECT_EQ(t.flag[0], "slip_dropped:2025-01-08");
}

TEST(Import, ATypeOfOryxCountsFromItsFirstRow) {
  const auto page =
      file("oryx_late.csv",
           "country,equipment_type,destroyed,abandoned,captured,damaged,type_total,date_recorded\n"
           "Ukraine,Tanks,10,0,5,0,15,2025-01-06\n"
           "Ukraine,\"Surface-To-Air Missile\nSystems\",169,0,0,0,169,2025-01-13\n"
           "Ukraine,\"Surface-To-Air Missile Systems\n\",171,0,0,0,171,2025-01-20\n"
           "Ukraine,Tanks,12,0,5,0,17,2025-01-20\n");
  EXPECT_THAT(import_oryx(page).at("ukraine_destroyed"), ElementsAre(0.0, 4.0));
}

TEST(Import, OryxHoldsAFigureUntilItChangesAndSkipsHeadings) {
  const auto page =
      file("oryx.csv",
           "country,equipment_type,destroyed,abandoned,captured,damaged,type_total,date_recorded\n"
           "Russia,Tanks,10,0,5,0,15,2025-01-06\n"
           "Russia,\"Losses excluding Recon Drones, of which: 99\",99,0,0,0,99,2025-01-06\n"
           "Russia,\"Infantry\nFighting Vehicles\",20,0,0,0,20,2025-01-06\n"
           "Russia,Tanks,16,0,5,0,21,2025-01-13\n"
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
  const auto t = import_events(std::vector{ged}, "Ukraine");
  EXPECT_THAT(t.at("events"), ElementsAre(2.0, 0.0, 1.0));
  EXPECT_THAT(t.at("deaths_best"), ElementsAre(7.0, 0.0, 1.0));
  EXPECT_THAT(t.at("deaths_low"), ElementsAre(4.0, 0.0, 0.0));
  EXPECT_EQ(t.flag[0], "left_out:1");  // a year at once is no week's
  EXPECT_EQ(told([&] { (void)import_events(std::vector{ged}, "Atlantis"); }),
            "0:0: no event is left\n");
}

/// A map in the form of the published ones: rings as text.
std::string map_text(const std::string& polygons) {
  return "{\n\"type\": \"FeatureCollection\",\n\"name\": \"a map\",\n\"features\": [\n{ \"type\": "
         "\"Feature\", \"properties\": { }, \"geometry\": { \"type\": \"MultiPolygon\", "
         "\"coordinates\": [ " +
         polygons + " ] } }\n]\n}\n";
}

std::string box_text(double west, double south, double east, double north) {
  return fmt::format("[ [ {0}, {1} ], [ {2}, {1} ], [ {2}, {3} ], [ {0}, {3} ], [ {0}, {1} ] ]",
                     west, south, east, north);
}

fs::path two_sectors() {
  return file("sectors.geojson", R"({"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"id": "north", "title": "N"}, "geometry": {"type": "Polygon", "coordinates": [)" +
                                     box_text(36, 48, 38, 49) + R"(]}},
  {"type": "Feature", "properties": {"id": "south", "column": "km2_coast"}, "geometry": {"type": "Polygon", "coordinates": [)" +
                                     box_text(36, 47, 38, 48) + "]}}]}");
}

TEST(Import, MapsGiveWeeksBySectorGrossAndNet) {
  // A hundredth of a degree at a time; a hole; ground outside both sectors; three days missing.
  std::vector<fs::path> maps;
  const auto add = [&](const char* day, double front, double coast) {
    maps.push_back(file(fmt::format("deepstatemap_data_{}.geojson", day),
                        map_text("[ " + box_text(37, 48, 37 + front, 48.5) + ", " +
                                 box_text(37.01, 48.1, 37.02, 48.2) + " ], [ " +
                                 box_text(36.5, 47.2, 36.5 + coast, 47.4) + " ], [ " +
                                 box_text(33, 45, 34, 46) + " ]")));
  };
  add("20240708", 0.10, 0.20);
  add("20240709", 0.10, 0.20);  // nothing moved
  add("20240711", 0.14, 0.20);  // the tenth is missing
  add("20240714", 0.13, 0.20);
  add("20240715", 0.13, 0.21);
  add("20240718", 0.13, 0.21);
  add("20240724", 0.15, 0.21);
  const auto t = import_map(maps, two_sectors(), 2);
  ASSERT_EQ(t.weeks, 2U);
  EXPECT_EQ(t.first, Date(2024, 7, 8));
  const auto area = [](double width, double south, double north) {
    return Outline(std::vector<Outline::Polygon>{
                       {{{37, south}, {37 + width, south}, {37 + width, north}, {37, north}}}})
        .area_km2();
  };
  EXPECT_NEAR(t.at("km2_north")[0], area(0.03, 48, 48.5), 1e-6);
  EXPECT_NEAR(t.at("km2_coast")[0], area(0.01, 47.2, 47.4), 1e-6);
  EXPECT_NEAR(t.at("delta_km2")[0], t.at("km2_north")[0] + t.at("km2_coast")[0], 1e-6);
  EXPECT_NEAR(t.at("gained_km2")[0], area(0.04, 48, 48.5) + area(0.01, 47.2, 47.4), 1e-6);
  EXPECT_NEAR(t.at("lost_km2")[0], area(0.01, 48, 48.5), 1e-6);
  EXPECT_NEAR(t.at("km2_other")[0], 0.0, 1e-6);
  EXPECT_NEAR(
      t.at("occupied_km2")[0],
      area(0.13, 48, 48.5) - area(0.01, 48.1, 48.2) + area(0.21, 47.2, 47.4) + area(1.0, 45, 46),
      1e-6);
  EXPECT_EQ(t.flag[0], "stale_days:1;large_step:2024-07-10:+165km2");
  // The second Monday is six days from a map: that week is not told.
  EXPECT_THAT(t.at("km2_north")[1], IsNan());
  EXPECT_THAT(t.at("gained_km2")[1], IsNan());
}

TEST(Import, WrongMapsAreToldWithTheirPlace) {
  const auto told_of = [](const std::string& text) {
    const std::vector maps = {file("m_20240708.geojson", text)};
    return told([&] { (void)import_map(maps, two_sectors(), 1); });
  };
  EXPECT_EQ(told_of(map_text(
                "[ [ [ 37, 48 ], [ 37.5, 148 ], [ 37.5, \"x\" ], [ 37.2 ], [ 1, 2 ] ], 3 ]")),
            "5:112: 37.5, 148 lies off the globe\n5:135: a coordinate must be a number; here is "
            "the text 'x'\n5:142: a position is "
            "longitude and latitude\n5:164: a ring is a list of positions\n");
  EXPECT_EQ(told_of(R"({"type": "FeatureCollection"})"),
            "1:1: a collection has a list of features\n");
  EXPECT_EQ(told_of(R"({"type": "Feature", "geometry": {"type": "Circle"}})"),
            "1:33: this is no geometry of GeoJSON\n");
  EXPECT_EQ(told_of(R"({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}})"),
            "0:0: the map marks no ground\n");
  const std::string whole = map_text("[ " + box_text(37, 48, 37.1, 48.5) + " ]");
  const std::vector nameless = {file("map.geojson", whole)};
  EXPECT_EQ(told([&] { (void)import_map(nameless, two_sectors(), 1); }),
            "0:0: no day in the file's name\n");
  const std::vector twice = {file("a_20240708.geojson", whole), file("b_20240708.geojson", whole)};
  EXPECT_EQ(told([&] { (void)import_map(twice, two_sectors(), 1); }),
            "0:0: the day 2024-07-08 comes twice\n");
  const auto shared = file("shared.geojson", R"({"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"id": "a"}, "geometry": {"type": "Polygon", "coordinates": [)" +
                                                 box_text(36, 48, 38, 49) + R"(]}},
{"type": "Feature", "properties": {"id": "b"}, "geometry": {"type": "Polygon", "coordinates": [)" +
                                                 box_text(37.9, 48, 39, 49) + R"(]}},
{"type": "Feature", "properties": {}, "geometry": null}]})");
  EXPECT_EQ(told([&] { (void)import_map(twice, shared, 1); }),
            "0:0: the day 2024-07-08 comes twice\n3:1: 'km2_a' and 'km2_b' share 821.8 km2\n4:1: a "
            "sector has an id\n");
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
  EXPECT_THAT(to_csv(t), testing::HasSubstr("\n2025-01-13,,,no_data\n"));
  const auto back = read_weekly(file("table.csv", to_csv(t)));
  EXPECT_EQ(back.weeks, t.weeks);
  EXPECT_THAT(back.at("tons"), ElementsAre(3.25, IsNan(), 5.0));
  EXPECT_THAT(back.at("men"), ElementsAre(IsNan(), IsNan(), 7.0));
}

/// The published maps: a map a month, so areas are held against the weekly table of the case.
TEST(Import, TheRealMapsGiveTheAreasOfTheCase) {
  const fs::path raw = fs::path(CASUS_SOURCE_DIR) / "../shared/data/ukraine/raw_samples";
  if (!fs::exists(raw))
    GTEST_SKIP() << "no " << raw << ": the raw files are not part of the project";
  const auto known =
      read_weekly(CASUS_SOURCE_DIR "/cases/ukraine-front/weekly/territory_weekly.csv");
  // The area on a day, between the ends of the weeks of the table: a map of a Monday shows the end
  // of the week before.
  const auto expected = [&](const char* column, Date day) {
    double sum = 0.0;
    for (std::size_t w = 0; w < known.weeks; ++w) {
      const int days = std::clamp(day - known.monday(w), 0, 7);
      sum += known.at(column)[w] * days / 7.0;
    }
    return sum;
  };
  std::size_t checked = 0;
  std::vector<double> first;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(raw)) paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const fs::path& path : paths) {
    if (path.extension() != ".geojson") continue;
    const std::string name = path.stem().string();
    const std::string d = name.substr(name.size() - 8);
    const Date day = *parse_date(d.substr(0, 4) + "-" + d.substr(4, 2) + "-" + d.substr(6));
    const auto areas =
        map_areas(path, CASUS_SOURCE_DIR "/cases/ukraine-front/weekly/sectors.geojson");
    if (first.empty()) {
      for (const auto& [column, km2] : areas) first.push_back(km2);
      // Edges are straight on another plane than the table's: six parts in a million.
      const double table = known.at("occupied_km2")[0] - known.at("delta_km2")[0];
      EXPECT_NEAR(areas.at("occupied_km2"), table, 1e-5 * table);
    }
    std::size_t i = 0;
    for (const auto& [column, km2] : areas) {
      const double moved = km2 - first[i++];
      if (column == "occupied_km2") continue;
      // Within a week ground moves in steps, so half a week's gain is what can be held to it.
      const double week = known.at(column)[static_cast<std::size_t>(
          std::clamp((day - known.first) / 7, 0, static_cast<int>(known.weeks) - 1))];
      EXPECT_NEAR(moved, expected(column.c_str(), day), 0.05 * (checked / 10 + 1) + std::fabs(week))
          << column << " " << d;
      ++checked;
    }
  }
  EXPECT_GT(checked, 100U);
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
  EXPECT_EQ(t.first, known.first);
  for (std::size_t w = 0; w < 5; ++w)
    EXPECT_EQ(t.flag[w].empty() ? "ok" : t.flag[w], known.flag[w]) << to_string(t.monday(w));
  const auto oryx = import_oryx(raw / "oryx_daily_count.csv");
  // What the weekly table of the same list says, made from more of its days.
  const auto week = [&](Date monday) {
    return static_cast<std::size_t>((monday - oryx.first) / 7);
  };
  const double russia[] = {96.3, 75.4, 114.5, 56.0, 41.7, 40.1};
  const double ukraine[] = {62.7, 49.1, 60.4, 38.1, 41.5, 34.5};
  for (int i = 0; i < 6; ++i) {
    const std::size_t w = week(Date(2025, 5, 12).plus(7 * i));
    EXPECT_NEAR(oryx.at("russia_destroyed")[w], russia[i], 1.0) << i;
    EXPECT_NEAR(oryx.at("ukraine_destroyed")[w], ukraine[i], 1.0) << i;
  }
  for (const double x : oryx.at("russia_destroyed")) EXPECT_FALSE(x > 400.0) << x;
}

}  // namespace import_test
}  // namespace casus::calibrate
