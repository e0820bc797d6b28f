// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/brief/html.h"

/// Drawing elements of a picture inside the page; coordinates are pixels, y down.
namespace casus::brief {

struct Spot {
  double x = 0.0, y = 0.0;
};

/// A coordinate with one decimal at most.
[[nodiscard]] std::string px(double v);

/// The picture itself: role, title and description for those who do not see it.
[[nodiscard]] Node svg(double width, double height, const std::string& title,
                       const std::string& description, std::vector<Node> children,
                       const std::string& cls = "");

/// A small picture inside a line or a cell, which the text beside it already says in words.
[[nodiscard]] Node inline_svg(double width, double height, const std::string& label,
                              std::vector<Node> children);

[[nodiscard]] Node line(Spot a, Spot b, const char* cls);
[[nodiscard]] Node circle(Spot at, double radius, const char* cls);
[[nodiscard]] Node box(double x, double y, double width, double height, const char* cls);
/// @param anchor start, middle or end
[[nodiscard]] Node words(Spot at, const std::string& text, const char* cls,
                         const char* anchor = "start");
[[nodiscard]] Node path(const std::string& d, const char* cls);
/// Path data through points; closed ends with Z.
[[nodiscard]] std::string path_data(const std::vector<Spot>& points, bool closed = false);

/// A linear scale from data to pixels.
struct Scale {
  double low = 0.0, high = 1.0, from = 0.0, to = 1.0;
  [[nodiscard]] double operator()(double v) const {
    return high > low ? from + (v - low) / (high - low) * (to - from) : 0.5 * (from + to);
  }
};

/// About `count` round numbers that span [low, high].
[[nodiscard]] std::vector<double> nice_ticks(double low, double high, int count);

/// Width of a text in a sans-serif of `size` pixels, estimated.
[[nodiscard]] double text_width(const std::string& text, double size);

}  // namespace casus::brief
