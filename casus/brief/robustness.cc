// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/analysis/studies.h"
#include "casus/brief/page.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

/// Who beats the option as a distribution, for any taste or for any that shuns risk.
std::string beaten_by(const Told& told, std::size_t option) {
  std::string first, nearly, second;
  for (const auto& d : told.comparison.dominances) {
    if (d.under != option) continue;
    std::string& names = d.order == 2 ? second : d.violation > 0.0 ? nearly : first;
    names += (names.empty() ? "" : ", ") + option_name(told, told.comparison.options[d.over].id);
  }
  std::string text;
  const auto say = [&](const char* taste, const std::string& names) {
    if (!names.empty()) text += (text.empty() ? "" : "; ") + (taste + names);
  };
  say("any taste: ", first);
  say("nearly any taste: ", nearly);
  say("shunning risk: ", second);
  return text.empty() ? "nobody beyond chance" : text;
}

std::string front_of(const analysis::OptionResult& option) {
  if (option.pareto && option.pareto_actors) return "by measure and by actor";
  if (option.pareto) return "by measure";
  return option.pareto_actors ? "by actor" : "no";
}

std::string horizon_of(double sd) {
  if (sd >= analysis::farthest_horizon) return "beyond all";
  return sd <= 0.0 ? "none" : rounded(sd) + " sd";
}

Node robustness_table(const Told& told) {
  std::vector<Node> rows;
  for (const std::size_t o : told.comparison.ranking) {
    const auto& option = told.comparison.options[o];
    const auto& r = option.robustness;
    rows.push_back(row(
        {cell({link(anchor("o", option.id), {option_name(told, option.id)})}, "name"),
         cell({rounded(r.regret_1)}, "number"), cell({rounded(r.regret_2)}, "number"),
         cell({percent(r.satisficing_1)}, "number"), cell({horizon_of(r.satisficing_2)}, "number"),
         cell({front_of(option)}), cell({beaten_by(told, o)})}));
  }
  return table({"Option", ">Short of itself, 90 %", ">Short of the best, 90 %", ">Good enough",
                ">Numbers may be off by", "On the Pareto front", "Beaten as a distribution by"},
               std::move(rows), "robust", "How well each option stands being wrong");
}

std::string input_name(const Told& told, const std::string& input) {
  const std::string id = input.substr(0, input.find(' '));
  const auto h = casefile::find(told.given.hypotheses, id);
  if (!h) return input;
  const auto& hypothesis = told.given.hypotheses[*h];
  const auto at = input.find(" = ");
  return hypothesis.name + (at == std::string::npos ? "" : " " + input.substr(at + 3));
}

/// `x at least 0.6`; a fact is or is not so.
std::string wall(const Told& told, const analysis::Bound& b) {
  const std::string id = b.input.substr(0, b.input.find(' '));
  const std::string name = input_name(told, b.input);
  if (const auto h = casefile::find(told.given.hypotheses, id)) {
    if (b.input != id) return (b.low > 0.0 ? "it is so: " : "it is not so: ") + name;
    const auto& states = told.given.hypotheses[*h].states;
    const auto state = [&](double index) {
      return states[static_cast<std::size_t>(std::lround(index))].name;
    };
    if (std::isinf(b.high)) return name + " from '" + state(b.low) + "' up";
    if (std::isinf(b.low)) return name + " up to '" + state(b.high) + "'";
    return name + " from '" + state(b.low) + "' to '" + state(b.high) + "'";
  }
  if (std::isinf(b.high)) return name + " at least " + rounded(b.low);
  if (std::isinf(b.low)) return name + " at most " + rounded(b.high);
  return name + " from " + rounded(b.low) + " to " + rounded(b.high);
}

