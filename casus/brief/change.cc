// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/analysis/studies.h"
#include "casus/base/numeric.h"
#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

constexpr std::size_t most_linchpins = 10, most_tasks = 10, most_hinges = 14;

/// A report without which an answer would be judged otherwise.
struct Linchpin {
  std::size_t report = 0, hypothesis = 0;
  double now = 0.0, without = 0.0;
};

/// Probability of the leading state if the report's weight were taken back.
double without_report(double p, double db) {
  const double held = std::clamp(p, 1e-9, 1.0 - 1e-9);
  return logistic(logit(held) - db * ln10 / 10.0);
}

bool matters(const analysis::DecisionValue& d) {
  return d.decision_value >= std::max(1e-6, d.error);
}

std::vector<Linchpin> linchpins(const Told& told) {
  std::vector<Linchpin> all;
  for (std::size_t h = 0; h < told.belief.hypotheses.size(); ++h) {
    const auto& b = told.belief.hypotheses[h];
    for (std::size_t r = 0; r < told.given.reports.size(); ++r) {
      const auto db = weight_for_leading(told, h, r);
      if (!db) continue;
      const double now = b.states[b.leading].p;
      all.push_back({r, h, now, without_report(now, *db)});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Linchpin& a, const Linchpin& b) {
    return std::abs(a.now - a.without) > std::abs(b.now - b.without);
  });
  while (!all.empty() &&
         (all.size() > most_linchpins || std::abs(all.back().now - all.back().without) < 0.01)) {
    all.pop_back();
  }
  return all;
}

Node linchpin_table(const Told& told) {
  std::vector<Node> rows;
  for (const Linchpin& l : linchpins(told)) {
    const auto& report = told.given.reports[l.report];
    const auto& h = told.given.hypotheses[l.hypothesis];
    const auto& state = h.states[told.belief.hypotheses[l.hypothesis].leading];
    rows.push_back(row(
        {cell({link(anchor("r", report.id), {cut(report.claim, 90)})}),
         cell({link(anchor("h", h.id), {fmt::format("H{}", l.hypothesis + 1)}), " " + state.name}),
         cell({percent(l.now)}, "number"), cell({percent(l.without)}, "number")}));
  }
  if (rows.empty())
    rows.push_back(row({cell({"No single report moves a leading answer by a point."})}));
  return table({"If this report fell", "this answer", ">now", ">would be"}, std::move(rows),
               "linchpins", "Reports the judgement hangs on");
}

/// Tasks whose answer is worth something to the decision first, by what an hour of them is worth;
/// then the others by what an hour adds to the judgement, as `assess` ranks them.
std::vector<const intel::CollectionTask*> ranked_tasks(const Told& told) {
  std::vector<const intel::CollectionTask*> all;
  const auto add = [&](const intel::CollectionTask& t) {
    if (std::ranges::find(all, &t) == all.end()) all.push_back(&t);
  };
  for (const auto& d : told.comparison.collection) {
    if (!matters(d)) continue;
    for (const auto& t : told.belief.collection) {
      if (t.task == d.task) add(t);
    }
  }
  for (const auto& t : told.belief.collection) add(t);
  return all;
}

Node task_table(const Told& told) {
  std::vector<Node> rows;
  for (const auto* ranked : ranked_tasks(told)) {
    const auto& task = *ranked;
    if (rows.size() == most_tasks) break;
    std::string value = "\u2014";
    for (const auto& d : told.comparison.collection) {
      if (d.task != task.task) continue;
      value = !matters(d) ? (d.perfect <= 1e-6 ? "no answer to the question would change the choice"
                                               : "no sign would change the choice")
                          : rounded(d.decision_value) + " \u00b1 " + rounded(d.error);
    }
    rows.push_back(
        row({cell({task.task}), cell({rounded(task.information_bits)}, "number"),
             cell({rounded(task.added_bits)}, "number"), cell({rounded(task.cost)}, "number"),
             cell({rounded(1000.0 * task.added_bits / task.cost)}, "number"),
             cell({number("run", value)}, "number")}));
  }
  if (rows.empty()) rows.push_back(row({cell({"No task was valued."})}));
  return table({"Look", ">Bits alone", ">Bits added", ">Hours", ">Millibits an hour",
                ">Worth to the decision"},
               std::move(rows), "tasks", "What to collect next");
}

std::string hinge_name(const Told& told, const analysis::Hinge& hinge) {
  for (const auto& m : casefile::measures()) {
    if (hinge.kind == "worth" && m.name == hinge.name)
      return "worth of: " + named_sides(m.meaning, told.given);
  }
  return hinge.name;
}

Node hinge_link(const Told& told, const analysis::Hinge& hinge) {
  const std::string text = hinge_name(told, hinge);
  if (hinge.kind == "worth") return link(anchor("w", hinge.name), {text});
  if (hinge.kind == "hypothesis") {
    const std::string id = hinge.name.substr(0, hinge.name.find(' '));
    if (casefile::find(told.given.hypotheses, id)) return link(anchor("h", id), {text});
    return text;
  }
  return link(anchor("k", hinge.name), {text});
}

Node hinge_table(const Told& told) {
  std::vector<Node> rows;
  for (const auto& hinge : told.comparison.hinges) {
    if (rows.size() >= most_hinges && hinge.kind != "theory") continue;  // disputes are all told
    rows.push_back(row(
        {cell({hinge.kind}), cell({hinge_link(told, hinge)}),
         cell({capital(with_option_names(told, hinge.detail))}),
         cell({signed_number(hinge.correlation)}, "number"),
         cell({hinge.flips ? "turns the order" : "does not"}, hinge.flips ? "open" : "faint")}));
  }
  if (rows.empty()) rows.push_back(row({cell({"No single number moves the lead beyond chance."})}));
  return table({"Kind", "Number", "How", ">Correlation with the lead", "Within its spread"},
               std::move(rows), "hinges", "What the order of the options hangs on");
}

}  // namespace

Node change_section(const Told& told) {
  std::vector<Node> parts = {linchpin_table(told), task_table(told), hinge_table(told),
                             threshold_table(told)};
  if (told.studies != nullptr && !told.studies->theories.empty())
    parts.push_back(theory_table(told));
  return section("change", "What would change the judgement", std::move(parts));
}

}  // namespace casus::brief
