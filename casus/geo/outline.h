// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "casus/geo/geo.h"

namespace casus {

/// Ground a map marks: polygons with holes on the ellipsoid WGS84, and what two such grounds share.
///
/// Points are laid on the plane by Lambert's cylindrical equal-area projection, which keeps areas
/// exactly and parallels and meridians straight; an edge is straight on that plane. An outline is
/// the signed sum of the strips under its edges, and the strip under two edges is the strip under
/// the lower of both: so an overlap is an outline again, and no vertex, touch or sliver is a
/// special case. No edge may cross the antimeridian.
/// @source projection: GeographicLib::AlbersEqualArea (Karney),
/// docs/decisions/0017-geographiclib.md.
/// @oracle outline_test.cc: closed form of a quadrangle on the ellipsoid; geodesic polygon areas.
class Outline {
 public:
  using Ring = std::vector<GeoPoint>;  ///< closed or not, either way round
  using Polygon = std::vector<Ring>;   ///< the outer ring, then holes

  Outline() = default;
  /// @param polygons  that share no ground; rings of fewer than three points hold none.
  explicit Outline(std::span<const Polygon> polygons);

  [[nodiscard]] double area_km2() const;
  /// The ground both mark. O(n log n + pairs of edges above one another).
  [[nodiscard]] Outline overlap(const Outline& other) const;
  [[nodiscard]] bool empty() const { return tops_.empty(); }

 private:
  /// All below an edge, km on the plane, from the west to the east.
  struct Top {
    double x0, y0, x1, y1;
    double sign;
  };
  void sort();

  std::vector<Top> tops_;  ///< by x0
  double longest_ = 0.0;   ///< km, of x1 - x0
};

}  // namespace casus
