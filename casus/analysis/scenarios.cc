// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"

namespace casus::analysis {
namespace {

constexpr std::size_t fewest = 40;  ///< futures of interest that a search needs

/// Futures in which the option fails a requirement; without requirements, in which it is worth less
/// than the first option is on average and belongs to its own worst fifth.
std::vector<std::uint8_t> falling_short(const Comparison& comparison, const casefile::Case& given,
                                        const ensemble::Futures& futures, const ValueTable& table,
                                        std::size_t option) {
  const auto own = table.of(option);
  std::vector<double> sorted(own.begin(), own.end());
  std::sort(sorted.begin(), sorted.end());
  const double bad = std::min(comparison.required_value, quantile(sorted, 0.2));
  std::vector<std::uint8_t> fails(own.size());
  for (std::size_t f = 0; f < own.size(); ++f) {
    fails[f] = given.requirements.empty() ? own[f] <= bad : !meets(given, futures, option, f);
  }
  return fails;
}

void search(Scenario (*method)(const Inputs&, std::span<const std::uint8_t>,
                               const DiscoveryOptions&),
            const Inputs& inputs, const std::vector<std::uint8_t>& interest, const char* of,
            std::size_t option, std::uint64_t seed, std::vector<Scenario>& all) {
  const std::size_t hits = std::accumulate(interest.begin(), interest.end(), std::size_t{0});
  if (hits < fewest || interest.size() - hits < fewest) return;
  DiscoveryOptions how;
  how.seed = seed;
  Scenario s = method(inputs, interest, how);
  if (s.density <= s.base_rate) s.bounds.clear();  // nothing that holds on unseen futures
  s.of = of;
  s.option = option;
  all.push_back(std::move(s));
}

}  // namespace

std::vector<Scenario> scenarios(const Comparison& comparison, const casefile::Case& given,
                                const Inputs& inputs, const ensemble::Futures& futures,
                                const ValueTable& table, std::uint64_t seed, Going& going) {
  going.part("finding where the leader fails", "searches", 4);
  std::vector<Scenario> all;
  const std::size_t leader = comparison.ranking[0];
  const std::size_t second = comparison.ranking[1];
  const auto fails = falling_short(comparison, given, futures, table, leader);
  std::vector<std::uint8_t> beaten(futures.futures);
  for (std::size_t f = 0; f < beaten.size(); ++f) {
    beaten[f] = table.of(second)[f] > table.of(leader)[f] ? 1 : 0;
  }
  for (const auto method : {&prim, &cart}) {
    search(method, inputs, fails, "falls_short", leader, seed, all);
    going.done_one();
    search(method, inputs, beaten, "second_better", leader, seed, all);
    going.done_one();
  }
  return all;
}

}  // namespace casus::analysis
