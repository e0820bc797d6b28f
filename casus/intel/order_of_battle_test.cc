// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/order_of_battle.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "casus/intel/test_case.h"
#include "casus/intel/tracking_anchors.h"
#include "casus/intel/words.h"

namespace casus::intel {
namespace order_of_battle_test {

using casefile::ContingentId;
using casefile::PlaceId;
using casefile::ReportKind;
using test::CaseBuilder;

const AssessOptions with_path{.leave_one_out = false, .collection = false};

// Two grounds; one source that looks at places; men in the country or not.
CaseBuilder two_grounds() {
  CaseBuilder b;
  b.place("other_ground", casefile::PlaceKind::training_ground, 120, 50);
  auto& c = b.given.contingents[0];
  c.path = {PlaceId{0}, PlaceId{1}, PlaceId{3}, PlaceId{2}};
  b.counted("men", {.3, .2, .3, .15, .05});
  b.source("looker", 'B');
  return b;
}

casefile::Report& seen_at(CaseBuilder& b, std::uint32_t place, double men, int days_before) {
  auto& r =
      b.report(casefile::SourceId{0}, ReportKind::imagery, casefile::HypothesisId{0}, {1, 2, 3, 4});
  r.published = b.given.as_of.plus(-days_before);
  r.observed = {{r.published, r.published}};
  if (men > 0.0) r.strengths.push_back({ContingentId{0}, PlaceId{place}, men});
  return r;
}

struct Sum {
  double filtered = 0.0, smoothed = 0.0;
};

Sum men_at(const Belief& b, Date day, const std::string& stage, std::optional<PlaceId> place) {
  Sum out;
  for (const auto& row : b.order_of_battle) {
    if (row.day != day || row.stage == "plan" || (!stage.empty() && row.stage != stage) ||
        (place && row.place != *place)) {
      continue;
    }
    out.filtered += row.mean;
    out.smoothed += row.smoothed->mean;
  }
  return out;
}

TEST(OrderOfBattle, AsManyStandAtAGroundAsWereSeenThere) {
  const auto there = [](double men) {
    CaseBuilder b = two_grounds();
    seen_at(b, 1, men, 6);
    seen_at(b, 1, 1.1 * men, 3);
    return men_at(assess(b.given, with_path), b.given.as_of, "training", PlaceId{1}).filtered;
  };
  const double few = there(300);
  const double many = there(3000);
  EXPECT_GT(few, 200.0);
  EXPECT_LT(few, 0.75 * many);  // the looker may be wrong: a tail of many remains
  EXPECT_GT(many, 1800.0);
  EXPECT_LT(many, 5500.0);
}

TEST(OrderOfBattle, HindsightKnowsOfTheDayBeforeTheFirstReport) {
  CaseBuilder b = two_grounds();
  seen_at(b, 1, 3000, 6);
  seen_at(b, 1, 3200, 3);
  seen_at(b, 1, 3300, 2);
  const Belief belief = assess(b.given, with_path);
  const auto then = men_at(belief, b.given.as_of.plus(-7), "", std::nullopt);
  EXPECT_GT(then.smoothed, 1.2 * then.filtered);  // reports came later and tell of it
  const auto now = men_at(belief, b.given.as_of, "", std::nullopt);
  EXPECT_DOUBLE_EQ(now.smoothed, now.filtered);
}

TEST(OrderOfBattle, ARelayOfAReportChangesNothing) {  // B-4
  CaseBuilder b = two_grounds();
  seen_at(b, 1, 3000, 6);
  const Belief once = assess(b.given, with_path);
  auto& relay = seen_at(b, 1, 3000, 5);
  relay.kind = ReportKind::press;
  relay.lineage = {casefile::ReportId{0}};
  const Belief twice = assess(b.given, with_path);
  for (int back = 0; back < 31; back += 5) {
    const Date day = b.given.as_of.plus(-back);
    const auto before = men_at(once, day, "", std::nullopt);
    const auto after = men_at(twice, day, "", std::nullopt);
    EXPECT_NEAR(after.filtered, before.filtered, .01 * before.filtered);
    EXPECT_NEAR(after.smoothed, before.smoothed, .01 * before.smoothed);
  }
}

TEST(OrderOfBattle, ALookThatSawNothingLowersThatPlaceAndDoesNotRaiseTheTotal) {
  CaseBuilder b = two_grounds();
  seen_at(b, 3, 0, 6);  // in the country, place unknown
  const Belief before = assess(b.given, with_path);
  auto& r = b.report(casefile::SourceId{0}, ReportKind::imagery, casefile::HypothesisId{0}, {0});
  r.published = b.given.as_of.plus(-2);
  r.observed = {{r.published, r.published}};
  r.looked = true;
  r.strengths.push_back({ContingentId{0}, PlaceId{1}, 0});
  const Belief after = assess(b.given, with_path);
  const Date day = b.given.as_of;
  const auto share = [&](const Belief& x, std::uint32_t place) {
    return men_at(x, day, "training", PlaceId{place}).filtered /
           men_at(x, day, "training", std::nullopt).filtered;
  };
  EXPECT_LT(share(after, 1), share(before, 1));
  EXPECT_LT(men_at(after, day, "", std::nullopt).filtered,
            1.01 * men_at(before, day, "", std::nullopt).filtered);
}

TEST(OrderOfBattle, ASourceTheAdversaryMayControlMovesFewer) {
  const auto shift = [](char grade) {
    CaseBuilder b = two_grounds();
    b.given.sources[0].grade = grade;
    if (grade == 'E') b.given.sources[0].controllable_by = {casefile::ActorId{2}};
    for (auto* r : {&seen_at(b, 1, 4000, 5)}) r->source_grade = grade;
    const Belief x = assess(b.given, with_path);
    return men_at(x, b.given.as_of, "training", PlaceId{1}).filtered /
           men_at(x, b.given.as_of, "training", std::nullopt).filtered;
  };
  CaseBuilder none = two_grounds();
  const Belief x = assess(none.given, with_path);
  const double without = men_at(x, none.given.as_of, "training", PlaceId{1}).filtered /
                         men_at(x, none.given.as_of, "training", std::nullopt).filtered;
  EXPECT_GT(shift('A') - without, 1.5 * std::fabs(shift('E') - without));
}

TEST(OrderOfBattle, StatesAreDrawnAsOftenAsTheyAreBelieved) {
  CaseBuilder b = two_grounds();
  b.counted("at_front", {.5, .3, .1, .05, .05}, {PlaceId{2}});
  b.given.contingents[0].at_front_hypothesis = casefile::HypothesisId{1};
  const auto pairs = counted_pairs(b.given);
  ASSERT_EQ(pairs.size(), 1U);
  ASSERT_TRUE(pairs[0].front.has_value());
  DayBelief day;
  const Model empty;
  for (std::uint32_t h = 0; h < 2; ++h) {
    const Numbers none(b.given, empty, h);
    day.strengths.push_back(strength_of(none, {}, b.given.hypotheses[h].table));
  }
  // 5 x 5, front at most the total
  std::vector<double> joint(25, 0.0);
  double sum = 0.0;
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j <= i; ++j) sum += joint[5 * i + j] = 1.0 + static_cast<double>(i * j);
  }
  for (double& p : joint) p /= sum;
  day.pairs.push_back(joint);
  const Way way = way_of(b.given, 0, {});
  const auto held = anchors_on(b.given, way, pairs[0], day, 0, {3, 2048});
  std::vector<double> share(5, 0.0);
  for (std::size_t m = 0; m < held.anchors.size(); ++m) {
    const Anchor& a = held.anchors[m];
    share[held.state[m]] += 1.0 / 2048;
    EXPECT_LE(a.front, a.men);
    const auto& state = b.given.hypotheses[0].states[held.state[m]];
    EXPECT_GE(a.men, state.low == 1 ? 99.0 : state.low);  // a handful is not called troops
    EXPECT_LE(a.men, state.high.value_or(1e9));
  }
  for (std::size_t i = 0; i < 5; ++i) {
    double want = 0.0;
    for (std::size_t j = 0; j < 5; ++j) want += joint[5 * i + j];
    EXPECT_NEAR(share[i], want, .001);
  }
  for (std::size_t s = 0; s < held.strata.size(); ++s) {
    const auto end = s + 1 < held.strata.size() ? held.strata[s + 1] : 2048U;
    EXPECT_LE(end - held.strata[s], 64U);
    EXPECT_EQ(held.state[held.strata[s]], held.state[end - 1]);
  }
}

