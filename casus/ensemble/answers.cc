// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "casus/base/error.h"
#include "casus/ensemble/run.h"

namespace casus::ensemble {
namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

/// Stored weekly values of one future, as expressions ask for them.
class Reader {
 public:
  Reader(const Stage& stage, const std::vector<F>& stored, std::size_t lane)
      : stage_(&stage), stored_(&stored), lane_(lane) {}

  [[nodiscard]] std::optional<double> evaluate(std::size_t expression, int week) const {
    const auto value = [this](const casefile::VariableUse& use, int at) {
      return value_at(use, at);
    };
    return casefile::evaluate(stage_->given().expressions[expression], week, stage_->weeks(),
                              value);
  }

 private:
  [[nodiscard]] double value_at(const casefile::VariableUse& use, int week) const {
    const auto& uses = stage_->uses();
    const auto found = std::ranges::find_if(uses, [&](const auto& u) { return same_use(u, use); });
    CASUS_CHECK(found != uses.end() && week >= 0 && week < stage_->weeks());
    const auto row = static_cast<std::size_t>(found - uses.begin());
    return (*stored_)[row * static_cast<std::size_t>(stage_->weeks()) +
                      static_cast<std::size_t>(week)][lane_];
  }

  const Stage* stage_;
  const std::vector<F>* stored_;
  std::size_t lane_;
};

float first_week(const Reader& reader, std::size_t expression, int last) {
  for (int week = 0; week <= last; ++week) {
    const auto holds = reader.evaluate(expression, week);
    if (holds && *holds != 0.0) return static_cast<float>(week);
  }
  return nothing;
}

float first_category(const Reader& reader, const casefile::Question& question, int week) {
  for (std::size_t c = 0; c < question.categories.size(); ++c) {
    const auto holds = reader.evaluate(question.categories[c].expression, week);
    if (holds && *holds != 0.0) return static_cast<float>(c);
  }
  return nothing;
}

float answer(const Reader& reader, const casefile::Question& question, int week) {
  if (question.type == casefile::QuestionType::category)
    return first_category(reader, question, week);
  if (!question.expression) return nothing;
  if (question.type == casefile::QuestionType::date)
    return first_week(reader, *question.expression, week);
  const auto value = reader.evaluate(*question.expression, week);
  if (!value) return nothing;
  if (question.type == casefile::QuestionType::yes_no) return *value != 0.0 ? 1.0F : 0.0F;
  return static_cast<float>(*value);
}

}  // namespace

std::vector<F> answers_of(const Stage& stage, const std::vector<F>& stored) {
  std::vector<F> out(stage.given().questions.size());
  for (std::size_t lane = 0; lane < lanes::width; ++lane) {
    const Reader reader(stage, stored, lane);
    for (std::size_t q = 0; q < out.size(); ++q) {
      const casefile::Question& question = stage.given().questions[q];
      const int week = std::clamp(stage.model().week_of(question.resolve_by), 0, stage.weeks() - 1);
      out[q].set(lane, answer(reader, question, week));
    }
  }
  return out;
}

}  // namespace casus::ensemble
