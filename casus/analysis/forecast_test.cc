// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/forecast.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "casus/analysis/forecast_score.h"
#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/casefile/load_more.h"
#include "casus/casefile/template.h"
#include "casus/intel/belief.h"

namespace casus::analysis {
namespace forecast_test {

namespace fs = std::filesystem;
using casefile::Resolved;
using ::testing::HasSubstr;

// Families of questions on one case: implied, exclusive, conditional, dated, sized.
constexpr const char* families = R"(
questions:
  - {id: some, text: Some, type: yes_no, resolve_by: 2031-12-31, expr: "max in_combat[tesk_brigade] over 2031-04-01..2031-12-31 > 3000"}
  - {id: many, text: Many, type: yes_no, resolve_by: 2031-12-31, expr: "max in_combat[tesk_brigade] over 2031-04-01..2031-12-31 > 4000"}
  - {id: early, text: Early, type: yes_no, resolve_by: 2031-07-31, expr: "max in_combat[tesk_brigade] over 2031-04-01..2031-07-31 > 3000"}
  - {id: none, text: None, type: yes_no, resolve_by: 2031-12-31, expr: "not max in_combat[tesk_brigade] over 2031-04-01..2031-12-31 > 3000"}
  - {id: truce, text: Truce, type: yes_no, resolve_by: 2031-12-31, expr: "max talks[morvane, kareth] over 2031-04-01..2031-12-31 >= 1"}
  - {id: both, text: Both, type: yes_no, resolve_by: 2031-12-31, expr: "max talks[morvane, kareth] over 2031-04-01..2031-12-31 >= 1 and max in_combat[tesk_brigade] over 2031-04-01..2031-12-31 > 3000"}
  - {id: some_if_truce, text: If, type: yes_no, resolve_by: 2031-12-31, expr: "max in_combat[tesk_brigade] over 2031-04-01..2031-12-31 > 3000 given max talks[morvane, kareth] over 2031-04-01..2031-12-31 >= 1"}
  - {id: when_some, text: When, type: date, resolve_by: 2031-12-31, expr: "in_combat[tesk_brigade] > 3000"}
  - {id: size, text: Size, type: number, resolve_by: 2031-12-31, expr: "max in_combat[tesk_brigade] over 2031-04-01..2031-12-31", unit: persons}
  - id: range
    text: Range
    type: category
    resolve_by: 2031-12-31
    categories:
      few: "max in_combat[tesk_brigade] over 2031-04-01..2031-12-31 <= 3000"
      medium: "max in_combat[tesk_brigade] over 2031-04-01..2031-12-31 <= 4000"
      large: "max in_combat[tesk_brigade] over 2031-04-01..2031-12-31 > 4000"
)";

struct Played {
  fs::path folder;
  casefile::Case given;
  intel::Belief belief;
  std::vector<StatedAnswer> answers;
  [[nodiscard]] const StatedAnswer& of(const char* id) const {
    const auto found = std::ranges::find(answers, id, &StatedAnswer::id);
    EXPECT_NE(found, answers.end()) << id;
    return *found;
  }
  [[nodiscard]] double p(const char* id) const { return of(id).p.value(); }
};

const Played& played() {
  static const Played all = [] {
    Played p;
    p.folder = fs::path(::testing::TempDir()) / "forecast_case";
    fs::remove_all(p.folder);
    casefile::write_template(p.folder);
    const fs::path asked = fs::path(::testing::TempDir()) / "forecast_questions.yaml";
    write_file(asked, families);
    p.given = casefile::load_with_questions(p.folder, asked);
    p.belief = intel::assess(p.given);
    p.answers = forecast_answers(
        p.given, ensemble::play(p.given, p.belief, {.futures = 256, .options = {"go_on"}}));
    return p;
  }();
  return all;
}

TEST(Forecast, WhatIsImpliedIsNoLessLikely) {
  const Played& a = played();
  ASSERT_GT(a.p("some"), 0.05);
  ASSERT_LT(a.p("some"), 0.999);
  EXPECT_LE(a.p("many"), a.p("some"));
  EXPECT_LE(a.p("early"), a.p("some"));
  EXPECT_LE(a.p("both"), std::min(a.p("some"), a.p("truce")));
}

TEST(Forecast, WhatExcludesEachOtherAddsUp) {
  const Played& a = played();
  EXPECT_NEAR(a.p("some") + a.p("none"), 1.0, 1e-12);
  const auto& c = a.of("range").categories;
  ASSERT_EQ(c.size(), 3U);
  EXPECT_NEAR(c[0].second + c[1].second + c[2].second, 1.0, 1e-12);
  EXPECT_NEAR(c[0].second, a.p("none"), 1e-12);
  EXPECT_NEAR(c[1].second, a.p("some") - a.p("many"), 1e-12);
  EXPECT_NEAR(c[2].second, a.p("many"), 1e-12);
}

TEST(Forecast, ConditionsMultiply) {
  const Played& a = played();
  ASSERT_GT(a.p("truce"), 0.0);
  EXPECT_NEAR(a.p("some_if_truce") * a.p("truce"), a.p("both"), 1e-12);
}

TEST(Forecast, DatesAndSizesAgreeWithYesAndNo) {
  const Played& a = played();
  EXPECT_NEAR(a.p("when_some"), a.p("some"), 1e-12);  // by the day of both
  for (const auto& [level, day] : a.of("when_some").quantiles) {
    // P(early) is the share of dates up to the week of 31 July, which ends on 3 August
    const bool before = day <= Date(2031, 8, 3).days();
    if (before) {
      EXPECT_LE(level, a.p("early") + 1.0 / 256.0);
    } else {
      EXPECT_GE(level, a.p("early") - 1.0 / 256.0);
    }
  }
  for (const auto& [level, size] : a.of("size").quantiles) {
    if (size > 4000.0) {
      EXPECT_GE(level, 1.0 - a.p("many") - 1.0 / 255.0);
    }
    if (size < 4000.0) {
      EXPECT_LE(level, 1.0 - a.p("many") + 1.0 / 255.0);
    }
  }
  ASSERT_EQ(a.of("size").quantile_errors.size(), forecast_levels().size());
}

TEST(Forecast, TheErrorIsWhatOtherFuturesWouldMoveItBy) {
  const Played& a = played();
  double squares = 0.0;
  for (std::uint64_t seed = 2; seed < 8; ++seed) {
    const auto other = forecast_answers(
        a.given,
        ensemble::play(a.given, a.belief, {.futures = 256, .seed = seed, .options = {"go_on"}}));
    const double z =
        (other.front().p.value() - a.p("some")) / (std::sqrt(2.0) * a.of("some").error.value());
    squares += z * z;
  }
  // mean square of six differences that share one end: 1 expected, within (0.1, 3.5)
  EXPECT_GT(squares / 6.0, 0.1);
  EXPECT_LT(squares / 6.0, 3.5);
}

TEST(Forecast, NothingChangingReadsEveryLaterWeekAsTheFirst) {
  const Played& a = played();
  const auto first =
      ensemble::play(a.given, a.belief, {.futures = 64, .weeks = 1, .options = {"go_on"}});
  auto answers = a.answers;
  add_benchmarks(answers, a.given, forecast_answers(a.given, first), {});
  const auto& some = *std::ranges::find(answers, "some", &StatedAnswer::id);
  EXPECT_EQ(some.benchmarks.at("persistence").p, 0.0);  // nobody of Tesk fights in the first week
}

TEST(AnswersFile, IsReadAsItWasWritten) {
  auto answers = played().answers;
  const casefile::BaseRate rate{0, 0.3, {}, {}, "a table"};
  add_benchmarks(answers, played().given, {}, {rate});
  const std::string text = answers_to_json(answers);
  const auto back = answers_from_json(text, "answers.json");
  EXPECT_EQ(answers_to_json(back), text);
  EXPECT_EQ(back.front().benchmarks.at("base_rate").p, 0.3);
}

std::string refusal(const std::string& text) {
  try {
    static_cast<void>(answers_from_json(text, "a.json"));
  } catch (const CaseError& e) {
    return e.problems().front().message;
  }
  return "";
}

TEST(AnswersFile, SaysWhatIsWrong) {
  EXPECT_EQ(refusal(R"([{"id": "q", "p": 1.5}])"),
            "entry 'q' is no answer to a question: 1.5 is no probability");
  EXPECT_EQ(refusal(R"([{"id": "q", "quantiles": {"0.5": 3, "0.9": 2}}])"),
            "entry 'q' is no answer to a question: its quantiles do not rise with their levels");
  EXPECT_EQ(refusal(R"([{"id": "q", "categories": {"a": 0.5, "b": 0.4}}])"),
            "entry 'q' is no answer to a question: its categories add up to 0.9, not to 1");
  EXPECT_EQ(refusal(R"([{"id": "q", "p": 0.5}, {"id": "q", "p": 0.5}])"),
            "entry 'q' is no answer to a question: its question was answered before");
  EXPECT_EQ(refusal(R"([{"id": "q"}])"),
            "entry 'q' is no answer to a question: it holds nothing that answers a question of its "
            "type");
}

const char* const four = R"([
 {"id": "a", "p": 0.8, "benchmarks": {"base_rate": {"p": 0.5}, "persistence": {"p": 0.0}}},
 {"id": "b", "quantiles": {"0.05": 1, "0.25": 2, "0.5": 3, "0.75": 4, "0.95": 5},
  "benchmarks": {"persistence": {"quantiles": {"0.5": 7}}}},
 {"id": "c", "categories": {"x": 0.7, "y": 0.3}},
 {"id": "d", "type": "date", "resolve_by": "2025-01-31", "p": 0.6,
  "quantiles": {"0.25": "2025-01-01", "0.5": "2025-01-11"}}])";

