// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/intel/ach.h"
#include "casus/intel/belief.h"
#include "casus/intel/collection.h"
#include "casus/intel/model.h"
#include "casus/intel/table_walk.h"
#include "casus/intel/test_case.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace assess_test {

using casefile::HypothesisId;
using casefile::ReportId;
using casefile::ReportKind;
using casefile::Stance;
using test::CaseBuilder;

const AssessOptions quick{.path = false, .leave_one_out = false, .collection = false};

double p_of(const Belief& b, HypothesisId h, std::uint32_t state) {
  return b.hypotheses[h].states[state].p;
}

double odds_db(double p) { return decibans(p / (1.0 - p)); }

// Three questions, five sources of all kinds, reports of every sort.
CaseBuilder mixed_case() {
  CaseBuilder b;
  const auto men = b.counted("men", {.7, .1, .1, .08, .02});
  const auto front = b.counted("men_at_front", {1, 0, 0,  0,  0,  .5, .5, 0,  0,  0,  .4, .4, .2,
                                                0, 0, .3, .4, .2, .1, 0,  .2, .3, .2, .2, .1},
                               {casefile::PlaceId{2}}, {men});
  const auto flag =
      b.hypothesis("flag", {"genuine", "staged", "other"},
                   {.02, .48, .5, .05, .45, .5, .1, .4, .5, .2, .3, .5, .2, .3, .5}, {men});
  b.staging(flag, 1, Prior(Prior::Kind::beta, 2, 6));
  const auto service = b.source("service", 'B', Stance::enemy_of_subject);
  const auto ally = b.source("ally", 'A', Stance::ally_of_affected);
  const auto host = b.source("host_speaker", 'E', Stance::party);
  const auto channel = b.source("channel", 'E');
  const auto leaky = b.source("leaky", 'F');
  b.given.sources[leaky].controllable_by = {casefile::ActorId{1}};
  const auto some = std::vector<std::uint32_t>{1, 2, 3, 4};
  b.report(service, ReportKind::imagery, men, some)
      .strengths.push_back({casefile::ContingentId{0}, casefile::PlaceId{0}, 1500});
  b.report(ally, ReportKind::official_statement, men, some)
      .strengths.push_back({casefile::ContingentId{0}, casefile::PlaceId{0}, 10000});
  b.report(ally, ReportKind::official_statement, front, some)
      .strengths.push_back({casefile::ContingentId{0}, casefile::PlaceId{2}, 3000});
  auto& denial = b.report(host, ReportKind::official_statement, men, {0});
  denial.answers = {ReportId{0}};
  b.report(host, ReportKind::official_statement, men, some).evasive = true;
  b.report(channel, ReportKind::social_media, flag, {0});
  b.report(leaky, ReportKind::press, flag, {1, 2});
  b.report(leaky, ReportKind::human, front, some);
  for (std::size_t i = 0; i < b.given.reports.size(); ++i) {
    b.given.reports[i].published = b.given.as_of.plus(static_cast<int>(i) - 12);
  }
  return b;
}

TEST(Assess, TheJunctionTreeAgreesWithSummingTheWholeJointTo1e12) {
  CaseBuilder b = mixed_case();
  for (auto& r : b.given.reports) r.strengths.clear();  // numbers have their own test
  b.given.reports.pop_back();
  const Belief belief = assess(b.given, quick);
  const Model m = build_model(b.given);
  std::vector<Variable> all(m.states.size());
  std::size_t size = 1;
  for (Variable v = 0; v < all.size(); ++v) {
    all[v] = v;
    size *= m.states[v];
  }
  ASSERT_LT(size, std::size_t{1} << 26);
  std::vector<double> joint(size, 1.0);
  for (const Factor& f : m.factors) {
    walk(all, f.scope, m.states, [&](std::size_t i, std::size_t j) { joint[i] *= f.table[j]; });
  }
  double sum = 0.0;
  for (const double x : joint) sum += x;
  for (Variable h = 0; h < b.given.hypotheses.size(); ++h) {
    std::vector<double> p(m.states[h], 0.0);
    const std::vector<Variable> one{h};
    walk(all, one, m.states, [&](std::size_t i, std::size_t j) { p[j] += joint[i] / sum; });
    for (std::uint32_t s = 0; s < p.size(); ++s)
      EXPECT_NEAR(p_of(belief, HypothesisId{h}, s), p[s], 1e-12);
  }
}

