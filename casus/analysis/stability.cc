// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace {

constexpr std::size_t most_knobs = 12;

std::vector<double> knob_column(const ensemble::Futures& futures, std::size_t knob) {
  std::vector<double> x(futures.futures);
  const std::size_t n = futures.knobs.size();
  for (std::size_t f = 0; f < x.size(); ++f) x[f] = futures.knob[f * n + knob];
  return x;
}

/// |t| of a correlation r over n pairs.
double t_of(double r, double n) {
  return std::abs(r) * std::sqrt((n - 2.0) / std::max(1e-12, 1.0 - r * r));
}

/// One draw of everything unsourced: worths by measure and a row of knob scores.
struct Draw {
  std::vector<double> weight;  ///< by measure
  std::vector<double> score;   ///< by chosen knob
};

std::vector<double> base_weights(const casefile::Values& values, std::size_t measures) {
  std::vector<double> w(measures, 0.0);
  for (const casefile::Worth& k : values.worth) w[k.measure] += k.worth / k.per;
  return w;
}

Draw draw_numbers(const casefile::Values& values, const Influence& moved,
                  const ensemble::Futures& futures, const Draws& draws, std::uint32_t index) {
  static constexpr Stream worth("weigh.worth");
  static constexpr Stream row("weigh.numbers");
  Draw d;
  d.weight.assign(futures.measures.size(), 0.0);
  for (const casefile::Worth& k : values.worth) {
    const std::uint32_t entity = fold(key_of(futures.measures[k.measure]));
    const double z = draws.normal(worth, index, 0, entity);
    d.weight[k.measure] += k.worth / k.per * exp(k.sd * z);
  }
  const double u = draws.uniform(row, index, 0, 0);
  const auto f = static_cast<std::size_t>(u * static_cast<double>(futures.futures));
  for (const auto& s : moved.scores) d.score.push_back(s[std::min(f, futures.futures - 1)]);
  return d;
}

/// Expected value of every option under given weights and knob scores.
std::vector<double> values_under(const Comparison& comparison, const Influence& moved,
                                 const std::vector<double>& weight,
                                 const std::vector<double>& score) {
  const std::size_t measures = weight.size();
  const std::size_t chosen = moved.knobs.size();
  std::vector<double> value(comparison.options.size(), 0.0);
  for (std::size_t o = 0; o < value.size(); ++o) {
    for (std::size_t m = 0; m < measures; ++m) {
      if (weight[m] == 0.0) continue;
      double expected = comparison.options[o].outcomes[m].mean;
      for (std::size_t s = 0; s < chosen && !score.empty(); ++s) {
        expected += moved.slope[(o * measures + m) * chosen + s] * score[s];
      }
      value[o] += weight[m] * expected;
    }
  }
  return value;
}

/// Shares of draws in which each option leads each other: [a][b] = share with a ahead of b.
struct Ahead {
  explicit Ahead(std::size_t n) : options(n), count(n * n, 0.0) {}
  std::size_t options;
  std::vector<double> count;
  void add(const std::vector<double>& value) {
    for (std::size_t a = 0; a < options; ++a) {
      for (std::size_t b = 0; b < options; ++b) {
        if (value[a] > value[b]) count[a * options + b] += 1.0;
      }
    }
  }
};

/// Ranks of one draw, 1 = best; ties keep the order of the case.
std::vector<double> draw_ranks(const std::vector<double>& value) {
  std::vector<std::size_t> order(value.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return value[a] > value[b]; });
  std::vector<double> rank(value.size());
  for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<double>(i + 1);
  return rank;
}

void fill_stability(Comparison& comparison, const std::vector<std::vector<double>>& rank) {
  const double draws = static_cast<double>(comparison.draws);
  for (std::size_t o = 0; o < comparison.options.size(); ++o) {
    std::vector<double> own = rank[o];
    Stability& s = comparison.options[o].stability;
    for (const double r : own) {
      s.mean_rank += r;
      s.p_best += r == 1.0 ? 1.0 : 0.0;
    }
    s.p_best /= draws;
    s.mean_rank /= draws;
    std::sort(own.begin(), own.end());
    s.rank_low = quantile(own, 0.05);
    s.rank_high = quantile(own, 0.95);
  }
}

double errors_apart(const OptionResult& better, std::size_t worse) {
  for (const PairedDifference& d : better.difference_to) {
    if (d.other != worse) continue;
    return d.error > 0.0 ? d.mean / d.error : (d.mean > 0.0 ? 1e9 : 0.0);
  }
  return 0.0;
}

