// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/brief/svg.h"

#include <fmt/format.h>

#include <cmath>

namespace casus::brief {

std::string px(double v) {
  const double tenths = std::round(v * 10.0);
  if (tenths == 0.0) return "0";
  std::string s = fmt::format("{:.1f}", tenths / 10.0);
  if (s.back() == '0') s.resize(s.size() - 2);
  return s;
}

Node svg(double width, double height, const std::string& title, const std::string& description,
         std::vector<Node> children, const std::string& cls) {
  Attributes a = {{"viewBox", "0 0 " + px(width) + " " + px(height)},
                  {"role", "img"},
                  {"width", px(width)},
                  {"height", px(height)}};
  if (!cls.empty()) a.emplace_back("class", cls);
  Node s = el("svg", std::move(a), {el("title", {}, {title}), el("desc", {}, {description})});
  for (Node& child : children) s.add(std::move(child));
  return s;
}

Node inline_svg(double width, double height, const std::string& label, std::vector<Node> children) {
  return svg(width, height, label, label, std::move(children), "inline");
}

Node line(Spot a, Spot b, const char* cls) {
  return el("line",
            {{"x1", px(a.x)}, {"y1", px(a.y)}, {"x2", px(b.x)}, {"y2", px(b.y)}, {"class", cls}});
}

Node circle(Spot at, double radius, const char* cls) {
  return el("circle", {{"cx", px(at.x)}, {"cy", px(at.y)}, {"r", px(radius)}, {"class", cls}});
}

Node box(double x, double y, double width, double height, const char* cls) {
  return el("rect", {{"x", px(x)},
                     {"y", px(y)},
                     {"width", px(std::max(0.0, width))},
                     {"height", px(std::max(0.0, height))},
                     {"class", cls}});
}

Node words(Spot at, const std::string& text, const char* cls, const char* anchor_at) {
  return el("text", {{"x", px(at.x)}, {"y", px(at.y)}, {"text-anchor", anchor_at}, {"class", cls}},
            {text});
}

Node path(const std::string& d, const char* cls) { return el("path", {{"d", d}, {"class", cls}}); }

std::string path_data(const std::vector<Spot>& points, bool closed) {
  std::string d;
  for (std::size_t i = 0; i < points.size(); ++i) {
    d += (i == 0 ? "M" : "L") + px(points[i].x) + " " + px(points[i].y);
  }
  return closed && !d.empty() ? d + "Z" : d;
}

std::vector<double> nice_ticks(double low, double high, int count) {
  if (!(high > low)) return {low};
  const double rough = (high - low) / count;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  double step = 10.0 * power;
  for (const double m : {1.0, 2.0, 5.0}) {
    if (m * power >= rough * 0.999) {
      step = m * power;
      break;
    }
  }
  std::vector<double> ticks;
  for (double t = std::ceil(low / step - 1e-9) * step; t <= high + 1e-9 * step; t += step) {
    ticks.push_back(std::abs(t) < 1e-9 * step ? 0.0 : t);
  }
  return ticks;
}

double text_width(const std::string& text, double size) {
  double units = 0.0;
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if ((u & 0xC0U) == 0x80U) continue;  // the rest of a character of several bytes
    if (c == 'i' || c == 'l' || c == '.' || c == ',' || c == ' ' || c == 'j' || c == 't') {
      units += 0.32;
    } else if ((c >= 'A' && c <= 'Z') || c == 'm' || c == 'w') {
      units += 0.74;
    } else {
      units += 0.57;
    }
  }
  return units * size;
}

}  // namespace casus::brief