TEST(OrderOfBattle, ABodyNobodyReportsStandsWhereTheAuthorPutsIt) {
  CaseBuilder b = two_grounds();
  casefile::Contingent home = b.given.contingents[0];
  home.id = "home_army";
  home.key = key_of(home.id);
  home.foreign = false;
  home.strength.prior = Prior(Prior::Kind::log_normal, 50000, .2);
  home.at = {{PlaceId{0}, .7}, {PlaceId{2}, .3}};
  b.given.contingents.push_back(home);
  const Belief belief = assess(b.given, with_path);
  double men = 0.0;
  std::set<std::string> days;
  for (const auto& row : belief.order_of_battle) {
    if (row.contingent.index != 1) continue;
    days.insert(to_string(row.day));
    if (row.day == b.given.as_of) men += row.mean;
    EXPECT_LT(row.q05, row.q50);
    EXPECT_EQ(row.stage, row.place == home.destination ? "front" : "training");
  }
  EXPECT_EQ(days.size(), static_cast<std::size_t>(tracked_days));
  EXPECT_NEAR(men, home.strength.prior.mean(), 1e-6);
}

TEST(OrderOfBattle, BothViewsAreWrittenAndReadBack) {
  CaseBuilder b = two_grounds();
  seen_at(b, 1, 3000, 6);
  const Belief belief = assess(b.given, with_path);
  ASSERT_EQ(belief.tracking_check.size(), 1U);
  const Belief again = belief_from_json(to_json(belief, b.given), b.given, "belief.json");
  ASSERT_EQ(again.order_of_battle.size(), belief.order_of_battle.size());
  for (std::size_t i = 0; i < belief.order_of_battle.size(); ++i) {
    ASSERT_TRUE(again.order_of_battle[i].smoothed.has_value());
    EXPECT_EQ(again.order_of_battle[i].smoothed->q95, belief.order_of_battle[i].smoothed->q95);
    EXPECT_EQ(again.order_of_battle[i].mean, belief.order_of_battle[i].mean);
  }
  EXPECT_EQ(again.tracking_check[0].density, belief.tracking_check[0].density);
}

