// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "casus/calibrate/particles.h"

namespace casus::calibrate {

struct FilterOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;    ///< 0 = all the machine has
  std::size_t groups = 256;   ///< draws of the fitted parameters and of the common course
  std::size_t blocks = 2;     ///< of sixteen lanes in each
  std::size_t members = 256;  ///< draws of the claims' parameters
  std::function<void(std::size_t done, std::size_t of)> progress;
};

/// The state of the front at the end of the last known week: weighted worlds.
struct Filtered {
  std::vector<Group> groups;  ///< `log_weight` normalised
  int week = 0;               ///< the coming week, counted from the first of the territory table
  Date next;                  ///< its Monday
  double log_evidence = 0.0;  ///< of all weeks filtered: ground and claims
};

/// Filters the worlds through the weeks of the tables.
///
/// A nested particle filter: groups carry parameters and what is common to the front; in each,
/// every sector has its own particles, chosen by how well they foretold its ground. A group's
/// weight is the product of the sectors' mean likelihoods and that of the claims. Groups are chosen
/// anew when fewer than half count. Parameters are not quite constants: their normal scores move a
/// little every week and return to their priors (half in 34 weeks), so that the fit goes on from
/// week to week and no few draws are left to stand for all: at every origin the parameters are
/// those of what was known then.
///
/// @source Gordon, Salmond & Smith (1993), IEE Proc. F 140; Chopin, Jacob & Papaspiliopoulos
/// (2013),
///         JRSS B 75 (SMC^2); Rebeschini & van Handel (2015), Annals of Applied Probability 25.
/// @oracle filter_check.h: ranks of made-up truths (docs/validation/filter-calibration.md);
///         laws_test.cc: a Kalman filter beside the bank of claims.
[[nodiscard]] Filtered filter(const Theatre& theatre, const Weekly& known,
                              const FilterOptions& how);

}  // namespace casus::calibrate
