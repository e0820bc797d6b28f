// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/beside.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casus/base/file.h"
#include "casus/casefile/base_rates.h"
#include "casus/casefile/question_outcomes.h"
#include "casus/casefile/template.h"
#include "casus/casefile/wrong_cases.h"
#include "casus/random/draws.h"

namespace casus::casefile {
namespace beside_test {

namespace fs = std::filesystem;

const Case& whole() {
  static const Case given = load_files(invented_case());
  return given;
}

template <class Read>
std::string told(const Read& read) {
  std::string all;
  try {
    static_cast<void>(read());
  } catch (const CaseError& error) {
    for (const Problem& p : error.problems()) {
      all += fmt::format("{}:{}: {} | {}\n", p.line, p.column, p.message, p.hint);
    }
  }
  return all;
}

std::string told_of_outcome(const std::string& text) {
  return told([&] { return outcome_from("outcome.yaml", text, whole()); });
}

std::string told_of_analysts(const std::string& text) {
  return told([&] { return analysts_from("analysts.yaml", text, whole(), whole().as_of); });
}

TEST(Outcome, TheTruthIsReadWithItsSources) {
  const Outcome o = outcome_from("outcome.yaml", R"(
known_since: 2032-05-01
hypotheses:
  - {id: tesk_technology, state: radars, source: "an archive"}
  - {id: tesk_troops_in_morvane, state: to_2000}
reports:
  - {id: r-0310-denial, verdict: false}
  - {id: r-0305-ferries, verdict: true, source: "a memoir"}
  - {id: r-0318-rail, verdict: null}
)",
                                 whole());
  EXPECT_EQ(o.known_since, Date(2032, 5, 1));
  ASSERT_EQ(o.hypotheses.size(), 2U);
  EXPECT_EQ(whole().hypotheses[o.hypotheses[0].hypothesis].id, "tesk_troops_in_morvane");
  EXPECT_EQ(o.hypotheses[0].state, 1U);
  EXPECT_EQ(o.hypotheses[1].source, "an archive");
  ASSERT_EQ(o.reports.size(), 3U);  // in the order of the case
  EXPECT_EQ(o.reports[0].verdict, true);
  EXPECT_EQ(o.reports[0].source, "a memoir");
  EXPECT_EQ(o.reports[1].verdict, false);
  EXPECT_FALSE(o.reports[2].verdict.has_value());
}

TEST(Outcome, TheShortFormSaysTheSame) {
  const Outcome o = outcome_from("outcome.yaml", R"(
hypotheses: {tesk_technology: radars}
reports: {r-0305-ferries: true, r-0318-rail: null}
questions: {}
)",
                                 whole());
  ASSERT_EQ(o.hypotheses.size(), 1U);
  EXPECT_EQ(o.hypotheses[0].state, 1U);
  ASSERT_EQ(o.reports.size(), 2U);
  EXPECT_EQ(o.reports[0].verdict, true);
  EXPECT_FALSE(o.reports[1].verdict.has_value());
}

TEST(Outcome, EverySlipIsToldAtOnce) {
  EXPECT_EQ(
      told_of_outcome(R"(known_since: 2031-03-01
hypothesis: []
hypotheses:
  - {id: tesk_troops_in_morvan, state: to_2000}
  - {id: tesk_technology, state: radar, why: me}
  - {id: tesk_motive, state: pay}
  - {id: tesk_motive, state: pact}
reports:
  - {id: r-0305-ferry, verdict: true}
  - {id: r-0310-denial, verdict: perhaps}
  - {id: r-0318-rail}
)"),
      "1:14: the outcome was known on 2031-03-01, not after the case's as_of 2031-03-31 | what was "
      "known "
      "then belongs into the case, not among what is to be scored\n"
      "2:1: unknown key 'hypothesis' in outcome.yaml | did you mean 'hypotheses'?\n"
      "4:10: hypothesis 1 of outcome.yaml names hypothesis 'tesk_troops_in_morvan', which this "
      "case does "
      "not declare | did you mean 'tesk_troops_in_morvane'?\n"
      "5:34: hypothesis 'tesk_technology' has no state 'radar' | did you mean 'radars'?\n"
      "5:41: unknown key 'why' in hypothesis 2 of outcome.yaml | known here: id, state, source\n"
      "7:10: the hypothesis 'tesk_motive' is judged twice | keep one\n"
      "9:10: report 1 of outcome.yaml names report 'r-0305-ferry', which this case does not "
      "declare | did "
      "you mean 'r-0305-ferries'?\n"
      "10:34: the verdict on report 'r-0310-denial' must be true or false | or null where it is "
      "still not "
      "known\n"
      "11:5: report 3 of outcome.yaml lacks 'verdict' | add 'verdict', null where nothing "
      "applies\n");
}

