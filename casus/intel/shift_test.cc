// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/shift.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "casus/intel/assessor.h"
#include "casus/intel/test_case.h"
#include "casus/intel/test_crowd.h"

namespace casus::intel {
namespace shift_test {

const AssessOptions bare{
    .path = false, .ranges = false, .leave_one_out = false, .collection = false};

TEST(Shift, ItIsTheDifferenceOfTwoAssessments) {
  const test::Crowd crowd({.themes = 1, .hypotheses = 4, .sources = 8, .reports = 60});
  casefile::Case changed = crowd.given();
  strike_report(changed, casefile::ReportId{7});
  add_report(changed, crowd.one_more(1));
  const Belief before = assess(crowd.given(), bare);
  const Belief after = assess(changed, bare);
  const Shift shift = shift_between(crowd.given(), before, changed, after);
  ASSERT_EQ(shift.hypotheses.size(), 4U);
  for (std::size_t h = 0; h < 4; ++h) {
    for (std::size_t s = 0; s < shift.hypotheses[h].states.size(); ++s) {
      const StateShift& it = shift.hypotheses[h].states[s];
      EXPECT_EQ(it.before, before.hypotheses[h].states[s].p);
      EXPECT_EQ(it.after, after.hypotheses[h].states[s].p);
      EXPECT_NEAR(it.decibans,
                  10.0 * std::log10(it.after / (1 - it.after) * (1 - it.before) / it.before), 1e-6);
    }
  }
  EXPECT_EQ(shift.reports.size(), 60U);  // the one that was added has no before
  for (std::size_t i = 1; i < shift.reports.size(); ++i) {
    EXPECT_GE(std::fabs(shift.reports[i - 1].after - shift.reports[i - 1].before),
              std::fabs(shift.reports[i].after - shift.reports[i].before));
  }
}

TEST(Shift, ACaseThatDoesNotChangeMovesNothing) {
  const test::Crowd crowd({.themes = 1, .hypotheses = 3, .sources = 4, .reports = 20});
  Assessor assessor(crowd.given(), bare);
  const Belief before = assessor.belief();
  assessor.become(crowd.given());
  const Shift shift = shift_between(crowd.given(), before, assessor.given(), assessor.belief());
  EXPECT_EQ(assessor.trees(), 0U);
  for (const auto& h : shift.hypotheses) {
    EXPECT_EQ(h.bits, 0.0);
    EXPECT_EQ(h.led, h.leads);
  }
}

TEST(Shift, WhatIsStruckIsJudgedByTheRestNotAsTakenBack) {
  test::CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
  for (int i = 0; i < 8; ++i) {
    b.report(b.source("eye" + std::to_string(i), 'B'), casefile::ReportKind::imagery, h, {1});
  }
  auto& relay = b.report(casefile::SourceId{1}, casefile::ReportKind::press, h, {1});
  relay.lineage = {casefile::ReportId{0}};
  casefile::Case struck = b.given;
  strike_report(struck, casefile::ReportId{0});
  casefile::Case withdrawn = b.given;
  withdrawn.reports[0].retracted = b.given.as_of;
  const Belief before = assess(b.given, bare);
  const Belief after = assess(struck, bare);
  const Belief back = assess(withdrawn, bare);
  EXPECT_EQ(after.hypotheses[0].states[1].p, back.hypotheses[0].states[1].p);
  for (const std::size_t i : {std::size_t{0}, std::size_t{8}}) {  // itself, and what repeats it
    EXPECT_NEAR(after.reports[i].p_true, before.reports[i].p_true, .03) << i;
    EXPECT_LT(back.reports[i].p_true, after.reports[i].p_true - .1) << i;
  }
}

}  // namespace shift_test
}  // namespace casus::intel
