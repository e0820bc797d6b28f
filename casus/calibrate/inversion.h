// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "casus/calibrate/misfit.h"
#include "casus/calibrate/together.h"

/// Ensemble Kalman inversion: parameters moved until what they simulate looks like what was seen.
namespace casus::calibrate {

/// What one draw of the parameters simulates: mean summaries and the spread of a single record.
struct Simulated {
  std::vector<double> mean;
  std::vector<double> covariance;  ///< [i][j] of one record about the mean
};

struct InversionOptions {
  std::uint64_t seed = 1;
  Together together = {};
  int rounds = 4;  ///< each uses the record with its noise blown up `rounds` times
  int done = 0;    ///< rounds that lie behind, to go on from where a run was stopped
  std::function<void(int round, const std::vector<Scores>& ensemble)> after_round = {};
};

/// Moves an ensemble of standard normal scores to the posterior given `seen`.
///
/// In each of K rounds every member j becomes
///   z_j + C_zg (C_gg + K G)^-1 (seen + sqrt(K) e_j - g_j),
/// C over the ensemble, G the noise of a single record, e_j drawn from it. Exact for a linear model
/// and many members.
/// @param simulate  called once a member and round, from several threads; `index` names its draws.
/// @source Iglesias, Law & Stuart (2013), Inverse Problems 29; Emerick & Reynolds (2013), Computers
/// &
///         Geosciences 55, for the rounds (multiple data assimilation).
/// @oracle calibration_test.cc: a linear model's closed form.
void invert(std::vector<Scores>& ensemble, const std::vector<double>& seen,
            const std::function<Simulated(const Scores& z, std::uint32_t index)>& simulate,
            const InversionOptions& how);

}  // namespace casus::calibrate