std::vector<std::optional<Resolved>> came(const std::string& yaml,
                                          const std::vector<StatedAnswer>& answers) {
  return casefile::question_outcomes_from("outcome.yaml", yaml, asked_by(answers));
}

TEST(ForecastScore, EveryScoreIsAsByHand) {
  const auto answers = answers_from_json(four, "a.json");
  const auto s = score_forecasts(
      answers, came("questions: {a: true, b: 4.5, c: y, d: 2025-01-06, e: 3}", answers));
  EXPECT_EQ(s.answered, 4U);
  EXPECT_EQ(s.known, 4U);
  const auto& q = s.methods[0].questions;
  EXPECT_NEAR(*q[0].score.brier, 0.04, 1e-12);
  EXPECT_NEAR(*q[0].score.log, -std::log(0.8), 1e-12);
  EXPECT_NEAR(*q[1].score.interval, 4.0, 1e-12);
  EXPECT_TRUE(*q[1].score.inside_90);
  EXPECT_FALSE(*q[1].score.inside_50);
  EXPECT_NEAR(*q[2].score.brier, 0.49, 1e-12);
  EXPECT_NEAR(*q[3].score.brier, 0.16, 1e-12);
  EXPECT_GT(*q[3].score.crps, 0.0);
  const auto& rates = s.methods[2];
  ASSERT_EQ(rates.id, "base_rate");
  EXPECT_EQ(rates.shares, 1U);
  EXPECT_NEAR(rates.brier, 0.25, 1e-12);
  EXPECT_NEAR(rates.brier_of_forecast, 0.04, 1e-12);
  const auto& still = s.methods[3];
  ASSERT_EQ(still.id, "persistence");
  EXPECT_EQ(still.forecast_nearer, 1U);
  EXPECT_NEAR(*still.crps_ratio, *q[1].score.crps / 2.5, 1e-12);
}

