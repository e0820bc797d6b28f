// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/calibrate/forecast.h"

/// Whether the filter and the forecast say how sure they are, on fronts whose truth is known.
namespace casus::calibrate {

/// What a made-up front shows, and what was so behind it.
struct MadeUpFront {
  Weekly tables;  ///< claims from the first that are used on, ground from its first week
  std::vector<double> truth;  ///< by `latent_names`, at the end of the last week that is filtered
};

/// Names of what lies behind a front: the pace of every sector and of all, drift, intensity,
/// casualties, the course of every claim, the fitted parameters.
[[nodiscard]] std::vector<std::string> latent_names(const Theatre& theatre);

/// A front drawn from the priors, played by the world, and shown through the laws of map and
/// claims.
/// @param weeks  of ground that are filtered. @param ahead  further weeks of the tables.
[[nodiscard]] MadeUpFront make_up_front(const Theatre& theatre, std::uint64_t seed, int weeks,
                                        int ahead);

/// The same quantities drawn from what was filtered: [quantity][draw].
[[nodiscard]] std::vector<std::vector<double>> draw_latent(const Theatre& theatre,
                                                           const Filtered& filtered,
                                                           std::size_t draws, std::uint64_t seed);

struct FilterCheckOptions {
  FilterOptions filter;
  std::uint64_t seed = 1;
  std::size_t replicates = 200;
  int weeks = 26, ahead = 12;
  std::size_t draws = 63;     ///< among which a truth has its rank
  std::size_t samples = 400;  ///< of the forecast
};

/// One quantity over the replicates: the rank of the truth among the draws, each in 0 ... draws.
/// Among draws equal to it the truth takes a place at random.
struct Ranked {
  std::string name;
  std::vector<std::size_t> rank;
};

/// Share of what came inside the interval of 80 per cent, and the mass of the draws in it.
struct Covered {
  int horizon = 0;
  bool ground = false;
  double inside = 0.0, expected = 0.0;
};

struct FilterCheck {
  std::vector<Ranked> latent;    ///< by `latent_names`
  std::vector<Ranked> foretold;  ///< `<series>, <n> weeks` at the horizons that are scored
  std::vector<Covered> covered;
};

/// Simulation-based calibration of the filter and of the forecasts that go on from it.
/// @source Talts et al. (2018), arXiv 1804.06788.
/// @note   a replicate of 128 groups, 26 weeks filtered and 12 forecast takes some seconds of a
/// core.
[[nodiscard]] FilterCheck check_filter_by_simulation(const casefile::Case& given,
                                                     const FilterCheckOptions& how);

}  // namespace casus::calibrate
