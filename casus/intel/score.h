// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/base/score.h"
#include "casus/casefile/outcome.h"
#include "casus/intel/belief.h"

/// How well a belief did, once the outcome is known. docs/models/scoring.md.
namespace casus::intel {

/// One hypothesis on the as-of day, judged by one method.
struct HypothesisScore {
  HypothesisId hypothesis{0};
  std::uint32_t truth = 0;    ///< the state that was so
  double p = 0.0;             ///< given to it
  double brier = 0.0;         ///< 0 ... 2, over all states
  double log = 0.0;           ///< nats
  std::uint32_t leading = 0;  ///< the state the method thought most probable
};

/// Means over the hypotheses on one day of the walk forward.
struct DayScore {
  Date day;
  double brier = 0.0;
  double log = 0.0;
};

/// One way of judging, scored on all hypotheses whose outcome is known.
struct MethodScore {
  std::string id;      ///< casus, prior, even, matrix, product
  double brier = 0.0;  ///< mean over hypotheses, as-of day
  double log = 0.0;
  double right =
      0.0;  ///< share of hypotheses whose leading state was so; a shared lead counts in part
  double walk_brier = 0.0;  ///< mean over hypotheses and days
  double walk_log = 0.0;
  std::vector<HypothesisScore> hypotheses;
  std::vector<DayScore> days;
  CalibrationCurve calibration;  ///< of every (hypothesis, day, state)
};

/// One way of saying how probable a report's claim is, scored on all reports with a verdict.
struct ReportMethodScore {
  std::string id;  ///< casus, grades, half, base_rate (which knows the verdicts)
  double brier = 0.0;
  double log = 0.0;
  CalibrationCurve calibration;
};

struct ReportScore {
  ReportId report{0};
  bool verdict = false;
  double p_true = 0.0;  ///< by Casus
  double grade = 0.0;   ///< by its grade alone
};

struct Score {
  std::string case_id;
  Date as_of;
  bool grades = true;
  std::optional<Date> from;  ///< first day of the walk forward that is scored
  std::vector<MethodScore> methods;
  std::vector<ReportMethodScore> report_methods;
  std::vector<ReportScore> reports;
};

/// Scores a belief and its rivals against the outcome.
///
/// A day's forecast is held against how it came out in the end; days before the first report are
/// left out. The days of one hypothesis are far from independent: the calibration over them shows
/// how a belief moved, it is no test of significance.
/// @throws ModelError the outcome judges no hypothesis and no report.
/// @source Brier (1950); Good (1952); Murphy (1973). Baselines: casus/intel/rivals.h.
/// @oracle score_test.cc.
[[nodiscard]] Score score(const casefile::Case& given, const Belief& belief,
                          const casefile::Outcome& outcome);

/// `score.json` (schema/score.schema.json).
[[nodiscard]] std::string to_json(const Score& score, const casefile::Case& given);

}  // namespace casus::intel
