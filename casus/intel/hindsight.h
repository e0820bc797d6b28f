// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"

namespace casus::intel {

/// One day of the walk forward, looked back on from the last.
struct HindsightDay {
  Date day;
  std::vector<double> p;  ///< by state, as believed that day
  double short_of_now =
      0.0;             ///< bits: sum of now log2(now / then); how far off that day's belief was
  double moved = 0.0;  ///< bits: the same of that day against the day before; 0 on the first
  std::vector<casefile::ReportId> reports;  ///< came in or taken back that day, heaviest first
};

/// The path of one hypothesis as it was, beside what is believed now.
///
/// A day's reports are ranked by the largest weight (decibans) that they have for any state in the
/// belief of the last day; reports without weight are left out.
/// @returns one entry for every day of `belief.path`; none if it has no path.
[[nodiscard]] std::vector<HindsightDay> hindsight(const casefile::Case& given, const Belief& belief,
                                                  casefile::HypothesisId hypothesis);

/// Relative entropy of `p` from `q` in bits; infinite where q rules out what p does not.
[[nodiscard]] double relative_bits(const std::vector<double>& p, const std::vector<double>& q);

}  // namespace casus::intel
