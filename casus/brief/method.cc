// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/brief/page.h"
#include "casus/brief/words.h"
#include "casus/world/knob.h"

namespace casus::brief {
namespace {

Node steps() {
  return el("ol", {{"class", "steps"}},
            {el("li", {},
                {el("strong", {}, {"Reports. "}),
                 "Each report is coded by hand: what it claims, what it says of the questions, who "
                 "says it, whom it "
                 "repeats, its grade. Prose is never read by the program."}),
             el("li", {},
                {el("strong", {}, {"Belief. "}),
                 "The questions, the hidden modes of the sources (honest, careless, controlled) "
                 "and possible "
                 "staging are inferred together by Bayes' rule. Copies of one observation count "
                 "once. The "
                 "range beside a probability spans other readings of the grades and of the prior "
                 "of staging."}),
             el("li", {},
                {el("strong", {}, {"Futures. "}),
                 "Every future starts from a draw of that belief and of all parameters, and runs "
                 "by weeks: the "
                 "front, losses, supply, movement, public will, alliances, escalation, talks. "
                 "Every actor "
                 "chooses for itself, better actions more often than worse ones."}),
             el("li", {},
                {el("strong", {}, {"Options. "}),
                 "The same futures are played under each option with the same luck. Outcomes are "
                 "weighed by the "
                 "worths of the decision maker; the order is then tried against other worths and "
                 "other numbers "
                 "within their spreads. An order that turns is called undecided."})});
}

Node limits() {
  return el(
      "ul", {},
      {el("li", {},
          {"The priors of the questions, the worths and most parameters are judgement. They are "
           "listed below "
           "with their tags; none of them is a measurement unless it is tagged V or D."}),
       el("li", {},
          {"The spread of the futures holds what the model knows it does not know. It does not "
           "hold what the "
           "model leaves out: inventions, the private plans of leaders, chance beyond the listed "
           "shocks."}),
       el("li", {},
          {"The Monte-Carlo error says how well the futures were sampled, not how well they fit "
           "the world."}),
       el("li", {},
          {"Nuclear use enters as a gate with a band, not as a model; its probability is shown as "
           "a band only."}),
       el("li", {},
          {"The coding of reports is an act of judgement too. Two analysts may code one report "
           "differently."}),
       el("li", {},
          {"Ties of cause between facts in dispute are those the case declares, and no others."})});
}

/// What a reader must know of futures that are not all independent; empty where they are.
std::string how_sampled(const ensemble::Futures& f) {
  using Kind = ensemble::Sampling::Kind;
  const auto& s = f.sampling;
  if (s.independent()) return "";
  const std::size_t of_parameters = f.futures / s.noises;
  const std::string points = count_of(static_cast<double>(of_parameters));
  std::string text = s.kind == Kind::sobol ? fmt::format("; {} Sobol\u2019 points", points)
                     : s.kind == Kind::lhs ? fmt::format("; {} points in Latin hypercubes", points)
                                           : fmt::format("; {} points of the parameters", points);
  if (s.noises > 1) text += fmt::format(", {} futures of each", s.noises);
  return text + "; errors from groups that are independent of each other";
}

Node run_facts(const Told& told) {
  const auto& c = told.comparison;
  const auto& f = told.futures;
  Node list = el("dl", {{"class", "run"}, {"id", "run"}});
  const auto say = [&](const char* term, const std::string& text) {
    list.add(el("dt", {}, {term}));
    list.add(el("dd", {}, {text}));
  };
  say("Version", told.belief.version);
  say("Case", told.given.id + " (content " + told.given.digest + ")");
  say("As of", long_form(told.given.as_of));
  say("Seed", std::to_string(f.seed));
  say("Inference", told.belief.method);
  say("Futures",
      fmt::format("{} for each of {} options, {} weeks{}", count_of(static_cast<double>(f.futures)),
                  f.options.size(), f.weeks, how_sampled(f)));
  say("Draws of unsourced numbers", count_of(static_cast<double>(c.draws)));
  say("Undecided from",
      fmt::format("an order that turns in more than {} of the draws", percent(c.flip_limit)));
  if (f.updates > 0) {
    say("Values held to their bounds",
        fmt::format("{} of values looked at",
                    percent(static_cast<double>(f.clamps) / static_cast<double>(f.updates))));
  }
  say("The same again",
      f.sampling.independent()
          ? fmt::format("casus brief {} --seed {} --futures {}", told.given.id, f.seed, f.futures)
          : fmt::format(
                "casus play {0} --seed {1} --sampling {2} --nested {3}x{4}, then casus brief "
                "{0} --seed {1}",
                told.given.id, f.seed, ensemble::name_of(f.sampling.kind),
                f.futures / f.sampling.noises, f.sampling.noises));
  return list;
}

const char* tag_meaning(casefile::Tag tag) {
  using enum casefile::Tag;
  switch (tag) {
    case verified:
      return "V: read in the source";
    case derived:
      return "D: derived from sources";
    case memory:
      return "M: from memory of the source";
    case judgement:
      return "J: judgement";
    case prototype:
      return "P: from a prototype";
  }
  return "";
}

Node worth_table(const Told& told) {
  std::vector<Node> rows;
  for (const auto& values : told.given.values) {
    const bool deciding = values.actor == told.given.decision_maker;
    for (const auto& w : values.worth) {
      const auto& m = casefile::measures()[w.measure];
      rows.push_back(
          row({cell({told.given.actors[values.actor].name}),
               cell({capital(named_sides(m.meaning, told.given))}),
               cell({signed_number(w.worth)}, "number"),
               cell({fmt::format("{} {}", rounded(w.per),
                                 m.unit == "0/1" ? "(yes)" : std::string(m.unit))}),
               cell({rounded(w.sd)}, "number"), cell({tag_meaning(values.from.tag)}, "faint")},
              deciding ? anchor("w", m.name) : ""));
    }
  }
  return table({"Whose", "Measure", ">Worth", "of", ">Log-sd", "Tag"}, std::move(rows),
               "parameters", "What outcomes are worth, and to whom");
}

Node knob_table(const Told& told) {
  std::vector<Node> rows;
  std::vector<std::string> listed;
  for (const world::Knob& k : world::knobs()) {
    std::string prior(k.prior);
    std::string source(k.source);
    casefile::Tag tag = k.tag;
    for (const auto& p : told.given.parameters) {
      if (p.knob != k.id) continue;
      prior = p.value.prior.text() + " (this case)";
      tag = p.value.from.tag;
      if (p.value.from.reference) source = told.given.references[*p.value.from.reference].text;
    }
    listed.emplace_back(k.id);
    rows.push_back(row(
        {cell({std::string(k.id)}, "id"), cell({std::string(k.meaning)}), cell({prior}, "id"),
         cell({std::string(k.unit)}), cell({tag_meaning(tag)}, "faint"), cell({source}, "faint")},
        anchor("k", k.id)));
  }
  for (const std::string& id : told.futures.knobs) {
    if (std::find(listed.begin(), listed.end(), id) != listed.end()) continue;
    rows.push_back(row(
        {cell({id}, "id"), cell({"drawn for this run"}), cell({}), cell({}), cell({}), cell({})},
        anchor("k", id)));
  }
  return table({"Parameter", "Meaning", "Prior", "Unit", "Tag", "Source or reason"},
               std::move(rows), "parameters", "Numbers behind the futures");
}

}  // namespace

Node method_section(const Told& told) {
  return section("method", "Method and limits",
                 {steps(), el("h3", {}, {"What this brief cannot tell"}), limits(),
                  el("h3", {}, {"The run"}), run_facts(told)});
}

Node parameters_section(const Told& told) {
  return section("parameters", "Parameters",
                 {paragraph({"Every number that is not a report, with its prior and where it comes "
                             "from. LN(m; s) is "
                             "log-normal with median m and log-sd s; N normal; B beta; G gamma; U "
                             "uniform; T triangular."}),
                  worth_table(told), knob_table(told)});
}

}  // namespace casus::brief
