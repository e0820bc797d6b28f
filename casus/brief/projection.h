// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/brief/svg.h"
#include "casus/geo/geo.h"

namespace casus::brief {

/// Albers' equal-area conic projection of the sphere, fitted to a picture.
///
/// Standard parallels lie a sixth of the latitude range inside its ends. One pixel is `km_per_px`
/// km in area everywhere.
/// @source Snyder (1987), Map Projections: A Working Manual, USGS Professional Paper 1395, ch. 14.
/// @oracle map_test.cc: areas of a cell agree with the sphere's to 1e-6.
class Projection {
 public:
  /// The map that shows all `points`, at least one, with a margin; as high as the points ask,
  /// within [least_height, most_height].
  Projection(const std::vector<GeoPoint>& points, double width, double margin, double least_height,
             double most_height);

  [[nodiscard]] Spot operator()(GeoPoint p) const;
  [[nodiscard]] double width() const { return width_; }
  [[nodiscard]] double height() const { return height_; }
  [[nodiscard]] double km_per_px() const { return km_per_px_; }
  /// Whether a box in degrees may touch the picture; generous, it only spares work.
  [[nodiscard]] bool may_show(double west, double south, double east, double north) const;

 private:
  [[nodiscard]] Spot plane(GeoPoint p) const;  ///< km, y up
  double n_ = 1.0, c_ = 1.0, rho0_ = 0.0, lon0_ = 0.0;
  double width_ = 0.0, height_ = 0.0, km_per_px_ = 1.0, x0_ = 0.0, y0_ = 0.0;
  double west_ = 0.0, south_ = 0.0, east_ = 0.0, north_ = 0.0;
};

/// The part of a ring inside [0, width] x [0, height] widened by `pad` (Sutherland & Hodgman 1974).
[[nodiscard]] std::vector<Spot> clipped(const std::vector<Spot>& ring, double width, double height,
                                        double pad);

/// The line with fewer points, none off by more than `tolerance` pixels (Douglas & Peucker 1973).
[[nodiscard]] std::vector<Spot> simplified(const std::vector<Spot>& line, double tolerance);

}  // namespace casus::brief
