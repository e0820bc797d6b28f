// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"

/// The words of a judgement: likelihood by ICD-203, confidence with its reason, kept apart.
namespace casus::intel {

/// Effective number of independent sources behind a judgement: (sum |w|)^2 / sum w^2 over sources
/// of the summed leave-one-out weights of the leading state; 0 where no report moves it.
[[nodiscard]] double voices_of(const casefile::Case& given, const HypothesisBelief& h);

/// The expected independent origins behind a judgement, by what they have in common.
struct Origins {
  double all = 0.0;
  bool weighed = true;                    ///< reports were left out one by one
  std::map<std::string, double> of_kind;  ///< kind of report
  std::map<std::string, double> through;  ///< channel (`via`) they came through, where told
};

/// 10 log10 of the odds, at most 200 either way.
[[nodiscard]] double odds_in_decibans(double p);

/// A sentence for every contingent whose men the order of battle and its aggregate check put more
/// than a quarter of the larger number apart (model-basis B): docs/models/order_of_battle.md.
[[nodiscard]] std::vector<std::string> tracking_doubts(const casefile::Case& given,
                                                       const Belief& belief);

/// Fills `confidence` and `confidence_reason`: docs/models/confidence.md.
/// @pre weights, linchpins and credal range of `h` are there.
void set_confidence(const casefile::Case& given, const Origins& origins, HypothesisBelief& h);

}  // namespace casus::intel
