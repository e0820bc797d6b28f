// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/brief/labels.h"

#include <algorithm>

namespace casus::brief {
namespace {

struct Place {
  Frame frame;
  const char* anchor;
};

/// The eight places around a point, best first: right, left, above, below, then the corners.
std::vector<Place> places_around(const Label& label, double width, double height) {
  const double gap = label.clearance + 4.0;
  const double corner = 0.7 * gap;
  const Spot p = label.at;
  return {{{p.x + gap, p.y - 0.5 * height, width, height}, "start"},
          {{p.x - gap - width, p.y - 0.5 * height, width, height}, "end"},
          {{p.x - 0.5 * width, p.y - gap - height, width, height}, "middle"},
          {{p.x - 0.5 * width, p.y + gap, width, height}, "middle"},
          {{p.x + corner, p.y - corner - height, width, height}, "start"},
          {{p.x + corner, p.y + corner, width, height}, "start"},
          {{p.x - corner - width, p.y - corner - height, width, height}, "end"},
          {{p.x - corner - width, p.y + corner, width, height}, "end"}};
}

Node drawn(const Label& label, const Place& place) {
  const Frame& f = place.frame;
  const std::string at(place.anchor);
  const double x = at == "start" ? f.x : at == "end" ? f.x + f.width : f.x + 0.5 * f.width;
  std::vector<Node> lines;
  const char* cls = label.strong ? "place strong" : "place";
  lines.push_back(words({x, f.y + label.size}, label.first, cls, place.anchor));
  if (!label.second.empty()) {
    lines.push_back(
        words({x, f.y + label.size * 2.15}, label.second, "place figure", place.anchor));
  }
  if (label.href.empty()) return el("g", {}, std::move(lines));
  return link(label.href, std::move(lines));
}

}  // namespace

bool Labels::is_free(const Frame& frame) const {
  if (frame.x < bounds_.x || frame.y < bounds_.y ||
      frame.x + frame.width > bounds_.x + bounds_.width ||
      frame.y + frame.height > bounds_.y + bounds_.height) {
    return false;
  }
  const auto meets = [&](const Frame& other) { return frame.meets(other); };
  return std::none_of(taken_.begin(), taken_.end(), meets) &&
         std::none_of(set_.begin(), set_.end(), meets);
}

std::vector<Node> Labels::place(const std::vector<Label>& labels) {
  std::vector<Node> nodes;
  for (const Label& label : labels) {
    const double width =
        2.0 + std::max(text_width(label.first, label.size) * (label.strong ? 1.08 : 1.0),
                       text_width(label.second, label.size));
    const double height = label.size * (label.second.empty() ? 1.3 : 2.45);
    const std::vector<Place> places = places_around(label, width, height);
    const auto found = std::find_if(places.begin(), places.end(),
                                    [&](const Place& p) { return is_free(p.frame); });
    const Frame dot = {label.at.x - label.dot, label.at.y - label.dot, 2 * label.dot,
                       2 * label.dot};
    if (found == places.end() || (label.dot > 0.0 && !is_free(dot))) continue;
    set_.push_back(found->frame);
    if (label.dot > 0.0) {
      keep_clear(dot);
      nodes.push_back(circle(label.at, label.dot, "dot"));
    }
    nodes.push_back(drawn(label, *found));
  }
  return nodes;
}

}  // namespace casus::brief
