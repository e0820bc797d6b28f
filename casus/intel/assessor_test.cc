// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/assessor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "casus/intel/engine.h"
#include "casus/intel/parts.h"
#include "casus/intel/test_crowd.h"
#include "casus/intel/weighed.h"
#include "casus/intel/weights.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace assessor_test {

const AssessOptions bare{
    .path = false, .ranges = false, .leave_one_out = false, .collection = false};
const test::CrowdSize small{.themes = 2, .hypotheses = 4, .sources = 9, .reports = 160};

double difference(const std::vector<std::vector<double>>& a, const Belief& b) {
  double d = 0.0;
  for (std::size_t h = 0; h < a.size(); ++h) {
    for (std::size_t s = 0; s < a[h].size(); ++s) {
      d = std::max(d, std::fabs(a[h][s] - b.hypotheses[h].states[s].p));
    }
  }
  return d;
}

TEST(Assessor, WhatComesReportByReportIsWhatComesAtOnce) {
  const test::Crowd crowd(small);
  Assessor assessor(crowd.given(), bare);
  for (std::size_t i = 0; i < 12; ++i) {
    casefile::Report r = crowd.one_more(i);
    r.published = r.published.plus(-static_cast<int>(i * 5));  // some arrive late, in the middle
    assessor.add(r);
    EXPECT_LT(difference(assessor.posteriors(), assess(assessor.given(), bare)), 1e-9) << i;
  }
  EXPECT_LT(assessor.trees(), 6U);
}

TEST(Assessor, StrikingAndRegradingIsAssessingTheChangedCase) {
  const test::Crowd crowd(small);
  Assessor assessor(crowd.given(), bare);
  const auto first = assessor.posteriors();
  casefile::Case changed = crowd.given();
  for (std::uint32_t i = 3; i < 160; i += 31) {
    assessor.strike(casefile::ReportId{i});
    strike_report(changed, casefile::ReportId{i});
    EXPECT_LT(difference(assessor.posteriors(), assess(changed, bare)), 1e-9);
    assessor.regrade(casefile::ReportId{i + 1}, 'E', 5);
    regrade_report(changed, casefile::ReportId{i + 1}, 'E', 5);
    assessor.regrade(casefile::SourceId{i % 18}, 'A');
    regrade_source(changed, casefile::SourceId{i % 18}, 'A');
    EXPECT_LT(difference(assessor.posteriors(), assess(changed, bare)), 1e-9);
  }
  EXPECT_EQ(assessor.trees(), 0U);
  const Belief all = assessor.belief();
  const Belief fresh = assess(changed, bare);
  EXPECT_GT(difference(first, all), 1e-3);
  for (std::size_t i = 0; i < all.reports.size(); ++i) {
    EXPECT_NEAR(all.reports[i].p_true, fresh.reports[i].p_true, 1e-9);
  }
}

TEST(Assessor, WhatIsFocusedOnIsWhatAFullSpreadSays) {
  const test::Crowd crowd(small);
  const Engine engine(crowd.given(), {}, 1);
  const auto active = engine.active(engine.used);
  Calibration full(engine.tree(), engine.model.factors, active);
  Calibration some(engine.tree(), engine.model.factors, active);
  std::vector<std::vector<Variable>> asked{{2}};
  for (std::size_t i = 0; i < engine.model.evidence.size(); i += 23) {
    asked.push_back(engine.model.factors[engine.model.evidence[i].factor].scope);
  }
  some.focus(asked);
  for (Calibration* c : {&full, &some}) {
    engine.set(*c, engine.used);
    c->spread();
  }
  for (const auto& scope : asked) {
    const auto want = full.joint(scope);
    const auto got = some.joint(scope);
    ASSERT_EQ(got.size(), want.size());
    for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], want[i], 1e-12);
  }
  const std::vector<Variable> one{2};
  EXPECT_NEAR(some.marginals(one).front()[0], full.marginals(one).front()[0], 1e-12);
}