TEST(AnalystsFile, WhatTheyStateIsReadAndTheLatestHolds) {
  const Panel p = analysts_from("analysts.yaml", R"(
pool: log_odds
band: 0.2
analysts:
  - id: sea_desk
    name: Sea desk
    weight: 2
    date: 2031-03-20
    says:
      - {hypothesis: tesk_technology, p: {none: 0.2, radars: 0.9}}
      - {hypothesis: tesk_motive, p: {pay: 0.5}}
      - {hypothesis: tesk_technology, p: {radars: 0.6}, date: 2031-03-28}
)",
                                whole(), whole().as_of);
  EXPECT_EQ(p.pool, Pool::log_odds);
  EXPECT_EQ(p.band, 0.2);
  ASSERT_EQ(p.analysts.size(), 1U);
  const Analyst& a = p.analysts[0];
  EXPECT_EQ(a.weight, 2.0);
  ASSERT_EQ(a.says.size(), 2U);
  EXPECT_EQ(a.says[0].hypothesis, HypothesisId{0});
  EXPECT_EQ(a.says[0].p[0], 0.5);
  EXPECT_FALSE(a.says[0].p[1].has_value());
  EXPECT_EQ(a.says[1].date, Date(2031, 3, 28));
  EXPECT_FALSE(a.says[1].p[0].has_value());
  EXPECT_EQ(a.says[1].p[1], 0.6);
}

TEST(AnalystsFile, LookingFromAnEarlierDayLaterStatementsAreNotThere) {
  const Panel p = analysts_from("analysts.yaml", R"(
analysts:
  - id: sea_desk
    date: 2031-03-20
    says:
      - {hypothesis: tesk_technology, p: {radars: 0.9}}
      - {hypothesis: tesk_technology, p: {radars: 0.6}, date: 2031-03-28}
)",
                                whole(), Date(2031, 3, 25));
  ASSERT_EQ(p.analysts[0].says.size(), 1U);
  EXPECT_EQ(p.analysts[0].says[0].p[1], 0.9);
}

TEST(AnalystsFile, EverySlipIsToldAtOnce) {
  EXPECT_EQ(told_of_analysts(R"(pool: loglinear
analysts:
  - id: Sea
    date: 2031-04-20
    says: []
  - id: land_desk
    says:
      - {hypothesis: tesk_tech, p: {radars: 0.9}, date: 2031-03-20}
      - {hypothesis: tesk_technology, p: {radar: 0.9, none: 1.2}, date: 2031-03-20}
      - {hypothesis: tesk_motive, p: {}, date: 2031-03-20}
      - {hypothesis: tesk_motive, p: {pay: 1}, date: 2031-03-20}
      - {hypothesis: tesk_technology, p: {radars: 1}}
  - id: land_desk
    wait: 3
    says: []
)"),
            "1:7: 'pool' of analysts.yaml knows no word 'loglinear' | did you mean 'linear'?\n"
            "3:9: 'Sea' is no id of an analyst | ids are lower-case letters, digits and '_', a "
            "letter first\n"
            "4:11: analyst 1 judged on 2031-04-20, after the case's as_of 2031-03-31 | leave it "
            "out: the case looks from that day\n"
            "8:22: what analyst 'land_desk' says names hypothesis 'tesk_tech', which this case "
            "does not declare | \n"
            "9:43: hypothesis 'tesk_technology' has no state 'radar' | did you mean 'radars'?\n"
            "9:61: the probability of 'none' must be from 0 to 1; here is 1.2 | \n"
            "10:38: what analyst 'land_desk' says states no probability | state at least one, such "
            "as {yes: 0.7}\n"
            "11:22: analyst 'land_desk' speaks of 'tesk_motive' twice on 2031-03-20 | keep one\n"
            "12:9: what analyst 'land_desk' says has no date | give the analyst or the statement a "
            "'date'\n"
            "13:9: the analyst 'land_desk' is declared twice | rename one\n"
            "14:5: unknown key 'wait' in analyst 3 | known here: id, name, weight, date, says\n");
}

TEST(Beside, NoDamageToTheTextIsMoreThanAWrongFile) {
  const std::string outcome =
      "known_since: 2032-05-01\nhypotheses:\n  - {id: tesk_technology, state: radars, source: x}\n"
      "reports: {r-0305-ferries: true, r-0318-rail: null}\n";
  const std::string analysts =
      "pool: linear\nanalysts:\n  - id: a\n    date: 2031-03-20\n    says:\n"
      "      - {hypothesis: tesk_technology, p: {none: 0.2, radars: 0.9}}\n";
  const Draws draws(3);
  int refused = 0;
  for (std::uint32_t i = 0; i < 400; ++i) {
    std::string text = i % 2 == 0 ? outcome : analysts;
    for (std::uint32_t k = 0; k < 1 + i % 4; ++k) {
      const double u = draws.uniform(Stream("damage"), i, 0, k, 0);
      const auto at = static_cast<std::size_t>(u * static_cast<double>(text.size()));
      const auto what = static_cast<int>(draws.uniform(Stream("damage"), i, 1, k, 0) * 3.0);
      if (what == 0) text.erase(at, 1 + k);
      if (what == 1) text.insert(at, ": ");
      if (what == 2) text[at] = "{}[]:,-\n \"0"[static_cast<std::size_t>(u * 1e6) % 11];
    }
    refused += (i % 2 == 0 ? told_of_outcome(text) : told_of_analysts(text)).empty() ? 0 : 1;
  }
  EXPECT_GT(refused, 200);
  EXPECT_LT(refused, 400);
}

