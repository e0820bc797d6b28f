// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

/// A calibration diagram as SVG, for the validation pages.
namespace casus::intel::test {

struct Curve {
  std::string name;
  std::vector<std::pair<double, double>> points;  ///< stated, came true
};

/// Stated against came true, the diagonal for comparison; at most three curves.
[[nodiscard]] inline std::string calibration_svg(const std::vector<Curve>& curves) {
  constexpr double left = 60, top = 20, side = 400;
  constexpr std::array colour{"#0b5394", "#b45f06", "#6a7f10"};
  constexpr std::array dash{"", "6 3", "2 3"};
  std::string out;
  char line[400];
  const auto add = [&](const char* format, auto... values) {
    std::snprintf(line, sizeof line, format, values...);
    out += line;
  };
  const auto x = [&](double p) { return left + side * p; };
  const auto y = [&](double p) { return top + side * (1.0 - p); };
  out +=
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 660 480\" "
      "font-family=\"DejaVu Sans, sans-serif\" font-size=\"13\">\n"
      "<title>Stated probability against how often it came true</title>\n"
      "<rect width=\"660\" height=\"480\" fill=\"#fff\"/>\n";
  for (int i = 0; i <= 5; ++i) {
    const double p = .2 * i;
    add("<path d=\"M%.1f %.1fH%.1fM%.1f %.1fV%.1f\" stroke=\"#ddd\" fill=\"none\"/>\n", left, y(p),
        left + side, x(p), top, top + side);
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n", left - 8, y(p) + 4, p);
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.1f</text>\n", x(p), top + side + 18,
        p);
  }
  add("<path d=\"M%.1f %.1fL%.1f %.1f\" stroke=\"#888\"/>\n", x(0), y(0), x(1), y(1));
  add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">stated probability</text>\n", x(.5),
      top + side + 42);
  add("<text transform=\"translate(18 %.1f) rotate(-90)\" text-anchor=\"middle\">came "
      "true</text>\n",
      y(.5));
  for (std::size_t c = 0; c < curves.size() && c < colour.size(); ++c) {
    std::string path;
    for (const auto& [stated, came] : curves[c].points) {
      std::snprintf(line, sizeof line, "%s%.1f %.1f", path.empty() ? "M" : "L", x(stated), y(came));
      path += line;
    }
    const double at = top + 24 + 24 * static_cast<double>(c);
    out += "<path d=\"" + path + "\" fill=\"none\" stroke-width=\"2\" stroke=\"" + colour[c] +
           "\" stroke-dasharray=\"" + dash[c] + "\"/>\n";
    for (const auto& [stated, came] : curves[c].points) {
      add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n", x(stated), y(came), colour[c]);
    }
    add("<path d=\"M%.1f %.1fh30\" stroke-width=\"2\" stroke=\"%s\" stroke-dasharray=\"%s\"/>\n",
        left + side + 16, at - 4, colour[c], dash[c]);
    add("<text x=\"%.1f\" y=\"%.1f\">%s</text>\n", left + side + 52, at, curves[c].name.c_str());
  }
  return out + "</svg>\n";
}

}  // namespace casus::intel::test
