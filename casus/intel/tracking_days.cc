// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/tracking_days.h"

#include <algorithm>
#include <array>

namespace casus::intel {
namespace {

using casefile::Case;

// Two marginals joined as evenly as front <= total allows.
std::vector<double> joined(const Case& given, const CountedPair& pair,
                           const std::vector<double>& total, const std::vector<double>& front) {
  const auto& a = given.hypotheses[pair.total].states;
  const auto& b = given.hypotheses[*pair.front].states;
  std::vector<double> out(a.size() * b.size(), 0.0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (!a[i].high || b[j].low <= *a[i].high) out[i * b.size() + j] = 1.0;
    }
  }
  constexpr int rounds = 60;
  for (int r = 0; r < rounds; ++r) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < b.size(); ++j) sum += out[i * b.size() + j];
      for (std::size_t j = 0; j < b.size() && sum > 0.0; ++j)
        out[i * b.size() + j] *= total[i] / sum;
    }
    for (std::size_t j = 0; j < b.size(); ++j) {
      double sum = 0.0;
      for (std::size_t i = 0; i < a.size(); ++i) sum += out[i * b.size() + j];
      for (std::size_t i = 0; i < a.size() && sum > 0.0; ++i)
        out[i * b.size() + j] *= front[j] / sum;
    }
  }
  return out;
}

std::vector<Variable> scope_of(const CountedPair& pair) {
  if (!pair.front) return {pair.total};
  return {std::min(pair.total, *pair.front), std::max(pair.total, *pair.front)};
}

std::vector<double> joint_of(const Case& given, const CountedPair& pair, const JunctionTree& tree,
                             Calibration& calibration,
                             const std::vector<std::vector<double>>& marginals) {
  if (!pair.front) return marginals[0];
  const auto scope = scope_of(pair);
  if (!tree.holds(scope)) return joined(given, pair, marginals[0], marginals[1]);
  auto table = calibration.joint(scope);
  if (pair.total < *pair.front) return table;
  const std::size_t n = marginals[0].size();
  const std::size_t m = marginals[1].size();
  std::vector<double> out(table.size());
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < m; ++j) out[i * m + j] = table[j * n + i];
  }
  return out;
}

}  // namespace

double measures_of(const ReportPosterior& report) {
  return std::clamp(report.measuring * (1.0 - report.staged), 0.0, 1.0);
}

std::vector<CountedPair> counted_pairs(const Case& given) {
  std::vector<CountedPair> out;
  for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
    const auto& contingent = given.contingents[c];
    std::optional<std::uint32_t> total;
    if (contingent.strength_hypothesis) total = contingent.strength_hypothesis->index;
    for (std::uint32_t h = 0; h < given.hypotheses.size() && !total; ++h) {
      const auto& x = given.hypotheses[h];
      if (x.counts && x.counts->index == c && x.at_places.empty() && x.at_regions.empty())
        total = h;
    }
    if (!total || !given.hypotheses[*total].counts) continue;
    CountedPair pair{c, *total, std::nullopt};
    const auto front = contingent.at_front_hypothesis;
    if (front && given.hypotheses[*front].counts && front->index != *total)
      pair.front = front->index;
    out.push_back(pair);
  }
  return out;
}

DayBelief day_belief(const Case& given, const Model& model, const JunctionTree& tree,
                     Calibration& calibration, std::span<const Numbers> numbers,
                     const ToldByDay& told, std::span<const std::size_t> of_places) {
  DayBelief out;
  for (const Numbers& n : numbers) {
    const std::array<Variable, 1> wanted{n.hypothesis()};
    out.strengths.push_back(strength_of(n, told.used, calibration.marginals(wanted).front()));
  }
  for (const CountedPair& pair : counted_pairs(given)) {
    std::vector<Variable> wanted{pair.total};
    if (pair.front) wanted.push_back(*pair.front);
    out.pairs.push_back(joint_of(given, pair, tree, calibration, calibration.marginals(wanted)));
  }
  out.measures.assign(model.evidence.size(), 0.0);
  for (const std::size_t i : of_places) {
    if (!told.used[i]) continue;
    Evidence e = model.evidence[i];
    e.goes_along = told.goes_along[i];
    const auto post = report_posterior(model, e, given.reports[e.report].source.index,
                                       calibration.joint(model.factors[e.factor].scope));
    out.measures[i] = measures_of(post);
  }
  return out;
}

std::vector<std::vector<Variable>> scopes_of_day(const Case& given, const Model& model,
                                                 const JunctionTree& tree,
                                                 std::span<const std::size_t> of_places) {
  std::vector<std::vector<Variable>> out;
  for (std::uint32_t h = 0; h < given.hypotheses.size(); ++h) {
    if (given.hypotheses[h].counts) out.push_back({h});
  }
  for (const CountedPair& pair : counted_pairs(given)) {
    if (tree.holds(scope_of(pair))) out.push_back(scope_of(pair));
  }
  for (const std::size_t i : of_places)
    out.push_back(model.factors[model.evidence[i].factor].scope);
  return out;
}

}  // namespace casus::intel
