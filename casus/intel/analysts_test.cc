// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/analysts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/intel/belief.h"
#include "casus/intel/test_case.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace analysts_test {

using casefile::Analyst;
using casefile::HypothesisId;
using casefile::Panel;
using casefile::Pool;
using test::CaseBuilder;
using Stated = std::vector<std::optional<double>>;

struct Desk {
  Desk() {
    first = builder.hypothesis("first", {"no", "yes"}, {.5, .5});
    second = builder.hypothesis("second", {"a", "b", "c"}, {.2, .3, .5});
  }
  void says(const std::string& id, HypothesisId h, Stated p, double weight = 1.0) {
    Analyst a;
    a.id = a.name = id;
    a.weight = weight;
    a.says.push_back({h, Date(2024, 10, 30), std::move(p)});
    panel.analysts.push_back(a);
  }
  [[nodiscard]] AnalystViews view() const { return view_analysts(builder.given, panel, engine); }
  CaseBuilder builder;
  HypothesisId first{0}, second{0};
  Panel panel;
  std::vector<std::vector<double>> engine{{.3, .7}, {.2, .2, .6}};
};

TEST(Analysts, ThoseWhoSayTheSamePoolToWhatTheySay) {
  for (const Pool pool : {Pool::linear, Pool::log_odds}) {
    Desk desk;
    desk.panel.pool = pool;
    for (const char* id : {"ann", "bo", "cy"}) desk.says(id, desk.second, {.0, .25, .75});
    const auto views = desk.view();
    ASSERT_EQ(views.hypotheses.size(), 1U);
    EXPECT_NEAR(views.hypotheses[0].p[0], .0, 1e-12);
    EXPECT_NEAR(views.hypotheses[0].p[1], .25, 1e-12);
    EXPECT_NEAR(views.hypotheses[0].p[2], .75, 1e-12);
    EXPECT_EQ(views.hypotheses[0].disagreement, 0.0);
    EXPECT_TRUE(views.hypotheses[0].dissent.empty());
  }
}

TEST(Analysts, TheLinearPoolIsTheWeightedMeanOfWhatIsCoherent) {
  Desk desk;
  desk.says("ann", desk.first, {.8, .4}, 3.0);  // nearest coherent: 0.7, 0.3
  desk.says("bo", desk.first, {std::nullopt, .9}, 1.0);
  const auto views = desk.view();
  EXPECT_NEAR(views.views[0].judgements[0].p[1], .3, 1e-12);
  EXPECT_NEAR(views.views[0].incoherence, std::sqrt(.02), 1e-12);
  EXPECT_NEAR(views.views[1].incoherence, 0.0, 1e-12);
  EXPECT_NEAR(views.hypotheses[0].p[1], .75 * .3 + .25 * .9, 1e-12);
  EXPECT_NEAR(views.hypotheses[0].low[1], .3, 1e-12);
  EXPECT_NEAR(views.hypotheses[0].high[1], .9, 1e-12);
}

TEST(Analysts, TheLogOddsPoolIsTheMeanOfTheLogOdds) {
  Desk desk;
  desk.panel.pool = Pool::log_odds;
  desk.says("ann", desk.first, {.2, .8});
  desk.says("bo", desk.first, {.5, .5});
  // odds 4 and 1: geometric mean 2
  EXPECT_NEAR(desk.view().hypotheses[0].p[1], 2.0 / 3.0, 1e-12);
}

TEST(Analysts, ADissenterIsNamedAndKeepsTheirOwnView) {
  Desk desk;
  for (const char* id : {"ann", "bo", "cy"}) desk.says(id, desk.first, {.2, .8});
  desk.says("dee", desk.first, {.9, .1});
  const auto views = desk.view();
  const auto& h = views.hypotheses[0];
  // the pool is 0.625: the three are 0.175 from it, beyond the band of 0.15, as is the fourth
  EXPECT_EQ(h.dissent, (std::vector<std::uint32_t>{0, 1, 2, 3}));
  EXPECT_NEAR(views.views[3].judgements[0].p[1], .1, 1e-12);
  EXPECT_TRUE(views.views[3].judgements[0].dissents);
  EXPECT_NEAR(views.views[3].judgements[0].from_pool, .625 - .1, 1e-12);
  EXPECT_EQ(h.farthest, 3U);
  EXPECT_NEAR(h.farthest_distance, .6, 1e-12);
  ASSERT_EQ(h.pairs.size(), 6U);
  EXPECT_NEAR(h.disagreement, 3 * .7 / 6, 1e-12);
}

