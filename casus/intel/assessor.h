// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"

namespace casus::intel {

class Engine;

/// A case that is assessed again after every change, doing only what hangs on the change.
///
/// The model is read anew, which is cheap; of the junction tree only the buckets whose factors came
/// out otherwise and those above them are worked through. A change that joins what no clique joins
/// (a new source, a fifth question of one) takes a new tree. What is believed is the same, to 1e-9,
/// as what `assess` says of `given()`.
///
/// @oracle assessor_test.cc: `assess` of the changed case.
class Assessor {
 public:
  /// @throws ModelError as `assess`.
  explicit Assessor(casefile::Case given, const AssessOptions& options = {});
  ~Assessor();
  Assessor(const Assessor&) = delete;
  Assessor& operator=(const Assessor&) = delete;

  [[nodiscard]] const casefile::Case& given() const { return given_; }
  /// Posteriors by hypothesis and state.
  [[nodiscard]] std::vector<std::vector<double>> posteriors() const;
  /// All that `assess` says, with the options given at first.
  [[nodiscard]] Belief belief();

  /// Takes a report in, at its place by day and id; its `lineage` and `answers` are ids of now.
  /// @pre its id is new and its source, hypotheses and places are those of the case.
  casefile::ReportId add(casefile::Report report);
  /// Leaves a report out as if it had been taken back the day it came; what only repeats it still
  /// tells nothing. Whether it is true is judged by what is left, not by its being taken back.
  void strike(casefile::ReportId report);
  /// Gives a report another grade, letter A-F and digit 1-6.
  void regrade(casefile::ReportId report, char letter, int digit);
  /// Gives a source another letter; reports of it that carried the old one follow.
  void regrade(casefile::SourceId source, char letter);
  /// Takes the case as changed elsewhere.
  void become(casefile::Case given);

  /// How often a change took a new tree.
  [[nodiscard]] std::size_t trees() const { return trees_; }

 private:
  void renew();

  casefile::Case given_;
  AssessOptions options_;
  std::unique_ptr<Engine> engine_;
  std::size_t trees_ = 0;
};

/// The same changes to a case that is not being assessed.
casefile::ReportId add_report(casefile::Case& given, casefile::Report report);
void strike_report(casefile::Case& given, casefile::ReportId report);
void regrade_report(casefile::Case& given, casefile::ReportId report, char letter, int digit);
void regrade_source(casefile::Case& given, casefile::SourceId source, char letter);

}  // namespace casus::intel
