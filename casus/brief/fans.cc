// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

constexpr std::size_t most_charts = 9;
constexpr double width = 340, height = 180;

/// What a reader asks for first, and of how many entities.
struct Wanted {
  const char* variable;
  std::size_t entities;
};
constexpr Wanted wanted[] = {
    {"in_combat", 1},        {"strength", 1},  {"contingent_killed", 1}, {"area_total_km2", 1},
    {"chip_km2", 1},         {"killed", 2},    {"fighting", 1},          {"end_settlement", 1},
    {"end_frozen", 1},       {"ceasefire", 1}, {"support", 1},           {"technology", 1},
    {"aid_usd_per_week", 1}, {"tension", 1},   {"oil_price", 1}};

class Chart {
 public:
  Chart(const Told& told, std::size_t series) : told_(told), series_(series) {}
  [[nodiscard]] Node draw(std::size_t rival) const;

 private:
  [[nodiscard]] double level(std::size_t option, int week, std::size_t l) const {
    const auto& f = told_.futures;
    const auto w = static_cast<std::size_t>(week);
    return f
        .quantile[((option * f.series.size() + series_) * static_cast<std::size_t>(f.weeks) + w) *
                      f.levels.size() +
                  l];
  }
  [[nodiscard]] double mean(std::size_t option, int week) const {
    const auto& f = told_.futures;
    return f.mean[(option * f.series.size() + series_) * static_cast<std::size_t>(f.weeks) +
                  static_cast<std::size_t>(week)];
  }
  [[nodiscard]] bool share() const { return told_.futures.series[series_].unit == "0/1"; }
  [[nodiscard]] std::size_t nearest_level(double p) const;
  [[nodiscard]] std::pair<double, double> range(std::size_t rival) const;
  void band(Node& picture, double low, double high, const char* cls, const Scale& x,
            const Scale& y) const;
  void curve(Node& picture, std::size_t option, const char* cls, const Scale& x,
             const Scale& y) const;
  void axes(Node& picture, const Scale& x, const Scale& y) const;

  const Told& told_;
  std::size_t series_;
};

std::size_t Chart::nearest_level(double p) const {
  const auto& levels = told_.futures.levels;
  std::size_t best = 0;
  for (std::size_t l = 1; l < levels.size(); ++l) {
    if (std::abs(levels[l] - p) < std::abs(levels[best] - p)) best = l;
  }
  return best;
}

std::pair<double, double> Chart::range(std::size_t rival) const {
  if (share()) return {0.0, 1.0};
  double low = 1e300, high = -1e300;
  const std::size_t bottom = nearest_level(0.05), top = nearest_level(0.95),
                    middle = nearest_level(0.5);
  for (int w = 0; w < told_.futures.weeks; ++w) {
    low = std::min({low, level(0, w, bottom), level(rival, w, middle)});
    high = std::max({high, level(0, w, top), level(rival, w, middle)});
  }
  if (low > 0.0 && low < 0.5 * high) low = 0.0;
  if (high - low < 1e-9) high = low + 1.0;
  return {low, high};
}

void Chart::band(Node& picture, double low, double high, const char* cls, const Scale& x,
                 const Scale& y) const {
  std::vector<Spot> edge;
  const std::size_t bottom = nearest_level(low), top = nearest_level(high);
  for (int w = 0; w < told_.futures.weeks; ++w) edge.push_back({x(w), y(level(0, w, top))});
  for (int w = told_.futures.weeks; w-- > 0;) edge.push_back({x(w), y(level(0, w, bottom))});
  picture.add(path(path_data(edge, true), cls));
}

void Chart::curve(Node& picture, std::size_t option, const char* cls, const Scale& x,
                  const Scale& y) const {
  std::vector<Spot> points;
  const std::size_t middle = nearest_level(0.5);
  for (int w = 0; w < told_.futures.weeks; ++w) {
    points.push_back({x(w), y(share() ? mean(option, w) : level(option, w, middle))});
  }
  picture.add(path(path_data(points), cls));
}

