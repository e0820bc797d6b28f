// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/map_law.h"

#include <algorithm>
#include <cmath>

#include "casus/base/numeric.h"
#include "casus/calibrate/special.h"

namespace casus::calibrate {
namespace {

constexpr double reference_rate = 10.0;
constexpr int most_lumps = 120;
constexpr double least_rate = 1e-6;  ///< km2 a week
constexpr double far_tail = -20.0;   ///< log share below which terms of the series are left out
constexpr double lowest = -1e300;

}  // namespace

int poisson_quantile(double mean, double u) {
  double p = casus::exp(-mean);
  double sum = p;
  int n = 0;
  while (sum < u && n < most_lumps) {
    ++n;
    p *= mean / n;
    sum += p;
  }
  return n;
}

MapLaw::MapLaw(const MapBooking& booking) : b_(booking), constant_(most_lumps + 1) {
  for (int n = 1; n <= most_lumps; ++n) {
    constant_[static_cast<std::size_t>(n)] = -log_gamma(n + 1.0) - log_gamma(n * b_.shape);
  }
}

double MapLaw::lump_at(double rate) const {
  return b_.lump * power(std::max(rate, least_rate) / reference_rate, b_.growth);
}

double MapLaw::log_density(double km2, double rate) const {
  const double size = lump_at(rate);
  const double lumps = rate / size;
  const double kept = casus::log(1.0 - b_.redraw) - lumps;
  if (km2 <= nothing) return kept;
  // Sum over the number of lumps, from one upward until the terms vanish.
  const double scale = size / b_.shape;
  const double per_lump = casus::log(lumps) + b_.shape * casus::log(km2 / scale);
  double peak = lowest;
  double sum = 0.0;  // of e^(term - peak)
  for (int n = 1; n <= most_lumps; ++n) {
    const double term = n * per_lump + constant_[static_cast<std::size_t>(n)];
    if (term > peak) {
      sum = sum * casus::exp(peak - term) + 1.0;
      peak = term;
    } else {
      sum += casus::exp(term - peak);
      if (term < peak + far_tail) break;
    }
  }
  const double booked = kept + peak + casus::log(sum) - casus::log(km2) - km2 / scale;
  return log_add(booked, casus::log(b_.redraw / b_.redraw_km2) - km2 / b_.redraw_km2);
}

double MapLaw::draw(double rate, const Draws& draws, Stream stream, std::uint32_t future,
                    std::uint32_t week, std::uint32_t entity) const {
  const double size = lump_at(rate);
  const int n = poisson_quantile(rate / size, draws.uniform(stream, future, week, entity, 0));
  double km2 = 0.0;
  if (n > 0) km2 = draws.gamma(n * b_.shape, stream, future, week, entity, 1) * size / b_.shape;
  if (draws.uniform(stream, future, week, entity, 2) < b_.redraw) {
    km2 -= b_.redraw_km2 * casus::log(draws.uniform(stream, future, week, entity, 3));
  }
  return km2;
}

}  // namespace casus::calibrate
