// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>

#include "casus/base/parallel.h"
#include "casus/calibrate/geojson.h"
#include "casus/calibrate/import.h"

namespace casus::calibrate {
namespace {

using casefile::Document;
using casefile::Problems;

constexpr int week_days = 7;
constexpr int longest_gap = 3;         ///< days between maps that are read across
constexpr double one_ground = 0.01;    ///< km2 that tiles may share by rounding
constexpr double unchanged = 1e-6;     ///< km2 a day
constexpr double large_step_km2 = 60;  ///< of one redraw, told in the flags

struct Tile {
  std::string column;
  Outline ground;
};

/// A day's map: the ground held in all and in each tile.
struct DayMap {
  double whole = 0.0;  ///< km2
  std::vector<Outline> tile;
  std::vector<double> area;  ///< km2, by tile
};

/// The last eight digits of a file's name as a date, as in deepstatemap_data_20240708.geojson.
std::optional<Date> date_in(const std::string& name) {
  constexpr std::size_t digits = 8;
  const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  const auto last = std::find_if(name.rbegin(), name.rend(), is_digit);
  const std::size_t end = name.size() - static_cast<std::size_t>(last - name.rbegin());
  if (end < digits) return std::nullopt;
  const std::string d = name.substr(end - digits, digits);
  if (!std::ranges::all_of(d, is_digit)) return std::nullopt;
  return parse_date(d.substr(0, 4) + "-" + d.substr(4, 2) + "-" + d.substr(6, 2));
}

std::string column_of(const Feature& feature) {
  const std::string column = feature.property("column");
  const std::string id = feature.property("id");
  return column.empty() && !id.empty() ? "km2_" + id : column;
}

std::vector<Tile> read_tiles(const std::filesystem::path& file, Problems& problems) {
  Document document;
  std::vector<Tile> out;
  for (const Feature& feature : read_geojson(file, document, problems)) {
    const auto tell = [&](std::string message, std::string hint) {
      problems.tell_at(document, feature.line, feature.column, 1, std::move(message),
                       std::move(hint));
    };
    Tile tile{column_of(feature), Outline(feature.polygons)};
    if (tile.column.empty()) {
      tell("a sector has an id", R"("properties": {"id": "..."})");
      continue;
    }
    for (const Tile& other : out) {
      if (other.column == tile.column)
        tell(fmt::format("the sector '{}' comes twice", tile.column), "leave one out");
      const double shared = other.ground.overlap(tile.ground).area_km2();
      if (shared > one_ground)
        tell(fmt::format("'{}' and '{}' share {:.1f} km2", other.column, tile.column, shared),
             "ground in two sectors would count twice");
    }
    out.push_back(std::move(tile));
  }
  if (out.empty() && problems.none())
    problems.tell_file(file.string(), "the file has no sectors", "a feature for each, with an id");
  return out;
}

/// Polygons of a map; what is wrong with it goes to its own list, so that maps are read side by
/// side.
DayMap read_day(const std::filesystem::path& file, const std::vector<Tile>& tiles,
                Problems& problems) {
  Document document;
  std::vector<Outline::Polygon> polygons;
  for (Feature& feature : read_geojson(file, document, problems)) {
    for (auto& polygon : feature.polygons) polygons.push_back(std::move(polygon));
  }
  if (polygons.empty() && problems.none())
    problems.tell_file(file.string(), "the map marks no ground", "a day without a map is left out");
  const Outline ground(polygons);
  DayMap out;
  out.whole = ground.area_km2();
  for (const Tile& tile : tiles) {
    out.tile.push_back(ground.overlap(tile.ground));
    out.area.push_back(out.tile.back().area_km2());
  }
  return out;
}

/// Ground taken and lost between two maps, inside the tiles.
struct Step {
  Date from, to;
  double gained = 0.0, lost = 0.0;  ///< km2
};

std::vector<Step> steps_of(const std::map<Date, DayMap>& maps) {
  std::vector<Step> out;
  for (auto to = maps.begin(); to != maps.end(); ++to) {
    if (to == maps.begin()) continue;
    const auto from = std::prev(to);
    if (to->first - from->first <= longest_gap) out.push_back({from->first, to->first});
  }
  parallel_for(out.size(), 0, [&](std::size_t i) {
    const DayMap& was = maps.at(out[i].from);
    const DayMap& is = maps.at(out[i].to);
    for (std::size_t t = 0; t < was.tile.size(); ++t) {
      const double kept = was.tile[t].overlap(is.tile[t]).area_km2();
      out[i].gained += std::max(is.area[t] - kept, 0.0);
      out[i].lost += std::max(was.area[t] - kept, 0.0);
    }
  });
  return out;
}

void add_flag(std::string& flag, const std::string& token) {
  flag += (flag.empty() ? "" : ";") + token;
}

/// Gross figures and flags of the weeks, from the steps between neighbouring maps. A step that
/// spans a Monday is shared by days.
void add_steps(const std::vector<Step>& steps, WeeklyTable& table) {
  auto& gained = table.column["gained_km2"];
  auto& lost = table.column["lost_km2"];
  const auto& net = table.column.at("delta_km2");
  for (std::size_t w = 0; w < table.weeks; ++w) {
    const Date monday = table.monday(w);
    const Date end = monday.plus(week_days);
    double up = 0.0;
    double down = 0.0;
    int stale = 0;
    std::string large;
    for (const Step& s : steps) {
      const int days = std::min(s.to, end) - std::max(s.from, monday);
      if (days <= 0) continue;
      const double part = static_cast<double>(days) / (s.to - s.from);
      up += part * s.gained;
      down += part * s.lost;
      if (s.gained + s.lost < unchanged) stale += days;
      // A map of a morning tells of the day before.
      if (std::fabs(s.gained - s.lost) > large_step_km2)
        add_flag(large, fmt::format("large_step:{}:{:+.0f}km2", to_string(s.to.plus(-1)),
                                    s.gained - s.lost));
    }
    const bool known = std::isfinite(net[w]);
    gained.push_back(known ? up : missing);
    lost.push_back(known ? down : missing);
    if (!known) continue;
    if (stale > 0) add_flag(table.flag[w], fmt::format("stale_days:{}", stale));
    if (!large.empty()) add_flag(table.flag[w], large);
  }
}

Totals totals_of(const std::map<Date, DayMap>& maps, const std::vector<Tile>& tiles) {
  Totals out;
  for (const auto& [day, map] : maps) {
    double inside = 0.0;
    for (std::size_t t = 0; t < tiles.size(); ++t) {
      out[tiles[t].column][day] = map.area[t];
      inside += map.area[t];
    }
    out["delta_km2"][day] = inside;
    out["km2_other"][day] = map.whole - inside;
    out["occupied_km2"][day] = map.whole;
  }
  return out;
}

}  // namespace

std::map<std::string, double> map_areas(const std::filesystem::path& file,
                                        const std::filesystem::path& sectors) {
  Problems problems;
  const std::vector<Tile> tiles = read_tiles(sectors, problems);
  std::map<Date, DayMap> maps;
  if (problems.none()) maps[Date()] = read_day(file, tiles, problems);
  if (!problems.none()) throw CaseError(problems.take());
  std::map<std::string, double> out;
  for (const auto& [name, days] : totals_of(maps, tiles)) out[name] = days.begin()->second;
  return out;
}

WeeklyTable import_map(std::span<const std::filesystem::path> files,
                       const std::filesystem::path& sectors, std::size_t threads) {
  Problems problems;
  const std::vector<Tile> tiles = read_tiles(sectors, problems);
  std::map<Date, DayMap> maps;
  std::vector<std::pair<std::filesystem::path, DayMap*>> days;
  for (const auto& file : files) {
    const auto day = date_in(file.stem().string());
    if (!day) {
      problems.tell_file(file.string(), "no day in the file's name",
                         "as in deepstatemap_data_20240708.geojson");
    } else if (maps.contains(*day)) {
      problems.tell_file(file.string(), fmt::format("the day {} comes twice", to_string(*day)),
                         "leave one out");
    } else {
      days.emplace_back(file, &maps[*day]);
    }
  }
  if (!problems.none()) throw CaseError(problems.take());
  std::vector<Problems> each(days.size());
  parallel_for(days.size(), threads,
               [&](std::size_t i) { *days[i].second = read_day(days[i].first, tiles, each[i]); });
  std::vector<Problem> all;
  for (Problems& p : each) {
    if (p.none()) continue;
    auto told = p.take();
    all.insert(all.end(), std::make_move_iterator(told.begin()),
               std::make_move_iterator(told.end()));
  }
  if (!all.empty()) throw CaseError(std::move(all));
  const Totals totals = totals_of(maps, tiles);
  WeeklyTable out = weekly_changes(totals, longest_gap);
  if (out.weeks == 0)
    throw CaseError({{files.front().string(), 0, 0, "no whole week lies between the maps", "", 1,
                      "a week needs maps of its Monday and of the next, or of days nearby"}});
  // The area itself is told at the end of the week.
  auto& occupied = out.column["occupied_km2"];
  const auto& area = totals.at("occupied_km2");
  for (std::size_t w = 0; w < out.weeks; ++w) {
    if (!std::isfinite(occupied[w])) continue;
    occupied[w] = total_on(area, out.monday(w).plus(week_days), longest_gap);
  }
  add_steps(steps_of(maps), out);
  return out;
}

}  // namespace casus::calibrate
