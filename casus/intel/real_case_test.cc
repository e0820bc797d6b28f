// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <optional>

#include "casus/base/error.h"
#include "casus/casefile/outcome.h"
#include "casus/intel/assessor.h"
#include "casus/intel/belief.h"
#include "casus/intel/rivals.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace real_case_test {

using casefile::ReportKind;

const AssessOptions bare{.path = false, .leave_one_out = false, .collection = false};

// The case, or nothing (with a line that says why) where it is not there or does not load.
std::optional<casefile::Case> real_case() {
  try {
    return casefile::load(std::filesystem::path(CASUS_SOURCE_DIR) / "cases" / "dprk-2024");
  } catch (const std::exception& error) {
    std::printf("cases/dprk-2024 does not load: %s\n", error.what());
    return std::nullopt;
  }
}

// Leaves some reports out and mends what pointed at them.
template <class Keep>
void keep_reports(casefile::Case& given, Keep keep) {
  std::vector<std::optional<std::uint32_t>> moved(given.reports.size());
  std::vector<casefile::Report> kept;
  for (std::size_t i = 0; i < given.reports.size(); ++i) {
    if (!keep(given.reports[i])) continue;
    moved[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(given.reports[i]);
  }
  const auto mend = [&](std::vector<casefile::ReportId>& ids) {
    std::vector<casefile::ReportId> out;
    for (const auto id : ids) {
      if (moved[id]) out.push_back(casefile::ReportId{*moved[id]});
    }
    ids = out;
  };
  for (auto& r : kept) {
    mend(r.lineage);
    mend(r.answers);
  }
  given.reports = std::move(kept);
}

// The case as it stood at the end of a day, with the same as-of date.
casefile::Case told_by(const casefile::Case& given, Date day) {
  casefile::Case out = given;
  keep_reports(out, [&](const auto& r) { return r.published <= day; });
  for (auto& r : out.reports) {
    if (r.retracted && *r.retracted > day) r.retracted.reset();
  }
  return out;
}

// Every day of the path believes what it would have believed without the later reports.
void expect_days_blind_to_the_future(const char* name, std::initializer_list<int> days_before) {
  const auto given = casefile::load(std::filesystem::path(CASUS_SOURCE_DIR) / "cases" / name);
  AssessOptions walks = bare;
  walks.path = true;
  walks.ranges = walks.places = false;
  const Belief now = assess(given, walks);
  walks.path = false;
  for (const int before : days_before) {
    const Date day = given.as_of.plus(-before);
    const auto then = told_by(given, day);
    ASSERT_LT(then.reports.size(), given.reports.size());
    const Belief belief = assess(then, walks);
    std::size_t points = 0;
    for (const PathPoint& p : now.path) {
      if (p.day != day) continue;
      ++points;
      EXPECT_NEAR(p.p, belief.hypotheses[p.hypothesis].states[p.state].p, 1e-9)
          << name << ", " << before << " days before: " << given.hypotheses[p.hypothesis].id;
    }
    EXPECT_GT(points, given.hypotheses.size());
  }
}

TEST(WalkForward, NoDayOfTheCrisisKnowsWhatWasPublishedLater) {
  expect_days_blind_to_the_future("dprk-2024", {29, 20, 13, 8, 4, 1});
}

TEST(WalkForward, NoDayOfKorea1950KnowsWhatWasPublishedLater) {
  expect_days_blind_to_the_future("korea-1950", {30, 25, 19, 15, 10, 3});
}

TEST(WalkForward, NoDayOfIraq2002KnowsWhatWasPublishedLater) {
  expect_days_blind_to_the_future("iraq-2002", {30, 14, 5});
}

TEST(WalkForward, WhoWatchesADisplayIsCountedByTheDay) {  // where the case has no prior of it
  auto given = casefile::load(std::filesystem::path(CASUS_SOURCE_DIR) / "cases" / "korea-1950");
  for (auto& h : given.hypotheses) h.staging.reset();
  AssessOptions walks = bare;
  walks.path = true;
  walks.ranges = walks.places = false;
  const Belief now = assess(given, walks);
  walks.path = false;
  const Date day = given.as_of.plus(-28);
  const Belief then = assess(told_by(given, day), walks);
  EXPECT_NE(then.deception[0].plan[2], now.deception[0].plan[2]);
  for (const PathPoint& p : now.path) {
    if (p.day != day) continue;
    EXPECT_NEAR(p.p, then.hypotheses[p.hypothesis].states[p.state].p, 1e-9);
  }
}

// Mean Brier and log score (nats) of what is said of every report with a verdict.
struct ReportMarks {
  double brier = 0.0, log = 0.0;
};
template <class Say>
ReportMarks mark_reports(const casefile::Outcome& outcome, Say say) {
  ReportMarks out;
  double n = 0.0;
  for (const auto& r : outcome.reports) {
    if (!r.verdict) continue;
    const double p = say(r.report);
    const double so = *r.verdict ? 1.0 : 0.0;
    out.brier += (p - so) * (p - so);
    out.log -= std::log(*r.verdict ? p : 1.0 - p);
    n += 1.0;
  }
  return {out.brier / n, out.log / n};
}

TEST(History, WhatIsSaidOfReportsBeatsTheirGradesAndWithoutGradesAConstant) {
  for (const char* name : {"korea-1950", "iraq-2002"}) {
    const auto folder = std::filesystem::path(CASUS_SOURCE_DIR) / "cases" / name;
    const auto given = casefile::load(folder);
    const auto outcome = casefile::load_outcome(folder, given);
    AssessOptions how = bare;
    how.ranges = how.places = false;
    const Belief graded = assess(given, how);
    how.grades = false;
    const Belief blind = assess(given, how);
    const auto casus = mark_reports(outcome, [&](auto r) { return graded.reports[r].p_true; });
    const auto off = mark_reports(outcome, [&](auto r) { return blind.reports[r].p_true; });
    const auto grades = mark_reports(outcome, [&](auto r) {
      return grade_alone(given.reports[r].source_grade, given.reports[r].item_grade);
    });
    double right = 0.0, judged = 0.0;
    for (const auto& r : outcome.reports) {
      if (!r.verdict) continue;
      right += *r.verdict ? 1.0 : 0.0;
      judged += 1.0;
    }
    const auto constant = mark_reports(outcome, [&](auto) { return right / judged; });
    EXPECT_LT(casus.brier, grades.brier) << name;
    EXPECT_LT(casus.log, grades.log) << name;
    EXPECT_LT(off.brier, constant.brier) << name;
    EXPECT_LT(off.log, constant.log) << name;
  }
}

double none_of(const casefile::Case& given, const Belief& b, const char* hypothesis) {
  return b.hypotheses[*casefile::find(given.hypotheses, hypothesis)].states[0].p;
}

TEST(RealCase, TheFlagAloneDoesNotCarryCombatUnitsInUkraine) {
  auto given = real_case();
  if (!given) GTEST_SKIP() << "cases/dprk-2024 does not load";
  const auto units = *casefile::find(given->hypotheses, "dprk_combat_units_in_ukraine");
  const double prior = [&] {
    auto empty = *given;
    empty.reports.clear();
    return assess(empty, bare).hypotheses[units].states[1].p;
  }();
  keep_reports(*given, [](const auto& r) { return r.id.find("flag") != std::string::npos; });
  ASSERT_FALSE(given->reports.empty());
  const double p = assess(*given, bare).hypotheses[units].states[1].p;
  EXPECT_LT(p, .10);
  EXPECT_LT(p, prior + .05);
}

TEST(RealCase, WithoutTroopsOnlyAFlagAndDenialsNothingIsBelieved) {  // the placebo
  auto given = real_case();
  if (!given) GTEST_SKIP() << "cases/dprk-2024 does not load";
  keep_reports(*given, [&](const auto& r) {
    const bool accused = given->sources[r.source].stance == casefile::Stance::party;
    return r.id == "k-20241021-flag" || (accused && !r.says.empty() && !r.evasive);
  });
  ASSERT_GE(given->reports.size(), 2U);
  const Belief b = assess(*given, bare);
  EXPECT_LT(1.0 - none_of(*given, b, "dprk_troops_in_russia"), .55);
  EXPECT_LT(1.0 - none_of(*given, b, "dprk_combat_units_in_ukraine"), .55);
}

TEST(RealCase, PresenceInRussiaDoesNotRestOnFacesFlagsOrSocialMedia) {
  auto given = real_case();
  if (!given) GTEST_SKIP() << "cases/dprk-2024 does not load";
  keep_reports(*given, [](const auto& r) {
    return r.kind != ReportKind::biometric && r.kind != ReportKind::social_media &&
           r.id.find("flag") == std::string::npos;
  });
  EXPECT_GT(1.0 - none_of(*given, assess(*given, bare), "dprk_troops_in_russia"), .95);
}

TEST(RealCase, FiftyRelaysOfEachOfThreeReportsMoveNoPosterior) {
  auto given = real_case();
  if (!given) GTEST_SKIP() << "cases/dprk-2024 does not load";
  const Belief before = assess(*given, bare);
  const std::size_t n = given->reports.size();
  for (const std::size_t origin : {n / 3, n / 2, n - 1}) {
    for (int k = 0; k < 50; ++k) {
      casefile::Report relay = given->reports[origin];
      relay.id = "relay-" + std::to_string(origin) + "-" + std::to_string(k);
      relay.key = key_of(relay.id);
      relay.lineage = {casefile::ReportId{static_cast<std::uint32_t>(origin)}};
      relay.fidelity = 1.0;
      relay.published = given->as_of;
      given->reports.push_back(relay);
    }
  }
  const Belief after = assess(*given, bare);
  for (std::size_t h = 0; h < before.hypotheses.size(); ++h) {
    for (std::size_t s = 0; s < before.hypotheses[h].states.size(); ++s) {
      EXPECT_NEAR(before.hypotheses[h].states[s].p, after.hypotheses[h].states[s].p, 1e-9);
    }
  }
}

TEST(RealCase, KurskNeverExceedsRussiaAndTheDrawsAgreeWithThePosteriors) {
  const auto given = real_case();
  if (!given) GTEST_SKIP() << "cases/dprk-2024 does not load";
  const Belief b = assess(*given, bare);
  const auto russia = *casefile::find(given->hypotheses, "dprk_troops_in_russia");
  const auto kursk = *casefile::find(given->hypotheses, "dprk_troops_in_kursk");
  constexpr std::uint32_t draws_made = 20000;
  const Draws draws(11);
  std::vector<std::vector<double>> seen;
  for (const auto& h : b.hypotheses) seen.emplace_back(h.states.size(), 0.0);
  for (std::uint32_t i = 0; i < draws_made; ++i) {
    std::vector<double> u;
    for (std::uint32_t k = 0; k < b.joint.size(); ++k) {
      u.push_back(draws.uniform(Stream("joint"), i, 0, k));
    }
    const auto state = b.draw(u);
    ASSERT_LE(state[kursk], state[russia]);
    for (std::size_t h = 0; h < state.size(); ++h) seen[h][state[h]] += 1.0 / draws_made;
  }
  for (std::size_t h = 0; h < seen.size(); ++h) {
    for (std::size_t s = 0; s < seen[h].size(); ++s) {
      EXPECT_NEAR(seen[h][s], b.hypotheses[h].states[s].p, .0175);  // five standard errors
    }
  }
  double abroad = 0.0;
  double front = 0.0;
  const auto men = *given->hypotheses[russia].counts;
  for (const auto& row : b.order_of_battle) {
    if (row.day != given->as_of || row.stage == "plan" || row.contingent != men) continue;
    abroad += row.mean;
    if (row.stage == "front") front += row.mean;
  }
  EXPECT_LT(front, abroad);
  EXPECT_GT(abroad, 0.0);
}

TEST(RealCase, EveryReportHasAProbabilityOfBeingTrue) {
  const auto given = real_case();
  if (!given) GTEST_SKIP() << "cases/dprk-2024 does not load";
  const Belief b = assess(*given, bare);
  ASSERT_EQ(b.reports.size(), given->reports.size());
  for (std::size_t i = 0; i < b.reports.size(); ++i) {
    EXPECT_GE(b.reports[i].p_true, 0.0) << given->reports[i].id;
    EXPECT_LE(b.reports[i].p_true, 1.0) << given->reports[i].id;
    if (given->reports[i].aspect == casefile::Aspect::position && given->reports[i].says.empty() &&
        given->reports[i].answers.empty() &&
        given->reports[i].kind == ReportKind::official_statement &&
        given->reports[i].source_grade == 'A') {
      EXPECT_GT(b.reports[i].p_true, .95) << given->reports[i].id;
    }
  }
}

// What an assessor keeps from one change to the next leaves no trace in what it says.
TEST(RealCase, ChangesGoOnFromTheLastBeliefAndSayWhatAFreshOneSays) {
  auto given = real_case();
  if (!given) GTEST_SKIP();
  AssessOptions options = bare;
  options.ranges = options.places = false;
  Assessor assessor(*given, options);
  (void)assessor.belief();  // it keeps what this worked out
  const auto agrees = [&](const casefile::Case& now) {
    assessor.become(now);
    const Belief got = assessor.belief();
    const Belief want = assess(now, options);
    ASSERT_EQ(got.reports.size(), want.reports.size());
    for (std::size_t i = 0; i < got.reports.size(); ++i) {
      EXPECT_NEAR(got.reports[i].p_true, want.reports[i].p_true, 1e-9) << now.reports[i].id;
      EXPECT_NEAR(got.reports[i].p_staged, want.reports[i].p_staged, 1e-9) << now.reports[i].id;
    }
    for (std::size_t h = 0; h < got.hypotheses.size(); ++h) {
      for (std::size_t s = 0; s < got.hypotheses[h].states.size(); ++s) {
        EXPECT_NEAR(got.hypotheses[h].states[s].p, want.hypotheses[h].states[s].p, 1e-9);
      }
    }
  };
  casefile::Case then = *given;
  const auto told = *casefile::find(then.reports, "k-20241031-blinken-8000");
  strike_report(then, told);
  agrees(then);
  auto& quantity = then.reports[casefile::ReportId{told.index - 1}].quantity;
  if (quantity) quantity->high = 9000.0;  // other bounds, the same number
  regrade_report(then, casefile::ReportId{told.index - 1}, 'E', 5);
  agrees(then);
  agrees(*given);
}

}  // namespace real_case_test
}  // namespace casus::intel
