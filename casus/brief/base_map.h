// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/geo/geo.h"

namespace casus::brief {

/// A country or province: rings of arcs; a negative number -1 - i is arc i read backwards.
struct Outline {
  std::string name;
  std::string country;  ///< ISO 3166 alpha-3
  std::vector<std::vector<int>> rings;
};

/// Land and borders of the world, small enough to travel inside the program (assets/basemap).
struct BaseMap {
  std::vector<std::vector<GeoPoint>> arcs;
  std::vector<Outline> countries, provinces;
};

/// The base map that was built in; decoded anew at every call.
/// @source TopoJSON format specification 1.0 (quantised, delta-encoded arcs).
[[nodiscard]] BaseMap base_map();

}  // namespace casus::brief
