// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/brief/calibration.h"

#include <fmt/format.h>

#include <cmath>

#include "casus/brief/svg.h"

namespace casus::brief {
namespace {

constexpr double width = 760, height = 420;
constexpr double side = 300;  // of one square plot
constexpr double top = 48;

constexpr const char* style = R"css(
:root{--ink:#1b1f24;--soft:#5b6570;--line:#d7dce1;--paper:#ffffff;
--blue:#0b5c97;--orange:#c0550c;--grey:#8a949e}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a2adb8;--line:#39424b;
--paper:#14181c;--blue:#6db3e8;--orange:#f0985a;--grey:#7c8792}}
text{font:12px system-ui,"Liberation Sans",Arial,sans-serif;fill:var(--ink)}
.paper{fill:var(--paper)}.title{font-weight:650;font-size:14px}
.tick,.note{fill:var(--soft);font-size:11px}
.grid{stroke:var(--line);fill:none}.even{stroke:var(--soft);stroke-dasharray:4 4}
.ours{fill:var(--blue);stroke:var(--blue);fill-opacity:.75}
.second{fill:none;stroke:var(--orange);stroke-width:1.6}
.third{fill:none;stroke:var(--grey);stroke-width:1.6}
.line-ours{fill:none;stroke:var(--blue);stroke-width:2}
.line-second{fill:none;stroke:var(--orange);stroke-width:1.2}
.line-third{fill:none;stroke:var(--grey);stroke-width:1.2}
.range{stroke:var(--blue);stroke-opacity:.5}
)css";

struct Look {
  const char* dot;
  const char* line;
  const char* name;
};

struct Curve {
  const CalibrationCurve* calibration;
  Look look;
};

void add_axes(Node& picture, const Scale& x, const Scale& y, const std::string& title) {
  picture.add(words({x.from, top - 18}, title, "title"));
  for (const double p : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    picture.add(line({x.from, y(p)}, {x.to, y(p)}, "grid"));
    picture.add(line({x(p), y.from}, {x(p), y.to}, "grid"));
    picture.add(words({x.from - 6, y(p) + 4}, fmt::format("{:.0f}", 100 * p), "tick", "end"));
    picture.add(words({x(p), y.from + 16}, fmt::format("{:.0f}", 100 * p), "tick", "middle"));
  }
  picture.add(line({x(0), y(0)}, {x(1), y(1)}, "even"));
  picture.add(words({(x.from + x.to) / 2, y.from + 33}, "stated, per cent", "note", "middle"));
  picture.add(words({x.from + 4, y.to + 13}, "came true, per cent", "note"));
}

void add_curve(Node& picture, const Curve& curve, const Scale& x, const Scale& y, bool ranges) {
  std::vector<Spot> points;
  const double all = static_cast<double>(curve.calibration->count);
  for (const CalibrationBin& b : curve.calibration->bins) {
    const Spot at{x(b.stated), y(b.came)};
    if (ranges) picture.add(line({at.x, y(b.came_low)}, {at.x, y(b.came_high)}, "range"));
    picture.add(
        circle(at, 2.5 + 14.0 * std::sqrt(static_cast<double>(b.count) / all), curve.look.dot));
    points.push_back(at);
  }
  if (points.size() > 1) picture.add(path(path_data(points), curve.look.line));
}

void add_plot(Node& picture, double left, const std::string& title,
              const std::vector<Curve>& curves) {
  const Scale x{0.0, 1.0, left, left + side};
  const Scale y{0.0, 1.0, top + side, top};
  add_axes(picture, x, y, title);
  double at = left;
  for (std::size_t i = curves.size(); i-- > 0;) add_curve(picture, curves[i], x, y, i == 0);
  for (const Curve& c : curves) {
    picture.add(circle({at + 5, height - 18}, 5, c.look.dot));
    picture.add(words({at + 15, height - 14}, c.look.name, "note"));
    at += 26 + text_width(c.look.name, 11) + 12;
  }
}

}  // namespace

std::string calibration_svg(const casefile::Case& given, const intel::Score& score) {
  const std::string title = given.title + ": calibration";
  const std::string description =
      "What was stated against how often it came true; on the dashed line the two agree.";
  Node picture = el("svg",
                    {{"xmlns", "http://www.w3.org/2000/svg"},
                     {"viewBox", "0 0 " + px(width) + " " + px(height)},
                     {"width", px(width)},
                     {"height", px(height)},
                     {"role", "img"}},
                    {el("title", {}, {title}), el("desc", {}, {description}),
                     el("style", {}, {style}), box(0, 0, width, height, "paper")});
  std::vector<Curve> hypotheses;
  for (const auto& m : score.methods) {
    if (m.id == "casus") {
      hypotheses.push_back({&m.calibration, {"ours", "line-ours", "Casus"}});
    } else if (m.id == "product") {
      hypotheses.push_back({&m.calibration, {"second", "line-second", "plain product"}});
    } else if (m.id == "matrix") {
      hypotheses.push_back({&m.calibration, {"third", "line-third", "plain matrix"}});
    }
  }
  std::vector<Curve> reports;
  for (const auto& m : score.report_methods) {
    if (m.id == "casus") {
      reports.push_back({&m.calibration, {"ours", "line-ours", "Casus"}});
    } else if (m.id == "grades") {
      reports.push_back({&m.calibration, {"second", "line-second", "grades alone"}});
    }
  }
  add_plot(picture, 44, "Answers to hypotheses, day by day", hypotheses);
  add_plot(picture, 428, "Claims of reports", reports);
  std::string out;
  picture.write(out);
  return out;
}

}  // namespace casus::brief