void fill_pairs(Comparison& comparison, const Ahead& both, const Ahead& worths,
                const Ahead& numbers) {
  const double draws = static_cast<double>(comparison.draws);
  const std::size_t n = comparison.options.size();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      Undecided u;
      u.better = comparison.ranking[i];
      u.worse = comparison.ranking[j];
      const std::size_t cell = u.worse * n + u.better;
      u.p_flip = both.count[cell] / draws;
      u.p_flip_worths = worths.count[cell] / draws;
      u.p_flip_numbers = numbers.count[cell] / draws;
      u.standard_errors = errors_apart(comparison.options[u.better], u.worse);
      if (u.p_flip <= comparison.flip_limit && u.standard_errors >= 2.0) continue;
      comparison.undecided_pairs.push_back(u);
      if (i == 0) comparison.undecided = true;
    }
  }
}

/// Slopes of every measure of every option on the chosen knobs together, by least squares.
void regress(const ensemble::Futures& futures, Influence& moved) {
  const std::size_t options = futures.options.size();
  const std::size_t s = moved.knobs.size();
  const std::size_t measures = futures.measures.size();
  moved.slope.assign(options * measures * s, 0.0);
  if (s == 0) return;
  std::vector<double> gram(s * s, 0.0);
  for (std::size_t a = 0; a < s; ++a) {
    for (std::size_t b = 0; b < s; ++b) {
      for (std::size_t f = 0; f < futures.futures; ++f) {
        gram[a * s + b] += moved.scores[a][f] * moved.scores[b][f];
      }
    }
  }
  const std::size_t columns = options * measures;
  std::vector<double> right(s * columns, 0.0);
  for (std::size_t a = 0; a < s; ++a) {
    for (std::size_t c = 0; c < columns; ++c) {
      double sum = 0.0;
      for (std::size_t f = 0; f < futures.futures; ++f) {
        sum += moved.scores[a][f] *
               static_cast<double>(futures.outcome_at(c / measures, f, c % measures));
      }
      right[a * columns + c] = sum;
    }
  }
  solve_symmetric(gram, right, s, columns);
  for (std::size_t c = 0; c < columns; ++c) {
    for (std::size_t a = 0; a < s; ++a) moved.slope[c * s + a] = right[a * columns + c];
  }
}

}  // namespace

Influence influence(const ensemble::Futures& futures, const ValueTable& table, std::size_t best) {
  const double n = points_of(futures);
  std::vector<std::vector<double>> lead;
  for (std::size_t o = 0; o < table.options; ++o) {
    if (o == best) continue;
    std::vector<double> d(table.futures);
    for (std::size_t f = 0; f < d.size(); ++f) d[f] = table.of(best)[f] - table.of(o)[f];
    lead.push_back(std::move(d));
  }
  const double tests =
      static_cast<double>(lead.size() * std::max<std::size_t>(1, futures.knobs.size()));
  const double limit = normal_quantile(1.0 - 0.025 / tests);
  std::vector<std::pair<double, std::size_t>> strong;
  std::vector<std::vector<double>> score(futures.knobs.size());
  for (std::size_t k = 0; k < futures.knobs.size() && table.futures > 20; ++k) {
    score[k] = normal_scores(knob_column(futures, k));
    double t = 0.0;
    for (const auto& d : lead) t = std::max(t, t_of(correlation(score[k], d), n));
    if (t > limit) strong.emplace_back(-t, k);
  }
  std::sort(strong.begin(), strong.end());
  if (strong.size() > most_knobs) strong.resize(most_knobs);

  Influence moved;
  for (const auto& entry : strong) {
    moved.knobs.push_back(entry.second);
    moved.scores.push_back(std::move(score[entry.second]));
  }
  regress(futures, moved);
  return moved;
}

void test_stability(Comparison& comparison, const casefile::Values& values,
                    const ensemble::Futures& futures, const Influence& moved,
                    const WeighOptions& options, Going& going) {
  CASUS_CHECK(options.draws >= 1);
  const std::size_t n = comparison.options.size();
  comparison.draws = options.draws;
  comparison.flip_limit = options.flip_limit;
  const std::vector<double> base = base_weights(values, futures.measures.size());
  const Draws draws(options.seed);
  Ahead both(n), worths(n), numbers(n);
  std::vector<std::vector<double>> rank(n);
  for (std::size_t d = 0; d < options.draws; ++d) {
    const Draw draw = draw_numbers(values, moved, futures, draws, static_cast<std::uint32_t>(d));
    const std::vector<double> value = values_under(comparison, moved, draw.weight, draw.score);
    both.add(value);
    worths.add(values_under(comparison, moved, draw.weight, {}));
    numbers.add(values_under(comparison, moved, base, draw.score));
    const std::vector<double> r = draw_ranks(value);
    for (std::size_t o = 0; o < n; ++o) rank[o].push_back(r[o]);
    going.done_one();
  }
  fill_stability(comparison, rank);
  fill_pairs(comparison, both, worths, numbers);
}

}  // namespace casus::analysis