TEST(Assess, FiftyRelaysOfOneReportMoveNothing) {
  CaseBuilder b = mixed_case();
  const Belief before = assess(b.given, quick);
  for (int i = 0; i < 50; ++i) {
    auto& relay = b.report(casefile::SourceId{static_cast<std::uint32_t>(i % 5)}, ReportKind::press,
                           HypothesisId{0}, {1, 2, 3, 4});
    relay.lineage = {ReportId{1}};
    relay.strengths = b.given.reports[1].strengths;
  }
  const Belief after = assess(b.given, quick);
  for (std::size_t h = 0; h < before.hypotheses.size(); ++h) {
    for (std::uint32_t s = 0; s < before.hypotheses[h].states.size(); ++s) {
      EXPECT_NEAR(before.hypotheses[h].states[s].p, after.hypotheses[h].states[s].p, 1e-9);
    }
  }
}

TEST(Assess, ARelayThatAddsSomethingWeighsLessThanAReportOfItsOwn) {
  const auto gain = [](double fidelity, bool relay) {
    CaseBuilder b = mixed_case();
    const double before = odds_db(1.0 - p_of(assess(b.given, quick), HypothesisId{0}, 0));
    auto& r = b.report(casefile::SourceId{4}, ReportKind::press, HypothesisId{0}, {1, 2, 3, 4});
    if (relay) r.lineage = {ReportId{1}};
    r.fidelity = fidelity;
    return odds_db(1.0 - p_of(assess(b.given, quick), HypothesisId{0}, 0)) - before;
  };
  EXPECT_NEAR(gain(1.0, true), 0.0, 1e-9);
  EXPECT_GT(gain(0.5, true), 0.05);
  EXPECT_GT(gain(1.0, false), gain(0.5, true));
}

TEST(Assess, AReportThatSaysNothingMovesNothing) {
  CaseBuilder b = mixed_case();
  const Belief before = assess(b.given, quick);
  b.report(casefile::SourceId{1}, ReportKind::press, HypothesisId{0}, {});
  b.report(casefile::SourceId{1}, ReportKind::press, HypothesisId{0}, {0, 1, 2, 3, 4});
  const Belief after = assess(b.given, quick);
  for (std::size_t h = 0; h < before.hypotheses.size(); ++h) {
    for (std::size_t s = 0; s < before.hypotheses[h].states.size(); ++s) {
      EXPECT_NEAR(before.hypotheses[h].states[s].p, after.hypotheses[h].states[s].p, 1e-12);
    }
  }
}

TEST(Assess, TheOrderOfArrivalDoesNotMatterInTheEnd) {
  const CaseBuilder b = mixed_case();
  CaseBuilder c = mixed_case();
  // the same reports published in another order of the same days; digits 3 carry no order
  std::reverse(c.given.reports.begin(), c.given.reports.end());
  for (auto& r : c.given.reports) {
    for (auto& a : r.answers)
      a = ReportId{static_cast<std::uint32_t>(c.given.reports.size() - 1 - a.index)};
  }
  const Belief one = assess(b.given, quick);
  const Belief two = assess(c.given, quick);
  for (std::size_t h = 0; h < one.hypotheses.size(); ++h) {
    for (std::size_t s = 0; s < one.hypotheses[h].states.size(); ++s) {
      EXPECT_NEAR(one.hypotheses[h].states[s].p, two.hypotheses[h].states[s].p, 1e-9);
    }
  }
}