// Whatever comes, goes or is graded otherwise, in any order.
TEST(Assessor, AnyChangesInAnyOrderAreTheChangedCaseAssessedAtOnce) {
  const test::Crowd crowd(
      {.themes = 2, .hypotheses = 5, .sources = 11, .reports = 120, .ring = true});
  const Draws draws(7);
  Assessor assessor(crowd.given(), bare);
  for (std::uint32_t i = 0; i < 60; ++i) {
    const auto pick = [&](std::uint32_t k, std::size_t n) {
      return static_cast<std::uint32_t>(draws.uniform(Stream("changes"), i, 0, k) *
                                        static_cast<double>(n));
    };
    const casefile::ReportId report{pick(1, assessor.given().reports.size())};
    const char letter = static_cast<char>('A' + pick(2, 6));
    switch (pick(0, 4)) {
      case 0: {
        casefile::Report r = crowd.one_more(i);
        r.published = r.published.plus(-static_cast<int>(pick(3, 60)));
        assessor.add(r);
        break;
      }
      case 1:
        assessor.strike(report);
        break;
      case 2:
        assessor.regrade(report, letter, 1 + static_cast<int>(pick(3, 6)));
        break;
      default:
        assessor.regrade(casefile::SourceId{pick(4, assessor.given().sources.size())}, letter);
    }
    if (i % 6 == 5) {
      EXPECT_LT(difference(assessor.posteriors(), assess(assessor.given(), bare)), 1e-12) << i;
    }
  }
}

TEST(Assessor, ANewHypothesisIsTheCaseWithItAssessedAtOnce) {
  const test::Crowd crowd(small);
  Assessor assessor(crowd.given(), bare);
  casefile::Case more = crowd.given();
  casefile::Hypothesis h = more.hypotheses.back();
  h.id = "why";
  h.key = key_of(h.id);
  h.parents = {casefile::HypothesisId{1}};
  const std::size_t rows = more.hypotheses[1].states.size();
  h.table.clear();
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t s = 0; s < h.states.size(); ++s) {
      h.table.push_back(1.0 / static_cast<double>(h.states.size()));
    }
  }
  more.hypotheses.push_back(h);
  assessor.become(more);
  EXPECT_LT(difference(assessor.posteriors(), assess(more, bare)), 1e-12);
  casefile::Report r = crowd.one_more(0);
  r.says = {{casefile::HypothesisId{static_cast<std::uint32_t>(more.hypotheses.size() - 1)}, {0}}};
  r.strengths.clear();
  assessor.add(r);
  EXPECT_LT(difference(assessor.posteriors(), assess(assessor.given(), bare)), 1e-12);
}

TEST(Assessor, ASourceNeverHeardBeforeTakesANewTreeAndTheSameBelief) {
  const test::Crowd crowd(small);
  Assessor assessor(crowd.given(), bare);
  casefile::Report r = crowd.one_more(0);
  r.says = {{casefile::HypothesisId{0}, {0}}, {casefile::HypothesisId{7}, {0}}};
  r.strengths.clear();
  assessor.add(r);
  EXPECT_EQ(assessor.trees(), 1U);
  EXPECT_LT(difference(assessor.posteriors(), assess(assessor.given(), bare)), 1e-9);
}

void expect_each_left_out_alone(const test::CrowdSize& size) {
  const test::Crowd crowd(size);
  const Engine engine(crowd.given(), {}, 1);
  std::vector<Engine::Removal> removals;
  std::vector<Change> changes;
  for (std::size_t i = 0; i < engine.model.evidence.size(); ++i) {
    removals.push_back(engine.without({i}));
  }
  for (std::size_t k = 0; k < 6; ++k) removals.push_back(engine.without({k, 40 + k, 90}));
  for (const auto& r : removals) changes.push_back(r.change);
  const Answers one = marginals_under(*engine.calibration, engine.wanted, changes, 1);
  EXPECT_EQ(one, marginals_under(*engine.calibration, engine.wanted, changes, 3));
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto alone = engine.calibration->marginals_if(engine.wanted, changes[i]);
    for (std::size_t h = 0; h < alone.size(); ++h) {
      for (std::size_t s = 0; s < alone[h].size(); ++s) {
        EXPECT_NEAR(one[i][h][s], alone[h][s], 1e-9) << i;
      }
    }
  }
}

