// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"
#include "casus/intel/model.h"
#include "casus/intel/strength.h"

/// P(a report's claim is so): docs/models/reports.md.
namespace casus::intel {

/// What the joint posterior says of one report that speaks to hypotheses.
struct ReportPosterior {
  double claims_hold = 0.0;      ///< P(all it says of the hypotheses is so)
  double measuring = 0.0;        ///< P(it speaks from knowledge)
  double measuring_if_so = 0.0;  ///< the same, given that its claims hold
  double echo = 0.0;             ///< P(it only repeats what it heard)
  double staged = 0.0;           ///< P(it stems from an adversary's staging)
};

/// From the joint table over the scope of the report's factor.
[[nodiscard]] ReportPosterior report_posterior(const Model& model, const Evidence& e,
                                               std::uint32_t source,
                                               const std::vector<double>& joint);

/// P(a claim of this kind, from this source, with this grade, is so), when nothing else is known.
/// A log-odds score of kind, letter, digit and aspect; judgement (docs/models/reports.md has the
/// table).
/// @param honesty change of the source's log-odds of honesty by all reports, 0 where none.
[[nodiscard]] double quality(const casefile::Report& report, const casefile::Source& source,
                             double honesty, bool grades);

/// What is believed of the counted strengths.
struct Counted {
  std::vector<Numbers>& numbers;  ///< one per counted hypothesis; they keep what they work out
  const std::vector<Strength>& strengths;  ///< likewise
  const std::vector<bool>& used;           ///< by evidence
};

/// @param posterior by evidence. @param honesty by source.
[[nodiscard]] std::vector<ReportBelief> judge_reports(const casefile::Case& given,
                                                      const Model& model,
                                                      const std::vector<ReportPosterior>& posterior,
                                                      const std::vector<double>& honesty,
                                                      const Counted& counted, bool grades);

}  // namespace casus::intel