TEST(ForecastScore, ADateThatNeverCameIsHeldAgainstTheLastDay) {
  const auto answers = answers_from_json(four, "a.json");
  const auto never = score_forecasts(answers, came("questions: {d: never}", answers));
  const auto late = score_forecasts(answers, came("questions: {d: 2025-06-01}", answers));
  EXPECT_EQ(*never.methods[0].questions[0].score.crps, *late.methods[0].questions[0].score.crps);
  EXPECT_NEAR(*never.methods[0].questions[0].score.brier, 0.36, 1e-12);
  EXPECT_NEAR(*late.methods[0].questions[0].score.brier, 0.36, 1e-12);
}

TEST(ForecastScore, TheTruthScoresNothing) {
  const auto answers = answers_from_json(
      R"([{"id": "a", "p": 1}, {"id": "b", "quantiles": {"0.05": 2, "0.5": 2, "0.95": 2}},
          {"id": "c", "categories": {"x": 1, "y": 0}}])",
      "a.json");
  const auto s = score_forecasts(answers, came("questions: {a: true, b: 2, c: x}", answers));
  for (const auto& q : s.methods[0].questions) {
    EXPECT_NEAR(q.score.brier.value_or(0.0), 0.0, 1e-12);
    EXPECT_NEAR(q.score.crps.value_or(0.0), 0.0, 1e-12);
  }
  EXPECT_THROW(static_cast<void>(score_forecasts(answers, came("questions: {z: true}", answers))),
               ModelError);
}

}  // namespace forecast_test
}  // namespace casus::analysis