TEST(LeaveOut, EveryReportLeftOutAtOnceIsEachLeftOutAlone) {
  expect_each_left_out_alone(small);
  // far along a chain; round a ring; across themes that hang together by who may run their sources
  expect_each_left_out_alone({.themes = 1, .hypotheses = 10, .sources = 24, .reports = 120});
  expect_each_left_out_alone(
      {.themes = 3, .hypotheses = 6, .sources = 12, .reports = 120, .ring = true});
}

// Sources that speak where no mode counts span cliques: what they say is told above, as far as no
// judgement lies below.
TEST(LeaveOut, EveryDoubtAtOnceIsEachAlone) {
  const test::Crowd crowd(
      {.themes = 2, .hypotheses = 6, .sources = 14, .reports = 500, .ring = true});
  const Engine engine(crowd.given(), {}, 1);
  const auto doubts = doubts_of(engine);
  std::vector<Change> changes;
  std::size_t across = 0;
  for (const Doubt& d : doubts) {
    changes.push_back(d.what.change);
    across += engine.tree().holds(scope_of(*engine.calibration, changes.back())) ? 0 : 1;
  }
  EXPECT_GT(across, 0U);
  const Answers got = marginals_under(*engine.calibration, engine.wanted, changes, 2);
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto alone = engine.calibration->marginals_if(engine.wanted, changes[i]);
    ASSERT_EQ(got[i].size(), alone.size()) << doubts[i].id << doubts[i].change;
    for (std::size_t h = 0; h < alone.size(); ++h) {
      for (std::size_t s = 0; s < alone[h].size(); ++s) {
        EXPECT_NEAR(got[i][h][s], alone[h][s], 1e-9) << doubts[i].id << ' ' << doubts[i].change;
      }
    }
  }
}

TEST(LeaveOut, ALargeCaseLeavesOutAReportAsAFreshAssessmentWithoutItWould) {
  const test::Crowd crowd({.reports = 1500});
  const Engine engine(crowd.given(), {}, 0);
  const std::size_t i = 700;
  ASSERT_TRUE(engine.used[i]);
  const Engine::Removal removal = engine.without({i});
  const std::vector<Change> changes(1, removal.change);
  const Answers got = marginals_under(*engine.calibration, engine.wanted, changes, 0);
  casefile::Case without = crowd.given();
  strike_report(without, casefile::ReportId{engine.model.evidence[i].report});
  EXPECT_LT(difference(got.front(), assess(without, bare)), 1e-9);
}

TEST(Assessor, AnAssessmentInPartsSaysWhatOneAtOnceSays) {
  const test::Crowd crowd(small);
  NumbersMemory memory;
  casefile::Case given = crowd.given();
  for (std::uint32_t i = 0; i < 3; ++i) {
    int reasons = 0, pauses = 0;
    const PartsTold told{[&] { ++pauses; },
                         [&](const Belief& b) {
                           ++reasons;
                           EXPECT_FALSE(b.path.empty());
                           EXPECT_TRUE(b.order_of_battle.empty());
                         }};
    const Belief got = assess_in_parts(given, {.threads = 1}, told, memory);
    EXPECT_EQ(to_json(got, given), to_json(assess(given, {.threads = 1}), given));
    EXPECT_EQ(reasons, 1);
    EXPECT_GE(pauses, 2);
    regrade_report(given, casefile::ReportId{i + 3}, 'E', 5);
  }
  const PartsTold stop{{}, [](const Belief&) { throw std::runtime_error("enough"); }};
  EXPECT_THROW((void)assess_in_parts(given, {.threads = 1}, stop, memory), std::runtime_error);
  const Belief after = assess_in_parts(given, {.threads = 1}, {}, memory);
  EXPECT_EQ(to_json(after, given), to_json(assess(given, {.threads = 1}), given));
}

}  // namespace assessor_test
}  // namespace casus::intel