Node scenario_row(const Told& told, const analysis::Scenario& s) {
  const auto& c = told.comparison;
  const std::string what =
      s.of == "second_better"
          ? fmt::format("'{}' does better than '{}'", option_name(told, c.options[c.ranking[1]].id),
                        option_name(told, c.options[s.option].id))
          : fmt::format("'{}' falls short", option_name(told, c.options[s.option].id));
  const std::string by = s.method == "prim" ? "PRIM" : "tree";
  if (s.bounds.empty()) {
    return row({cell({what}), cell({"no region holds on futures the search did not see"}, "faint"),
                cell({}), cell({percent(s.base_rate)}, "number"), cell({}), cell({by}, "faint")});
  }
  Node walls = el("ul");
  for (const auto& b : s.bounds) {
    const bool fact =
        casefile::find(told.given.hypotheses, b.input.substr(0, b.input.find(' '))).has_value();
    const std::string to =
        fact ? anchor("h", b.input.substr(0, b.input.find(' '))) : anchor("k", b.input);
    walls.add(el("li", {},
                 {link(to, {wall(told, b)}),
                  el("span", {{"class", "faint"}},
                     {" (found again in " + percent(b.reproduced) + " of half-samples)"})}));
  }
  return row({cell({what}), cell({std::move(walls)}), cell({percent(s.density)}, "number"),
              cell({percent(s.base_rate)}, "number"), cell({percent(s.coverage)}, "number"),
              cell({by}, "faint")});
}

Node scenario_table(const Told& told) {
  std::vector<Node> rows;
  for (const auto& s : told.comparison.scenarios) rows.push_back(scenario_row(told, s));
  if (rows.empty()) {
    rows.push_back(row({cell({"Too few futures fail, or do not, to seek where."})}));
  }
  return table(
      {"What", "Mostly where", ">There in", ">Overall in", ">Holds of all such", "Found by"},
      std::move(rows), "scenarios", "Where the leader fails or is beaten");
}

Node sensitivity_table(const Told& told) {
  std::vector<Node> rows;
  for (const auto& s : told.comparison.sensitivities) {
    const std::string id = s.input.substr(0, s.input.find(' '));
    const bool fact = casefile::find(told.given.hypotheses, id).has_value();
    rows.push_back(row(
        {cell({s.of == "lead" ? "lead over the second" : "value of the leader"}),
         cell({link(anchor(fact ? "h" : "k", fact ? id : s.input), {input_name(told, s.input)})}),
         cell({percent(s.first_order)}, "number"),
         cell({"\u00b1\u00a0" + percent(2.0 * s.error)}, "number faint"),
         cell({signed_number(s.direction)}, "number")}));
  }
  if (rows.empty()) rows.push_back(row({cell({"No single number stands out against luck."})}));
  return table(
      {"Spread of the", "Number or fact", ">Accounts alone for", ">2 errors", ">Rank correlation"},
      std::move(rows), "sensitivity", "What the spread comes from (Sobol\u2019s first order)");
}

std::string output_name(const Told& told, const analysis::DesignOutput& o) {
  const std::string who = "\u2018" + option_name(told, o.option) + "\u2019";
  return o.over.empty() ? "value of " + who
                        : "lead of " + who + " over \u2018" + option_name(told, o.over) + "\u2019";
}

Node input_cell(const Told& told, const std::string& input) {
  const bool fact = casefile::find(told.given.hypotheses, input).has_value();
  return cell({link(anchor(fact ? "h" : "k", input), {input_name(told, input)})});
}

/// What a designed run says, the strongest few of each output.
Node design_table(const Told& told, const analysis::DesignStudy& study) {
  constexpr std::size_t most = 8;
  const bool morris = study.design == "morris";
  std::vector<Node> rows;
  for (const auto& o : study.outputs) {
    for (std::size_t i = 0; i < std::min(most, o.effects.size()); ++i) {
      const auto& e = o.effects[i];
      rows.push_back(
          row({cell({output_name(told, o)}), input_cell(told, e.input),
               cell({rounded(e.mu_star)}, "number"),
               cell({"\u00b1\u00a0" + rounded(2.0 * e.error)}, "number faint"),
               cell({signed_number(e.mu)}, "number"), cell({rounded(e.sigma)}, "number")}));
    }
    for (std::size_t i = 0; i < std::min(most, o.indices.size()); ++i) {
      const auto& x = o.indices[i];
      rows.push_back(row({cell({output_name(told, o)}), input_cell(told, x.input),
                          cell({percent(x.total)}, "number"),
                          cell({"\u00b1\u00a0" + percent(2.0 * x.total_error)}, "number faint"),
                          cell({percent(std::max(0.0, x.first))}, "number"),
                          cell({"\u00b1\u00a0" + percent(2.0 * x.first_error)}, "number faint")}));
    }
  }
  if (rows.empty()) rows.push_back(row({cell({"Nothing stands out by two errors."})}));
  const std::string caption = fmt::format(
      "{}, {} rows over {} numbers and facts: {}",
      morris ? "Morris\u2019s screening" : "Saltelli\u2019s design", study.rows, study.inputs,
      morris ? "how far each moves it over its middle 90 %"
             : "share of the spread that would go with it, and of what it accounts for alone");
  return table(morris ? std::vector<std::string>{"Of the", "Number or fact", ">\u03bc*",
                                                 ">2 errors", ">\u03bc, with its sign", ">\u03c3"}
                      : std::vector<std::string>{"Of the", "Number or fact", ">In all", ">2 errors",
                                                 ">Alone", ">2 errors"},
               std::move(rows), "sensitivity", caption);
}

