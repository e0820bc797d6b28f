// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/ach.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace casus::intel {
namespace {

std::string mark_of(double db) {
  if (db >= 3.0) return "++";
  if (db >= 1.0) return "+";
  if (db <= -3.0) return "--";
  if (db <= -1.0) return "-";
  return "0";
}

double heaviest(const AchRow& row) {
  double top = 0.0;
  for (const double db : row.decibans) top = std::max(top, std::fabs(db));
  return top;
}

}  // namespace

AchTable ach_table(const casefile::Case& given, const Belief& belief,
                   casefile::HypothesisId hypothesis) {
  const std::size_t states = given.hypotheses[hypothesis].states.size();
  AchTable out;
  out.hypothesis = hypothesis;
  out.inconsistency.assign(states, 0.0);
  std::map<std::uint32_t, std::vector<double>> rows;
  for (const Weight& w : belief.hypotheses[hypothesis].weights) {
    auto& row = rows[w.report.index];
    row.resize(states, 0.0);
    row[w.state] = w.decibans;
    out.inconsistency[w.state] += std::max(0.0, -w.decibans);
  }
  for (auto& [report, db] : rows) {
    AchRow row{casefile::ReportId{report}, std::move(db), {}};
    for (const double x : row.decibans) row.marks.push_back(mark_of(x));
    out.rows.push_back(std::move(row));
  }
  std::stable_sort(out.rows.begin(), out.rows.end(),
                   [](const AchRow& a, const AchRow& b) { return heaviest(a) > heaviest(b); });
  return out;
}

}  // namespace casus::intel
