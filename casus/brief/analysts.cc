// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/brief/page.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

std::size_t leading(const std::vector<double>& p) {
  return static_cast<std::size_t>(std::max_element(p.begin(), p.end()) - p.begin());
}

std::string dissent_of(const Told& told, const intel::PooledJudgement& pooled) {
  const auto& states = told.given.hypotheses[pooled.hypothesis].states;
  std::string out;
  for (const auto a : pooled.dissent) {
    const auto& view = told.belief.analysts->views[a];
    for (const auto& j : view.judgements) {
      if (j.hypothesis != pooled.hypothesis) continue;
      const std::size_t top = leading(j.p);
      out += fmt::format("{}{}: {} {}", out.empty() ? "" : "; ", view.name, states[top].name,
                         percent(j.p[top]));
    }
  }
  return out.empty() ? "none" : out;
}

}  // namespace

bool has_analysts(const Told& told) {
  return told.belief.analysts && !told.belief.analysts->hypotheses.empty();
}

Node analysts_section(const Told& told) {
  const intel::AnalystViews& all = *told.belief.analysts;
  std::vector<Node> rows;
  for (const intel::PooledJudgement& p : all.hypotheses) {
    const auto& h = told.given.hypotheses[p.hypothesis];
    const std::size_t top = leading(p.p);
    rows.push_back(row({cell({link(anchor("h", h.id), {h.name})}), cell({h.states[top].name}),
                        cell({percent(p.p[top])}, "number"),
                        cell({percent(p.low[top]) + " to " + percent(p.high[top])}, "number"),
                        cell({percent(p.engine[top])}, "number"),
                        cell({all.views[p.farthest].name}), cell({dissent_of(told, p)})}));
  }
  return section(
      "analysts", "What the analysts say",
      {paragraph({fmt::format(
           "{} analysts stated probabilities. They are opinions, not evidence: nothing else on "
           "this page hangs on them. Each statement was moved to the nearest probabilities that "
           "can hold together, then pooled ({}). Who differs from the pool by more than {} is "
           "named with what they say themselves.",
           all.views.size(),
           all.pool == casefile::Pool::linear ? "weighted mean" : "weighted mean of log-odds",
           percent(all.band))}),
       table({"Question", "Pool's answer", ">Pool", ">Range", ">Casus", "Farthest from Casus",
              "Dissent"},
             std::move(rows), "states-wide", "")});
}

}  // namespace casus::brief
