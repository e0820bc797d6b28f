// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/hindsight.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "casus/base/numeric.h"

namespace casus::intel {

double relative_bits(const std::vector<double>& p, const std::vector<double>& q) {
  double bits = 0.0;
  for (std::size_t s = 0; s < p.size(); ++s) {
    if (p[s] <= 0.0) continue;
    if (q[s] <= 0.0) return std::numeric_limits<double>::infinity();
    bits += p[s] * log(p[s] / q[s]) / ln2;
  }
  return std::max(0.0, bits);
}

std::vector<HindsightDay> hindsight(const casefile::Case& given, const Belief& belief,
                                    casefile::HypothesisId hypothesis) {
  const HypothesisBelief& h = belief.hypotheses[hypothesis];
  std::map<Date, std::vector<double>> path;
  for (const PathPoint& point : belief.path) {
    if (point.hypothesis != hypothesis) continue;
    auto& p = path[point.day];
    p.resize(h.states.size(), 0.0);
    p[point.state] = point.p;
  }
  std::map<std::uint32_t, double> heaviest;
  for (const Weight& w : h.weights) {
    auto& top = heaviest[w.report.index];
    top = std::max(top, std::fabs(w.decibans));
  }
  std::vector<double> now;
  for (const StateBelief& s : h.states) now.push_back(s.p);
  std::vector<HindsightDay> out;
  for (const auto& entry : path) {
    HindsightDay day;
    day.day = entry.first;
    day.p = entry.second;
    day.short_of_now = relative_bits(now, day.p);
    if (!out.empty()) day.moved = relative_bits(day.p, out.back().p);
    for (const auto& report : heaviest) {
      const auto& r = given.reports[casefile::ReportId{report.first}];
      if (r.published == day.day || (r.retracted && *r.retracted == day.day)) {
        day.reports.push_back(casefile::ReportId{report.first});
      }
    }
    std::stable_sort(day.reports.begin(), day.reports.end(), [&](const auto a, const auto b) {
      return heaviest[a.index] > heaviest[b.index];
    });
    out.push_back(std::move(day));
  }
  return out;
}

}  // namespace casus::intel
