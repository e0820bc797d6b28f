// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/weights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "casus/intel/assessor.h"
#include "casus/intel/test_crowd.h"

namespace casus::intel {
namespace weights_test {

using casefile::ReportKind;
const AssessOptions reasons{.path = false, .ranges = false, .collection = false};
const AssessOptions bare{
    .path = false, .ranges = false, .leave_one_out = false, .collection = false};

double logit_db(double p) { return 10.0 * std::log10(p / (1.0 - p)); }

bool has_pin(const HypothesisBelief& h, const std::string& kind, const std::string& id,
             bool turns_state) {
  return std::any_of(h.linchpins.begin(), h.linchpins.end(), [&](const Linchpin& l) {
    return l.kind == kind && l.id == id && l.turns_state == turns_state;
  });
}

TEST(Weights, ASourceWeighsWhatAnAssessmentWithoutAllItsReportsSays) {
  const test::Crowd crowd({.themes = 2, .hypotheses = 4, .sources = 6, .reports = 90});
  const Belief with = assess(crowd.given(), reasons);
  for (std::uint32_t s = 0; s < crowd.given().sources.size(); s += 3) {
    casefile::Case without = crowd.given();
    for (std::uint32_t r = 0; r < without.reports.size(); ++r) {
      if (without.reports[r].source.index == s) strike_report(without, casefile::ReportId{r});
    }
    const Belief rest = assess(without, bare);
    std::size_t told = 0;
    for (std::size_t h = 0; h < with.hypotheses.size(); ++h) {
      for (const SourceWeight& w : with.hypotheses[h].source_weights) {
        if (w.source.index != s) continue;
        ++told;
        EXPECT_NEAR(w.decibans,
                    logit_db(with.hypotheses[h].states[w.state].p) -
                        logit_db(rest.hypotheses[h].states[w.state].p),
                    1e-6);
      }
    }
    EXPECT_GT(told, 0U);
  }
}

TEST(Weights, OneAgentWhoAloneSaysSoIsALinchpinAndEightWhoAgreeAreNone) {
  for (const std::size_t agents : {1U, 8U}) {
    test::CaseBuilder b;
    const auto h = b.hypothesis("there", {"no", "yes"}, {.6, .4});
    for (std::size_t i = 0; i < agents; ++i) {
      b.report(b.source("agent_" + std::to_string(i), 'B'), ReportKind::imagery, h, {1});
    }
    const Belief belief = assess(b.given, reasons);
    const HypothesisBelief& got = belief.hypotheses.front();
    ASSERT_EQ(got.leading, 1U);
    EXPECT_EQ(has_pin(got, "source", "agent_0", true), agents == 1);
    EXPECT_EQ(has_pin(got, "report", "r-0", true), agents == 1);
    EXPECT_FALSE(has_pin(got, "prior", "there", true));
  }
}

TEST(Weights, APriorMadeFlatIsTheCaseWithAFlatPrior) {
  test::CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.97, .03});
  b.hypothesis("why", {"a", "b"}, {.9, .1, .2, .8}, {h});
  b.report(b.source("agent", 'C'), ReportKind::human, h, {1});
  const Belief belief = assess(b.given, reasons);
  b.given.hypotheses[h].table = {.5, .5};
  const Belief flat = assess(b.given, bare);
  const auto& pins = belief.hypotheses[0].linchpins;
  const auto pin = std::find_if(pins.begin(), pins.end(), [](const Linchpin& l) {
    return l.kind == "prior" && l.id == "there";
  });
  ASSERT_NE(pin, pins.end());
  EXPECT_EQ(pin->change, "flat");
  EXPECT_TRUE(pin->turns_state);
  EXPECT_NEAR(pin->p, flat.hypotheses[0].states[1].p, 1e-12);
}