TEST(Assess, ADenialByTheAccusedWeighsNextToNothingAndAnAdmissionMuch) {  // A8
  const auto weigh = [](bool evasive, bool admission, std::vector<std::uint32_t> states,
                        int times) {
    CaseBuilder b;
    const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
    const auto host = b.source("host", 'E', Stance::party);
    for (int i = 0; i < times; ++i) {
      auto& r = b.report(host, ReportKind::official_statement, h, states);
      r.evasive = evasive;
      r.against_interest = admission;
    }
    return odds_db(p_of(assess(b.given, quick), h, 1));
  };
  EXPECT_LT(std::fabs(weigh(false, false, {0}, 1)), .2);
  EXPECT_LT(weigh(false, false, {0}, 1), 0.0);
  EXPECT_NEAR(weigh(true, false, {1}, 1), 4.8, .1);
  EXPECT_NEAR(weigh(true, false, {0}, 1), 4.8, .1);
  EXPECT_NEAR(weigh(true, false, {1}, 6), 4.8, .1);  // one line, however often it is held to
  EXPECT_NEAR(weigh(false, true, {1}, 1), 15.0, .01);
}

TEST(Assess, AStagedFlagPersuadesOnlyWhereStagingIsRare) {  // A6 through the whole model
  const auto weigh = [](double staging) {
    CaseBuilder b;
    const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
    b.staging(h, 1, Prior(staging));
    const auto s = b.source("channel", 'A');
    b.given.sources[s].right = 1e6;  // nothing but the sign itself in doubt
    b.report(s, ReportKind::social_media, h, {1});
    return odds_db(p_of(assess(b.given, quick), h, 1));
  };
  EXPECT_NEAR(weigh(.05), 10.0, .1);
  EXPECT_NEAR(weigh(.30), 2.9, .1);
}

TEST(Assess, AControlledSourceIsFoundOutByThoseItContradicts) {
  CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
  const auto mole = b.source("mole", 'C');
  b.given.sources[mole].controllable_by = {casefile::ActorId{1}};
  b.report(mole, ReportKind::human, h, {0});
  const double alone = assess(b.given, quick).sources[mole].p_controlled;
  for (int i = 0; i < 4; ++i) {
    b.report(b.source("good" + std::to_string(i), 'A'), ReportKind::imagery, h, {1});
  }
  const Belief all = assess(b.given, quick);
  EXPECT_GT(all.sources[mole].p_controlled, 1.2 * alone);
  EXPECT_LT(all.sources[mole].p_honest, observe::grade_prior('C').mean() * .5);
  EXPECT_GT(p_of(all, h, 1), .9);
}

TEST(Assess, SmallEarlyCountsDoNotContradictLargeLateOnes) {
  CaseBuilder b;
  const auto men = b.counted("men", {.5, .125, .125, .125, .125});
  const auto add = [&](const std::string& who, int day, double n) {
    auto& r = b.report(b.source(who, 'A'), ReportKind::imagery, men, {1, 2, 3, 4});
    r.published = Date(2024, 10, static_cast<unsigned>(day));
    r.observed = {r.published, r.published};
    r.strengths.push_back({casefile::ContingentId{0}, casefile::PlaceId{0}, n});
  };
  add("a", 12, 1500);
  add("b", 20, 3500);
  add("c", 30, 9000);
  const Belief belief = assess(b.given, quick);
  EXPECT_EQ(belief.hypotheses[men].leading, 3U);
  EXPECT_GT(p_of(belief, men, 3), 3.0 * p_of(belief, men, 1));
}

TEST(Assess, NumbersSayHowManyNotWhether) {
  CaseBuilder b;
  const auto men = b.counted("men", {.5, .125, .125, .125, .125});
  const auto s = b.source("a", 'B');
  b.report(s, ReportKind::imagery, men, {1, 2, 3, 4});
  const double without = p_of(assess(b.given, quick), men, 0);
  b.given.reports[0].strengths.push_back({casefile::ContingentId{0}, casefile::PlaceId{0}, 5000});
  EXPECT_NEAR(p_of(assess(b.given, quick), men, 0), without, 1e-12);
}

