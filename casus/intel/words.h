// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"

/// The words of a judgement: likelihood by ICD-203, confidence with its reason, kept apart.
namespace casus::intel {

/// On how much a judgement rests.
struct Independence {
  double origins = 0.0;  ///< effective number of independent sources: (sum |w|)^2 / sum w^2
  int linchpins = 0;     ///< reports without which the leading state would fall below one half
};

[[nodiscard]] Independence independence_of(const casefile::Case& given, const HypothesisBelief& h);

/// 10 log10 of the odds, at most 200 either way.
[[nodiscard]] double odds_in_decibans(double p);

/// Fills `confidence` and `confidence_reason` from weights and credal range.
void set_confidence(const casefile::Case& given, HypothesisBelief& h);

}  // namespace casus::intel
