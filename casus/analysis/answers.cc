// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"

namespace casus::analysis {
namespace {

/// What the futures that answer say, and their groups as `mean_error` takes them.
struct Held {
  std::vector<double> value;
  std::vector<std::uint32_t> group;
};

/// Share of the futures that `is` holds for, with its standard error; the Agresti-Coull centre
/// keeps that above zero where all futures agree.
template <class Is>
std::pair<double, double> share(const Held& held, Is is) {
  std::vector<double> one(held.value.size());
  std::ranges::transform(held.value, one.begin(), [&](double v) { return is(v) ? 1.0 : 0.0; });
  const double n = static_cast<double>(one.size());
  const double count = std::accumulate(one.begin(), one.end(), 0.0);
  if (!held.group.empty() && count > 0.0 && count < n) {
    return {count / n, mean_error(one, held.group).error};
  }
  const double p = (count + 2.0) / (n + 4.0);
  return {count / n, std::sqrt(p * (1.0 - p) / (n + 4.0))};
}

void answer_number(const Held& held, std::span<const double> levels, QuestionAnswer& answer) {
  std::vector<double> sorted = held.value;
  std::sort(sorted.begin(), sorted.end());
  for (const double level : levels) {
    answer.quantiles.emplace_back(level, quantile(sorted, level));
    answer.quantile_errors.emplace_back(level,
                                        quantile_error(held.value, sorted, level, held.group));
  }
  answer.error = sorted.size() > 1 ? mean_error(held.value, held.group).error : 0.0;
}

/// All futures count: one in which it never happens (infinity) is later than any date.
void answer_date(const Held& held, int last_week, std::span<const double> levels,
                 QuestionAnswer& answer) {
  std::tie(answer.p, answer.error) =
      share(held, [&](double week) { return week <= static_cast<double>(last_week); });
  std::vector<double> sorted = held.value;
  std::sort(sorted.begin(), sorted.end());
  const double n = static_cast<double>(sorted.size());
  for (const double level : levels) {
    const double at = sorted[static_cast<std::size_t>(std::floor(level * (n - 1.0)))];
    if (std::isfinite(at)) answer.quantiles.emplace_back(level, at);
  }
}

void answer_category(const casefile::Question& question, const Held& held, QuestionAnswer& answer) {
  const double named = static_cast<double>(question.categories.size());
  const auto in = [&](double v) { return v >= 0.0 && v < named; };
  for (std::size_t c = 0; c < question.categories.size(); ++c) {
    const auto [p, error] =
        share(held, [&](double v) { return in(v) && static_cast<std::size_t>(v) == c; });
    answer.categories.emplace_back(question.categories[c].name, p);
    answer.error = std::max(answer.error, error);
  }
  const double none = share(held, [&](double v) { return !in(v); }).first;
  if (none > 0.0) answer.categories.emplace_back("none_of_these", none);
}

}  // namespace

std::vector<QuestionAnswer> answer_questions(const casefile::Case& given,
                                             const ensemble::Futures& futures, std::size_t option,
                                             std::span<const double> levels) {
  std::vector<QuestionAnswer> all;
  const std::size_t n = futures.questions.size();
  const std::vector<std::uint32_t> group = groups_of(futures);
  for (std::size_t q = 0; q < n; ++q) {
    const auto id = casefile::find(given.questions, futures.questions[q]);
    CASUS_CHECK(id.has_value());
    const casefile::Question& question = given.questions[*id];
    using enum casefile::QuestionType;
    Held held;
    for (std::size_t f = 0; f < futures.futures; ++f) {
      double v = futures.answer[(option * futures.futures + f) * n + q];
      if (std::isnan(v)) {
        if (question.type != category && question.type != date) continue;
        v = question.type == category ? -1.0 : std::numeric_limits<double>::infinity();
      }
      held.value.push_back(v);
      if (!group.empty()) held.group.push_back(group[f]);
    }
    QuestionAnswer answer;
    answer.id = question.id;
    answer.futures = held.value.size();
    if (!held.value.empty()) {
      if (question.type == yes_no) {
        std::tie(answer.p, answer.error) = share(held, [](double v) { return v > 0.5; });
      }
      if (question.type == date) {
        answer_date(held, given.clock().week_of(question.resolve_by), levels, answer);
      }
      if (question.type == category) answer_category(question, held, answer);
      if (question.type == number) answer_number(held, levels, answer);
    }
    all.push_back(std::move(answer));
  }
  return all;
}

}  // namespace casus::analysis