TEST(Assess, MenAtTheFrontNeverExceedMenInTheCountry) {
  const CaseBuilder b = mixed_case();
  const Belief belief = assess(b.given, quick);
  double total = 0.0;
  double front = 0.0;
  for (const auto& row : belief.order_of_battle) {
    if (row.day != b.given.as_of || row.stage == "plan") continue;
    total += row.mean;
    if (row.stage == "front") front += row.mean;
    EXPECT_GE(row.q05, 0.0);
    EXPECT_LE(row.q25, row.q50);
    EXPECT_LE(row.q50, row.q75);
  }
  EXPECT_LT(front, total);
  const Draws draws(3);
  for (std::uint32_t i = 0; i < 5000; ++i) {
    std::vector<double> u;
    for (std::uint32_t k = 0; k < belief.joint.size(); ++k) {
      u.push_back(draws.uniform(Stream("joint"), i, 0, k));
    }
    const auto s = belief.draw(u);
    EXPECT_LE(s[1], s[0]);
  }
}

TEST(Assess, WithoutReportsMenAreNeitherMadeNorLost) {  // B-1, B-2
  CaseBuilder b;
  b.counted("men", {.2, .2, .3, .2, .1});
  const Belief belief = assess(b.given, quick);
  std::vector<double> total;
  Date day;
  for (const auto& row : belief.order_of_battle) {
    if (row.stage == "plan") continue;
    EXPECT_GE(row.q05, 0.0);
    if (total.empty() || row.day != day) total.push_back(0.0);
    day = row.day;
    total.back() += row.mean;
  }
  ASSERT_EQ(total.size(), 31U);
  for (std::size_t d = 1; d < total.size(); ++d) EXPECT_GE(total[d], total[d - 1] * (1.0 - 1e-9));
  // the mean of a log-uniform range is its width over the log of its ratio
  const auto mean = [](double low, double high) { return (high - low) / std::log(high / low); };
  const double want = .2 * mean(100, 3000) + .3 * mean(3001, 8000) + .2 * mean(8001, 13000) +
                      .1 * mean(13001, 39003);
  EXPECT_NEAR(total.back(), want, .05 * want);  // 4,096 draws, sd about 1.3 times the mean
}

// Marginals of a chain of factors, by passing the whole table along.
std::vector<std::vector<double>> marginals_of(const Belief& b) {
  std::vector<Variable> all;
  std::vector<std::uint32_t> states;
  for (const auto& f : b.joint) {
    all.push_back(static_cast<Variable>(all.size()));
    states.push_back(f.states);
  }
  std::vector<double> joint(1, 1.0);
  for (const auto s : states) joint.resize(joint.size() * s, 1.0);
  std::fill(joint.begin(), joint.end(), 1.0);
  std::vector<std::vector<double>> out(b.hypotheses.size());
  for (std::size_t k = 0; k < b.joint.size(); ++k) {
    std::vector<Variable> scope(b.joint[k].given.begin(), b.joint[k].given.end());
    scope.push_back(static_cast<Variable>(k));
    walk(all, scope, states, [&](std::size_t i, std::size_t j) { joint[i] *= b.joint[k].p[j]; });
  }
  for (std::size_t k = 0; k < b.joint.size(); ++k) {
    if (b.joint[k].hypothesis < 0) continue;
    auto& p = out[static_cast<std::size_t>(b.joint[k].hypothesis)];
    p.assign(states[k], 0.0);
    const std::vector<Variable> one{static_cast<Variable>(k)};
    walk(all, one, states, [&](std::size_t i, std::size_t j) { p[j] += joint[i]; });
  }
  return out;
}

TEST(Assess, TheStoredJointHasThePosteriorsAsItsMarginals) {
  const CaseBuilder b = mixed_case();
  const Belief belief = assess(b.given, quick);
  const auto p = marginals_of(belief);
  for (std::size_t h = 0; h < p.size(); ++h) {
    for (std::uint32_t s = 0; s < p[h].size(); ++s) {
      EXPECT_NEAR(p[h][s], belief.hypotheses[h].states[s].p, 1e-9);
    }
  }
}

