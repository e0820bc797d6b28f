// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/intel/belief.h"
#include "casus/intel/evidence.h"
#include "casus/intel/test_case.h"
#include "casus/random/draws.h"

// Synthetic worlds: truth, hidden modes and regimes are drawn, reports made by the law, and what is
// then believed is held against the truth.
namespace casus::intel {
namespace slow_calibration_test {

using casefile::HypothesisId;
using casefile::ReportKind;
using test::CaseBuilder;

const AssessOptions bare{.path = false, .leave_one_out = false, .collection = false};

struct World {
  CaseBuilder builder;
  std::vector<std::uint32_t> truth;
  std::vector<double> naive;  ///< P(yes) by multiplying likelihoods as if every source were honest
};

struct Luck {
  Draws draws;
  std::uint32_t world;
  std::uint32_t next = 0;
  double uniform() { return draws.uniform(Stream("worlds"), world, 0, 0, next++); }
};

std::size_t pick(const std::array<double, observe::source_states>& p, double u) {
  std::size_t k = 0;
  while (k + 1 < p.size() && u >= p[k]) u -= p[k++];
  return k;
}

// One occasion: the source says yes or no of a question, each as likely as the law has it.
void speak(World& w, Luck& luck, std::uint32_t source, std::size_t mode,
           const observe::Reliability& reliability, bool regime) {
  const auto h = static_cast<std::uint32_t>(luck.uniform() * static_cast<double>(w.truth.size()));
  constexpr std::array kinds{ReportKind::imagery, ReportKind::human, ReportKind::press,
                             ReportKind::documents};
  const ReportKind kind = kinds[static_cast<std::size_t>(luck.uniform() * kinds.size())];
  const auto& law = observe::law_of(kind, casefile::Stance::neutral);
  const observe::Channel channel{law.hit, law.alarm, law.staged, 1.0, {}, false};
  const bool so = w.truth[h] == 1;
  const observe::Truth yes{so ? 1.0 : 0.0, regime && h == 0, false, true};
  const observe::Truth no{so ? 0.0 : 1.0, false, false, true};
  const double p_yes = observe::say(channel, mode, reliability, yes);
  const double p_no = observe::say(channel, mode, reliability, no);
  const std::uint32_t said = luck.uniform() < p_yes / (p_yes + p_no) ? 1 : 0;
  auto& r = w.builder.report(casefile::SourceId{source}, kind, HypothesisId{h}, {said});
  r.published = w.builder.given.as_of.plus(-static_cast<int>(luck.uniform() * 20));
  r.item_grade = 6;
  const double lr = law.hit / law.alarm;
  w.naive[h] += said == 1 ? log(lr) : -log(lr);
  if (luck.uniform() > .25) return;  // circular reporting: somebody repeats it
  const auto origin = static_cast<std::uint32_t>(w.builder.given.reports.size() - 1);
  const auto again = static_cast<std::uint32_t>(luck.uniform() * 5.0);
  auto& relay =
      w.builder.report(casefile::SourceId{again}, ReportKind::press, HypothesisId{h}, {said});
  relay.lineage = {casefile::ReportId{origin}};
  w.naive[h] += said == 1 ? log(lr) : -log(lr);
}

World any_world(std::uint32_t number) {
  World w;
  Luck luck{Draws(2024), number};
  CaseBuilder& b = w.builder;
  const double p0 = .1 + .8 * luck.uniform();
  const double p1 = .1 + .8 * luck.uniform();
  const auto first = b.hypothesis("first", {"no", "yes"}, {1 - p0, p0});
  b.hypothesis("second", {"no", "yes"}, {1 - p1 / 2, p1 / 2, 1 - p1, p1}, {first});
  const double p2 = .1 + .8 * luck.uniform();
  b.hypothesis("third", {"no", "yes"}, {1 - p2, p2});
  b.staging(first, 1, Prior(.25));
  w.truth.push_back(luck.uniform() < p0 ? 1 : 0);
  w.truth.push_back(luck.uniform() < (w.truth[0] == 1 ? p1 : p1 / 2) ? 1 : 0);
  w.truth.push_back(luck.uniform() < p2 ? 1 : 0);
  w.naive = {logit(p0), logit(p0 * p1 + (1 - p0) * p1 / 2), logit(p2)};
  const bool regime = luck.uniform() < .25;
  const double level = luck.uniform();
  const double delta = observe::control_share[level < .6 ? 0 : level < .9 ? 1 : 2];
  for (std::uint32_t s = 0; s < 5; ++s) {
    const char grade = static_cast<char>('A' + static_cast<int>(luck.uniform() * 6.0));
    const auto id = b.source("source" + std::to_string(s), grade);
    const bool open = s == 0;  // one source may be run by the adversary
    if (open) b.given.sources[id].controllable_by = {casefile::ActorId{1}};
    // now and then the true quality is a grade below the one given
    const bool wrong = luck.uniform() < .1 && grade < 'E';
    const char really = wrong ? static_cast<char>(grade + 1) : grade;
    const auto reliability = observe::reliability(observe::grade_prior(really));
    const auto mode = pick(observe::mode_prior(reliability, open ? delta : 0.0), luck.uniform());
    const int occasions = 1 + static_cast<int>(luck.uniform() * 3.0);
    for (int k = 0; k < occasions; ++k) speak(w, luck, s, mode, reliability, regime);
  }
  return w;
}

struct Band {
  double stated = 0.0, came = 0.0, count = 0.0;
};

TEST(SlowIntel, WhatIsCalledLikelyHappensAsOftenAsSaid) {
  constexpr std::uint32_t worlds = 10000;
  std::vector<std::array<double, 3>> p(worlds), naive(worlds);
  std::vector<std::array<std::uint32_t, 3>> truth(worlds);
  parallel_for(worlds, 0, [&](std::size_t i) {
    const World w = any_world(static_cast<std::uint32_t>(i));
    AssessOptions one = bare;
    one.threads = 1;
    const Belief b = assess(w.builder.given, one);
    for (std::size_t h = 0; h < 3; ++h) {
      p[i][h] = b.hypotheses[h].states[1].p;
      naive[i][h] = logistic(w.naive[h]);
      truth[i][h] = w.truth[h];
    }
  });
  constexpr std::array<double, 8> edges{0, .05, .20, .45, .55, .80, .95, 1.0000001};
  std::array<Band, 7> ours{}, product{};
  double brier = 0.0;
  double brier_naive = 0.0;
  const auto note = [&](std::array<Band, 7>& bands, double stated, double came) {
    std::size_t k = 0;
    while (k + 2 < edges.size() && stated >= edges[k + 1]) ++k;
    bands[k].stated += stated;
    bands[k].came += came;
    bands[k].count += 1.0;
  };
  for (std::size_t i = 0; i < worlds; ++i) {
    for (std::size_t h = 0; h < 3; ++h) {
      const double came = truth[i][h];
      note(ours, p[i][h], came);
      note(product, naive[i][h], came);
      brier += (p[i][h] - came) * (p[i][h] - came) / (3.0 * worlds);
      brier_naive += (naive[i][h] - came) * (naive[i][h] - came) / (3.0 * worlds);
    }
  }
  for (std::size_t k = 0; k < ours.size(); ++k) {
    std::printf(
        "%.2f-%.2f  stated %.3f came %.3f of %.0f   plain product: stated %.3f came %.3f of %.0f\n",
        edges[k], std::min(1.0, edges[k + 1]), ours[k].stated / ours[k].count,
        ours[k].came / ours[k].count, ours[k].count, product[k].stated / product[k].count,
        product[k].came / product[k].count, product[k].count);
    const double gap = ours[k].came / ours[k].count - ours[k].stated / ours[k].count;
    EXPECT_LT(std::fabs(gap), .03) << edges[k];
  }
  std::printf("Brier %.4f, plain product %.4f\n", brier, brier_naive);
  EXPECT_LT(brier, .85 * brier_naive);
  // the plain product is overconfident: what it calls almost certain fails far too often
  EXPECT_LT(product[6].came / product[6].count, product[6].stated / product[6].count - .05);
}

}  // namespace slow_calibration_test
}  // namespace casus::intel
