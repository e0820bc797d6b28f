// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace {

constexpr std::size_t block_count = 10;  // for the jackknife
constexpr double rounding = 1e-9;        // of the values: what sums may be off by
constexpr std::uint32_t shuffles = 20;   // of the truths, for what chance alone would give

/// Values, by option and state of one hypothesis, summed over blocks of futures.
struct StateSums {
  std::size_t options = 0, states = 0;
  std::vector<double> sum;    ///< [block][option][state]
  std::vector<double> count;  ///< [block][state]
};

StateSums sums_by_state(const ValueTable& table, const std::vector<std::uint32_t>& truth,
                        std::size_t states) {
  StateSums s{table.options, states, {}, {}};
  s.sum.assign(block_count * table.options * states, 0.0);
  s.count.assign(block_count * states, 0.0);
  for (std::size_t f = 0; f < table.futures; ++f) {
    const std::size_t block = (table.group.empty() ? f : table.group[f]) % block_count;
    s.count[block * states + truth[f]] += 1.0;
    for (std::size_t o = 0; o < table.options; ++o) {
      s.sum[(block * table.options + o) * states + truth[f]] += table.of(o)[f];
    }
  }
  return s;
}

/// max over options of expected value after the sign, less the same before; block `left_out` (if
/// below block_count) is not counted.
double sample_value(const StateSums& s, const std::vector<double>& likelihood,
                    std::size_t left_out) {
  std::vector<double> sum(s.options * s.states, 0.0), count(s.states, 0.0);
  double n = 0.0;
  for (std::size_t b = 0; b < block_count; ++b) {
    if (b == left_out) continue;
    for (std::size_t x = 0; x < s.states; ++x) {
      count[x] += s.count[b * s.states + x];
      n += s.count[b * s.states + x];
    }
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += s.sum[b * sum.size() + i];
  }
  const auto best = [&](const double* weight) {
    double most = 0.0;
    for (std::size_t o = 0; o < s.options; ++o) {
      double v = 0.0;
      for (std::size_t x = 0; x < s.states; ++x) {
        v += (weight != nullptr ? weight[x] : 1.0) * sum[o * s.states + x];
      }
      most = o == 0 ? v : std::max(most, v);
    }
    return most / n;
  };
  double after = 0.0;
  for (std::size_t z = 0; z * s.states < likelihood.size(); ++z) {
    after += best(likelihood.data() + z * s.states);
  }
  return after - best(nullptr);
}

std::vector<std::uint32_t> shuffled(const std::vector<std::uint32_t>& truth, const Draws& draws,
                                    std::uint32_t index) {
  static constexpr Stream stream("weigh.shuffle");
  std::vector<std::pair<double, std::uint32_t>> key(truth.size());
  for (std::size_t f = 0; f < key.size(); ++f) {
    key[f] = {draws.uniform(stream, static_cast<std::uint32_t>(f), index, 0), truth[f]};
  }
  std::sort(key.begin(), key.end());
  std::vector<std::uint32_t> other(truth.size());
  for (std::size_t f = 0; f < key.size(); ++f) other[f] = key[f].second;
  return other;
}

}  // namespace

std::pair<double, double> sign_value(const ValueTable& table,
                                     const std::vector<std::uint32_t>& state, std::size_t states,
                                     const std::vector<double>& likelihood, std::uint64_t seed) {
  const Draws draws(seed);
  const StateSums sums = sums_by_state(table, state, states);
  const double raw = sample_value(sums, likelihood, block_count);
  const MeanError spread = mean_error(table.of(0));
  if (raw <= rounding * (std::abs(spread.mean) + spread.deviation)) return {0.0, 0.0};
  double chance = 0.0;
  for (std::uint32_t i = 0; i < shuffles; ++i) {
    const StateSums s = sums_by_state(table, shuffled(state, draws, i), states);
    chance += sample_value(s, likelihood, block_count) / shuffles;
  }
  std::vector<double> left_out(block_count);
  for (std::size_t b = 0; b < block_count; ++b) left_out[b] = sample_value(sums, likelihood, b);
  const double blocks = static_cast<double>(block_count);
  return {std::max(0.0, raw - chance),
          mean_error(left_out).deviation * (blocks - 1.0) / std::sqrt(blocks)};
}

std::vector<DecisionValue> collection_values(const intel::Belief& belief,
                                             const ensemble::Futures& futures,
                                             const ValueTable& table, std::uint64_t seed,
                                             Going& going) {
  std::vector<std::pair<double, DecisionValue>> all;  // what an hour is worth
  std::vector<DecisionValue> out;
  const std::size_t n = belief.hypotheses.size();
  if (futures.truth.size() != n * futures.futures) return out;
  going.part("valuing what could be learnt", "tasks", belief.collection.size());
  for (const intel::CollectionTask& task : belief.collection) {
    going.done_one();
    if (!task.hypothesis || task.likelihood.empty()) continue;
    const std::size_t states = belief.hypotheses[*task.hypothesis].states.size();
    std::vector<std::uint32_t> truth(futures.futures);
    bool sound = task.likelihood.size() % states == 0;
    for (std::size_t f = 0; f < truth.size(); ++f) {
      truth[f] = futures.truth[f * n + *task.hypothesis];
      sound = sound && truth[f] < states;
    }
    if (!sound) continue;
    std::vector<double> certain(states * states, 0.0);
    for (std::size_t x = 0; x < states; ++x) certain[x * states + x] = 1.0;
    DecisionValue value{task.task};
    std::tie(value.decision_value, value.error) =
        sign_value(table, truth, states, task.likelihood, seed);
    value.perfect = sign_value(table, truth, states, certain, seed).first;
    const double an_hour = value.decision_value / std::max(task.cost, 1e-9);
    all.emplace_back(an_hour, std::move(value));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [an_hour, value] : all) out.push_back(std::move(value));
  return out;
}

}  // namespace casus::analysis
