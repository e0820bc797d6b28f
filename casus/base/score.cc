// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/base/score.h"

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/numeric.h"

namespace casus {
namespace {

// Wilson's interval at 90 %.
void add_interval(CalibrationBin& b) {
  constexpr double z = 1.6448536269514722;
  const double n = static_cast<double>(b.count);
  const double middle = (b.came + z * z / (2.0 * n)) / (1.0 + z * z / n);
  const double half =
      z / (1.0 + z * z / n) * std::sqrt(b.came * (1.0 - b.came) / n + z * z / (4.0 * n * n));
  b.came_low = std::max(0.0, middle - half);
  b.came_high = std::min(1.0, middle + half);
}

std::size_t bin_of(double p, std::size_t bins) {
  const auto k = static_cast<std::size_t>(std::max(0.0, p) * static_cast<double>(bins));
  return std::min(k, bins - 1);
}

}  // namespace

double brier_score(std::span<const double> p, std::size_t came) {
  CASUS_CHECK(came < p.size());
  double sum = 0.0;
  for (std::size_t s = 0; s < p.size(); ++s) {
    const double d = p[s] - (s == came ? 1.0 : 0.0);
    sum += d * d;
  }
  return sum;
}

double brier_score(double p, bool came) {
  const double d = p - (came ? 1.0 : 0.0);
  return d * d;
}

double log_score(double p_of_what_came) { return -log(std::max(p_of_what_came, least_scored)); }

namespace {

// 2 * integral from a to b of (1{y < q} - t) (q - y) over levels t, for q(t) = value + slope (t -
// a) that does not cross y in between.
double pinball_piece(double a, double b, double value, double slope, double y) {
  const double above = value + slope * (b - a) * 0.5 > y ? 1.0 : 0.0;
  const double h = b - a;
  const double gap = value - y;
  // with t = a + s: (above - a - s) (gap + slope s), integrated over s from 0 to h
  const double c = above - a;
  return 2.0 * (c * gap * h + (c * slope - gap) * h * h / 2.0 - slope * h * h * h / 3.0);
}

}  // namespace

double ranked_score(std::span<const QuantilePoint> points, double came) {
  CASUS_CHECK(!points.empty());
  double sum = pinball_piece(0.0, points.front().level, points.front().value, 0.0, came) +
               pinball_piece(points.back().level, 1.0, points.back().value, 0.0, came);
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const QuantilePoint& from = points[i];
    const QuantilePoint& to = points[i + 1];
    CASUS_CHECK(to.level > from.level && to.value >= from.value);
    const double slope = (to.value - from.value) / (to.level - from.level);
    double cut = to.level;
    if (slope > 0.0 && from.value < came && came < to.value)
      cut = std::min(to.level, from.level + (came - from.value) / slope);
    sum += pinball_piece(from.level, cut, from.value, slope, came) +
           pinball_piece(cut, to.level, from.value + slope * (cut - from.level), slope, came);
  }
  return sum;
}

double interval_score(double low, double high, double alpha, double came) {
  CASUS_CHECK(low <= high && alpha > 0.0);
  return high - low + 2.0 / alpha * (std::max(low - came, 0.0) + std::max(came - high, 0.0));
}

CalibrationCurve calibration_curve(std::span<const Scored> statements, std::size_t bins) {
  CASUS_CHECK(bins > 0);
  CalibrationCurve out;
  out.count = statements.size();
  if (statements.empty()) return out;
  const double n = static_cast<double>(statements.size());
  std::vector<CalibrationBin> all(bins);
  double base = 0.0;
  for (const Scored& s : statements) {
    CalibrationBin& b = all[bin_of(s.p, bins)];
    ++b.count;
    b.stated += s.p;
    b.came += s.came ? 1.0 : 0.0;
    base += (s.came ? 1.0 : 0.0) / n;
    out.brier += brier_score(s.p, s.came) / n;
  }
  for (std::size_t k = 0; k < bins; ++k) {
    CalibrationBin& b = all[k];
    b.low = static_cast<double>(k) / static_cast<double>(bins);
    b.high = static_cast<double>(k + 1) / static_cast<double>(bins);
    if (b.count == 0) continue;
    b.stated /= static_cast<double>(b.count);
    b.came /= static_cast<double>(b.count);
    add_interval(b);
    const double share = static_cast<double>(b.count) / n;
    out.reliability += share * (b.stated - b.came) * (b.stated - b.came);
    out.resolution += share * (b.came - base) * (b.came - base);
  }
  out.uncertainty = base * (1.0 - base);
  for (const Scored& s : statements) {
    const CalibrationBin& b = all[bin_of(s.p, bins)];
    const double d = s.p - b.stated;
    out.within += (d * d - 2.0 * d * ((s.came ? 1.0 : 0.0) - b.came)) / n;
  }
  for (const CalibrationBin& b : all) {
    if (b.count > 0) out.bins.push_back(b);
  }
  return out;
}

double ranked_score(std::span<const double> sorted, double came) {
  CASUS_CHECK(!sorted.empty());
  const auto n = static_cast<double>(sorted.size());
  double distance = 0.0;
  double pairs = 0.0;  // half the sum over all pairs
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    distance += std::fabs(sorted[i] - came);
    pairs += (2.0 * static_cast<double>(i) + 1.0 - n) * sorted[i];
  }
  return distance / n - (sorted.size() > 1 ? pairs / (n * (n - 1.0)) : 0.0);
}

double probability_transform(std::span<const double> sorted, double came) {
  CASUS_CHECK(!sorted.empty());
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), came);
  const auto below = static_cast<double>(first - sorted.begin());
  const auto same = static_cast<double>(last - first);
  return (below + 0.5 * same) / static_cast<double>(sorted.size());
}

}  // namespace casus
