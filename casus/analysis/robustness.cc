// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"

namespace casus::analysis {
namespace {

/// Share of futures in which every requirement holds. Without any: in which the option is worth at
/// least what the first option is on average.
double share_met(const casefile::Case& given, const ensemble::Futures& futures,
                 const ValueTable& table, std::size_t option, double required) {
  std::size_t good = 0;
  for (std::size_t f = 0; f < futures.futures; ++f) {
    const bool enough = given.requirements.empty() ? table.of(option)[f] >= required
                                                   : meets(given, futures, option, f);
    good += enough ? 1 : 0;
  }
  return static_cast<double>(good) / static_cast<double>(futures.futures);
}

double tail(std::vector<double> x, double level) {
  std::sort(x.begin(), x.end());
  return quantile(x, level);
}

/// How far the expected value moves when every influential number moves one standard deviation in
/// the worst direction together.
double steepness(const casefile::Values& values, const Influence& moved, std::size_t option,
                 std::size_t measures) {
  const std::size_t chosen = moved.knobs.size();
  double squares = 0.0;
  for (std::size_t s = 0; s < chosen; ++s) {
    double slope = 0.0;
    for (const casefile::Worth& w : values.worth) {
      slope += w.worth / w.per * moved.slope[(option * measures + w.measure) * chosen + s];
    }
    squares += slope * slope;
  }
  return std::sqrt(squares);
}

/// Areas in which one distribution function lies over the other, and the least integral of their
/// difference from below.
struct Areas {
  double ahead = 0.0, behind = 0.0;  ///< of `a` over `b`
  double least = 0.0;                ///< min over x of the integral of F_b - F_a up to x
};

Areas areas(const std::vector<double>& a, const std::vector<double>& b) {
  Areas s;
  std::size_t i = 0, j = 0;
  double sum = 0.0;
  const double n = static_cast<double>(a.size());
  double x = std::min(a.front(), b.front());
  while (i < a.size() || j < b.size()) {
    const double next = j == b.size() || (i < a.size() && a[i] <= b[j]) ? a[i] : b[j];
    const double gap = (static_cast<double>(j) - static_cast<double>(i)) / n;
    const double part = gap * (next - x);
    (part >= 0.0 ? s.ahead : s.behind) += std::abs(part);
    sum += part;
    s.least = std::min(s.least, sum);
    x = next;
    while (i < a.size() && a[i] == x) ++i;
    while (j < b.size() && b[j] == x) ++j;
  }
  return s;
}

/// Is `a` as good as `b` by every number, and better by one beyond two errors?
bool beats(const std::vector<PairedDifference>& d) {
  bool better = false;
  for (const PairedDifference& x : d) {
    if (x.mean < 0.0) return false;
    better = better || x.mean > 2.0 * x.error;
  }
  return better;
}

PairedDifference paired(std::span<const double> a, std::span<const double> b,
                        std::span<const std::uint32_t> group) {
  std::vector<double> d(a.size());
  for (std::size_t f = 0; f < d.size(); ++f) d[f] = a[f] - b[f];
  const MeanError e = mean_error(d, group);
  PairedDifference p;
  p.mean = e.mean;
  p.error = e.error;
  return p;
}

}  // namespace

bool meets(const casefile::Case& given, const ensemble::Futures& futures, std::size_t option,
           std::size_t future) {
  return std::ranges::all_of(given.requirements, [&](const casefile::Requirement& r) {
    const auto value = static_cast<double>(futures.outcome_at(option, future, r.measure));
    return r.at_most ? value <= r.bound : value >= r.bound;
  });
}

void fill_robustness(Comparison& comparison, const casefile::Case& given,
                     const ensemble::Futures& futures, const ValueTable& table,
                     const Influence& moved) {
  const casefile::Values& values = deciding_values(given);
  comparison.required_value = comparison.options[0].value;
  for (std::size_t o = 0; o < table.options; ++o) {
    Robustness& r = comparison.options[o].robustness;
    const auto own = table.of(o);
    std::vector<double> short_of_mean(own.size()), short_of_best(own.size());
    for (std::size_t f = 0; f < own.size(); ++f) {
      double best = own[f];
      for (std::size_t k = 0; k < table.options; ++k) best = std::max(best, table.of(k)[f]);
      short_of_best[f] = best - own[f];
      short_of_mean[f] = std::max(0.0, comparison.options[o].value - own[f]);
    }
    r.regret_1 = tail(std::move(short_of_mean), 0.9);
    r.regret_2 = tail(std::move(short_of_best), 0.9);
    r.satisficing_1 = share_met(given, futures, table, o, comparison.required_value);
    const double spare = comparison.options[o].value - comparison.required_value;
    const double slope = steepness(values, moved, o, futures.measures.size());
    r.satisficing_2 =
        spare <= 0.0 ? 0.0 : (slope * farthest_horizon <= spare ? farthest_horizon : spare / slope);
  }
}

std::vector<Dominance> dominances(const ValueTable& table) {
  std::vector<std::vector<double>> sorted;
  for (std::size_t o = 0; o < table.options; ++o) {
    sorted.emplace_back(table.of(o).begin(), table.of(o).end());
    std::sort(sorted.back().begin(), sorted.back().end());
  }
  std::vector<Dominance> all;
  for (std::size_t a = 0; a < table.options; ++a) {
    for (std::size_t b = 0; b < table.options; ++b) {
      if (a == b) continue;
      const Areas s = areas(sorted[a], sorted[b]);
      const double total = s.ahead + s.behind;
      if (total <= 0.0) continue;
      const double violation = s.behind / total;
      const double tolerance = 1e-9 * total;
      if (violation <= almost_dominant) {
        all.push_back({a, b, 1, violation});
      } else if (s.least >= -tolerance && s.ahead > s.behind) {
        all.push_back({a, b, 2, violation});
      }
    }
  }
  return all;
}

void fill_fronts(Comparison& comparison, const casefile::Case& given,
                 const ensemble::Futures& futures) {
  std::vector<ValueTable> goals;  // one a measure that the decision maker weighs
  const casefile::Values& values = deciding_values(given);
  for (const casefile::Worth& w : values.worth) {
    casefile::Values one;
    one.worth = {w};
    goals.push_back(value_table(one, futures));
  }
  std::vector<ValueTable> actors;
  for (const casefile::Values& v : given.values) actors.push_back(value_table(v, futures));
  const auto on_front = [](const std::vector<ValueTable>& by, std::size_t option) {
    for (std::size_t rival = 0; rival < by.front().options; ++rival) {
      if (rival == option) continue;
      std::vector<PairedDifference> d;
      for (const ValueTable& t : by) d.push_back(paired(t.of(rival), t.of(option), t.group));
      if (beats(d)) return false;
    }
    return true;
  };
  for (std::size_t o = 0; o < comparison.options.size(); ++o) {
    comparison.options[o].pareto = goals.empty() || on_front(goals, o);
    comparison.options[o].pareto_actors = actors.empty() || on_front(actors, o);
  }
}

}  // namespace casus::analysis
