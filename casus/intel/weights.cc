// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/weights.h"

#include <algorithm>
#include <cmath>

#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/intel/words.h"

namespace casus::intel {
namespace {

constexpr double least_weight = 1e-3;  // dB
constexpr double least_spread = 1e-2;  // dB, of likelihood ratios
constexpr double least_move = 0.01;    // of a probability
constexpr std::size_t most_linchpins = 40;
constexpr double most_weight = 200.0;  // dB, where a report makes a state certain or impossible

// 10 log10 of the largest over the smallest of P(report | state, all else).
double diagnosticity_of(const std::vector<double>& with, const std::vector<double>& without) {
  double top = -most_weight;
  double bottom = most_weight;
  for (std::size_t s = 0; s < with.size(); ++s) {
    if (without[s] <= 0.0) continue;  // impossible whatever is reported
    const double db = with[s] > 0.0 ? decibans(with[s] / without[s]) : -most_weight;
    top = std::max(top, db);
    bottom = std::min(bottom, db);
  }
  return top > bottom ? std::min(most_weight, top - bottom) : 0.0;
}

// Is the judgement turned? Where a word changes the probability must have moved too: near the end
// of a band any report would turn it.
std::optional<Linchpin> linchpin(const Doubt& doubt, const HypothesisBelief& h,
                                 const std::vector<double>& then) {
  Linchpin out{doubt.kind, doubt.id, doubt.change, doubt.chance, false, 0, 0.0, {}};
  const auto top = std::max_element(then.begin(), then.end());
  out.leading = static_cast<std::uint32_t>(top - then.begin());
  out.p = *top;
  out.word = icd_word(*top);
  out.turns_state = out.leading != h.leading;
  const double moved = std::fabs(then[h.leading] - h.states[h.leading].p);
  if (moved < least_move || (!out.turns_state && out.word == h.word)) return std::nullopt;
  return out;
}

void add_differences(const Posteriors& all, const Posteriors& without, casefile::ReportId report,
                     Belief& belief) {
  for (std::size_t h = 0; h < all.size(); ++h) {
    for (std::uint32_t s = 0; s < all[h].size(); ++s) {
      const double db = odds_in_decibans(all[h][s]) - odds_in_decibans(without[h][s]);
      if (std::fabs(db) > least_weight) belief.hypotheses[h].weights.push_back({report, s, db});
    }
    const double spread = diagnosticity_of(all[h], without[h]);
    if (spread > least_spread) belief.hypotheses[h].diagnosticity.push_back({report, spread});
  }
}

void add_source(const Posteriors& all, const Posteriors& without, casefile::SourceId source,
                Belief& belief) {
  for (std::size_t h = 0; h < all.size(); ++h) {
    for (std::uint32_t s = 0; s < all[h].size(); ++s) {
      const double db = odds_in_decibans(all[h][s]) - odds_in_decibans(without[h][s]);
      if (std::fabs(db) <= least_weight) continue;
      belief.hypotheses[h].source_weights.push_back({source, s, db});
    }
  }
}

// The pins of one hypothesis, heaviest first: those that turn the state, then by effect. Effects
// that are the same but for rounding keep the order they were asked in.
void sort_pins(HypothesisBelief& h, std::vector<std::pair<double, Linchpin>>& pins) {
  const auto effect = [](double moved) { return std::llround(moved * 1e9); };
  std::stable_sort(pins.begin(), pins.end(), [&](const auto& a, const auto& b) {
    return a.second.turns_state != b.second.turns_state ? a.second.turns_state
                                                        : effect(a.first) > effect(b.first);
  });
  if (pins.size() > most_linchpins) pins.resize(most_linchpins);
  for (auto& pin : pins) h.linchpins.push_back(std::move(pin.second));
}

}  // namespace

void add_weights(const Engine& engine, const Posteriors& all, std::size_t threads, Belief& belief) {
  const std::size_t n = engine.model.evidence.size();
  std::vector<Doubt> doubts(n);
  parallel_for(n, threads, [&](std::size_t i) {
    if (!engine.used[i]) return;
    const auto& report = engine.given().reports[engine.model.evidence[i].report];
    doubts[i] = {"report", report.id, "struck", std::nullopt, engine.without({i})};
  });
  for (Doubt& d : doubts_of(engine)) doubts.push_back(std::move(d));
  std::vector<Change> changes;
  changes.reserve(doubts.size());
  for (const Doubt& d : doubts) changes.push_back(d.what.change);
  const Answers then = marginals_under(*engine.calibration, engine.wanted, changes, threads);

  std::vector<std::vector<std::pair<double, Linchpin>>> pins(all.size());
  for (std::size_t i = 0; i < doubts.size(); ++i) {
    if (changes[i].empty() || then[i].empty()) continue;
    const Doubt& d = doubts[i];
    if (i < n) {
      add_differences(all, then[i], casefile::ReportId{engine.model.evidence[i].report}, belief);
    } else if (d.kind == "source" && d.change == "struck") {
      add_source(all, then[i], *casefile::find(engine.given().sources, d.id), belief);
    }
    for (std::size_t h = 0; h < all.size(); ++h) {
      auto pin = linchpin(d, belief.hypotheses[h], then[i][h]);
      if (!pin) continue;
      const auto leading = belief.hypotheses[h].leading;
      pins[h].emplace_back(std::fabs(then[i][h][leading] - all[h][leading]), std::move(*pin));
    }
  }
  for (std::size_t h = 0; h < all.size(); ++h) sort_pins(belief.hypotheses[h], pins[h]);
}

}  // namespace casus::intel
