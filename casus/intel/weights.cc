// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/weights.h"

#include <algorithm>
#include <cmath>

#include "casus/base/numeric.h"
#include "casus/base/parallel.h"

namespace casus::intel {
namespace {

constexpr double least_weight = 1e-3;  // dB
constexpr double most_weight = 200.0;  // dB, where a report makes a state certain or impossible

double odds_in_decibans(double p) {
  const double q = 1.0 - p;
  if (p <= 0.0) return -most_weight;
  if (q <= 0.0) return most_weight;
  return std::clamp(decibans(p / q), -most_weight, most_weight);
}

}  // namespace

void add_weights(const Engine& engine, const Posteriors& all, std::size_t threads, Belief& belief) {
  const std::size_t n = engine.model.evidence.size();
  std::vector<Engine::Removal> removals(n);
  parallel_for(n, threads, [&](std::size_t i) {
    if (engine.used[i]) removals[i] = engine.without({i});
  });
  std::vector<Change> changes;
  changes.reserve(n);
  for (const auto& r : removals) changes.push_back(r.change);
  const Answers without = marginals_under(*engine.calibration, engine.wanted, changes, threads);
  for (std::size_t i = 0; i < n; ++i) {
    if (!engine.used[i] || without[i].empty()) continue;
    for (std::size_t h = 0; h < all.size(); ++h) {
      for (std::uint32_t s = 0; s < all[h].size(); ++s) {
        const double db = odds_in_decibans(all[h][s]) - odds_in_decibans(without[i][h][s]);
        if (std::fabs(db) <= least_weight) continue;
        belief.hypotheses[h].weights.push_back(
            {casefile::ReportId{engine.model.evidence[i].report}, s, db});
      }
    }
  }
}

}  // namespace casus::intel
