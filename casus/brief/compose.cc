// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/studies.h"
#include "casus/base/error.h"
#include "casus/brief/page.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

struct Entry {
  const char* id;
  const char* title;
  Node (*make)(const Told&);
  bool (*has)(const Told&) = nullptr;  ///< null: always there
};

bool has_games(const Told& told) { return told.studies != nullptr && !told.studies->games.empty(); }
bool has_settlement(const Told& told) {
  return told.studies != nullptr && !told.studies->settlement.empty();
}

constexpr Entry contents[] = {
    {"judgements", "Key judgements", judgements_section},
    {"map", "Where they are", map_section},
    {"facts", "Facts in dispute", facts_section},
    {"timeline", "What was reported, and when", timeline_section},
    {"evidence", "Evidence against hypotheses", evidence_section},
    {"path", "How the belief moved", path_section},
    {"options", "The options against each other", options_section},
    {"robustness", "Robustness and warnings", robustness_section},
    {"games", "Move and counter-move", games_section, has_games},
    {"settlement", "How it could end", settlement_section, has_settlement},
    {"futures", "What may happen", futures_section},
    {"stories", "The most likely and the most dangerous future", stories_section},
    {"forecasts", "Answers to the questions of the case", forecasts_section},
    {"change", "What would change the judgement", change_section},
    {"sources", "Sources", sources_section},
    {"method", "Method and limits", method_section},
    {"parameters", "Parameters", parameters_section},
    {"figures", "Appendix: all figures of the comparison", figures_section},
    {"reports", "Appendix: all reports", appendix_section},
};

Node mark(const Told& told) { return el("p", {{"class", "mark-line"}}, {handling_of(told.given)}); }

Node head(const Told& told) {
  return el("head", {},
            {el("meta", {{"charset", "utf-8"}}),
             el("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}}),
             el("meta", {{"name", "color-scheme"}, {"content", "light dark"}}),
             el("title", {}, {told.given.title + ", " + long_form(told.given.as_of)}),
             el("style", {}, {style_sheet(handling_of(told.given))})});
}

Node title_block(const Told& told) {
  return el(
      "header", {},
      {el("h1", {}, {told.given.title}), el("p", {{"class", "question"}}, {told.given.question}),
       el("p", {{"class", "asof"}},
          {"As of ",
           el("time", {{"datetime", to_string(told.given.as_of)}}, {long_form(told.given.as_of)}),
           ". For: ", told.given.actors[told.given.decision_maker].name, ". ",
           number("reports", std::to_string(told.given.reports.size())), " reports, ",
           number("sources", std::to_string(told.given.sources.size())), " sources, ",
           number("options", std::to_string(told.comparison.options.size())), " options. ",
           link("run", {"Seed and version"}), "."})});
}

bool shown(const Entry& e, const Told& told) { return e.has == nullptr || e.has(told); }

Node table_of_contents(const Told& told) {
  Node list = el("ol");
  for (const Entry& e : contents) {
    if (shown(e, told)) list.add(el("li", {}, {link(e.id, {e.title})}));
  }
  return el("nav", {{"aria-label", "Contents"}}, {std::move(list)});
}

void hold_to_shape(const Told& told) {
  CASUS_CHECK(told.belief.hypotheses.size() == told.given.hypotheses.size());
  CASUS_CHECK(told.belief.sources.size() == told.given.sources.size());
  CASUS_CHECK(told.belief.reports.size() == told.given.reports.size());
  CASUS_CHECK(!told.comparison.options.empty() && !told.comparison.ranking.empty());
}

}  // namespace

std::string compose(const casefile::Case& given, const intel::Belief& belief,
                    const ensemble::Futures& futures, const analysis::Comparison& comparison,
                    const std::vector<Story>& stories, const analysis::Studies* studies) {
  const Told told{given, belief, futures, comparison, stories, studies};
  hold_to_shape(told);
  Node main = el("main");
  for (const Entry& e : contents) {
    if (!shown(e, told)) continue;
    main.add(e.make(told));
    if (e.make == judgements_section && has_analysts(told)) main.add(analysts_section(told));
  }
  Node body =
      el("body", {},
         {mark(told), title_block(told), table_of_contents(told), std::move(main), mark(told)});
  std::string page = "<!DOCTYPE html>\n";
  el("html", {{"lang", "en"}}, {head(told), std::move(body)}).write(page);
  return page;
}

}  // namespace casus::brief
