// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "casus/analysis/findings.h"
#include "casus/casefile/load.h"
#include "casus/ensemble/futures.h"

/// Scenario discovery: the region of the inputs in which futures of interest lie.
namespace casus::analysis {

/// What futures were drawn with, one column an input: knobs, and facts in dispute.
struct Inputs {
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;  ///< [input][future]; inputs that never vary are absent
  std::size_t noises = 1;                    ///< futures that share a point: they stay in one half
};

/// Knobs as drawn; a hypothesis of ordered states as its state's index, of others as one 0/1 column
/// a state.
[[nodiscard]] Inputs inputs_of(const casefile::Case& given, const ensemble::Futures& futures);

struct DiscoveryOptions {
  double peel = 0.05;          ///< share of the box taken off at a time
  double least_mass = 0.05;    ///< smallest box, as a share of the futures
  std::size_t dimensions = 4;  ///< most restricted inputs
  double chance = 0.05;        ///< inputs with a quasi-p above it are let go
  std::size_t screened = 12;   ///< most inputs that peeling looks at
  std::size_t resamples = 10;  ///< half-samples for `reproduced`
  std::uint64_t seed = 1;
};

/// Patient rule induction: peels the box inwards where the rest grows densest, then pastes back
/// what was peeled too far, and keeps the box of the highest harmonic mean of coverage and density.
/// Searches in the even futures and judges on the odd ones.
/// @param interest  of every future, whether it is of interest.
/// @returns a box with no bounds where nothing is found or interest never varies.
/// @source Friedman & Fisher (1999), Statistics and Computing 9; Bryant & Lempert (2010),
///         Technological Forecasting and Social Change 77.
/// @oracle discovery_test.cc: a box planted among inert inputs is found to 0.05.
/// @note O(inputs * futures * peels); no shared state.
[[nodiscard]] Scenario prim(const Inputs& inputs, std::span<const std::uint8_t> interest,
                            const DiscoveryOptions& options = {});

/// Classification tree by Gini's impurity, as deep as `options.dimensions`, grown in the even
/// futures; the leaf with the highest harmonic mean of coverage and density on them, judged on the
/// odd ones.
/// @source Breiman, Friedman, Olshen & Stone (1984), Classification and Regression Trees.
/// @oracle discovery_test.cc: as `prim`, and every split against a search by brute force.
[[nodiscard]] Scenario cart(const Inputs& inputs, std::span<const std::uint8_t> interest,
                            const DiscoveryOptions& options = {});

}  // namespace casus::analysis