TEST(OrderOfBattle, WhereFilterAndCheckDisagreeIsSaid) {
  const CaseBuilder b = two_grounds();
  Belief belief;
  belief.tracking_check = {{ContingentId{0}, 10000, 7600}};
  EXPECT_TRUE(tracking_doubts(b.given, belief).empty());
  belief.tracking_check = {{ContingentId{0}, 10123, 7490}};
  const auto doubts = tracking_doubts(b.given, belief);
  ASSERT_EQ(doubts.size(), 1U);
  EXPECT_EQ(doubts[0], "Two ways of counting disagree on " + b.given.contingents[0].name +
                           ": 10000 men by the filter, 7500 by the aggregate check (26 % apart); "
                           "more than a quarter, so do not lean on its strength.");
  belief.tracking_check = {{ContingentId{0}, 40, 90}};
  EXPECT_EQ(tracking_doubts(b.given, belief).size(), 1U);
}

TEST(OrderOfBattle, ThreadsDoNotChangeIt) {
  CaseBuilder b = two_grounds();
  seen_at(b, 1, 3000, 6);
  auto one = with_path;
  one.threads = 1;
  auto seven = with_path;
  seven.threads = 7;
  EXPECT_EQ(to_json(assess(b.given, one), b.given), to_json(assess(b.given, seven), b.given));
}

}  // namespace order_of_battle_test
}  // namespace casus::intel
