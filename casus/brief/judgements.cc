// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

constexpr std::size_t most_judgements = 9;

/// For an ordered count: the highest state that is reached or passed with at least 95 %.
std::optional<std::pair<std::size_t, double>> sure_floor(const casefile::Hypothesis& h,
                                                         const intel::HypothesisBelief& b) {
  if (!h.ordered) return std::nullopt;
  double above = 0.0;
  for (std::size_t s = b.states.size(); s-- > 1;) {
    above += b.states[s].p;
    if (above >= 0.95 && h.states[s].counted) return std::pair{s, above};
  }
  return std::nullopt;
}

/// The next most probable state, if it is worth a word.
std::optional<std::size_t> rival_state(const intel::HypothesisBelief& b) {
  std::optional<std::size_t> rival;
  for (std::size_t s = 0; s < b.states.size(); ++s) {
    if (s == b.leading || b.states[s].p < 0.05) continue;
    if (!rival || b.states[s].p > b.states[*rival].p) rival = s;
  }
  return rival;
}

std::string quoted(const std::string& name) { return "\u2018" + name + "\u2019"; }

Node likelihood_sentence(const Told& told, std::size_t index) {
  const auto& h = told.given.hypotheses[index];
  const auto& b = told.belief.hypotheses[index];
  const std::string to = anchor("h", h.id);
  Node p = el("p", {{"class", "likelihood"}});
  const bool weak = b.states[b.leading].p < 0.45;
  if (weak) p.add("No answer is better than even; the first among them is ");
  p.add(el("strong", {}, {weak ? b.word : capital(b.word)}));
  p.add(" (").add(number(to, percent(b.states[b.leading].p))).add("): ");
  p.add(h.states[b.leading].name).add(".");
  if (const auto rival = rival_state(b)) {
    p.add(" Next: ").add(h.states[*rival].name).add(" (");
    p.add(number(to, percent(b.states[*rival].p))).add(").");
  }
  if (const auto floor = sure_floor(h, b); floor && floor->first != b.leading) {
    p.add(fmt::format(" At least {}: ", count_of(std::max(1.0, h.states[floor->first].low))));
    p.add(number(to, percent(floor->second))).add(".");
  }
  return p;
}

Node confidence_sentence(const intel::HypothesisBelief& b) {
  Node p = el("p", {{"class", "confidence"}});
  p.add("Confidence: ").add(el("strong", {}, {b.confidence})).add(". ");
  if (!b.confidence_reason.empty()) {
    std::string reason = capital(b.confidence_reason);
    if (reason.back() != '.') reason += '.';
    p.add(reason);
  }
  return p;
}

Node judgement(const Told& told, std::size_t index) {
  const auto& h = told.given.hypotheses[index];
  return el("li", {},
            {el("p", {{"class", "asked"}}, {link(anchor("h", h.id), {h.name})}),
             likelihood_sentence(told, index), confidence_sentence(told.belief.hypotheses[index])});
}

Node advice(const Told& told) {
  const auto& c = told.comparison;
  Node box = el("div", {{"class", c.undecided ? "advice open" : "advice"}, {"id", "advice"}});
  box.add(el("p", {{"class", "asked"}}, {c.undecided ? "What to do: undecided" : "What to do"}));
  box.add(paragraph({verdict(told)}));
  const auto& best = c.options[c.ranking[0]];
  Node p = el("p");
  p.add("Ahead on expected value: ").add(link(anchor("o", best.id), {option_name(told, best.id)}));
  p.add(", best in ").add(number(anchor("o", best.id), percent(best.stability.p_best)));
  p.add(
      " of the draws of unsourced numbers. Judged by what outcomes are worth to the decision maker "
      "(");
  p.add(told.given.actors[told.given.decision_maker].name).add("), over ");
  p.add(number("run", count_of(static_cast<double>(c.futures)))).add(" futures an option.");
  box.add(std::move(p));
  return box;
}

}  // namespace

std::vector<std::size_t> key_hypotheses(const Told& told) {
  std::vector<std::size_t> marked;
  for (std::size_t h = 0; h < told.given.hypotheses.size(); ++h) {
    if (told.given.hypotheses[h].key_judgement) marked.push_back(h);
  }
  if (!marked.empty()) return marked;
  std::vector<std::pair<double, std::size_t>> heard;
  for (std::size_t h = 0; h < told.belief.hypotheses.size(); ++h) {
    const auto& b = told.belief.hypotheses[h];
    double sum = 0.0;
    for (const intel::Weight& w : b.weights) {
      if (w.state == b.leading) sum += std::abs(w.decibans);
    }
    heard.emplace_back(-sum, h);
  }
  std::sort(heard.begin(), heard.end());
  if (heard.size() > most_judgements) heard.resize(most_judgements);
  std::vector<std::size_t> chosen;
  for (const auto& entry : heard) chosen.push_back(entry.second);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

std::string option_name(const Told& told, const std::string& id) {
  const auto option = casefile::find(told.given.options, id);
  return option ? told.given.options[*option].name : id;
}

std::string with_option_names(const Told& told, std::string sentence) {
  for (const auto& option : told.given.options) {
    const std::string quoted = "'" + option.id + "'";
    for (auto at = sentence.find(quoted); at != std::string::npos; at = sentence.find(quoted)) {
      sentence.replace(at, quoted.size(), option.name);
    }
  }
  return sentence;
}

std::string verdict(const Told& told) {
  const auto& c = told.comparison;
  const std::string first = quoted(option_name(told, c.options[c.ranking[0]].id));
  if (!c.undecided) {
    return fmt::format(
        "{} stays ahead of every other option within the spread of the unsourced numbers.", first);
  }
  std::vector<std::string> rivals;
  bool chance = true;
  for (const auto& u : c.undecided_pairs) {
    if (u.better != c.ranking[0]) continue;
    rivals.push_back(quoted(option_name(told, c.options[u.worse].id)));
    chance = chance && u.p_flip <= c.flip_limit;
  }
  std::string names;
  for (std::size_t i = 0; i < rivals.size() && i < 3; ++i) {
    names +=
        (i == 0 ? "" : (i + 1 == rivals.size() && rivals.size() <= 3 ? " and " : ", ")) + rivals[i];
  }
  if (rivals.size() > 3) names += fmt::format(" and {} more", rivals.size() - 3);
  return fmt::format(
      "The order of the options is undecided: {} leads, but {} may be as good. {}", first, names,
      chance ? "More futures would be needed to tell them apart."
             : "The order turns within the spread of numbers that nobody has sourced.");
}

Node judgements_section(const Told& told) {
  Node list = el("ol", {{"class", "judgements"}});
  for (const std::size_t h : key_hypotheses(told)) list.add(judgement(told, h));
  Node note = paragraph(
      {"Words of likelihood follow the bands of ICD 203; the number stands beside the "
       "word. Confidence is said in a sentence of its own, since it speaks of the sources "
       "and not of the odds. Every number leads to what is behind it."},
      "note");
  return section("judgements", "Key judgements", {advice(told), std::move(list), std::move(note)});
}

}  // namespace casus::brief
