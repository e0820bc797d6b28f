// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "bench/picture.h"

#include <fmt/format.h>

#include <algorithm>

namespace casus::bench {
namespace {

using brief::circle;
using brief::el;
using brief::line;
using brief::Node;
using brief::px;
using brief::Scale;
using brief::words;

constexpr double side = 220, apart = 74, left = 56, top = 64, below = 60;

constexpr const char* style = R"css(
:root{--ink:#1b1f24;--soft:#5b6570;--line:#d7dce1;--paper:#ffffff;--blue:#0b5c97;--orange:#c0550c}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a2adb8;--line:#39424b;
--paper:#14181c;--blue:#6db3e8;--orange:#f0985a}}
text{font:12px system-ui,"Liberation Sans",Arial,sans-serif;fill:var(--ink)}
.paper{fill:var(--paper)}.title{font-weight:650;font-size:14px}.head{font-weight:650}
.tick,.note{fill:var(--soft);font-size:11px}.grid{stroke:var(--line)}
.fit{stroke:var(--orange);stroke-width:1.5}.dot{fill:var(--blue)}
)css";

/// Least squares: y = height + slope x.
struct Line {
  double height = 0.0, slope = 0.0;
};
Line fitted(const std::vector<Spot>& points) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const Spot& p : points) {
    n += 1, x += p.x, y += p.y, xx += p.x * p.x, xy += p.x * p.y;
  }
  const double slope = (n * xy - x * y) / (n * xx - x * x);
  return {(y - slope * x) / n, slope};
}

void add_panel(Node& all, const Panel& panel, double from) {
  double right = 0.0, high = 0.0;
  for (const Spot& p : panel.points) right = std::max(right, p.x), high = std::max(high, p.y);
  const Scale x{0.0, right * 1.05, from, from + side};
  const Scale y{0.0, high * 1.08, top + side, top};
  all.add(words({from, top - 20}, panel.title, "head"));
  all.add(words({from, top - 6}, panel.up, "note"));
  for (const double t : brief::nice_ticks(0.0, y.high, 5)) {
    all.add(line({x.from, y(t)}, {x.to, y(t)}, "grid"));
    all.add(words({from - 6, y(t) + 4}, fmt::format("{:g}", t), "tick", "end"));
  }
  for (const double t : brief::nice_ticks(0.0, x.high, 4)) {
    all.add(words({x(t), y.from + 16}, fmt::format("{:g}", t), "tick", "middle"));
  }
  all.add(words({from + side, y.from + 34}, panel.along, "note", "end"));
  const Line l = fitted(panel.points);
  all.add(
      line({x(0.0), y(std::max(l.height, 0.0))}, {x(right), y(l.height + l.slope * right)}, "fit"));
  for (const Spot& p : panel.points) all.add(circle({x(p.x), y(p.y)}, 3.5, "dot"));
}

}  // namespace

std::string picture(const std::string& title, const std::vector<Panel>& panels) {
  const double width = left + static_cast<double>(panels.size()) * (side + apart) - apart + 20;
  const double height = top + side + below;
  Node all = el("svg",
                {{"xmlns", "http://www.w3.org/2000/svg"},
                 {"viewBox", "0 0 " + px(width) + " " + px(height)},
                 {"width", px(width)},
                 {"height", px(height)},
                 {"role", "img"}},
                {el("title", {}, {title}), el("style", {}, {style}),
                 brief::box(0, 0, width, height, "paper"), words({left, 22}, title, "title")});
  for (std::size_t i = 0; i < panels.size(); ++i) {
    add_panel(all, panels[i], left + static_cast<double>(i) * (side + apart));
  }
  std::string out;
  all.write(out);
  return out + "\n";
}

}  // namespace casus::bench
