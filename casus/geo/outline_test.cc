// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/geo/outline.h"

#include <gtest/gtest.h>

#include <GeographicLib/PolygonArea.hpp>
#include <algorithm>
#include <cmath>
#include <cstdint>

namespace casus {
namespace outline_test {

constexpr double pi = 3.14159265358979323846;
constexpr double equator_km = 6378.137;           // WGS84
constexpr double flattening = 1 / 298.257223563;  // WGS84

Outline::Ring box(double west, double south, double east, double north) {
  return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

Outline of(Outline::Polygon polygon) {
  const std::vector<Outline::Polygon> one = {std::move(polygon)};
  return Outline(one);
}

/// Area between the equator and a parallel over one radian of longitude (Snyder 1987, eq. 3-12).
double zone(double lat) {
  const double e2 = flattening * (2 - flattening);
  const double e = std::sqrt(e2);
  const double s = std::sin(lat * pi / 180);
  const double q =
      (1 - e2) * (s / (1 - e2 * s * s) - std::log((1 - e * s) / (1 + e * s)) / (2 * e));
  return equator_km * equator_km * q / 2;
}

double quadrangle(double west, double south, double east, double north) {
  return (east - west) * pi / 180 * (zone(north) - zone(south));
}

/// Some number in (0, 1), always the same for the same names (splitmix64).
double some(std::uint64_t seed, std::uint64_t which, std::uint64_t i) {
  std::uint64_t x = (seed * 1000 + which) * 1000 + i + 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return (static_cast<double>((x ^ (x >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

/// A star about a point: radii drawn, so that it is no convex thing.
Outline::Ring star(std::uint64_t seed, std::uint64_t which, GeoPoint centre, bool clockwise) {
  constexpr std::uint64_t corners = 40;
  Outline::Ring out;
  for (std::uint64_t i = 0; i < corners; ++i) {
    const double turn = 2 * pi * (clockwise ? corners - i : i) / corners;
    const double r = 0.2 + 0.8 * some(seed, which, i);
    out.push_back({centre.lon + r * std::cos(turn), centre.lat + 0.7 * r * std::sin(turn)});
  }
  return out;
}

TEST(Outline, AQuadrangleHasItsClosedForm) {
  EXPECT_NEAR(of({box(32.9, 50.4, 35.7, 52.5)}).area_km2(), quadrangle(32.9, 50.4, 35.7, 52.5),
              1e-6);
  EXPECT_NEAR(of({box(-10, -40, 20, -5)}).area_km2(), quadrangle(-10, -40, 20, -5), 1e-5);
  EXPECT_NEAR(of({box(-180, -90, 180, 90)}).area_km2(), 510065621.7, 1.0);  // the whole ellipsoid
}

TEST(Outline, ShortEdgesGiveTheGeodesicArea) {
  for (std::uint64_t k = 0; k < 20; ++k) {
    Outline::Ring fine;
    const auto ring = star(3, k, {37, 48}, false);
    for (std::size_t i = 0; i < ring.size(); ++i) {
      const GeoPoint a = ring[i];
      const GeoPoint b = ring[(i + 1) % ring.size()];
      for (int part = 0; part < 50; ++part)
        fine.push_back(
            {a.lon + part / 50.0 * (b.lon - a.lon), a.lat + part / 50.0 * (b.lat - a.lat)});
    }
    GeographicLib::PolygonArea polygon(GeographicLib::Geodesic::WGS84());
    for (const GeoPoint p : fine) polygon.AddPoint(p.lat, p.lon);
    double perimeter = 0.0;
    double square_metres = 0.0;
    polygon.Compute(false, true, perimeter, square_metres);
    EXPECT_NEAR(of({fine}).area_km2() / (square_metres / 1e6), 1.0, 1e-6);
  }
}

TEST(Outline, HolesCountDownWhicheverWayRingsRun) {
  const double outer = quadrangle(30, 45, 34, 48);
  const double inner = quadrangle(31, 46, 32, 47);
  for (const bool turn_outer : {false, true}) {
    for (const bool turn_inner : {false, true}) {
      auto a = box(30, 45, 34, 48);
      auto b = box(31, 46, 32, 47);
      if (turn_outer) std::reverse(a.begin(), a.end());
      if (turn_inner) std::reverse(b.begin(), b.end());
      b.pop_back();  // left open
      EXPECT_NEAR(of({a, b}).area_km2(), outer - inner, 1e-6);
    }
  }
  EXPECT_NEAR(
      of({box(30, 45, 34, 48), box(31, 46, 32, 47)}).overlap(of({box(31, 46, 33, 47)})).area_km2(),
      quadrangle(32, 46, 33, 47), 1e-6);
}

TEST(Outline, TilesShareOutWhatTheyCover) {
  for (std::uint64_t k = 0; k < 50; ++k) {
    const Outline a = of({star(5, k, {36.1, 48.2}, k % 2 == 0)});
    double sum = 0.0;
    for (int i = 0; i < 4; ++i) {
      for (int j = 0; j < 3; ++j) {
        const double west = 34.5 + i;
        const double south = 46.7 + j;
        const double shared = a.overlap(of({box(west, south, west + 1, south + 1)})).area_km2();
        EXPECT_GT(shared, -1e-6);
        sum += shared;
      }
    }
    EXPECT_NEAR(sum, a.area_km2(), 1e-6);
  }
}

TEST(Outline, SharingIsMutualAndWithItselfAll) {
  for (std::uint64_t k = 0; k < 50; ++k) {
    const Outline a = of({star(7, k, {36, 48}, false)});
    const Outline b = of({star(8, k, {36.4, 48.3}, true)});
    const Outline both = a.overlap(b);
    EXPECT_NEAR(both.area_km2(), b.overlap(a).area_km2(), 1e-6);
    EXPECT_NEAR(a.overlap(a).area_km2(), a.area_km2(), 1e-6);
    // An overlap is an outline again.
    EXPECT_NEAR(both.overlap(a).area_km2(), both.area_km2(), 1e-6);
    EXPECT_LE(both.area_km2(), std::min(a.area_km2(), b.area_km2()) + 1e-6);
  }
  EXPECT_NEAR(of({box(30, 45, 31, 46)}).overlap(of({box(31, 45, 32, 46)})).area_km2(), 0.0, 1e-9);
}

TEST(Outline, NoGroundIsNoArea) {
  EXPECT_EQ(Outline().area_km2(), 0.0);
  EXPECT_EQ(of({{{30, 45}, {31, 45}}}).area_km2(), 0.0);
  EXPECT_TRUE(of({box(30, 45, 31, 46)}).overlap(Outline()).empty());
}

}  // namespace outline_test
}  // namespace casus
