// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/brief/backtest_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/brief/page.h"
#include "casus/brief/svg.h"

namespace casus::brief {
namespace {

using calibrate::Backtest;
using calibrate::Cell;
using calibrate::Trial;

std::string signed_share(std::optional<double> x) { return x ? fmt::format("{:+.2f}", *x) : "-"; }

std::string amount(double x) {
  return std::abs(x) >= 100 ? fmt::format("{:.0f}", x) : fmt::format("{:.2g}", x);
}

std::string name_of(const std::string& series) {
  std::string name = series;
  if (name.ends_with("_cum")) name.resize(name.size() - 4);
  if (name == "delta_km2") return "net ground, all sectors (km2)";
  if (name.starts_with("km2_")) name = name.substr(4) + " (km2)";
  std::ranges::replace(name, '_', ' ');
  return series == "personnel_cum" ? "personnel, summed" : name;
}

/// Intervals of 80 and 50 per cent, median and what came, origin by origin.
Node trials_picture(const Cell& cell) {
  constexpr double width = 340;
  constexpr double height = 170;
  double low = 0.0;
  double high = 1.0;
  for (const Trial& t : cell.trials) {
    low = std::min({low, t.low[1], t.came});
    high = std::max({high, t.high[1], t.came});
  }
  const Scale y{low, high, height - 26, 10};
  const Scale x{-0.5, static_cast<double>(cell.trials.size()) - 0.5, 46, width - 6};
  std::vector<Node> parts;
  for (const double tick : nice_ticks(low, high, 4)) {
    parts.push_back(line({46, y(tick)}, {width - 6, y(tick)}, "grid"));
    parts.push_back(words({42, y(tick) + 4}, fmt::format("{:g}", tick), "tick", "end"));
  }
  for (std::size_t i = 0; i < cell.trials.size(); ++i) {
    const Trial& t = cell.trials[i];
    const double at = x(static_cast<double>(i));
    parts.push_back(
        box(at - 5, y(t.high[1]), 10, std::max(1.0, y(t.low[1]) - y(t.high[1])), "fan90"));
    parts.push_back(
        box(at - 5, y(t.high[0]), 10, std::max(1.0, y(t.low[0]) - y(t.high[0])), "fan50"));
    parts.push_back(line({at - 5, y(t.median)}, {at + 5, y(t.median)}, "lead"));
    const bool inside = t.low[1] <= t.came && t.came <= t.high[1];
    parts.push_back(circle({at, y(t.came)}, 3.2, inside ? "same" : "worse"));
  }
  const auto label = [&](std::size_t i, const char* anchor) {
    parts.push_back(words({x(static_cast<double>(i)), height - 8}, to_string(cell.trials[i].origin),
                          "tick", anchor));
  };
  label(0, "start");
  if (cell.trials.size() > 3) label(cell.trials.size() - 1, "end");
  return svg(width, height, name_of(cell.series),
             fmt::format("forecasts {} weeks ahead and what came", cell.horizon), std::move(parts));
}

Node transforms_picture(const Backtest& b, bool ground) {
  constexpr std::size_t bins = 10;
  std::array<double, bins> share{};
  double all = 0.0;
  for (const Cell& c : b.cells) {
    if (c.ground != ground) continue;
    for (const Trial& t : c.trials) {
      ++share[std::min(static_cast<std::size_t>(t.transform * bins), bins - 1)];
      ++all;
    }
  }
  const Scale y{0.0, 0.3, 150, 10};
  std::vector<Node> parts;
  for (std::size_t i = 0; i < bins; ++i) {
    const double top = y(std::min(all > 0 ? share[i] / all : 0.0, 0.3));
    parts.push_back(box(46 + 28 * static_cast<double>(i), top, 26, 150 - top, "bin"));
  }
  parts.push_back(line({46, y(0.1)}, {326, y(0.1)}, "mean"));
  parts.push_back(words({42, y(0.1) + 4}, "10 %", "tick", "end"));
  parts.push_back(words({46, 166}, "below all draws", "tick"));
  parts.push_back(words({326, 166}, "above all draws", "tick", "end"));
  return svg(340, 172, "Where what came lay among the draws", "level if calibrated",
             std::move(parts));
}

Node head_cells(bool ground, const Backtest& b) {
  std::vector<Node> rows;
  for (const int h : calibrate::scored_horizons) {
    if (!b.skill(h, ground, "best") && !std::isfinite(b.coverage(h, ground, 0))) continue;
    std::vector<Node> cells = {cell({fmt::format("{}", h)})};
    for (const char* rival : {"best", "pool", "persist", "rw_drift", "ar", "ets", "clim26"})
      cells.push_back(cell({signed_share(b.skill(h, ground, rival))}, "number"));
    const auto shares = [](const auto& of) {
      return fmt::format("{:.0f}/{:.0f}/{:.0f}", 100 * of(0U), 100 * of(1U), 100 * of(2U));
    };
    cells.push_back(
        cell({shares([&](std::size_t k) { return b.coverage(h, ground, k); })}, "number"));
    cells.push_back(
        cell({shares([&](std::size_t k) { return b.expected_coverage(h, ground, k); })}, "number"));
    rows.push_back(row(std::move(cells)));
  }
  return table({"weeks", ">best", ">mixture", ">persist", ">drift", ">AR", ">ETS", ">climate",
                ">in 50/80/90 %", ">if right"},
               std::move(rows), "outcomes",
               ground ? "Ground: net km2 and sectors" : "Claims: personnel, tanks, artillery");
}

/// The cells in which Casus did worst, and the trials that fell out of the interval of 90 per cent.
Node misses(const Backtest& b) {
  std::vector<const Cell*> worst;
  for (const Cell& c : b.cells) {
    const auto s = c.skill("best");
    if (s && *s < 0.0) worst.push_back(&c);
  }
  std::ranges::sort(worst, {}, [](const Cell* c) { return *c->skill("best"); });
  std::vector<Node> items;
  for (std::size_t i = 0; i < std::min<std::size_t>(worst.size(), 12); ++i) {
    const Cell& c = *worst[i];
    items.push_back(el("li", {},
                       {fmt::format("{}, {} weeks ahead: score {} against {} of {} ({}), {:.0f} % "
                                    "inside the interval of 80 %.",
                                    name_of(c.series), c.horizon, amount(c.mean_score()),
                                    amount(c.mean_of(c.best_rival())), c.best_rival(),
                                    signed_share(c.skill("best")), 100 * c.coverage(1))}));
  }
  std::size_t out = 0;
  std::size_t all = 0;
  for (const Cell& c : b.cells) {
    for (const Trial& t : c.trials) {
      ++all;
      if (t.came < t.low[2] || t.came > t.high[2]) ++out;
    }
  }
  return section("misses", "Misses",
                 {paragraph({fmt::format(
                      "{} of {} forecasts fell outside their interval of 90 %. {} of {} cells that "
                      "count score worse than the best single baseline; the worst are:",
                      out, all, worst.size(),
                      std::ranges::count_if(
                          b.cells, [](const Cell& c) { return c.skill("best").has_value(); }))}),
                  el("ul", {}, std::move(items))});
}

Node series_section(const Backtest& b, int horizon) {
  Node grid = el("div", {{"class", "grid2"}});
  for (const Cell& c : b.cells) {
    if (c.horizon != horizon || c.trials.empty()) continue;
    grid.add(figure(
        trials_picture(c),
        {c.skill("best") ? fmt::format("{}: skill {} against {}", name_of(c.series),
                                       signed_share(c.skill("best")), c.best_rival())
                         : fmt::format("{}: nothing happened, so no skill", name_of(c.series))},
        "small"));
  }
  return section(
      "series", "What was said and what came",
      {paragraph({fmt::format("{} weeks ahead, an origin a bar: 80 % (pale) and 50 % of the draws, "
                              "the median, and a dot where it came; orange lies outside the 80 %.",
                              horizon)}),
       std::move(grid)});
}

Node cells_section(const Backtest& b) {
  std::vector<Node> rows;
  for (const Cell& c : b.cells) {
    const auto best = c.best_rival();
    rows.push_back(
        row({cell({name_of(c.series)}, "name"), cell({fmt::format("{}", c.horizon)}, "number"),
             cell({fmt::format("{}", c.trials.size())}, "number"),
             cell({amount(c.mean_score())}, "number"), cell({best}),
             cell({best.empty() ? "-" : amount(c.mean_of(best))}, "number"),
             cell({signed_share(c.skill("best"))}, "number"),
             cell({signed_share(c.skill("pool"))}, "number"),
             cell({fmt::format("{:.0f}/{:.0f}/{:.0f}", 100 * c.coverage(0), 100 * c.coverage(1),
                               100 * c.coverage(2))},
                  "number")}));
  }
  return section(
      "cells", "Every series and horizon",
      {table({"series", ">weeks", ">origins", ">score", "best baseline", ">its score", ">skill",
              ">against mixture", ">in 50/80/90 %"},
             std::move(rows), "outcomes", "Continuous ranked probability scores, small is good")});
}

}  // namespace

std::string backtest_page(const Backtest& b) {
  const int shown = b.skill(4, true, "best") ? 4 : 1;
  Node main =
      el("main", {},
         {section("skill", "Skill and coverage",
                  {paragraph({"Skill is 1 less the ratio of scores: above zero Casus did better, "
                              "below worse. The best single baseline is chosen for every cell "
                              "after the fact, so it is a hard rival. Sectors where nothing "
                              "happened do not count for skill but do for coverage. Beside the "
                              "shares of what came inside the intervals of 50, 80 and 90 % stands "
                              "what they would be if what came were one of the draws: more than 80 "
                              "% where draws lie on the end of the interval, as zero does in a "
                              "sector that is mostly still."}),
                   head_cells(true, b), head_cells(false, b),
                   el("div", {{"class", "grid2"}},
                      {figure(transforms_picture(b, true),
                              {"Ground: where what came lay among the draws"}, "small"),
                       figure(transforms_picture(b, false), {"Claims: the same"}, "small")})}),
          misses(b), series_section(b, shown), cells_section(b)});
  Node body = el("body", {},
                 {el("h1", {}, {"Backtest: past forecasts against what came"}),
                  paragraph({fmt::format("Case {}, version {}, seed {}; origins every {} weeks "
                                         "from {}, targets to {}. At every origin only weeks up to "
                                         "it were known and parameters were fitted to those alone; "
                                         "numbers of the case dated later were left out.",
                                         b.case_id, b.version, b.seed, b.step,
                                         to_string(b.first_origin), to_string(b.last_target))},
                            "question"),
                  std::move(main)});
  std::string page = "<!DOCTYPE html>\n";
  el("html", {{"lang", "en"}},
     {el("head", {},
         {el("meta", {{"charset", "utf-8"}}),
          el("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
          el("title", {}, {"Backtest"}), el("style", {}, {style_sheet("")})}),
      std::move(body)})
      .write(page);
  return page;
}

}  // namespace casus::brief
