// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/analysts.h"

#include <fmt/format.h>

#include <algorithm>

namespace casus::cli {
namespace {

const intel::AnalystJudgement* judgement_on(const intel::AnalystView& view,
                                            casefile::HypothesisId h) {
  for (const auto& j : view.judgements) {
    if (j.hypothesis == h) return &j;
  }
  return nullptr;
}

std::string dissent_line(const casefile::Hypothesis& h, const intel::AnalystView& view,
                         const intel::AnalystJudgement& j) {
  const auto top = static_cast<std::size_t>(std::max_element(j.p.begin(), j.p.end()) - j.p.begin());
  return fmt::format("    dissents: {}: {} {:.1f} % ({:.0f} points from the pool)\n", view.name,
                     h.states[top].id, 100.0 * j.p[top], 100.0 * j.from_pool);
}

std::string hypothesis_text(const casefile::Case& given, const intel::AnalystViews& all,
                            const intel::PooledJudgement& p) {
  const auto& h = given.hypotheses[p.hypothesis];
  const auto top = static_cast<std::size_t>(std::max_element(p.p.begin(), p.p.end()) - p.p.begin());
  std::string out = fmt::format("{:<28} {:<18} {:>6.1f} %  ({:.0f}-{:.0f} %)  Casus {:.1f} %\n",
                                h.id, h.states[top].id, 100.0 * p.p[top], 100.0 * p.low[top],
                                100.0 * p.high[top], 100.0 * p.engine[top]);
  out += fmt::format(
      "    mean distance of two analysts {:.0f} points; farthest from Casus: {} ({:.0f})\n",
      100.0 * p.disagreement, all.views[p.farthest].name, 100.0 * p.farthest_distance);
  for (const auto a : p.dissent) {
    if (const auto* j = judgement_on(all.views[a], p.hypothesis)) {
      out += dissent_line(h, all.views[a], *j);
    }
  }
  return out;
}

}  // namespace

std::string analysts_text(const casefile::Case& given, const intel::Belief& belief) {
  if (!belief.analysts || belief.analysts->hypotheses.empty()) return "";
  std::string out = fmt::format(
      "\nWhat {} analysts say ({} pool; opinions are no evidence, nothing above hangs on them):\n",
      belief.analysts->views.size(),
      belief.analysts->pool == casefile::Pool::linear ? "linear" : "log-odds");
  for (const auto& p : belief.analysts->hypotheses) {
    out += hypothesis_text(given, *belief.analysts, p);
  }
  for (const auto& v : belief.analysts->views) {
    if (v.incoherence < 0.005) continue;
    out += fmt::format("    {} was not coherent and was moved by {:.2f}\n", v.name, v.incoherence);
  }
  return out;
}

}  // namespace casus::cli
