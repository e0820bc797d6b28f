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

/// Of the sum of one lump or more; `km2` above 0.
double MapLaw::log_density_of_lumps(double km2, double rate) const {
  const double size = lump_at(rate);
  const double lumps = rate / size;
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
  return peak + casus::log(sum) - casus::log(km2) - km2 / scale - lumps;
}

double MapLaw::log_density(double km2, double rate) const {
  const double kept = casus::log(1.0 - b_.redraw);
  if (km2 <= nothing) return kept - rate / lump_at(rate);
  return log_add(kept + log_density_of_lumps(km2, rate),
                 casus::log(b_.redraw / b_.redraw_km2) - km2 / b_.redraw_km2);
}

double MapLaw::log_density_net(double km2, double gain, double loss) const {
  const double none_lost = -loss / lump_at(loss);  // log chance
  const double some_lost = 1.0 - casus::exp(none_lost);
  if (km2 > nothing) {
    return log_add(none_lost + log_density(km2, gain),
                   casus::log(some_lost) + log_density(km2 + loss / some_lost, gain));
  }
  const double none_gained = log_density(0.0, gain);
  if (km2 >= -nothing) return none_gained + none_lost;
  const double some_gained = 1.0 - casus::exp(none_gained);
  return log_add(none_gained + log_density_of_lumps(-km2, loss),
                 casus::log(some_gained) + log_density_of_lumps(-km2 + gain / some_gained, loss));
}

double MapLaw::draw_lumps(double rate, const Draws& draws, Stream stream, std::uint32_t future,
                          std::uint32_t week, std::uint32_t entity) const {
  const double size = lump_at(rate);
  const int n = poisson_quantile(rate / size, draws.uniform(stream, future, week, entity, 0));
  if (n == 0) return 0.0;
  return draws.gamma(n * b_.shape, stream, future, week, entity, 1) * size / b_.shape;
}

double MapLaw::draw(double rate, const Draws& draws, Stream stream, std::uint32_t future,
                    std::uint32_t week, std::uint32_t entity) const {
  double km2 = draw_lumps(rate, draws, stream, future, week, entity);
  if (draws.uniform(stream, future, week, entity, 2) < b_.redraw) {
    km2 -= b_.redraw_km2 * casus::log(draws.uniform(stream, future, week, entity, 3));
  }
  return km2;
}

double MapLaw::draw_net(double gain, double loss, const Draws& draws,
                        const std::array<Stream, 2>& streams, std::uint32_t future,
                        std::uint32_t week, std::uint32_t entity) const {
  return draw(gain, draws, streams[0], future, week, entity) -
         draw_lumps(loss, draws, streams[1], future, week, entity);
}

}  // namespace casus::calibrate
