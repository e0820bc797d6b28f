// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"

namespace casus::analysis {
namespace {

/// Standard error of a share; the Agresti-Coull centre keeps it above zero at 0 and 1.
double share_error(double successes, double n) {
  const double p = (successes + 2.0) / (n + 4.0);
  return std::sqrt(p * (1.0 - p) / (n + 4.0));
}

void answer_yes_no(const std::vector<double>& held, QuestionAnswer& answer) {
  double yes = 0.0;
  for (const double v : held) yes += v > 0.5 ? 1.0 : 0.0;
  const double n = static_cast<double>(held.size());
  answer.p = yes / n;
  answer.error = share_error(yes, n);
}

/// The error of a quantile is half of how far it moves if its level is off by the error of a share.
void answer_number(std::vector<double> held, std::span<const double> levels,
                   QuestionAnswer& answer) {
  std::sort(held.begin(), held.end());
  const double n = static_cast<double>(held.size());
  for (const double level : levels) {
    const double off = std::sqrt(level * (1.0 - level) / n);
    const double high = quantile(held, std::min(level + off, 1.0));
    answer.quantiles.emplace_back(level, quantile(held, level));
    answer.quantile_errors.emplace_back(level,
                                        0.5 * (high - quantile(held, std::max(level - off, 0.0))));
  }
  answer.error = held.size() > 1 ? mean_error(held).error : 0.0;
}

/// `all` futures count: one in which it never happens is later than any date.
void answer_date(const std::vector<double>& weeks, std::size_t all, int last_week,
                 std::span<const double> levels, QuestionAnswer& answer) {
  std::vector<double> sorted = weeks;
  std::sort(sorted.begin(), sorted.end());
  const double n = static_cast<double>(all);
  double by = 0.0;
  for (const double w : sorted) by += w <= static_cast<double>(last_week) ? 1.0 : 0.0;
  answer.p = by / n;
  answer.error = share_error(by, n);
  for (const double level : levels) {
    const auto at = static_cast<std::size_t>(std::floor(level * (n - 1.0)));
    if (at < sorted.size()) answer.quantiles.emplace_back(level, sorted[at]);
  }
}

void answer_category(const casefile::Question& question, const std::vector<double>& held,
                     QuestionAnswer& answer) {
  const double n = static_cast<double>(held.size());
  std::vector<double> count(question.categories.size() + 1, 0.0);
  for (const double v : held) {
    const bool named = v >= 0.0 && v < static_cast<double>(question.categories.size());
    count[named ? static_cast<std::size_t>(v) : question.categories.size()] += 1.0;
  }
  for (std::size_t c = 0; c < question.categories.size(); ++c) {
    answer.categories.emplace_back(question.categories[c].name, count[c] / n);
    answer.error = std::max(answer.error, share_error(count[c], n));
  }
  if (count.back() > 0.0) answer.categories.emplace_back("none_of_these", count.back() / n);
}

}  // namespace

std::vector<QuestionAnswer> answer_questions(const casefile::Case& given,
                                             const ensemble::Futures& futures, std::size_t option,
                                             std::span<const double> levels) {
  std::vector<QuestionAnswer> all;
  const std::size_t n = futures.questions.size();
  for (std::size_t q = 0; q < n; ++q) {
    const auto id = casefile::find(given.questions, futures.questions[q]);
    CASUS_CHECK(id.has_value());
    const casefile::Question& question = given.questions[*id];
    std::vector<double> held;
    for (std::size_t f = 0; f < futures.futures; ++f) {
      const double v = futures.answer[(option * futures.futures + f) * n + q];
      if (std::isnan(v)) {
        if (question.type == casefile::QuestionType::category) held.push_back(-1.0);
        continue;
      }
      held.push_back(v);
    }
    QuestionAnswer answer;
    answer.id = question.id;
    const bool dated = question.type == casefile::QuestionType::date;
    answer.futures = dated ? futures.futures : held.size();
    using enum casefile::QuestionType;
    if (dated) {
      answer_date(held, futures.futures, given.clock().week_of(question.resolve_by), levels,
                  answer);
    } else if (!held.empty()) {
      if (question.type == yes_no) answer_yes_no(held, answer);
      if (question.type == category) answer_category(question, held, answer);
      if (question.type == number) answer_number(std::move(held), levels, answer);
    }
    all.push_back(std::move(answer));
  }
  return all;
}

}  // namespace casus::analysis
