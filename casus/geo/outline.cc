// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/geo/outline.h"

#include <GeographicLib/AlbersEqualArea.hpp>
#include <algorithm>

namespace casus {
namespace {

constexpr double metres = 1000.0;
constexpr double floor_km = 6500.0;  ///< the plane's southern edge lies above 6,400 km south

struct PlanePoint {
  double x = 0.0, y = 0.0;
};

PlanePoint on_plane(GeoPoint p) {
  PlanePoint out;
  GeographicLib::AlbersEqualArea::CylindricalEqualArea().Forward(0.0, p.lat, p.lon, out.x, out.y);
  return {out.x / metres, out.y / metres + floor_km};
}

double between(double a, double b, double part) { return a + part * (b - a); }

}  // namespace

Outline::Outline(std::span<const Polygon> polygons) {
  for (const Polygon& polygon : polygons) {
    for (std::size_t r = 0; r < polygon.size(); ++r) {
      const Ring& ring = polygon[r];
      if (ring.size() < 3) continue;
      const std::size_t first = tops_.size();
      double area = 0.0;
      PlanePoint from = on_plane(ring.back());
      for (const GeoPoint& point : ring) {
        const PlanePoint to = on_plane(point);
        area += (to.x - from.x) * (from.y + to.y) / 2.0;
        if (from.x < to.x) tops_.push_back({from.x, from.y, to.x, to.y, 1.0});
        if (from.x > to.x) tops_.push_back({to.x, to.y, from.x, from.y, -1.0});
        from = to;
      }
      // Outer rings count up and holes down, whichever way they were drawn.
      if ((area < 0.0) == (r == 0)) {
        for (std::size_t i = first; i < tops_.size(); ++i) tops_[i].sign = -tops_[i].sign;
      }
    }
  }
  sort();
}

void Outline::sort() {
  std::ranges::stable_sort(tops_, {}, &Top::x0);
  for (const Top& t : tops_) longest_ = std::max(longest_, t.x1 - t.x0);
}

double Outline::area_km2() const {
  double sum = 0.0;
  for (const Top& t : tops_) sum += t.sign * (t.x1 - t.x0) * (t.y0 + t.y1) / 2.0;
  return sum;
}

Outline Outline::overlap(const Outline& other) const {
  Outline out;
  for (const Top& a : tops_) {
    auto b = std::ranges::lower_bound(other.tops_, a.x0 - other.longest_, {}, &Top::x0);
    for (; b != other.tops_.end() && b->x0 < a.x1; ++b) {
      const double west = std::max(a.x0, b->x0);
      const double east = std::min(a.x1, b->x1);
      if (!(west < east)) continue;
      const auto height = [](const Top& t, double x) {
        return between(t.y0, t.y1, (x - t.x0) / (t.x1 - t.x0));
      };
      const double a0 = height(a, west);
      const double a1 = height(a, east);
      const double b0 = height(*b, west);
      const double b1 = height(*b, east);
      const double sign = a.sign * b->sign;
      if ((a0 <= b0) == (a1 <= b1)) {
        out.tops_.push_back({west, std::min(a0, b0), east, std::min(a1, b1), sign});
        continue;
      }
      // They cross: the lower of both bends there.
      const double part = (b0 - a0) / ((b0 - a0) - (b1 - a1));
      const double x = between(west, east, part);
      const double y = between(a0, a1, part);
      out.tops_.push_back({west, std::min(a0, b0), x, y, sign});
      out.tops_.push_back({x, y, east, std::min(a1, b1), sign});
    }
  }
  out.sort();
  return out;
}

}  // namespace casus
