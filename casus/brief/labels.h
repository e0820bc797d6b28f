// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/brief/svg.h"

namespace casus::brief {

/// A name to set beside a point: one or two lines, the most important first in the list.
struct Label {
  Spot at;
  double clearance = 4.0;  ///< keeps this far from the point: the radius of its mark
  std::string first, second;
  std::string href;  ///< anchor it leads to; may be empty
  double size = 12.0;
  bool strong = false;
  double dot = 0.0;  ///< radius of a dot drawn with the name; 0 = none
};

struct Frame {
  double x = 0.0, y = 0.0, width = 0.0, height = 0.0;
  [[nodiscard]] bool meets(const Frame& o) const {
    return x < o.x + o.width && o.x < x + width && y < o.y + o.height && o.y < y + height;
  }
};

/// Sets labels greedily at eight places around their points, leaving out what finds no free place.
class Labels {
 public:
  Labels(double width, double height) : bounds_{2, 2, width - 4, height - 4} {}
  /// Keeps a place free of labels.
  void keep_clear(const Frame& frame) { taken_.push_back(frame); }
  [[nodiscard]] std::vector<Node> place(const std::vector<Label>& labels);
  [[nodiscard]] const std::vector<Frame>& frames() const { return set_; }

 private:
  [[nodiscard]] bool is_free(const Frame& frame) const;
  Frame bounds_;
  std::vector<Frame> taken_, set_;
};

}  // namespace casus::brief