void Chart::axes(Node& picture, const Scale& x, const Scale& y) const {
  const bool thousands = !share() && std::max(std::abs(y.low), std::abs(y.high)) >= 1e4;
  const bool millions = !share() && std::max(std::abs(y.low), std::abs(y.high)) >= 1e6;
  for (const double t : nice_ticks(y.low, y.high, 4)) {
    picture.add(line({x.from, y(t)}, {x.to, y(t)}, "grid"));
    std::string text = share()     ? fmt::format("{:.0f} %", 100 * t)
                       : millions  ? fmt::format("{:g} m", t / 1e6)
                       : thousands ? fmt::format("{:g} k", t / 1e3)
                                   : fmt::format("{:g}", t);
    picture.add(words({x.from - 5, y(t) + 3.5}, text, "tick", "end"));
  }
  const WeekClock clock = told_.given.clock();
  const int step = told_.futures.weeks > 60 ? 26 : told_.futures.weeks > 26 ? 13 : 4;
  for (int w = 0; w < told_.futures.weeks; w += step) {
    picture.add(line({x(w), y.from}, {x(w), y.from + 4}, "axis"));
    picture.add(words({x(w), y.from + 15}, month_of(clock.monday_of(w)), "tick", "middle"));
  }
}

Node Chart::draw(std::size_t rival) const {
  const auto& series = told_.futures.series[series_];
  const auto ends = range(rival);
  const Scale x = {0.0, static_cast<double>(std::max(1, told_.futures.weeks - 1)), 52, width - 12};
  const Scale y = {ends.first, ends.second, height - 24, 10};
  const int last = told_.futures.weeks - 1;
  const std::string end = share() ? percent(mean(0, last))
                                  : rounded(level(0, last, nearest_level(0.5))) + " (" +
                                        rounded_range(level(0, last, nearest_level(0.05)),
                                                      level(0, last, nearest_level(0.95))) +
                                        ") " + unit_words(series.unit);
  Node picture = svg(width, height, series_title(told_, series_), "At the horizon: " + end, {});
  axes(picture, x, y);
  if (!share()) {
    band(picture, 0.05, 0.95, "fan90", x, y);
    band(picture, 0.25, 0.75, "fan50", x, y);
  }
  if (rival != 0) curve(picture, rival, "rival", x, y);
  curve(picture, 0, "lead", x, y);
  return el("figure", {{"class", "small"}},
            {el("figcaption", {}, {series_title(told_, series_)}), std::move(picture),
             el("p", {{"class", "note"}}, {"At the horizon: ", number("run", end)})});
}

/// The series a reader sees, in the order they ask for them.
std::vector<std::size_t> shown_series(const ensemble::Futures& futures) {
  std::vector<std::size_t> shown;
  for (const Wanted& w : wanted) {
    std::size_t of_one = 0;
    for (std::size_t s = 0; s < futures.series.size() && of_one < w.entities; ++s) {
      if (futures.series[s].variable != w.variable || shown.size() >= most_charts) continue;
      shown.push_back(s);
      ++of_one;
    }
  }
  return shown;
}

}  // namespace

std::string series_title(const Told& told, std::size_t index) {
  const auto& series = told.futures.series[index];
  std::string text = spoken(series.variable);
  for (const auto& v : casefile::variables()) {
    if (v.name == series.variable) text = named_sides(v.meaning, told.given);
  }
  std::string of;
  for (const std::string& id : series.entities) {
    std::string name = spoken(id);
    if (const auto c = casefile::find(told.given.contingents, id))
      name = told.given.contingents[*c].name;
    if (const auto a = casefile::find(told.given.actors, id)) name = told.given.actors[*a].name;
    if (const auto s = casefile::find(told.given.sectors, id)) name = told.given.sectors[*s].name;
    for (const auto& side :
         told.given.war ? told.given.war->sides : std::array<casefile::Side, 2>{}) {
      if (side.id == id) name = told.given.actors[side.lead].name;
    }
    of += (of.empty() ? "" : ", ") + name;
  }
  return capital(text) + (of.empty() ? "" : ": " + of);
}

Node futures_section(const Told& told) {
  Node grid = el("div", {{"class", "grid3"}});
  const std::size_t best = told.comparison.ranking[0];
  const std::string first = option_name(told, told.comparison.options[0].id);
  if (told.futures.weeks > 1 && !told.futures.levels.empty()) {
    for (const std::size_t s : shown_series(told.futures)) grid.add(Chart(told, s).draw(best));
  }
  std::string text = fmt::format(
      "Under \u2018{}\u2019: the middle of the futures (line), half of them (dark band) and nine "
      "tenths (light band); "
      "for what either is or is not, the share of futures.",
      first);
  if (best != 0)
    text += fmt::format(" Dashed: \u2018{}\u2019.",
                        option_name(told, told.comparison.options[best].id));
  return section("futures", "What may happen", {paragraph({text}), std::move(grid)});
}

}  // namespace casus::brief
