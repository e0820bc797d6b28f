// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"
#include "casus/base/parallel.h"

namespace casus::analysis {
namespace {

constexpr std::size_t bin_count = 24;

std::vector<double> column(const ensemble::Futures& futures, std::size_t option,
                           std::size_t measure) {
  std::vector<double> x(futures.futures);
  for (std::size_t f = 0; f < x.size(); ++f) x[f] = futures.outcome_at(option, f, measure);
  return x;
}

/// Ends of the histogram: 0.5 % and 99.5 % of all options' futures together, so that a stray future
/// does not flatten the picture; what lies outside counts in the outer bins.
std::pair<double, double> ends(const ensemble::Futures& futures, std::size_t measure) {
  std::vector<double> all;
  all.reserve(futures.options.size() * futures.futures);
  for (std::size_t o = 0; o < futures.options.size(); ++o) {
    for (std::size_t f = 0; f < futures.futures; ++f) {
      all.push_back(futures.outcome_at(o, f, measure));
    }
  }
  std::sort(all.begin(), all.end());
  double low = quantile(all, 0.005);
  double high = quantile(all, 0.995);
  if (high <= low) {
    low = all.front();
    high = all.back() > low ? all.back() : low + 1.0;
  }
  return {low, high};
}

std::vector<double> histogram(std::span<const double> x, double low, double high) {
  std::vector<double> bins(bin_count, 0.0);
  for (const double v : x) {
    const double share = std::clamp((v - low) / (high - low), 0.0, 1.0);
    const auto bin = static_cast<std::size_t>(share * static_cast<double>(bin_count));
    bins[std::min(bin, bin_count - 1)] += 1.0;
  }
  for (double& b : bins) b /= static_cast<double>(x.size());
  return bins;
}

OutcomeSummary summary_of(const std::vector<double>& x, std::span<const std::uint32_t> group,
                          std::size_t measure, double low, double high) {
  OutcomeSummary s;
  s.measure = measure;
  const MeanError e = mean_error(x, group);
  s.mean = e.mean;
  s.error = e.error;
  s.low = low;
  s.high = high;
  s.bins = histogram(x, low, high);
  std::vector<double> sorted = x;
  std::sort(sorted.begin(), sorted.end());
  constexpr double levels[] = {0.05, 0.25, 0.50, 0.75, 0.95};
  double* const told[] = {&s.q05, &s.q25, &s.q50, &s.q75, &s.q95};
  for (std::size_t i = 0; i < 5; ++i) {
    *told[i] = quantile(sorted, levels[i]);
    s.quantile_errors[i] = quantile_error(x, sorted, levels[i], group);
  }
  return s;
}

}  // namespace

std::vector<std::uint32_t> groups_of(const ensemble::Futures& futures) {
  if (futures.sampling.independent()) return {};
  std::vector<std::uint32_t> group(futures.futures);
  for (std::size_t f = 0; f < group.size(); ++f) {
    group[f] = static_cast<std::uint32_t>(futures.sampling.group(f));
  }
  return group;
}

double points_of(const ensemble::Futures& futures) {
  return static_cast<double>(futures.futures) / static_cast<double>(futures.sampling.noises);
}

ValueTable value_table(const casefile::Values& values, const ensemble::Futures& futures) {
  ValueTable table{futures.options.size(), futures.futures, {}, groups_of(futures)};
  table.value.assign(table.options * table.futures, 0.0);
  for (std::size_t o = 0; o < table.options; ++o) {
    for (const casefile::Worth& w : values.worth) {
      CASUS_CHECK(w.measure < futures.measures.size());
      const double weight = w.worth / w.per;
      double* row = table.value.data() + o * table.futures;
      for (std::size_t f = 0; f < table.futures; ++f) {
        row[f] += weight * static_cast<double>(futures.outcome_at(o, f, w.measure));
      }
    }
  }
  return table;
}

const casefile::Values& deciding_values(const casefile::Case& given) {
  for (const casefile::Values& v : given.values) {
    if (v.actor == given.decision_maker) return v;
  }
  const std::string who =
      given.actors.empty() ? std::string("nobody") : given.actors[given.decision_maker].id;
  throw ModelError("options.yaml gives no values for the decision maker '" + who + "'");
}

std::vector<std::vector<OutcomeSummary>> summarise(const ensemble::Futures& futures,
                                                   std::size_t threads, Going& going) {
  std::vector<std::vector<OutcomeSummary>> all(
      futures.options.size(), std::vector<OutcomeSummary>(futures.measures.size()));
  const std::vector<std::uint32_t> group = groups_of(futures);
  parallel_for(futures.measures.size(), threads, [&](std::size_t m) {
    const auto range = ends(futures, m);
    for (std::size_t o = 0; o < futures.options.size(); ++o) {
      all[o][m] = summary_of(column(futures, o, m), group, m, range.first, range.second);
    }
    going.done_one();
  });
  return all;
}

std::vector<PairedDifference> differences(const ValueTable& table, std::size_t option) {
  std::vector<PairedDifference> all;
  const auto own = table.of(option);
  const MeanError own_error = mean_error(own, table.group);
  for (std::size_t o = 0; o < table.options; ++o) {
    if (o == option) continue;
    const auto other = table.of(o);
    std::vector<double> d(table.futures);
    std::size_t better = 0;
    for (std::size_t f = 0; f < d.size(); ++f) {
      d[f] = own[f] - other[f];
      better += d[f] > 0.0 ? 1 : 0;
    }
    const MeanError paired = mean_error(d, table.group);
    const MeanError other_error = mean_error(other, table.group);
    PairedDifference p;
    p.other = o;
    p.mean = paired.mean;
    p.error = paired.error;
    p.unpaired_error = std::hypot(own_error.error, other_error.error);
    p.share_better = static_cast<double>(better) / static_cast<double>(d.size());
    all.push_back(p);
  }
  return all;
}

Regret regret(const ValueTable& table, std::size_t option) {
  std::vector<double> r(table.futures, 0.0);
  const auto own = table.of(option);
  for (std::size_t f = 0; f < r.size(); ++f) {
    double best = own[f];
    for (std::size_t o = 0; o < table.options; ++o) best = std::max(best, table.of(o)[f]);
    r[f] = best - own[f];
  }
  const MeanError e = mean_error(r, table.group);
  std::vector<double> sorted = r;
  std::sort(sorted.begin(), sorted.end());
  return {e.mean, e.error, quantile(sorted, 0.95), quantile_error(r, sorted, 0.95, table.group),
          sorted.back()};
}

std::vector<std::size_t> ranking(const std::vector<OptionResult>& options) {
  std::vector<std::size_t> order(options.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return options[a].value > options[b].value;
  });
  return order;
}

std::size_t futures_enough(const Comparison& comparison) {
  const std::size_t best = comparison.ranking[0];
  const std::size_t second = comparison.ranking[1];
  for (const PairedDifference& d : comparison.options[best].difference_to) {
    if (d.other != second) continue;
    const double root = std::sqrt(static_cast<double>(comparison.futures));
    const double needed = d.mean > 0.0 ? 2.0 * d.error * root / d.mean : 1e9;
    return static_cast<std::size_t>(std::ceil(std::min(std::max(needed * needed, 2.0), 1e12)));
  }
  return 0;
}

}  // namespace casus::analysis
