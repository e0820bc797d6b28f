// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/brief/projection.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "casus/base/error.h"

namespace casus::brief {
namespace {

constexpr double radius_km = 6371.0088;
constexpr double degree = std::numbers::pi / 180.0;

/// Sutherland-Hodgman against one edge: keeps what lies on the positive side of a * x + b * y + c.
std::vector<Spot> cut_by(const std::vector<Spot>& ring, double a, double b, double c) {
  std::vector<Spot> kept;
  for (std::size_t i = 0; i < ring.size(); ++i) {
    const Spot p = ring[i];
    const Spot q = ring[(i + 1) % ring.size()];
    const double dp = a * p.x + b * p.y + c;
    const double dq = a * q.x + b * q.y + c;
    if (dp >= 0.0) kept.push_back(p);
    if ((dp >= 0.0) != (dq >= 0.0)) {
      const double t = dp / (dp - dq);
      kept.push_back({p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)});
    }
  }
  return kept;
}

double off_line(Spot p, Spot a, Spot b) {
  const double dx = b.x - a.x, dy = b.y - a.y;
  const double length = std::hypot(dx, dy);
  if (length < 1e-9) return std::hypot(p.x - a.x, p.y - a.y);
  return std::abs(dy * (p.x - a.x) - dx * (p.y - a.y)) / length;
}

}  // namespace

Projection::Projection(const std::vector<GeoPoint>& points, double width, double margin,
                       double least_height, double most_height)
    : width_(width) {
  CASUS_CHECK(!points.empty());
  west_ = east_ = points[0].lon;
  south_ = north_ = points[0].lat;
  for (const GeoPoint& p : points) {
    west_ = std::min(west_, p.lon);
    east_ = std::max(east_, p.lon);
    south_ = std::min(south_, p.lat);
    north_ = std::max(north_, p.lat);
  }
  lon0_ = 0.5 * (west_ + east_);
  const double inset = std::max(0.5, north_ - south_) / 6.0;
  double first = south_ + inset, second = north_ - inset;
  if (std::abs(first + second) < 1.0) second += 2.0;  // a cone needs parallels that do not cancel
  n_ = 0.5 * (std::sin(first * degree) + std::sin(second * degree));
  c_ = std::cos(first * degree) * std::cos(first * degree) + 2.0 * n_ * std::sin(first * degree);
  rho0_ = radius_km *
          std::sqrt(std::max(0.0, c_ - 2.0 * n_ * std::sin(0.5 * (first + second) * degree))) / n_;
  double left = 1e9, right = -1e9, low = 1e9, high = -1e9;
  for (const GeoPoint& p : points) {
    const Spot s = plane(p);
    left = std::min(left, s.x);
    right = std::max(right, s.x);
    low = std::min(low, s.y);
    high = std::max(high, s.y);
  }
  const double wide = std::max(1.0, right - left), tall = std::max(1.0, high - low);
  km_per_px_ = wide / (width - 2.0 * margin);
  height_ = std::clamp(tall / km_per_px_ + 2.0 * margin, least_height, most_height);
  km_per_px_ = std::max(km_per_px_, tall / (height_ - 2.0 * margin));
  x0_ = 0.5 * (left + right);
  y0_ = 0.5 * (low + high);
}

Spot Projection::plane(GeoPoint p) const {
  double lon = p.lon - lon0_;
  if (lon > 180.0) lon -= 360.0;
  if (lon < -180.0) lon += 360.0;
  const double rho =
      radius_km * std::sqrt(std::max(0.0, c_ - 2.0 * n_ * std::sin(p.lat * degree))) / n_;
  const double theta = n_ * lon * degree;
  return {rho * std::sin(theta), rho0_ - rho * std::cos(theta)};
}

Spot Projection::operator()(GeoPoint p) const {
  const Spot s = plane(p);
  return {0.5 * width_ + (s.x - x0_) / km_per_px_, 0.5 * height_ - (s.y - y0_) / km_per_px_};
}

bool Projection::may_show(double west, double south, double east, double north) const {
  const double beside = 10.0 + 0.5 * (east_ - west_), above = 10.0 + (north_ - south_);
  return east >= west_ - beside && west <= east_ + beside && north >= south_ - above &&
         south <= north_ + above;
}

std::vector<Spot> clipped(const std::vector<Spot>& ring, double width, double height, double pad) {
  std::vector<Spot> r = cut_by(ring, 1, 0, pad);
  r = cut_by(r, -1, 0, width + pad);
  r = cut_by(r, 0, 1, pad);
  return cut_by(r, 0, -1, height + pad);
}

std::vector<Spot> simplified(const std::vector<Spot>& line, double tolerance) {
  if (line.size() < 3) return line;
  std::vector<bool> keep(line.size(), false);
  keep.front() = keep.back() = true;
  std::vector<std::pair<std::size_t, std::size_t>> open = {{0, line.size() - 1}};
  while (!open.empty()) {
    const auto [a, b] = open.back();
    open.pop_back();
    double most = tolerance;
    std::size_t at = 0;
    for (std::size_t i = a + 1; i < b; ++i) {
      const double d = off_line(line[i], line[a], line[b]);
      if (d > most) {
        most = d;
        at = i;
      }
    }
    if (at == 0) continue;
    keep[at] = true;
    open.emplace_back(a, at);
    open.emplace_back(at, b);
  }
  std::vector<Spot> kept;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (keep[i]) kept.push_back(line[i]);
  }
  return kept;
}

}  // namespace casus::brief
