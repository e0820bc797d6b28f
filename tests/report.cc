// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/brief/svg.h"

namespace casus::evidence {
namespace {

using brief::box;
using brief::circle;
using brief::el;
using brief::line;
using brief::Node;
using brief::path;
using brief::path_data;
using brief::px;
using brief::Scale;
using brief::Spot;
using brief::words;

constexpr double width = 760, left = 64, right = 20, panel_height = 190, gap = 62, head = 44;

constexpr const char* style = R"css(
:root{--ink:#1b1f24;--soft:#5b6570;--line:#d7dce1;--paper:#ffffff;--blue:#0b5c97;--orange:#c0550c;
--green:#2b7a4b}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a2adb8;--line:#39424b;
--paper:#14181c;--blue:#6db3e8;--orange:#f0985a;--green:#72c592}}
text{font:12px system-ui,"Liberation Sans",Arial,sans-serif;fill:var(--ink)}
.paper{fill:var(--paper)}.title{font-weight:650;font-size:14px}.head{font-weight:650}
.tick,.note{fill:var(--soft);font-size:11px}.grid{stroke:var(--line);fill:none}
.wanted{fill:none;stroke:var(--green);stroke-dasharray:5 4}.wish{fill:var(--green);font-size:11px}
.band0{fill:var(--blue);fill-opacity:.18}.band1{fill:var(--orange);fill-opacity:.18}
.curve0{fill:none;stroke:var(--blue);stroke-width:2}
.curve1{fill:none;stroke:var(--orange);stroke-width:2}
.bar{fill:var(--green);fill-opacity:.3}.met{fill:var(--blue)}.missed{fill:var(--orange)}
)css";

Node picture_of(const std::string& title, double height) {
  return el("svg",
            {{"xmlns", "http://www.w3.org/2000/svg"},
             {"viewBox", "0 0 " + px(width) + " " + px(height)},
             {"width", px(width)},
             {"height", px(height)},
             {"role", "img"}},
            {el("title", {}, {title}), el("style", {}, {style}), box(0, 0, width, height, "paper"),
             words({left, 24}, title, "title")});
}

std::string written(const Node& picture) {
  std::string out;
  picture.write(out);
  return out + "\n";
}

std::vector<Spot> spots_of(const std::vector<double>& y, const Scale& x_of, const Scale& y_of) {
  std::vector<Spot> out;
  for (std::size_t i = 0; i < y.size(); ++i) {
    const double inside =
        std::clamp(y[i], std::min(y_of.low, y_of.high), std::max(y_of.low, y_of.high));
    out.push_back({x_of(static_cast<double>(i)), y_of(inside)});
  }
  return out;
}

void add_axes(Node& picture, const Panel& panel, const Scale& x, const Scale& y) {
  picture.add(words({left, y.to - 10}, panel.title, "head"));
  picture.add(words({width - right, y.to - 10}, panel.unit, "note", "end"));
  for (const double t : brief::nice_ticks(panel.bottom, panel.top, 5)) {
    picture.add(line({x.from, y(t)}, {x.to, y(t)}, "grid"));
    picture.add(words({left - 8, y(t) + 4}, fmt::format("{:g}", t), "tick", "end"));
  }
  for (const double t : brief::nice_ticks(x.low, x.high, 8)) {
    picture.add(words({x(t), y.from + 16}, fmt::format("{:g}", t), "tick", "middle"));
  }
  picture.add(words({width - right, y.from + 30}, "weeks", "note", "end"));
}

void add_panel(Node& picture, const Panel& panel, double top) {
  std::size_t weeks = 2;
  for (const Curve& c : panel.curves) weeks = std::max(weeks, c.middle.size());
  const Scale x{0.0, static_cast<double>(weeks - 1), left, width - right};
  const Scale y{panel.bottom, panel.top, top + panel_height, top};
  add_axes(picture, panel, x, y);
  for (std::size_t c = 0; c < panel.curves.size(); ++c) {
    const Curve& curve = panel.curves[c];
    if (curve.low.empty()) continue;
    std::vector<Spot> round = spots_of(curve.low, x, y);
    std::vector<Spot> over = spots_of(curve.high, x, y);
    round.insert(round.end(), over.rbegin(), over.rend());
    picture.add(path(path_data(round, true), c == 0 ? "band0" : "band1"));
  }
  double at = left;
  for (std::size_t c = 0; c < panel.curves.size(); ++c) {
    const Curve& curve = panel.curves[c];
    const char* cls = c == 0 ? "curve0" : "curve1";
    picture.add(path(path_data(spots_of(curve.middle, x, y)), cls));
    picture.add(line({at, y.from + 27}, {at + 18, y.from + 27}, cls));
    picture.add(words({at + 24, y.from + 31}, curve.name, "note"));
    at += 24 + brief::text_width(curve.name, 11) + 24;
  }
  for (const Panel::Range& r : panel.wanted) {
    const double x0 = x(static_cast<double>(r.from)), x1 = x(static_cast<double>(r.to));
    picture.add(box(x0, y(r.high), x1 - x0, y(r.low) - y(r.high), "wanted"));
    picture.add(words({x0 + 5, y(r.high) - 4}, r.name, "wish"));
  }
}

}  // namespace

void check(std::vector<Gate>& gates, Gate gate) {
  EXPECT_TRUE(gate.met()) << gate.id << ": " << gate.what << " is " << gate.found << ", wanted "
                          << gate.low << " to " << gate.high;
  gates.push_back(std::move(gate));
}

std::string table_of(const std::vector<Gate>& gates) {
  std::string out = "| gate | what | wanted | found | verdict |\n|---|---|---|---|---|\n";
  for (const Gate& g : gates) {
    out += fmt::format("| {} | {} | {:.4g} to {:.4g} | {:.3g} | {} |\n", g.id, g.what, g.low,
                       g.high, g.found, g.met() ? "met" : "missed");
  }
  return out;
}

double quantile(std::vector<double> x, double p) {
  if (x.empty()) throw InternalError("a quantile of nothing");
  std::ranges::sort(x);
  return x[static_cast<std::size_t>(p * static_cast<double>(x.size() - 1) + 0.5)];
}

double mean(const std::vector<double>& x) {
  double sum = 0.0;
  for (const double v : x) sum += v;
  return sum / static_cast<double>(x.size());
}

std::size_t futures_asked(std::size_t usual) {
  const char* asked = std::getenv("CASUS_FUTURES");
  return asked == nullptr ? usual : std::stoul(asked);
}

void write_report(const std::string& name, const std::string& text) {
  const char* folder = std::getenv("CASUS_WRITE_REPORT");
  if (folder != nullptr) write_file(std::string(folder) + "/" + name, text);
}

void tell_part(const std::string& name, const std::string& text) {
  fmt::print("<!-- part {} -->\n{}<!-- end -->\n", name, text);
  std::fflush(stdout);
}

std::string plot(const std::string& title, const std::vector<Panel>& panels) {
  const double height = head + 20 + static_cast<double>(panels.size()) * (panel_height + gap);
  Node picture = picture_of(title, height);
  double top = head + 22;
  for (const Panel& panel : panels) {
    add_panel(picture, panel, top);
    top += panel_height + gap;
  }
  return written(picture);
}

std::string plot_gates(const std::string& title, const std::vector<Gate>& gates) {
  constexpr double row = 22, from = 470, to = 690;
  const double height = head + 34 + row * static_cast<double>(gates.size());
  Node picture = picture_of(title, height);
  double at = head + 14;
  for (const Gate& g : gates) {
    // A third of the wanted width stands on either side; what lies beyond is drawn at the edge.
    const double span = std::max(g.high - g.low, 1e-12);
    const Scale x{g.low - span / 3, g.high + span / 3, from, to};
    const double found = std::clamp(g.found, x.low, x.high);
    picture.add(words({left - 8, at + 4}, g.id, "tick", "end"));
    picture.add(words({left, at + 4}, g.what, "note"));
    picture.add(box(x(g.low), at - 6, x(g.high) - x(g.low), 12, "bar"));
    picture.add(circle({x(found), at}, 5, g.met() ? "met" : "missed"));
    picture.add(words({to + 12, at + 4}, fmt::format("{:.3g}", g.found), "note"));
    at += row;
  }
  picture.add(words({from, at + 4}, "green: what is wanted; dot: what was found", "note"));
  return written(picture);
}

}  // namespace casus::evidence
