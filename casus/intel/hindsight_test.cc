// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/hindsight.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/intel/test_case.h"

namespace casus::intel {
namespace hindsight_test {

using casefile::ReportKind;

TEST(Hindsight, BeliefMovesOnTheDayOfAReportAndEndsAtWhatIsBelievedNow) {
  test::CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.8, .2});
  const auto eye = b.source("eye", 'B');
  const auto agent = b.source("agent", 'D');
  b.report(agent, ReportKind::human, h, {1}).published = Date(2024, 10, 20);
  b.report(eye, ReportKind::imagery, h, {1}).published = Date(2024, 10, 20);
  b.report(b.source("other", 'C'), ReportKind::human, h, {1}).published = Date(2024, 10, 27);
  const Belief belief = assess(b.given, {.ranges = false, .collection = false});
  const auto days = hindsight(b.given, belief, h);
  ASSERT_EQ(days.size(), 31U);
  EXPECT_NEAR(days.front().p[0], .8, 1e-12);
  EXPECT_NEAR(days.back().short_of_now, 0.0, 1e-12);
  const double now = belief.hypotheses[0].states[1].p;
  EXPECT_NEAR(days.front().short_of_now,
              now * std::log2(now / .2) + (1 - now) * std::log2((1 - now) / .8), 1e-9);
  for (const HindsightDay& d : days) {
    const bool told = d.day == Date(2024, 10, 20) || d.day == Date(2024, 10, 27);
    EXPECT_EQ(d.moved > 1e-6, told) << to_string(d.day);
    EXPECT_EQ(d.reports.empty(), !told) << to_string(d.day);
    if (d.day == Date(2024, 10, 20)) {
      // the picture of a good eye before the word of a poor agent
      ASSERT_EQ(d.reports.size(), 2U);
      EXPECT_EQ(d.reports.front().index, 1U);
    }
  }
}

TEST(Hindsight, WhatWasRuledOutIsInfinitelyFarFromWhatIs) {
  EXPECT_TRUE(std::isinf(relative_bits({.5, .5}, {1.0, 0.0})));
  EXPECT_NEAR(relative_bits({1.0, 0.0}, {.5, .5}), 1.0, 1e-15);
}

}  // namespace hindsight_test
}  // namespace casus::intel
