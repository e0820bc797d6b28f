// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/deception.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "casus/base/numeric.h"
#include "casus/intel/lineage.h"
#include "casus/intel/test_case.h"

namespace casus::intel {
namespace deception_test {

using casefile::HypothesisId;
using casefile::ReportId;
using casefile::ReportKind;
using casefile::SourceId;
using casefile::Stance;
using test::CaseBuilder;

const AssessOptions quick{.path = false, .leave_one_out = false, .collection = false};

double p_of(const Belief& b, HypothesisId h, std::uint32_t state) {
  return b.hypotheses[h].states[state].p;
}

// A question, an accused that may hide the thing, an adversary that may stage it.
struct Plot {
  CaseBuilder b;
  HypothesisId there = b.hypothesis("there", {"no", "yes"}, {.5, .5});
  SourceId host = b.source("host", 'E', Stance::party);

  explicit Plot(double staging = .2, double conceals = .5) {
    b.staging(there, 1, Prior(staging));
    b.given.hypotheses[there].conceals = casefile::Quantity{Prior(conceals), "share", {}};
    b.given.sources[host].actor = casefile::ActorId{1};
  }
  casefile::Report& tell(const std::string& who, char grade, ReportKind kind, std::uint32_t state) {
    return b.report(b.source(who, grade), kind, there, {state});
  }
};

TEST(Deception, WithoutReportsThePlansAreAsTheCaseSaysThem) {
  const Plot plot(.2, .5);
  const Belief belief = assess(plot.b.given, quick);
  ASSERT_EQ(belief.deception.size(), 1U);
  EXPECT_EQ(belief.deception[0].actor.index, 1U);
  const std::array<double, 4> want{.8 * .5, .8 * .5, .2 * .5, .2 * .5};
  for (std::size_t z = 0; z < 4; ++z) EXPECT_NEAR(belief.deception[0].plan[z], want[z], 1e-12);
}

TEST(Deception, ASignFoundFalseSpeaksForADisplayAndAGenuineOneDoesNot) {
  const auto display = [](std::uint32_t truth) {
    Plot plot;
    plot.tell("channel", 'C', ReportKind::social_media, 1);
    for (int i = 0; i < 5; ++i) {
      plot.tell("eye" + std::to_string(i), 'A', ReportKind::signals, truth);
    }
    const Belief b = assess(plot.b.given, quick);
    EXPECT_NEAR(b.deception[0].plan[0] + b.deception[0].plan[1] + b.deception[0].plan[2] +
                    b.deception[0].plan[3],
                1.0, 1e-12);
    return b.deception[0].plan[2] + b.deception[0].plan[3];
  };
  EXPECT_GT(display(0), .3);
  EXPECT_LT(display(1), .21);
}

TEST(Deception, ALookThatFoundNothingTellsLessOfAPartyThatHides) {
  const auto p_there = [](double conceals) {
    Plot plot(.2, conceals);
    plot.tell("eye", 'A', ReportKind::imagery, 0);
    return p_of(assess(plot.b.given, quick), plot.there, 1);
  };
  EXPECT_GT(p_there(.9), 1.5 * p_there(.05));
  EXPECT_LT(p_there(.9), .5);
}

TEST(Deception, WhereOthersProveItThereALookThatFoundNothingSpeaksForConcealment) {
  Plot plot;
  plot.tell("eye", 'A', ReportKind::imagery, 0);
  plot.tell("other_eye", 'A', ReportKind::imagery, 0);
  for (int i = 0; i < 8; ++i) plot.tell("ear" + std::to_string(i), 'A', ReportKind::signals, 1);
  const Belief b = assess(plot.b.given, quick);
  EXPECT_GT(p_of(b, plot.there, 1), .9);
  EXPECT_GT(b.deception[0].plan[1] + b.deception[0].plan[3], .6);
}

TEST(Deception, ADisplayMakesTheChannelsItsMasterRunsAgree) {
  // three channels the adversary may run all affirm what good eyes deny
  const auto staged = [](bool may_run) {
    Plot plot;
    for (int i = 0; i < 3; ++i) {
      const auto s = plot.b.source("channel" + std::to_string(i), 'D');
      if (may_run) plot.b.given.sources[s].controllable_by = {casefile::ActorId{1}};
      plot.b.report(s, ReportKind::human, plot.there, {1});
    }
    for (int i = 0; i < 5; ++i) plot.tell("eye" + std::to_string(i), 'A', ReportKind::signals, 0);
    return assess(plot.b.given, quick);
  };
  const Belief run = staged(true);
  const Belief free = staged(false);
  EXPECT_GT(run.reports[0].p_staged, free.reports[0].p_staged + .1);
  EXPECT_GT(run.deception[0].plan[2] + run.deception[0].plan[3], .2);
}

TEST(Deception, WhereTheCaseIsSilentTheChoiceFollowsChannelsAndWatchers) {
  EXPECT_NEAR(display_by_choice({2, 4}), .2, 1e-12);  // the share in Dir(6, 2, 1.5, .5)
  EXPECT_LT(display_by_choice({0, 4}), .1);
  EXPECT_LT(display_by_choice({2, 12}), display_by_choice({2, 4}));
  double last = 0.0;
  for (std::size_t n = 0; n < 6; ++n) {
    EXPECT_GT(display_by_choice({n, 4}), last);
    last = display_by_choice({n, 4});
  }
  Plot plot;
  plot.b.given.hypotheses[plot.there].staging.reset();
  const Belief b = assess(plot.b.given, quick);
  EXPECT_NEAR(b.deception[0].plan[2] + b.deception[0].plan[3], display_by_choice({0, 0}), 1e-12);
}

// --- unknown lineage -------------------------------------------------------------------------

// n news stories a day apart, all saying the same.
CaseBuilder stories(int n, ReportKind kind = ReportKind::press) {
  CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
  for (int i = 0; i < n; ++i) {
    auto& r = b.report(b.source("paper" + std::to_string(i), 'B'), kind, h, {1});
    r.published = Date(2024, 10, 1).plus(i);
  }
  return b;
}

TEST(Lineage, ManyStoriesWeighNoMoreThanAFewOrigins) {
  const auto odds = [](int n, ReportKind kind) {
    const double p = p_of(assess(stories(n, kind).given, quick), HypothesisId{0}, 1);
    return std::log(p / (1 - p));
  };
  const double one = odds(1, ReportKind::press);
  EXPECT_LT(odds(3, ReportKind::press), 2.0 * one);  // three stories, fewer than two origins
  EXPECT_LT(odds(20, ReportKind::press) - odds(10, ReportKind::press), .02 * one);
  EXPECT_GT(odds(3, ReportKind::imagery), 2.5 * odds(1, ReportKind::imagery));  // who looks, looks
}

TEST(Lineage, TheNumberOfOriginsIsTheOneOfTheFormula) {
  const CaseBuilder b = stories(6);
  const Model m = build_model(b.given);
  const double k = repeats(ReportKind::press, ReportKind::press);
  double origins = 0.0;
  for (std::size_t i = 0; i < m.evidence.size(); ++i) {
    EXPECT_NEAR(m.evidence[i].echo, 1.0 - std::pow(1.0 - k, static_cast<double>(i)), 1e-12);
    origins += 1.0 - m.evidence[i].echo;
  }
  EXPECT_NEAR(origins, (1.0 - std::pow(1.0 - k, 6.0)) / k, 1e-12);
  const Belief belief = assess(b.given, quick);
  EXPECT_GT(belief.hypotheses[0].origins, 1.0);
  EXPECT_LT(belief.hypotheses[0].origins, origins + .1);
}

TEST(Lineage, ASourceKnownToRelayIsTakenForAnEchoUnlessItTellsAnotherNumber) {
  const auto echo = [](bool relays, double number) {
    CaseBuilder b;
    const auto men = b.counted("men", {.5, .125, .125, .125, .125});
    const auto service = b.source("service", 'B');
    const auto minister = b.source("minister", 'B');
    if (relays) b.given.sources[minister].relays = {service};
    for (const auto s : {service, minister}) {
      auto& r = b.report(s, ReportKind::signals, men, {1, 2, 3, 4});
      r.published = Date(2024, 10, s == service ? 10 : 12);
      r.strengths.push_back(
          {casefile::ContingentId{0}, casefile::PlaceId{0}, s == service ? 3000 : number});
    }
    return build_model(b.given).evidence[1].echo;
  };
  EXPECT_EQ(echo(false, 3000), 0.0);
  EXPECT_GT(echo(true, 3000), .7);
  EXPECT_EQ(echo(true, 5000), 0.0);
}

TEST(Lineage, NeitherTheOrderOfTheFileNorARelayWithItsLineageChangesAnything) {
  CaseBuilder b = stories(5, ReportKind::official_statement);
  b.given.reports[3].published = b.given.reports[2].published;  // who was first is not known
  const Belief before = assess(b.given, quick);
  CaseBuilder c = b;
  std::reverse(c.given.reports.begin(), c.given.reports.end());
  EXPECT_NEAR(p_of(assess(c.given, quick), HypothesisId{0}, 1), p_of(before, HypothesisId{0}, 1),
              1e-12);
  for (std::uint32_t i = 0; i < 5; ++i) {
    auto& r = b.report(SourceId{(i + 1) % 5}, ReportKind::press, HypothesisId{0}, {1});
    r.lineage = {ReportId{i}};
    r.published = b.given.reports[i].published;
  }
  EXPECT_NEAR(p_of(assess(b.given, quick), HypothesisId{0}, 1), p_of(before, HypothesisId{0}, 1),
              1e-12);
}

TEST(Lineage, LeavingAReportOutIsWithdrawingIt) {  // others may have repeated it all the same
  const CaseBuilder b = stories(4);
  AssessOptions weighed = quick;
  weighed.leave_one_out = true;
  const Belief all = assess(b.given, weighed);
  for (std::uint32_t i = 0; i < 4; ++i) {
    CaseBuilder c = b;
    c.given.reports[i].retracted = c.given.as_of;
    const double p = p_of(assess(c.given, quick), HypothesisId{0}, 1);
    const double q = p_of(all, HypothesisId{0}, 1);
    double db = 0.0;
    for (const Weight& w : all.hypotheses[0].weights) {
      if (w.report.index == i && w.state == 1) db = w.decibans;
    }
    EXPECT_NEAR(db, decibans(q / (1 - q)) - decibans(p / (1 - p)), 1.1e-3) << i;
  }
}

// A question on which others are even, and a source of grade B that says the same n times: of the
// same days, or each time of another day.
CaseBuilder insistent(int n, ReportKind kind, bool other_days = false) {
  CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
  const auto source = b.source("insistent", 'B');
  for (int i = 0; i < n; ++i) {
    auto& r = b.report(source, kind, h, {1});
    const int later = other_days ? i : 0;
    r.published = Date(2024, 10, 2).plus(other_days ? i : 3 * i);
    r.observed = {Date(2024, 10, 1).plus(later), Date(2024, 10, 1).plus(later)};
  }
  return b;
}

TEST(Lineage, ASourceThatRepeatsItselfIsNoSurer) {
  for (const auto kind : {ReportKind::signals, ReportKind::human, ReportKind::imagery,
                          ReportKind::press, ReportKind::official_statement}) {
    const auto db = [&](const CaseBuilder& b) {
      const double p = p_of(assess(b.given, quick), HypothesisId{0}, 1);
      return decibans(p / (1 - p));
    };
    const auto honest = [](const CaseBuilder& b) {
      return assess(b.given, quick).sources[0].p_honest;
    };
    const CaseBuilder once = insistent(1, kind);
    const CaseBuilder eleven = insistent(11, kind);
    EXPECT_GT(db(eleven), db(once)) << name_of(kind);
    EXPECT_LT(db(eleven), db(once) + 0.5) << name_of(kind);
    EXPECT_LT(honest(eleven), honest(once) + 0.02) << name_of(kind);
    // without days, and all on one day: less is known, so more is left open
    CaseBuilder bare = eleven;
    for (auto& r : bare.given.reports) {
      r.published = Date(2024, 10, 2);
      r.observed.reset();
    }
    EXPECT_LT(db(bare), db(once) + 2.0) << name_of(kind);
    // another day's look is worth something, though less than another source's
    const double days = db(insistent(3, kind, true));
    EXPECT_GT(days, db(insistent(3, kind)) + 0.3) << name_of(kind);
  }
}

TEST(Lineage, NeitherAdmissionsNorLooksGainByBeingToldAgain) {
  const auto db = [](int n, bool look) {
    CaseBuilder b = insistent(n, look ? ReportKind::imagery : ReportKind::official_statement);
    for (auto& r : b.given.reports) {
      r.looked = look;
      r.against_interest = !look;
      if (look) r.says.front().states = {0};
    }
    if (!look) b.given.sources[0].stance = Stance::party;
    const double p = p_of(assess(b.given, quick), HypothesisId{0}, look ? 0 : 1);
    return decibans(p / (1 - p));
  };
  EXPECT_LT(db(11, false), db(1, false) + 2.0);  // an admission is worth 15
  EXPECT_LT(db(11, true), db(1, true) + 0.5);
  // inspectors who tell all they have done since they came: what is new is what was looked at since
  CaseBuilder b = insistent(3, ReportKind::imagery);
  for (std::uint32_t i = 0; i < 3; ++i) {
    auto& r = b.given.reports[i];
    r.looked = true;
    r.says.front().states = {0};
    r.observed->second = r.observed->first.plus(i == 2 ? 9 : 4 * static_cast<int>(i));
  }
  const Model m = build_model(b.given);
  EXPECT_NEAR(m.evidence[1].echo, .95 * 1 / 5, 1e-12);
  EXPECT_NEAR(m.evidence[2].echo, .95 * 5 / 10, 1e-12);
}

TEST(Lineage, ManyPeopleAreNobodyWhoRepeatsHimself) {
  CaseBuilder b = insistent(3, ReportKind::detainee);
  EXPECT_GT(build_model(b.given).evidence[1].echo, .9);
  b.given.sources[0].many = true;
  EXPECT_EQ(build_model(b.given).evidence[1].echo, 0.0);
}

TEST(Lineage, WhatWasSaidLongAgoIsNotRepeated) {
  CaseBuilder b = stories(2);
  b.given.reports[0].published = b.given.reports[1].published.plus(-echo_days - 1);
  EXPECT_EQ(build_model(b.given).evidence[1].echo, 0.0);
  b.given.reports[0].published = b.given.reports[1].published.plus(-echo_days);
  EXPECT_GT(build_model(b.given).evidence[1].echo, .5);
}

// --- late, undated, withdrawn ------------------------------------------------------------------

TEST(Reports, ALateReportSpeaksOfItsOwnDayAndAnUndatedOneOfItsKindsUsualDelay) {
  CaseBuilder b;
  const auto men = b.counted("men", {.5, .125, .125, .125, .125});
  auto& late = b.report(b.source("late", 'A'), ReportKind::imagery, men, {1, 2, 3, 4});
  late.published = Date(2024, 10, 30);
  late.observed = {Date(2024, 10, 5), Date(2024, 10, 5)};
  auto& undated = b.report(b.source("undated", 'A'), ReportKind::human, men, {1, 2, 3, 4});
  undated.published = Date(2024, 10, 30);
  for (auto& r : b.given.reports) {
    r.strengths.push_back({casefile::ContingentId{0}, casefile::PlaceId{0}, 1500});
  }
  const Model m = build_model(b.given);
  EXPECT_EQ(m.evidence[0].told->day, Date(2024, 10, 5));
  EXPECT_EQ(m.evidence[1].told->day, Date(2024, 10, 19));  // 1.5 weeks before: 10.5 days, rounded
}

TEST(Reports, ALateSmallCountDoesNotLowerTheStrengthOfToday) {
  const auto large = [](unsigned observed) {
    CaseBuilder b;
    const auto men = b.counted("men", {.2, .2, .2, .2, .2});
    for (int i = 0; i < 2; ++i) {
      auto& r = b.report(b.source("eye" + std::to_string(i), 'A'), ReportKind::imagery, men,
                         {1, 2, 3, 4});
      r.published = Date(2024, 10, 31);
      const Date day(2024, 10, i == 0 ? 31 : observed);
      r.observed = {day, day};
      r.strengths.push_back(
          {casefile::ContingentId{0}, casefile::PlaceId{0}, i == 0 ? 10000.0 : 1500.0});
    }
    return p_of(assess(b.given, quick), men, 3);
  };
  EXPECT_GT(large(8), large(31) + .05);
}

TEST(Reports, AWithdrawnReportCountsUntilTheDayItIsWithdrawn) {
  CaseBuilder b = stories(1);
  b.given.reports[0].published = Date(2024, 10, 10);
  b.given.reports[0].retracted = Date(2024, 10, 20);
  AssessOptions walked = quick;
  walked.path = true;
  const Belief belief = assess(b.given, walked);
  for (const PathPoint& p : belief.path) {
    if (p.state != 1) continue;
    const bool stands = p.day >= Date(2024, 10, 10) && p.day < Date(2024, 10, 20);
    if (stands) {
      EXPECT_GT(p.p, .6) << to_string(p.day);
    } else {
      EXPECT_NEAR(p.p, .5, 1e-12) << to_string(p.day);
    }
  }
}

TEST(Reports, TheRangeIsTheHullOverGradesAndStagingTogether) {
  Plot plot;
  plot.b.given.hypotheses[plot.there].staging =
      casefile::Quantity{Prior(Prior::Kind::beta, 2, 6), "share", {}};
  plot.tell("channel", 'C', ReportKind::social_media, 1);
  plot.tell("ear", 'C', ReportKind::signals, 1);
  const StateBelief s = assess(plot.b.given, quick).hypotheses[0].states[1];
  EXPECT_LE(s.low, s.p);
  EXPECT_GE(s.high, s.p);
  for (const int shift : {-1, 0, 1}) {
    for (const double q : {.1, .9}) {
      CaseBuilder c = plot.b;
      c.given.hypotheses[0].staging =
          casefile::Quantity{Prior(Prior(Prior::Kind::beta, 2, 6).quantile(q)), "share", {}};
      for (auto& source : c.given.sources) {
        if (source.grade == 'C') source.grade = static_cast<char>('C' - shift);
      }
      for (auto& r : c.given.reports) r.source_grade = c.given.sources[r.source].grade;
      AssessOptions plain = quick;
      plain.ranges = false;
      const double p = assess(c.given, plain).hypotheses[0].states[1].p;
      EXPECT_LE(s.low, p + 1e-9) << shift << ' ' << q;
      EXPECT_GE(s.high, p - 1e-9) << shift << ' ' << q;
    }
  }
}

}  // namespace deception_test
}  // namespace casus::intel
