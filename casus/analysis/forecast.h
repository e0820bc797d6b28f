// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "casus/analysis/comparison.h"
#include "casus/casefile/base_rates.h"

/// The forecast questions of a case answered from futures (docs/models/scores.md).
namespace casus::analysis {

/// An answer as a file of answers says it, whoever gave it.
struct StatedAnswer {
  std::string id;
  casefile::QuestionType type = casefile::QuestionType::yes_no;
  std::optional<Date> resolve_by;
  std::optional<double> p;  ///< yes_no; date: that it comes about by `resolve_by`
  /// Level and value, rising; a date's values are days since 1970-01-01, and levels it reaches only
  /// after the futures end are left out.
  std::vector<std::pair<double, double>> quantiles;
  std::vector<std::pair<std::string, double>> categories;
  std::optional<double> error;  ///< Monte-Carlo standard error: of p, of the mean, of a share
  std::vector<std::pair<double, double>> quantile_errors;  ///< level and standard error; numbers
  /// Simple rivals' answers by name: `base_rate`, `persistence`.
  std::map<std::string, StatedAnswer> benchmarks;
};

/// Levels of the quantiles a forecast states: 0.01, 0.025, 0.05 to 0.95 by 0.05, 0.975, 0.99.
[[nodiscard]] const std::vector<double>& forecast_levels();

/// The answers of one option's futures to the questions they were played with; a question whose
/// condition no future meets is left out.
///
/// All answers are counts over the same futures, so what one question implies of another holds
/// between their answers exactly: implied events are no less likely, exclusive ones add up, and
/// P(A given B) P(B) = P(A and B).
/// @oracle forecast_test.cc: such families of questions over futures of a whole case.
[[nodiscard]] std::vector<StatedAnswer> forecast_answers(const casefile::Case& given,
                                                         const ensemble::Futures& futures,
                                                         std::size_t option = 0);

/// The same answer with the day it resolves by, as `answers.json` has it.
[[nodiscard]] StatedAnswer stated(const QuestionAnswer& answer, const casefile::Case& given);

/// Adds the rivals: what nothing changing would bring, from futures of one week alone (every later
/// week of a question is then read as the first), and the base rates of the case.
void add_benchmarks(std::vector<StatedAnswer>& answers, const casefile::Case& given,
                    const std::vector<StatedAnswer>& unchanged,
                    const std::vector<casefile::BaseRate>& rates);

/// `answers.json` (schema/answers.schema.json).
[[nodiscard]] std::string answers_to_json(const std::vector<StatedAnswer>& answers);
/// Reads answers of any make: type and day are guessed from the form where they are not said.
/// @throws CaseError the file is no such list, or an answer contradicts itself.
[[nodiscard]] std::vector<StatedAnswer> answers_from_json(const std::string& text,
                                                          const std::string& file_name);

}  // namespace casus::analysis
