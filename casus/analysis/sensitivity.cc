// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"

namespace casus::analysis {
namespace {

constexpr std::size_t most_told = 12;
constexpr std::size_t blocks = 20;

/// Class of every future by one input: equal counts by rank, or one class a value where they are
/// few.
std::vector<std::size_t> classes_of(const std::vector<double>& x, std::size_t wanted) {
  std::vector<double> values = x;
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  std::vector<std::size_t> cls(x.size());
  if (values.size() <= wanted) {
    for (std::size_t f = 0; f < x.size(); ++f) {
      cls[f] = static_cast<std::size_t>(std::lower_bound(values.begin(), values.end(), x[f]) -
                                        values.begin());
    }
    return cls;
  }
  std::vector<std::size_t> order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  for (std::size_t i = 0; i < order.size(); ++i) cls[order[i]] = i * wanted / order.size();
  return cls;
}

/// Share of the variance of y between classes, freed of what luck alone puts there.
double between(const std::vector<std::size_t>& cls, std::span<const double> y, std::size_t wanted,
               std::span<const std::uint32_t> group, std::size_t block) {
  std::vector<double> sum(wanted, 0.0), count(wanted, 0.0);
  double all = 0.0, squares = 0.0, n = 0.0;
  for (std::size_t f = 0; f < y.size(); ++f) {
    if ((group.empty() ? f : group[f]) % blocks == block) continue;
    sum[cls[f]] += y[f];
    count[cls[f]] += 1.0;
    all += y[f];
    squares += y[f] * y[f];
    n += 1.0;
  }
  const double total = squares - all * all / n;
  if (total <= 1e-12 * std::max(1.0, squares)) return 0.0;
  double explained = -all * all / n;
  double used = 0.0;
  for (std::size_t c = 0; c < wanted; ++c) {
    if (count[c] <= 0.0) continue;
    explained += sum[c] * sum[c] / count[c];
    used += 1.0;
  }
  const double by_luck = (used - 1.0) / (n - 1.0);
  return (explained / total - by_luck) / (1.0 - by_luck);
}

}  // namespace

Sensitivity first_order(const std::string& name, const std::vector<double>& x,
                        std::span<const double> y, std::span<const std::uint32_t> group) {
  const auto wanted =
      static_cast<std::size_t>(std::clamp(std::cbrt(static_cast<double>(y.size())), 4.0, 32.0));
  const std::vector<std::size_t> cls = classes_of(x, wanted);
  Sensitivity s;
  s.input = name;
  s.first_order = between(cls, y, wanted, group, blocks);
  const std::size_t left_out =
      group.empty() ? blocks : std::min<std::size_t>(blocks, std::ranges::max(group) + 1U);
  const double n = static_cast<double>(left_out);
  double mean = 0.0, squares = 0.0;
  for (std::size_t b = 0; b < left_out; ++b) {
    const double part = between(cls, y, wanted, group, b);
    mean += part / n;
    squares += part * part;
  }
  s.error = std::sqrt(std::max(0.0, (n - 1.0) / n * (squares - n * mean * mean)));
  s.direction = rank_correlation(x, y);
  return s;
}

std::vector<Sensitivity> sensitivities(const Comparison& comparison, const Inputs& inputs,
                                       const ValueTable& table, Going& going) {
  going.part("finding what moves the value", "inputs", 2 * inputs.names.size());
  const auto best = table.of(comparison.ranking[0]);
  const auto second = table.of(comparison.ranking[1]);
  std::vector<double> lead(best.size());
  for (std::size_t f = 0; f < lead.size(); ++f) lead[f] = best[f] - second[f];
  std::vector<Sensitivity> all;
  for (const bool of_lead : {false, true}) {
    std::vector<Sensitivity> found;
    for (std::size_t i = 0; i < inputs.names.size(); ++i) {
      Sensitivity s = first_order(inputs.names[i], inputs.columns[i],
                                  of_lead ? std::span<const double>(lead) : best, table.group);
      s.of = of_lead ? "lead" : "value";
      if (s.first_order > 2.0 * s.error) found.push_back(std::move(s));
      going.done_one();
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first_order > b.first_order; });
    if (found.size() > most_told) found.resize(most_told);
    for (Sensitivity& s : found) all.push_back(std::move(s));
  }
  return all;
}

}  // namespace casus::analysis