std::string event_name(const Told& told, const std::string& event) {
  if (event == "bad_end") return "the worst fifth for the decision maker";
  for (const auto& m : casefile::measures()) {
    if (m.name == event) return named_sides(m.meaning, told.given);
  }
  return event;
}

Node indicator_table(const Told& told) {
  std::vector<Node> rows;
  for (const auto& i : told.comparison.indicators) {
    std::string what = spoken(i.variable);
    std::string unit;
    for (const auto& v : casefile::variables()) {
      if (v.name != i.variable) continue;
      what = named_sides(v.meaning, told.given);
      unit = std::string(v.unit);
    }
    if (i.estimated) what += " (by its own estimate)";
    for (const std::string& e : i.entities)
      what += (&e == i.entities.data() ? ": " : ", ") + spoken(e);
    rows.push_back(row(
        {cell({capital(event_name(told, i.event))}), cell({capital(what)}),
         cell({std::string(i.above ? "at least " : "at most ") + in_unit(i.threshold, unit)}),
         cell({short_date(told.given.clock().sunday_of(i.week)) + " " +
               month_of(told.given.clock().sunday_of(i.week)).substr(4)}),
         cell({percent(i.still_open)}, "number"),
         cell({count_of(i.lead_weeks) + " weeks"}, "number"), cell({percent(i.hit_rate)}, "number"),
         cell({percent(i.false_alarm_rate)}, "number"), cell({rounded(i.skill)}, "number"),
         cell({i.decision_value < std::max(1e-6, i.error)
                   ? std::string("no sign would change the choice")
                   : rounded(i.decision_value) + " \u00b1 " + rounded(i.error)},
              "number")}));
  }
  if (rows.empty()) {
    rows.push_back(
        row({cell({"No weekly observable that the decision maker sees parts the futures early "
                   "enough to warn."})}));
  }
  return table({"Warns of", "Watch", "Threshold", "On", ">Still open then", ">Ahead by",
                ">Warned of such", ">False alarms", ">Area under ROC", ">Worth to the decision"},
               std::move(rows), "indicators", "Indicators and warnings, under the leading option");
}

}  // namespace

Node robustness_section(const Told& told) {
  const bool stated = !told.given.requirements.empty();
  const std::string required = stated ? "\u2018Good enough\u2019 is the share of futures that meet "
                                        "every requirement of the case. "
                                      : "The case states no requirements, so \u2018good "
                                        "enough\u2019 means worth at least what \u2018" +
                                            option_name(told, told.comparison.options[0].id) +
                                            "\u2019 is on average. ";
  std::vector<Node> parts = {
      paragraph({required,
                 "\u2018Numbers may be off by\u2019 says how many standard deviations the "
                 "unsourced numbers may "
                 "jointly lie off, in the worst direction, before the option is expected to fall "
                 "below what the first is worth. All are of the decision maker\u2019s value, not "
                 "relative "
                 "deviations of single measures as Rhodium reports them. Regions and indicators "
                 "are sought in one half of "
                 "the futures and judged in the other."}),
      robustness_table(told), scenario_table(told), sensitivity_table(told)};
  for (const auto& d :
       told.studies != nullptr ? told.studies->designs : std::vector<analysis::DesignStudy>{})
    parts.push_back(design_table(told, d));
  parts.push_back(indicator_table(told));
  return section("robustness", "Robustness and warnings", std::move(parts));
}

}  // namespace casus::brief
