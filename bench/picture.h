// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/brief/svg.h"

namespace casus::bench {

using brief::Spot;

/// Measured points and the straight line that fits them best.
struct Panel {
  std::string title, up, along;
  std::vector<Spot> points;
};

/// Panels side by side, as an SVG.
[[nodiscard]] std::string picture(const std::string& title, const std::vector<Panel>& panels);

}  // namespace casus::bench