TEST(Beside, NeitherFileEntersTheCaseOrItsDigest) {
  const fs::path folder = fs::path(testing::TempDir()) / "casus_beside_test";
  fs::remove_all(folder);
  write_template(folder);
  const Case before = load(folder);
  EXPECT_FALSE(has_outcome(folder));
  EXPECT_FALSE(load_analysts(folder, before).has_value());
  EXPECT_THROW(static_cast<void>(load_outcome(folder, before)), IoError);
  write_file(folder / "outcome.yaml", "reports: {r-0305-ferries: true, r-0318-rail: false}\n");
  write_file(
      folder / "analysts.yaml",
      "analysts: [{id: a, date: 2031-03-01, says: [{hypothesis: tesk_motive, p: {pay: 1}}]}]\n");
  EXPECT_EQ(load(folder).digest, before.digest);
  EXPECT_EQ(load_outcome(folder, before).reports.size(), 2U);
  ASSERT_TRUE(load_analysts(folder / "case.yaml", before).has_value());
  // looking from an earlier day, a verdict on what was published later is dropped, not refused
  LoadOptions early;
  early.as_of = Date(2031, 3, 10);
  EXPECT_EQ(load_outcome(folder, load(folder, early)).reports.size(), 1U);
  fs::remove_all(folder);
}

std::string told_of_rates(const std::string& text) {
  return told([&] { return base_rates_from("base_rates.yaml", text, whole()); });
}

TEST(BaseRates, AreReadByTheTypeOfTheQuestion) {
  const std::string id = whole().questions.front().id;
  ASSERT_EQ(whole().questions.front().type, QuestionType::yes_no);
  const auto rates = base_rates_from(
      "base_rates.yaml",
      "base_rates:\n  - {id: " + id + ", p: 0.2, source: a table, known: 2030-01-01}\n", whole());
  ASSERT_EQ(rates.size(), 1U);
  EXPECT_EQ(rates[0].p, 0.2);
  EXPECT_EQ(rates[0].source, "a table");
}

TEST(BaseRates, SayWhatIsWrong) {
  const std::string id = whole().questions.front().id;
  EXPECT_EQ(told_of_rates("base_rates:\n  - {id: " + id +
                          ", p: 0.2, source: a table, known: 2099-01-01}\n"),
            "2:" + std::to_string(44 + id.size()) +
                ": base rate 1 became known on 2099-01-01, "
                "after the case's as_of " +
                to_string(whole().as_of) + " | use what was public by then\n");
  EXPECT_THAT(told_of_rates("base_rates:\n  - {id: " + id + ", source: t, known: 2030-01-01}\n"),
              ::testing::HasSubstr("lacks 'p'"));
}

TEST(QuestionOutcomes, FitTheirQuestions) {
  const std::vector<AskedQuestion> asked = {{"a", QuestionType::yes_no, {}},
                                            {"b", QuestionType::number, {}},
                                            {"c", QuestionType::date, {}},
                                            {"d", QuestionType::category, {"x", "y"}}};
  const auto read = [&](const std::string& text) {
    return question_outcomes_from("outcome.yaml", text, asked);
  };
  const auto out = read("questions: {a: false, b: 2.5, c: never, d: y}\nreports: {r-1: true}\n");
  EXPECT_EQ(out[0]->came, false);
  EXPECT_EQ(out[1]->number, 2.5);
  EXPECT_EQ(out[2]->came, false);
  EXPECT_EQ(out[3]->category, 1U);
  EXPECT_FALSE(read("questions: {a: null}")[0].has_value());
  EXPECT_EQ(read("questions: [{id: c, value: 2032-02-01, source: s}]")[2]->date, Date(2032, 2, 1));
  EXPECT_EQ(told([&] { return read("questions: {d: z}"); }),
            "1:16: the outcome of question 'd' must be one of x, y | or null where it is still not "
            "known\n");
  EXPECT_EQ(told([&] { return read("questions: {c: soon}"); }),
            "1:16: the outcome of question 'c' must be a day like 2025-03-01, or never | or null "
            "where it is still not known\n");
}

}  // namespace beside_test
}  // namespace casus::casefile