TEST(Analysts, WithoutAWeightOneIsShownAndNotPooled) {
  Desk desk;
  desk.says("ann", desk.first, {.2, .8});
  desk.says("guest", desk.first, {.9, .1}, 0.0);
  const auto views = desk.view();
  EXPECT_NEAR(views.hypotheses[0].p[1], .8, 1e-12);
  EXPECT_EQ(views.hypotheses[0].dissent, (std::vector<std::uint32_t>{1}));
}

TEST(Analysts, SilenceOnOneQuestionMovesNothingOthersSayOfIt) {
  Desk desk;
  const auto child = desk.builder.hypothesis("child", {"no", "yes"}, {1, 0, .5, .5}, {desk.first});
  desk.engine.push_back({.5, .5});
  desk.says("ann", desk.first, {.3, .7});
  desk.panel.analysts[0].says.push_back({child, Date(2024, 10, 30), {.4, .6}});
  desk.says("bo", desk.first, {.9, .1});  // says nothing of the child
  const auto views = desk.view();
  EXPECT_NEAR(views.hypotheses[0].p[1], .4, 1e-9);
  EXPECT_NEAR(views.hypotheses[1].p[1], .6, 1e-9);
  EXPECT_TRUE(views.hypotheses[1].dissent.empty());
}

TEST(Analysts, APoolOfLogOddsIsMadeToFitTogether) {
  Desk desk;
  const auto child = desk.builder.hypothesis("child", {"no", "yes"}, {1, 0, .5, .5}, {desk.first});
  desk.engine.push_back({.5, .5});
  desk.panel.pool = Pool::log_odds;
  for (const double p : {.02, .9}) {
    desk.says(p < .5 ? "ann" : "bo", desk.first, {1 - p, p});
    desk.panel.analysts.back().says.push_back({child, Date(2024, 10, 30), {1 - p, p}});
  }
  const auto views = desk.view();
  EXPECT_LE(views.hypotheses[1].p[1], views.hypotheses[0].p[1] + 1e-9);
}

TEST(Analysts, WhatTheySayMovesNoPosterior) {
  Desk desk;
  const auto s = desk.builder.source("watcher", 'B');
  desk.builder.report(s, casefile::ReportKind::imagery, desk.first, {1});
  Belief belief = assess(desk.builder.given);
  const std::string before = to_json(belief, desk.builder.given);
  desk.says("ann", desk.first, {.99, .01});
  belief.analysts = desk.view();
  const std::string after = to_json(belief, desk.builder.given);
  EXPECT_EQ(after.substr(0, before.size() - 3), before.substr(0, before.size() - 3));
  EXPECT_NE(after.find("\"analysts\""), std::string::npos);
  // and what is written is read back whole
  const Belief again = belief_from_json(after, desk.builder.given, "belief.json");
  EXPECT_EQ(to_json(again, desk.builder.given), after);
}

TEST(Analysts, ThePoolIsNoWorseThanItsMembersOnTheWhole) {
  for (std::uint32_t example = 0; example < 200; ++example) {
    const auto any = [&](std::uint32_t i) {
      return Draws(5).uniform(Stream("analysts"), example, 0, 0, i);
    };
    Desk desk;
    const std::uint32_t members = 1 + example % 7;
    for (std::uint32_t i = 0; i < members; ++i) {
      desk.says("a" + std::to_string(i), desk.first, {any(2 * i), any(2 * i + 1)});
    }
    const auto views = desk.view();
    for (const double truth : {0.0, 1.0}) {
      const auto error = [&](const std::vector<double>& p) {
        return (p[1] - truth) * (p[1] - truth);
      };
      double mean = 0.0;
      for (const auto& v : views.views) mean += error(v.judgements[0].p) / members;
      EXPECT_LE(error(views.hypotheses[0].p), mean + 1e-9);  // Jensen's inequality
    }
  }
}

}  // namespace analysts_test
}  // namespace casus::intel
