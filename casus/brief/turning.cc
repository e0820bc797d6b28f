// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/analysis/studies.h"
#include "casus/brief/page.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

using analysis::TheoryRun;
using analysis::Threshold;

constexpr std::size_t most_in_text = 4;

std::string event_words(const Told& told, const Threshold& t) {
  if (t.question) {
    const auto q = casefile::find(told.given.questions, t.event);
    return q ? told.given.questions[*q].name : t.event;
  }
  for (const auto& m : casefile::measures()) {
    if (m.name == t.event) return named_sides(m.meaning, told.given);
  }
  return t.event;
}

std::string name_at(const Told& told, std::size_t option) {
  return option_name(told, told.comparison.options[option].id);
}

/// Whole per cents, tenths below ten.
std::string chance(double p) { return p >= 0.1 ? percent(p) : fmt::format("{:.1f} %", 100.0 * p); }

std::string turning_words(const Told& told, const Threshold& t) {
  return fmt::format("'{}' beats '{}' {} P({}) under '{}' {} {} (now {})", name_at(told, t.better),
                     name_at(told, t.worse), t.with < 0.0 ? "unless" : "only while",
                     event_words(told, t), name_at(told, t.under), ">", chance(t.at), chance(t.p));
}

std::string side_of(const TheoryRun& run) {
  return run.knob + fmt::format(" = {:g}", run.at) + (run.held ? " (held)" : "");
}

std::string run_words(const Told& told, const TheoryRun& run) {
  const auto& first = run.options.front();
  std::string text = fmt::format("{}: '{}' leads", side_of(run), option_name(told, first.id));
  if (run.options.size() > 1) {
    const auto& second = run.options[1];
    text += fmt::format(" '{}' by {} +- {}", option_name(told, second.id), rounded(second.behind),
                        rounded(2.0 * second.behind_error));
  }
  return text;
}

}  // namespace

Node threshold_table(const Told& told) {
  std::vector<Node> rows;
  for (const Threshold& t : told.comparison.thresholds) {
    rows.push_back(row(
        {cell({link(anchor("o", told.comparison.options[t.better].id), {name_at(told, t.better)})}),
         cell({link(anchor("o", told.comparison.options[t.worse].id), {name_at(told, t.worse)})}),
         cell({(t.with < 0.0 ? "unless: " : "only if: ") + std::string(event_words(told, t))}),
         cell({name_at(told, t.under)}),
         cell({chance(t.at) + " \u00b1\u00a0" + rounded(200.0 * t.at_error)}, "number"),
         cell({chance(t.p) + " \u00b1\u00a0" + rounded(200.0 * t.p_error)}, "number"),
         cell({signed_number(t.with) + " \u00b1\u00a0" + rounded(2.0 * t.with_error)}, "number"),
         cell({signed_number(t.without) + " \u00b1\u00a0" + rounded(2.0 * t.without_error)},
              "number")}));
  }
  if (rows.empty())
    rows.push_back(
        row({cell({"No event turns the order of the best two or of an undecided pair "
                   "beyond chance."})}));
  return table({"Better", "than", "Turning with", "Counted under", ">Turns at a chance of", ">Now",
                ">Lead with it", ">Lead without"},
               std::move(rows), "hinges",
               "Events that would turn the order, if they were likelier or less likely");
}

Node theory_table(const Told& told) {
  std::vector<Node> rows;
  for (const TheoryRun& run : told.studies->theories) {
    std::string behind;
    for (std::size_t i = 1; i < std::min<std::size_t>(4, run.options.size()); ++i) {
      const auto& o = run.options[i];
      behind +=
          fmt::format("{}{} \u2212{} \u00b1\u00a0{}", behind.empty() ? "" : ", ",
                      option_name(told, o.id), rounded(o.behind), rounded(2.0 * o.behind_error));
    }
    rows.push_back(row({cell({link(anchor("k", run.knob), {side_of(run)})}), cell({run.meaning}),
                        cell({option_name(told, run.options.front().id)}), cell({behind}),
                        cell({run.held    ? "what the case holds to"
                              : run.turns ? "turns the order"
                                          : "does not"},
                             run.turns ? "open" : "faint"),
                        cell({count_of(static_cast<double>(run.futures))}, "number")}));
  }
  return table({"Theory", "Sides", "Leads", "Next, behind by", "The lead", ">Futures"},
               std::move(rows), "hinges",
               "The options under the other side of a dispute that the case holds fixed");
}

std::string turning_points(const casefile::Case& given, const intel::Belief& belief,
                           const ensemble::Futures& futures, const analysis::Comparison& comparison,
                           const analysis::Studies& studies) {
  const std::vector<Story> none;
  const Told told{given, belief, futures, comparison, none, &studies};
  std::string text;
  const auto say = [&](const std::string& line) {
    for (const std::string& l : wrapped(line, "  ")) text += l + "\n";
  };
  const auto& all = comparison.thresholds;
  for (std::size_t i = 0; i < std::min(most_in_text, all.size()); ++i)
    say(turning_words(told, all[i]));
  if (all.size() > most_in_text)
    text += fmt::format("  and {} more pairs in the brief\n", all.size() - most_in_text);
  for (const TheoryRun& run : studies.theories) say(run_words(told, run));
  return text.empty() ? text : "\nWhat would turn the order\n" + text;
}

}  // namespace casus::brief