TEST(Assess, ABeliefSurvivesItsFile) {
  const CaseBuilder b = mixed_case();
  const Belief belief = assess(b.given, {});
  const std::string text = to_json(belief, b.given);
  const Belief back = belief_from_json(text, b.given, "belief.json");
  EXPECT_EQ(to_json(back, b.given), text);
  EXPECT_EQ(back.case_digest, "0123456789abcdef");
  EXPECT_FALSE(belief.collection.empty());
  EXPECT_FALSE(belief.path.empty());
  EXPECT_THROW((void)belief_from_json("{}", b.given, "belief.json"), CaseError);
  EXPECT_THROW((void)belief_from_json("[", b.given, "belief.json"), CaseError);
  CaseBuilder other = mixed_case();
  other.given.id = "another";
  EXPECT_THROW((void)belief_from_json(text, other.given, "belief.json"), CaseError);
}

TEST(Assess, ThreadsChangeNothing) {
  const CaseBuilder b = mixed_case();
  AssessOptions one;
  one.threads = 1;
  AssessOptions seven;
  seven.threads = 7;
  EXPECT_EQ(to_json(assess(b.given, one), b.given), to_json(assess(b.given, seven), b.given));
}

TEST(Assess, LeavingAReportOutIsWhatItsWeightSays) {
  CaseBuilder b = mixed_case();
  const Belief all = assess(b.given, {});
  CaseBuilder c = mixed_case();
  c.given.reports.erase(c.given.reports.begin() + 5);  // the flag: nothing answers or repeats it
  const Belief without = assess(c.given, {});
  const HypothesisId flag{2};
  for (std::uint32_t s = 0; s < 3; ++s) {
    double db = 0.0;
    for (const Weight& w : all.hypotheses[flag].weights) {
      if (w.report.index == 5 && w.state == s) db = w.decibans;
    }
    EXPECT_NEAR(db, odds_db(p_of(all, flag, s)) - odds_db(p_of(without, flag, s)), 1.1e-3);
  }
}

TEST(Assess, EachDayBelievesOnlyWhatWasPublishedByThen) {
  const CaseBuilder b = mixed_case();
  const Belief belief = assess(b.given, {});
  const Date day = b.given.as_of.plus(-9);
  CaseBuilder c = mixed_case();
  std::erase_if(c.given.reports, [&](const auto& r) { return r.published > day; });
  const Belief then = assess(c.given, quick);
  for (const PathPoint& p : belief.path) {
    if (p.day == day) {
      EXPECT_NEAR(p.p, p_of(then, p.hypothesis, p.state), 1e-9);
    } else if (p.day == b.given.as_of) {
      EXPECT_NEAR(p.p, p_of(belief, p.hypothesis, p.state), 1e-12);
    }
  }
}

TEST(Assess, ARetractedReportNoLongerCounts) {
  CaseBuilder b = mixed_case();
  b.given.reports[1].retracted = b.given.as_of;
  const Belief withdrawn = assess(b.given, quick);
  CaseBuilder c = mixed_case();
  EXPECT_GT(p_of(withdrawn, HypothesisId{0}, 0), p_of(assess(c.given, quick), HypothesisId{0}, 0));
  EXPECT_LT(withdrawn.reports[1].p_true, assess(c.given, quick).reports[1].p_true);
}

TEST(Assess, AReportOfNothingSeenLowersTheChanceOfMenThere) {  // negative information, B-5
  CaseBuilder b;
  const auto men = b.counted("men", {.5, .125, .125, .125, .125});
  auto& r = b.report(b.source("eye", 'A'), ReportKind::imagery, men, {});
  r.looked = true;
  r.strengths.push_back({casefile::ContingentId{0}, casefile::PlaceId{0}, 0});
  EXPECT_GT(p_of(assess(b.given, quick), men, 0), .55);
}

