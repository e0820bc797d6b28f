// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "casus/random/draws.h"

namespace casus::calibrate {

/// How a public map books ground: in lumps, some weeks none, now and then a redraw.
///
/// A week's gain of a sector is a sum of N lumps, N ~ Poisson(rate / lump), each Gamma with shape
/// `shape` and mean `lump * (rate / 10)^growth` km2 at a true rate of `rate` km2 a week; with
/// probability `redraw` something exponential of mean `redraw_km2` comes on top that says nothing
/// of the pace. Variance so goes as mean^(1 + growth).
/// @source Jorgensen (1987), Exponential dispersion models, JRSS B 49: the compound Poisson-gamma.
struct MapBooking {
  double lump = 5.5;         ///< km2 at a rate of 10 km2 a week
  double growth = 0.15;      ///< of lumps with the rate
  double shape = 1.1;        ///< of a lump
  double redraw = 0.004;     ///< chance a sector-week
  double redraw_km2 = 25.0;  ///< mean of a redraw
};

class MapLaw {
 public:
  explicit MapLaw(const MapBooking& booking = {});

  /// Log density of a booked gain given the true rate; up to `nothing` counts as none.
  /// @param rate  km2 over the days the map was kept, above 0.
  /// @oracle laws_test.cc: integrates to 1; frequencies of draws.
  [[nodiscard]] double log_density(double km2, double rate) const;
  /// Log density of a net week: what is gained, redraws with it, less what is lost. Where both
  /// happen the lesser of the two is taken at its mean.
  /// @param gain, loss  rates, km2 over the days the map was kept, above 0.
  [[nodiscard]] double log_density_net(double km2, double gain, double loss) const;
  /// One week's booked gain.
  [[nodiscard]] double draw(double rate, const Draws& draws, Stream stream, std::uint32_t future,
                            std::uint32_t week, std::uint32_t entity) const;
  /// One net week. @param streams  of gain and loss.
  [[nodiscard]] double draw_net(double gain, double loss, const Draws& draws,
                                const std::array<Stream, 2>& streams, std::uint32_t future,
                                std::uint32_t week, std::uint32_t entity) const;
  [[nodiscard]] const MapBooking& booking() const { return b_; }

  static constexpr double nothing = 0.05;  ///< km2 a week that counts as none

 private:
  [[nodiscard]] double lump_at(double rate) const;
  [[nodiscard]] double log_density_of_lumps(double km2, double rate) const;
  [[nodiscard]] double draw_lumps(double rate, const Draws& draws, Stream stream,
                                  std::uint32_t future, std::uint32_t week,
                                  std::uint32_t entity) const;

  MapBooking b_;
  std::vector<double> constant_;  ///< -ln n! - ln Gamma(n shape), by n
};

/// Poisson quantile by inversion, capped at 400; for draws. @param u in (0, 1).
[[nodiscard]] int poisson_quantile(double mean, double u);

}  // namespace casus::calibrate
