// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/analysis/forecast.h"
#include "casus/base/score.h"
#include "casus/casefile/question_outcomes.h"

/// Forecasts held against what came about, beside simple rivals (docs/models/scores.md).
namespace casus::analysis {

/// Scores of one answer; what does not apply to its type is absent. Small is good.
struct AnswerScore {
  std::optional<double> brier;     ///< yes_no, date (by its day): (p - x)^2; category: half the sum
  std::optional<double> log;       ///< of the same, in nats
  std::optional<double> crps;      ///< number: in its unit; date: in days, all that is later as one
  std::optional<double> interval;  ///< of the 5-95 % range, where both are stated
  std::optional<bool> inside_90, inside_50;  ///< whether it lay in the 5-95, 25-75 % range
};

/// One method's answer to one question.
struct QuestionScore {
  std::string id;
  casefile::QuestionType type = casefile::QuestionType::yes_no;
  std::string came;  ///< what came, as text
  AnswerScore score;
};

/// A method over the questions that it and Casus both answer.
struct ForecastMethod {
  std::string id;  ///< `forecast`, then the rivals: `even`, and the benchmarks of the file
  std::vector<QuestionScore> questions;
  std::size_t shares = 0, sizes = 0;  ///< questions scored as probabilities, and by CRPS
  double brier = 0.0, log = 0.0;      ///< means over `shares`
  /// The forecast's own Brier and log score over the same questions.
  double brier_of_forecast = 0.0, log_of_forecast = 0.0;
  /// Geometric mean of the forecast's CRPS over this method's, over questions where both are above
  /// zero: under 1 the forecast is the better one.
  std::optional<double> crps_ratio;
  std::size_t forecast_nearer = 0;  ///< of `sizes`, those where the forecast's CRPS is lower
  std::size_t inside_90 = 0, of_90 = 0, inside_50 = 0, of_50 = 0;
  CalibrationCurve calibration;  ///< of every stated probability of yes_no, date and category
};

struct ForecastScore {
  std::size_t answered = 0;  ///< answers in the file
  std::size_t known = 0;     ///< of them, those whose outcome is known
  std::vector<ForecastMethod> methods;
};

/// What the outcome must say of each answer.
[[nodiscard]] std::vector<casefile::AskedQuestion> asked_by(
    const std::vector<StatedAnswer>& answers);

/// @param outcomes  in the order of `answers`; nothing where it is not known.
/// @throws ModelError no outcome is known.
/// @oracle forecast_score_test.cc: every score by hand; the truth itself scores 0.
[[nodiscard]] ForecastScore score_forecasts(
    const std::vector<StatedAnswer>& answers,
    std::span<const std::optional<casefile::Resolved>> outcomes);

/// `forecast_score.json`.
[[nodiscard]] std::string to_json(const ForecastScore& score);

}  // namespace casus::analysis
