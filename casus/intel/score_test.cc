// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/score.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/intel/rivals.h"
#include "casus/intel/test_case.h"
#include "casus/observe/law.h"

namespace casus::intel {
namespace score_test {

using casefile::HypothesisId;
using casefile::Outcome;
using casefile::ReportId;
using casefile::ReportKind;
using test::CaseBuilder;

// Two pictures that say yes (one repeats the other), one denial by the accused.
struct Affair {
  Affair() {
    deed = builder.hypothesis("deed", {"no", "yes"}, {.8, .2});
    quiet = builder.hypothesis("quiet", {"no", "yes", "perhaps"}, {.5, .3, .2});
    const auto eye = builder.source("eye", 'B');
    const auto paper = builder.source("paper", 'F');
    const auto accused = builder.source("accused", 'E', casefile::Stance::party);
    builder.report(eye, ReportKind::imagery, deed, {1}).published = Date(2024, 10, 10);
    auto& relay = builder.report(paper, ReportKind::imagery, deed, {1});
    relay.published = Date(2024, 10, 12);
    relay.lineage = {ReportId{0}};
    relay.item_grade = 6;
    auto& denial = builder.report(accused, ReportKind::official_statement, deed, {0});
    denial.published = Date(2024, 10, 14);
    denial.answers = {ReportId{0}};
    denial.item_grade = 5;
    outcome.hypotheses = {{deed, 1, ""}};
    outcome.reports = {
        {ReportId{0}, true, ""}, {ReportId{1}, std::nullopt, ""}, {ReportId{2}, false, ""}};
  }
  CaseBuilder builder;
  HypothesisId deed{0}, quiet{0};
  Outcome outcome;
};

const MethodScore& method(const Score& s, const std::string& id) {
  return *std::find_if(s.methods.begin(), s.methods.end(),
                       [&](const MethodScore& m) { return m.id == id; });
}

const ReportMethodScore& reports_by(const Score& s, const std::string& id) {
  return *std::find_if(s.report_methods.begin(), s.report_methods.end(),
                       [&](const ReportMethodScore& m) { return m.id == id; });
}

TEST(Rivals, ThePriorIsTheCasesOwnTable) {
  const Affair affair;
  const Rivals rivals(affair.builder.given, true);
  EXPECT_NEAR(rivals.prior()[0][1], .2, 1e-12);
  EXPECT_NEAR(rivals.prior()[1][2], .2, 1e-12);
  EXPECT_NEAR(rivals.even()[1][0], 1.0 / 3.0, 1e-12);
}

TEST(Rivals, TheMatrixCountsWhatIsConsistent) {
  const Affair affair;
  const Rivals rivals(affair.builder.given, true);
  const auto before = rivals.matrix(Date(2024, 10, 9));
  EXPECT_NEAR(before[0][1], .5, 1e-12);
  // a picture and its relay for yes, a denial for no: (2 + 1) : (1 + 1)
  const auto after = rivals.matrix(Date(2024, 10, 31));
  EXPECT_NEAR(after[0][1], 3.0 / 5.0, 1e-12);
  EXPECT_NEAR(after[1][1], 1.0 / 3.0, 1e-12);
}

TEST(Rivals, TheProductBelievesARumourTwice) {
  const Affair affair;
  const Rivals rivals(affair.builder.given, false);
  const auto& law = observe::law_of(ReportKind::imagery, casefile::Stance::neutral);
  const double once = .25 * law.hit / law.alarm;
  const double twice = once * law.hit / law.alarm;
  EXPECT_NEAR(rivals.product(Date(2024, 10, 11))[0][1], once / (1 + once), 1e-9);
  EXPECT_NEAR(rivals.product(Date(2024, 10, 13))[0][1], twice / (1 + twice), 1e-9);
}

TEST(Rivals, WhatIsRetractedCountsNoLonger) {
  Affair affair;
  affair.builder.given.reports[0].retracted = Date(2024, 10, 11);
  const Rivals rivals(affair.builder.given, true);
  EXPECT_NEAR(rivals.matrix(Date(2024, 10, 10))[0][1], 2.0 / 3.0, 1e-12);
  EXPECT_NEAR(rivals.matrix(Date(2024, 10, 11))[0][1], .5, 1e-12);
}

TEST(Rivals, AGradeAloneIsReadOffTheLadder) {
  EXPECT_NEAR(grade_alone('A', 1), .9, 1e-12);
  EXPECT_NEAR(grade_alone('B', 2), .7, 1e-12);
  EXPECT_NEAR(grade_alone('E', 5), .1, 1e-12);
  EXPECT_NEAR(grade_alone('B', 6), .7, 1e-12);
  EXPECT_NEAR(grade_alone('F', 4), .3, 1e-12);
  EXPECT_NEAR(grade_alone('C', 1), .7, 1e-12);
  EXPECT_EQ(grade_alone('F', 6), .5);
}

TEST(IntelScore, TheScoresAreThoseOfTheBelief) {
  const Affair affair;
  const Belief belief = assess(affair.builder.given);
  const Score s = score(affair.builder.given, belief, affair.outcome);
  const double p = belief.hypotheses[0].states[1].p;
  const MethodScore& ours = method(s, "casus");
  EXPECT_NEAR(ours.brier, 2 * (1 - p) * (1 - p), 1e-12);
  EXPECT_NEAR(ours.log, -std::log(std::max(p, .01)), 1e-12);
  EXPECT_EQ(ours.right, p > .5 ? 1.0 : 0.0);
  EXPECT_NEAR(method(s, "prior").brier, 2 * .8 * .8, 1e-12);
  EXPECT_NEAR(method(s, "even").log, std::log(2.0), 1e-12);
  EXPECT_NEAR(method(s, "even").right, .5, 1e-12);  // two states share the lead
  EXPECT_NEAR(method(s, "matrix").brier, 2 * .4 * .4, 1e-12);
  const double t = belief.reports[0].p_true, d = belief.reports[2].p_true;
  EXPECT_NEAR(reports_by(s, "casus").brier, ((1 - t) * (1 - t) + d * d) / 2, 1e-12);
  EXPECT_NEAR(reports_by(s, "grades").brier, (.4 * .4 + .1 * .1) / 2, 1e-12);
  EXPECT_NEAR(reports_by(s, "half").brier, .25, 1e-12);
  EXPECT_EQ(s.reports.size(), 2U);  // what is not known is not scored
}

TEST(IntelScore, TheWalkBeginsWithTheFirstReportAndEndsToday) {
  const Affair affair;
  const Belief belief = assess(affair.builder.given);
  const Score s = score(affair.builder.given, belief, affair.outcome);
  const MethodScore& ours = method(s, "casus");
  EXPECT_EQ(s.from, Date(2024, 10, 10));
  ASSERT_EQ(ours.days.size(), 22U);
  EXPECT_EQ(ours.days.front().day, Date(2024, 10, 10));
  EXPECT_NEAR(ours.days.back().brier, ours.brier, 1e-9);
  EXPECT_EQ(ours.calibration.count, 44U);
  double mean = 0.0;
  for (const DayScore& d : ours.days) mean += d.brier / 22.0;
  EXPECT_NEAR(ours.walk_brier, mean, 1e-12);
  // two states: the Brier score over states is twice that of the statements
  EXPECT_NEAR(2 * ours.calibration.brier, ours.walk_brier, 1e-12);
}

TEST(IntelScore, AnOutcomeThatJudgesNothingHasNoScore) {
  const Affair affair;
  const Belief belief = assess(affair.builder.given);
  Outcome nothing;
  nothing.reports = {{ReportId{0}, std::nullopt, ""}};
  EXPECT_THROW(static_cast<void>(score(affair.builder.given, belief, nothing)), ModelError);
}

TEST(IntelScore, TheTruthMovesNoBelief) {
  const Affair affair;
  const Belief belief = assess(affair.builder.given);
  Outcome other = affair.outcome;
  other.hypotheses[0].state = 0;
  const Score one = score(affair.builder.given, belief, affair.outcome);
  const Score two = score(affair.builder.given, belief, other);
  for (std::size_t m = 0; m < one.methods.size(); ++m) {
    EXPECT_NEAR(one.methods[m].hypotheses[0].p + two.methods[m].hypotheses[0].p, 1.0, 1e-9);
  }
}

}  // namespace score_test
}  // namespace casus::intel
