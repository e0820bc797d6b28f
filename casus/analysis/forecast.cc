// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/forecast.h"

#include <algorithm>
#include <cmath>

#include "casus/analysis/parts.h"
#include "casus/base/error.h"

namespace casus::analysis {

using enum casefile::QuestionType;

const std::vector<double>& forecast_levels() {
  static const std::vector<double> levels = [] {
    std::vector<double> all = {0.01, 0.025};
    for (int i = 1; i <= 19; ++i) all.push_back(i / 20.0);
    all.push_back(0.975);
    all.push_back(0.99);
    return all;
  }();
  return levels;
}

StatedAnswer stated(const QuestionAnswer& a, const casefile::Case& given) {
  const auto id = casefile::find(given.questions, a.id);
  CASUS_CHECK(id.has_value());
  const casefile::Question& q = given.questions[*id];
  StatedAnswer s;
  s.id = a.id;
  s.type = q.type;
  s.resolve_by = q.resolve_by;
  if (q.type == yes_no || q.type == date) s.p = a.p;
  s.quantiles = a.quantiles;
  if (q.type == date) {  // the Sunday that ends the week
    for (auto& entry : s.quantiles)
      entry.second = given.clock().sunday_of(static_cast<int>(std::lround(entry.second))).days();
  }
  s.categories = a.categories;
  s.quantile_errors = a.quantile_errors;
  s.error = a.error;
  return s;
}

std::vector<StatedAnswer> forecast_answers(const casefile::Case& given,
                                           const ensemble::Futures& futures, std::size_t option) {
  std::vector<StatedAnswer> all;
  for (const QuestionAnswer& a : answer_questions(given, futures, option, forecast_levels())) {
    if (a.futures > 0) all.push_back(stated(a, given));
  }
  return all;
}

namespace {

StatedAnswer stated(const casefile::BaseRate& rate, const casefile::Question& q) {
  StatedAnswer s;
  s.id = q.id;
  s.type = q.type;
  s.resolve_by = q.resolve_by;
  s.p = rate.p;
  s.quantiles = rate.quantiles;
  s.categories = rate.categories;
  return s;
}

}  // namespace

void add_benchmarks(std::vector<StatedAnswer>& answers, const casefile::Case& given,
                    const std::vector<StatedAnswer>& unchanged,
                    const std::vector<casefile::BaseRate>& rates) {
  for (StatedAnswer& a : answers) {
    const auto same = std::ranges::find(unchanged, a.id, &StatedAnswer::id);
    if (same != unchanged.end()) a.benchmarks["persistence"] = *same;
    for (const casefile::BaseRate& rate : rates) {
      const casefile::Question& q = given.questions[rate.question];
      if (q.id == a.id) a.benchmarks["base_rate"] = stated(rate, q);
    }
  }
}

}  // namespace casus::analysis
