// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "casus/brief/base_map.h"
#include "casus/brief/labels.h"
#include "casus/brief/projection.h"

namespace casus::brief {
namespace map_test {

double area_of(const std::vector<Spot>& ring) {
  double sum = 0.0;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Spot p = ring[i], q = ring[(i + 1) % ring.size()];
    sum += p.x * q.y - q.x * p.y;
  }
  return 0.5 * std::abs(sum);
}

TEST(Projection, KeepsAreas) {
  const Projection view({{30, 40}, {135, 60}}, 1000, 50, 100, 900);
  for (const double lat : {40.0, 48.0, 58.0}) {
    for (const double lon : {32.0, 80.0, 130.0}) {
      const double d = 0.05;
      std::vector<Spot> ring;
      for (int i = 0; i < 40; ++i) ring.push_back(view({lon + d * i / 40.0, lat}));
      for (int i = 0; i < 40; ++i) ring.push_back(view({lon + d, lat + d * i / 40.0}));
      for (int i = 40; i > 0; --i) ring.push_back(view({lon + d * i / 40.0, lat + d}));
      for (int i = 40; i > 0; --i) ring.push_back(view({lon, lat + d * i / 40.0}));
      const double degree = std::numbers::pi / 180.0;
      const double sphere = 6371.0088 * 6371.0088 * d * degree *
                            (std::sin((lat + d) * degree) - std::sin(lat * degree));
      const double drawn = area_of(ring) * view.km_per_px() * view.km_per_px();
      EXPECT_NEAR(drawn / sphere, 1.0, 1e-6);
    }
  }
}

TEST(Projection, ShowsEveryPointItWasMadeFor) {
  const std::vector<GeoPoint> points = {{129.8, 41.8}, {36.2, 51.7}, {104.3, 52.3}, {60.6, 56.8}};
  const Projection view(points, 1000, 40, 200, 500);
  for (const GeoPoint& p : points) {
    const Spot s = view(p);
    EXPECT_GE(s.x, 39.9);
    EXPECT_LE(s.x, 960.1);
    EXPECT_GE(s.y, 39.9);
    EXPECT_LE(s.y, view.height() - 39.9);
  }
  EXPECT_LT(view({36.2, 55}).y, view({36.2, 51}).y);  // north is up
  EXPECT_LT(view({36.2, 51}).x, view({40, 51}).x);
}

TEST(Clipping, KeepsWhatIsInsideAndNothingElse) {
  const std::vector<Spot> square = {{-50, -50}, {50, -50}, {50, 50}, {-50, 50}};
  const std::vector<Spot> kept = clipped(square, 100, 100, 0);
  EXPECT_NEAR(area_of(kept), 2500.0, 1e-9);
  EXPECT_TRUE(clipped({{200, 200}, {300, 200}, {300, 300}}, 100, 100, 0).empty());
}

TEST(Simplifying, LeavesOutOnlyWhatNobodySees) {
  std::vector<Spot> wave;
  for (int i = 0; i <= 100; ++i)
    wave.push_back({static_cast<double>(i), i == 50 ? 5.0 : 0.1 * (i % 2)});
  const std::vector<Spot> kept = simplified(wave, 0.5);
  EXPECT_LT(kept.size(), 8U);
  bool peak = false;
  for (const Spot& s : kept) peak = peak || s.y == 5.0;
  EXPECT_TRUE(peak);
  EXPECT_EQ(kept.front().x, 0.0);
  EXPECT_EQ(kept.back().x, 100.0);
}

/// Even-odd test over all rings of an outline.
bool contains(const BaseMap& map, const Outline& outline, GeoPoint p) {
  bool inside = false;
  for (const auto& ring : outline.rings) {
    std::vector<GeoPoint> points;
    for (const int code : ring) {
      std::vector<GeoPoint> arc = map.arcs[static_cast<std::size_t>(code >= 0 ? code : -1 - code)];
      if (code < 0) std::reverse(arc.begin(), arc.end());
      points.insert(points.end(), arc.begin(), arc.end());
    }
    for (std::size_t i = 0, j = points.size() - 1; i < points.size(); j = i++) {
      const GeoPoint a = points[i], b = points[j];
      if ((a.lat > p.lat) != (b.lat > p.lat) &&
          p.lon < (b.lon - a.lon) * (p.lat - a.lat) / (b.lat - a.lat) + a.lon) {
        inside = !inside;
      }
    }
  }
  return inside;
}

TEST(BaseMap, PutsTownsIntoTheirCountries) {
  const BaseMap map = base_map();
  EXPECT_GT(map.countries.size(), 200U);
  const std::vector<std::pair<GeoPoint, std::string>> towns = {
      {{30.52, 50.45}, "UKR"}, {{34.1, 45.2}, "UKR"},    {{37.62, 55.76}, "RUS"},
      {{36.19, 51.73}, "RUS"}, {{125.75, 39.02}, "PRK"}, {{126.98, 37.57}, "KOR"}};
  for (const auto& town : towns) {
    std::string found;
    for (const Outline& c : map.countries) {
      if (contains(map, c, town.first)) found += c.country;
    }
    EXPECT_EQ(found, town.second);
  }
}

TEST(Labels, NeverOverlap) {
  Labels labels(600, 400);
  std::vector<Label> names;
  for (int i = 0; i < 60; ++i) {
    Label label;
    label.at = {40.0 + 8.3 * i, 30.0 + 57.0 * (i % 6)};
    label.first = "Place number " + std::to_string(i);
    names.push_back(label);
  }
  const auto placed = labels.place(names);
  EXPECT_GT(placed.size(), 10U);
  const auto& frames = labels.frames();
  for (std::size_t a = 0; a < frames.size(); ++a) {
    for (std::size_t b = a + 1; b < frames.size(); ++b) EXPECT_FALSE(frames[a].meets(frames[b]));
  }
}

}  // namespace map_test
}  // namespace casus::brief
