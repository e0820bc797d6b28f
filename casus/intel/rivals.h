// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/casefile/load.h"

/// What simpler ways of judging the same reports would have said: the rivals a score is held
/// against. They infer nothing for Casus. docs/models/scoring.md.
namespace casus::intel {

/// One probability by hypothesis and state.
using Probabilities = std::vector<std::vector<double>>;

/// Reads a case once; then what each rival believes on any day.
///
/// Every report counts, relays too, once it is published and while it is not retracted.
/// @oracle score_test.cc: three reports by hand.
class Rivals {
 public:
  /// @param grades false: grades are read as F6. The product alone looks at them.
  Rivals(const casefile::Case& given, bool grades);

  /// The case's own tables, no report.
  [[nodiscard]] const Probabilities& prior() const { return prior_; }
  /// The same probability for every state.
  [[nodiscard]] Probabilities even() const;
  /// The plain matrix of competing hypotheses: P(state) in proportion to (c + 1) / (n + 2), where c
  /// of the n reports on the hypothesis are consistent with the state. Its order is that of least
  /// inconsistency. @source Heuer (1999), Psychology of Intelligence Analysis, ch. 8.
  [[nodiscard]] Probabilities matrix(Date day) const;
  /// Prior times the likelihood of every report, as if all were independent and all sources honest.
  [[nodiscard]] Probabilities product(Date day) const;

 private:
  struct Mark {  ///< one report against one hypothesis
    std::uint32_t hypothesis = 0;
    std::uint32_t report = 0;
    std::vector<bool> consistent;    ///< by state
    std::vector<double> likelihood;  ///< by state
  };
  void add_marks(std::uint32_t report, bool grades);
  [[nodiscard]] bool stands(const Mark& mark, Date day) const;

  casefile::Case plain_;  ///< the case as if no report repeated another
  Probabilities prior_;
  std::vector<Mark> marks_;
};

/// P(a report's claim is so) read off its grade alone: the mean of what letter and digit say, A to
/// E and 1 to 5 as 0.9, 0.7, 0.5, 0.3, 0.1; F and 6 say nothing, F6 is 0.5.
/// @source digits: OASIS, STIX 2.1, appendix A (Admiralty credibility); letters by the same ladder.
[[nodiscard]] double grade_alone(char source, int item);

}  // namespace casus::intel
