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

constexpr int days_shown = 35;
constexpr double left = 128, early_width = 150, right = 1070, pitch = 17, radius = 7.5;

/// Where a report stands: its row (kind), column and level in the stack.
struct Dot {
  std::size_t report = 0, kind = 0;
  double x = 0.0;
  int level = 0;
};

struct Layout {
  std::vector<Dot> dots;
  std::map<std::size_t, int> height;  ///< levels of each kind in use
  Date first, split;
  Scale early, late;
};

Layout lay_out(const Told& told) {
  Layout l;
  l.split = told.given.as_of.plus(-days_shown);
  l.first = told.given.reports.empty() ? l.split
                                       : std::min(l.split, told.given.reports.front().published);
  l.early = {static_cast<double>(l.first.days()), static_cast<double>(l.split.days()), left + 10,
             left + early_width - 14};
  l.late = {static_cast<double>(l.split.days()), static_cast<double>(told.given.as_of.days()),
            left + early_width + 12, right - 16};
  std::map<std::pair<std::size_t, int>, int> stack;
  for (std::size_t r = 0; r < told.given.reports.size(); ++r) {
    const auto& report = told.given.reports[r];
    Dot dot;
    dot.report = r;
    dot.kind = static_cast<std::size_t>(report.kind);
    const double day = report.published.days();
    if (report.published < l.split) {
      dot.x = left + 10 + pitch * std::floor((l.early(day) - left - 10) / pitch);
    } else {
      dot.x = l.late(day);
    }
    dot.level = stack[{dot.kind, static_cast<int>(dot.x)}]++;
    l.height[dot.kind] = std::max(l.height[dot.kind], dot.level + 1);
    l.dots.push_back(dot);
  }
  return l;
}

const char* grade_class(char grade) {
  switch (grade) {
    case 'A':
      return "gA";
    case 'B':
      return "gB";
    case 'C':
      return "gC";
    case 'D':
      return "gD";
    case 'E':
      return "gE";
    default:
      return "gF";
  }
}

Node dot_link(const Told& told, const Dot& dot, double base) {
  const auto& report = told.given.reports[dot.report];
  const double y = base - pitch * (dot.level + 0.5);
  const std::string grade(1, report.source_grade);
  Node a = el("a", {{"href", "#" + anchor("r", report.id)}});
  a.add(el("title", {}, {to_string(report.published) + ": " + report.claim}));
  a.add(circle({dot.x, y}, radius, grade_class(report.source_grade)));
  a.add(words({dot.x, y + 3.6}, grade, report.source_grade <= 'C' ? "grade light" : "grade",
              "middle"));
  return a;
}

void draw_axis(Node& picture, const Told& told, const Layout& l, double bottom) {
  for (int d = 0; d <= days_shown; ++d) {
    const Date day = l.split.plus(d);
    if ((told.given.as_of - day) % 7 != 0) continue;
    picture.add(line({l.late(day.days()), 8}, {l.late(day.days()), bottom}, "grid"));
    picture.add(words({l.late(day.days()), bottom + 16}, short_date(day), "tick", "middle"));
  }
  picture.add(line({left + early_width, 8}, {left + early_width, bottom}, "axis"));
  picture.add(words({left + 6, bottom + 16}, "from " + month_of(l.first), "tick"));
}

}  // namespace

Node timeline_section(const Told& told) {
  const Layout l = lay_out(told);
  double bottom = 12;
  std::vector<Node> rows;
  for (const auto& entry : l.height) {
    bottom += pitch * entry.second + 10;
    const auto kind = static_cast<casefile::ReportKind>(entry.first);
    rows.push_back(
        words({left - 10, bottom - 10}, capital(spoken(casefile::name_of(kind))), "label", "end"));
    rows.push_back(line({left, bottom}, {right, bottom}, "grid"));
    for (const Dot& dot : l.dots) {
      if (dot.kind == entry.first) rows.push_back(dot_link(told, dot, bottom - 3));
    }
  }
  Node picture = svg(
      right + 6, bottom + 24, "Reports by day and kind",
      fmt::format("{} reports, each a dot with the grade of its source, by day of publication and "
                  "kind; the latest {} days on the right, all earlier ones on the left",
                  told.given.reports.size(), days_shown),
      {});
  draw_axis(picture, told, l, bottom);
  for (Node& n : rows) picture.add(std::move(n));
  return section("timeline", "What was reported, and when",
                 {figure(std::move(picture), {"Each dot is a report, with the grade of its source "
                                              "from A (reliable) to F (cannot be judged); "
                                              "the darker, the better graded. The column on the "
                                              "left holds all earlier reports. Dots lead to the ",
                                              link("reports", {"reports"}), "."})});
}

}  // namespace casus::brief
