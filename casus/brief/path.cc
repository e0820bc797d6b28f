// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

constexpr int days_shown = 62;
constexpr std::size_t most_charts = 15;
constexpr double width = 330, height = 150;

struct Walk {
  std::vector<Date> days;
  std::map<std::uint32_t, std::vector<std::pair<Date, double>>> states;
};

Walk walk_of(const Told& told, std::size_t h) {
  Walk walk;
  const Date first = told.belief.as_of.plus(-days_shown);
  for (const intel::PathPoint& p : told.belief.path) {
    if (p.hypothesis != h || p.day < first) continue;
    walk.states[p.state].emplace_back(p.day, p.p);
    walk.days.push_back(p.day);
  }
  for (auto& entry : walk.states) std::sort(entry.second.begin(), entry.second.end());
  std::sort(walk.days.begin(), walk.days.end());
  return walk;
}

std::string step_data(const std::vector<std::pair<Date, double>>& points, const Scale& x,
                      const Scale& y) {
  std::string d;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const std::string at = px(x(points[i].first.days()));
    d += i == 0 ? "M" + at + " " + px(y(points[i].second))
                : "H" + at + "V" + px(y(points[i].second));
  }
  return d;
}

void axes(Node& picture, const Walk& walk, const Scale& x, const Scale& y) {
  for (const double p : {0.0, 0.5, 1.0}) {
    picture.add(line({x.from, y(p)}, {x.to, y(p)}, "grid"));
    picture.add(words({x.from - 5, y(p) + 3.5}, fmt::format("{:.0f}", 100 * p), "tick", "end"));
  }
  const Date last = walk.days.back();
  for (Date day = walk.days.front().plus(6).monday(); day <= last; day = day.plus(14)) {
    picture.add(line({x(day.days()), y(0)}, {x(day.days()), y(0) + 4}, "axis"));
    picture.add(words({x(day.days()), y(0) + 15}, short_date(day), "tick", "middle"));
  }
}

Node small_multiple(const Told& told, std::size_t h) {
  const auto& hypothesis = told.given.hypotheses[h];
  const auto& b = told.belief.hypotheses[h];
  const Walk walk = walk_of(told, h);
  const std::string title = fmt::format("H{}: {}", h + 1, hypothesis.name);
  Node caption = el("figcaption", {}, {link(anchor("h", hypothesis.id), {title})});
  if (walk.days.size() < 2) {
    return el("figure", {{"class", "small"}},
              {std::move(caption), paragraph({"No walk by day was kept."}, "note")});
  }
  const Scale x = {static_cast<double>(walk.days.front().days()),
                   static_cast<double>(walk.days.back().days()), 30, width - 52};
  const Scale y = {0.0, 1.0, height - 24, 10};
  Node picture = svg(width, height, title,
                     fmt::format("Probability of every answer by day; now {} for: {}",
                                 percent(b.states[b.leading].p), hypothesis.states[b.leading].name),
                     {});
  axes(picture, walk, x, y);
  for (const auto& entry : walk.states) {
    if (entry.first != b.leading) picture.add(path(step_data(entry.second, x, y), "thin"));
  }
  if (const auto lead = walk.states.find(b.leading); lead != walk.states.end()) {
    picture.add(path(step_data(lead->second, x, y), "lead"));
    const double end = lead->second.back().second;
    picture.add(words({x.to + 4, y(end) + 4}, percent(end), "value"));
  }
  return el(
      "figure", {{"class", "small"}},
      {std::move(caption), std::move(picture),
       el("p", {{"class", "note"}},
          {el("span", {{"class", "mark"}}, {"\u2014"}), " ", hypothesis.states[b.leading].name})});
}

/// How far the leading answer's probability has moved in all, up and down.
double moved(const Told& told, std::size_t h) {
  const Walk walk = walk_of(told, h);
  double sum = 0.0;
  const auto lead = walk.states.find(told.belief.hypotheses[h].leading);
  if (lead == walk.states.end()) return sum;
  for (std::size_t i = 1; i < lead->second.size(); ++i) {
    sum += std::abs(lead->second[i].second - lead->second[i - 1].second);
  }
  return sum;
}

}  // namespace

Node path_section(const Told& told) {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t h = 0; h < told.given.hypotheses.size(); ++h)
    order.emplace_back(-moved(told, h), h);
  std::sort(order.begin(), order.end());
  if (order.size() > most_charts) order.resize(most_charts);
  std::sort(order.begin(), order.end(),
            [](const auto& a, const auto& b) { return a.second < b.second; });
  Node grid = el("div", {{"class", "grid3"}});
  for (const auto& entry : order) grid.add(small_multiple(told, entry.second));
  const std::size_t left_out = told.given.hypotheses.size() - order.size();
  std::string text =
      "Probability of the answer that leads today (thick) and of its rivals (thin), in per cent, "
      "had one judged on "
      "each day with the reports of that day.";
  if (left_out > 0)
    text += fmt::format(" The {} questions that moved least are left out.", left_out);
  return section("path", "How the belief moved", {paragraph({text}), std::move(grid)});
}

}  // namespace casus::brief
