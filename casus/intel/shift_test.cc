// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/shift.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/intel/assessor.h"
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

}  // namespace shift_test
}  // namespace casus::intel