TEST(Assess, StatementsOfPositionAreNearlyAlwaysTrueAndAnonymousStoriesSeldom) {
  CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
  auto& position = b.report(b.source("minister", 'A'), ReportKind::official_statement, h, {});
  position.aspect = casefile::Aspect::position;
  position.item_grade = 1;
  auto& story = b.report(b.source("somebody", 'E'), ReportKind::social_media, h, {});
  story.item_grade = 5;
  auto& document = b.report(b.source("institute", 'A'), ReportKind::documents, h, {});
  document.item_grade = 1;
  const Belief belief = assess(b.given, quick);
  EXPECT_GT(belief.reports[0].p_true, .96);
  EXPECT_LT(belief.reports[1].p_true, .10);
  EXPECT_GT(belief.reports[2].p_true, .95);
  AssessOptions blind = quick;
  blind.grades = false;
  EXPECT_LT(assess(b.given, blind).reports[2].p_true, belief.reports[2].p_true);
}

TEST(Assess, InformationIsNeverNegativeAndWholeForAPerfectSensor) {
  const Draws draws(5);
  for (std::uint32_t i = 0; i < 200; ++i) {
    std::vector<double> prior, likelihood;
    double sum = 0.0;
    for (std::uint32_t s = 0; s < 4; ++s) sum += draws.uniform(Stream("p"), i, 0, s);
    for (std::uint32_t s = 0; s < 4; ++s)
      prior.push_back(draws.uniform(Stream("p"), i, 0, s) / sum);
    for (std::uint32_t s = 0; s < 4; ++s) likelihood.push_back(draws.uniform(Stream("l"), i, 0, s));
    for (std::uint32_t s = 0; s < 4; ++s) likelihood.push_back(1.0 - likelihood[s]);
    EXPECT_GE(information_bits(prior, likelihood), 0.0);
  }
  const std::vector<double> even{.5, .5}, perfect{1, 0, 0, 1}, blind{.5, .5, .5, .5};
  EXPECT_NEAR(information_bits(even, perfect), 1.0, 1e-12);
  EXPECT_NEAR(information_bits(even, blind), 0.0, 1e-12);
}

TEST(Assess, TheMatrixShowsTheSameWeights) {  // A10
  const CaseBuilder b = mixed_case();
  const Belief belief = assess(b.given, {});
  const AchTable table = ach_table(b.given, belief, HypothesisId{0});
  ASSERT_FALSE(table.rows.empty());
  double negative = 0.0;
  for (const auto& row : table.rows) negative += std::max(0.0, -row.decibans[0]);
  EXPECT_NEAR(table.inconsistency[0], negative, 1e-12);
}

TEST(Assess, WordsAreThoseOfIcd203) {  // A9
  EXPECT_EQ(icd_word(.05), "very unlikely");
  EXPECT_EQ(icd_word(.0499), "almost no chance");
  EXPECT_EQ(icd_word(.5), "roughly even chance");
  EXPECT_EQ(icd_word(.55), "likely");
  EXPECT_EQ(icd_word(.95), "almost certain");
  EXPECT_EQ(icd_percent(.004), "< 1 %");
  EXPECT_EQ(icd_percent(.995), "> 99 %");
  EXPECT_EQ(icd_percent(.634), "63 %");
}

TEST(Assess, AWorldOfOnlyAStagedFlagIsNotBelieved) {  // the placebo
  CaseBuilder b;
  const auto there = b.hypothesis("there", {"no", "yes"}, {.7, .3});
  b.staging(there, 1, Prior(Prior::Kind::beta, 2, 6));
  auto& flag = b.report(b.source("channel", 'E'), ReportKind::social_media, there, {1});
  flag.item_grade = 5;
  auto& denial =
      b.report(b.source("host", 'E', Stance::party), ReportKind::official_statement, there, {0});
  denial.answers = {ReportId{0}};
  EXPECT_LT(p_of(assess(b.given, quick), there, 1), .55);
}

}  // namespace assess_test
}  // namespace casus::intel