TEST(Weights, WhatIsHiddenSplitsTheBeliefIntoPartsThatAddUpToIt) {
  const test::Crowd crowd({.themes = 1, .hypotheses = 4, .sources = 12, .reports = 90});
  const Engine engine(crowd.given(), {}, 1);
  const Posteriors all = engine.hypotheses();
  std::map<std::string, Posteriors> sum;
  for (const Doubt& d : doubts_of(engine)) {
    if (d.kind != "hidden") continue;
    const std::vector<Change> change(1, d.what.change);
    const auto then = marginals_under(*engine.calibration, engine.wanted, change, 1).front();
    auto& total = sum.try_emplace(d.id, Posteriors{}).first->second;
    total.resize(all.size());
    for (std::size_t h = 0; h < all.size(); ++h) {
      total[h].resize(all[h].size(), 0.0);
      for (std::size_t s = 0; s < all[h].size(); ++s) total[h][s] += *d.chance * then[h][s];
    }
  }
  EXPECT_GE(sum.size(), 3U);  // a regime, a share of control, a picture shared by many
  for (const auto& entry : sum) {
    for (std::size_t h = 0; h < all.size(); ++h) {
      for (std::size_t s = 0; s < all[h].size(); ++s) {
        EXPECT_NEAR(entry.second[h][s], all[h][s], 1e-10) << entry.first;
      }
    }
  }
}

TEST(Weights, AReportThatSaysNothingOfAStateTellsItsStatesApartByItsLikelihoods) {
  test::CaseBuilder b;
  const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
  b.report(b.source("agent", 'B'), ReportKind::imagery, h, {1});
  const Belief belief = assess(b.given, reasons);
  ASSERT_EQ(belief.hypotheses[0].diagnosticity.size(), 1U);
  // two states: the spread of the likelihoods is the weight of the report
  EXPECT_NEAR(belief.hypotheses[0].diagnosticity[0].decibans,
              std::fabs(belief.hypotheses[0].weights[0].decibans), 1e-9);
}

TEST(Weights, TheReasonsComeBackFromJson) {
  const test::Crowd crowd({.themes = 1, .hypotheses = 3, .sources = 4, .reports = 30});
  const Belief belief = assess(crowd.given(), reasons);
  const std::string text = to_json(belief, crowd.given());
  const Belief back = belief_from_json(text, crowd.given(), "belief.json");
  EXPECT_EQ(to_json(back, crowd.given()), text);
  EXPECT_FALSE(back.hypotheses[0].source_weights.empty());
  EXPECT_FALSE(back.hypotheses[0].diagnosticity.empty());
}

bool says(const HypothesisBelief& h, const std::string& what) {
  return h.confidence_reason.find(what) != std::string::npos;
}

TEST(Confidence, SaysNothingTheLinchpinsGainsay) {
  const test::Crowd crowd({.themes = 3, .hypotheses = 6, .sources = 9, .reports = 60});
  const Belief b = assess(crowd.given(), reasons);
  std::size_t turned = 0;
  for (const HypothesisBelief& h : b.hypotheses) {
    const auto struck = [&](bool state) {
      return std::any_of(h.linchpins.begin(), h.linchpins.end(), [&](const Linchpin& l) {
        return l.change == "struck" && l.turns_state == state;
      });
    };
    EXPECT_EQ(says(h, "no single report or source turns it"), !struck(true) && !struck(false));
    EXPECT_TRUE(h.confidence == "low" || !struck(true));
    EXPECT_TRUE(h.confidence != "high" || !struck(false));
    turned += struck(true) || struck(false) ? 1 : 0;
  }
  EXPECT_GT(turned, 0U);
}

TEST(Confidence, NamesWhatNearlyAllOriginsShare) {
  for (const bool mixed : {false, true}) {
    test::CaseBuilder b;
    const auto h = b.hypothesis("there", {"no", "yes"}, {.5, .5});
    for (std::size_t i = 0; i < 6; ++i) {
      const auto kind = mixed && i % 2 == 0 ? ReportKind::signals : ReportKind::imagery;
      auto& r = b.report(b.source("service_" + std::to_string(i), 'A'), kind, h, {1});
      r.via = mixed ? "channel " + std::to_string(i) : "one agency";
    }
    const HypothesisBelief got = assess(b.given, reasons).hypotheses[0];
    EXPECT_EQ(says(got, "nearly all of one kind, imagery"), !mixed) << got.confidence_reason;
    EXPECT_EQ(says(got, "nearly all through one agency"), !mixed) << got.confidence_reason;
    EXPECT_EQ(got.confidence, mixed ? "high" : "moderate") << got.confidence_reason;
  }
}

}  // namespace weights_test
}  // namespace casus::intel
