// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"

namespace casus::intel {

/// One row of the matrix: a report's weight for every state of the hypothesis.
struct AchRow {
  casefile::ReportId report{0};
  std::vector<double> decibans;    ///< by state
  std::vector<std::string> marks;  ///< `++ + 0 - --` at 3 and 1 dB
};

/// The matrix of competing hypotheses as a view of the same weights; it infers nothing (A10).
struct AchTable {
  casefile::HypothesisId hypothesis{0};
  std::vector<AchRow> rows;           ///< heaviest first
  std::vector<double> inconsistency;  ///< by state: minus the sum of its negative weights, dB
};

[[nodiscard]] AchTable ach_table(const casefile::Case& given, const Belief& belief,
                                 casefile::HypothesisId hypothesis);

}  // namespace casus::intel
