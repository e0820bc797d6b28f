// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/brief/page.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

using analysis::Comparison;

std::string name_at(const Told& told, std::size_t option) {
  return option_name(told, told.comparison.options[option].id);
}

std::string errors(double error) { return "\u00b1\u00a0" + rounded(2.0 * error); }
std::string errors_of_share(double error) { return "\u00b1\u00a0" + rounded(200.0 * error); }

Node number_cell(const std::string& text) { return cell({text}, "number"); }

Node outcomes(const Told& told) {
  std::vector<Node> rows;
  for (const std::size_t o : told.comparison.ranking) {
    for (const auto& s : told.comparison.options[o].outcomes) {
      const auto& m = casefile::measures()[s.measure];
      const auto say = [&](double x) { return number_cell(in_unit(x, m.unit)); };
      std::vector<Node> cells = {cell({name_at(told, o)}),
                                 cell({capital(named_sides(m.meaning, told.given))})};
      if (m.name == "nuclear_use") {  // a band and nothing finer
        cells.push_back(number_cell(band(s.mean)));
        for (int i = 0; i < 6; ++i) cells.push_back(cell({}));
      } else {
        cells.push_back(say(s.mean));
        cells.push_back(say(2.0 * s.error));
        for (const double q : {s.q05, s.q25, s.q50, s.q75, s.q95}) cells.push_back(say(q));
      }
      rows.push_back(row(std::move(cells)));
    }
  }
  return table(
      {"Option", "Measure", ">Mean", ">2 errors", ">5 %", ">25 %", ">50 %", ">75 %", ">95 %"},
      std::move(rows), "figures", "Every measure of every option over its futures");
}

Node differences(const Told& told) {
  std::vector<Node> rows;
  for (const std::size_t o : told.comparison.ranking) {
    for (const auto& d : told.comparison.options[o].difference_to) {
      rows.push_back(
          row({cell({name_at(told, o)}), cell({name_at(told, d.other)}),
               number_cell(signed_number(d.mean)), number_cell(errors(d.error)),
               number_cell(errors(d.unpaired_error)), number_cell(percent(d.share_better))}));
    }
  }
  return table({"Option", "Against", ">Value", ">2 errors", ">Unpaired", ">Better in"},
               std::move(rows), "figures", "Every option against every other, same luck");
}

Node order(const Told& told) {
  std::vector<std::string> head = {"Option", ">Value", ">2 errors"};
  for (const auto& v : told.given.values) head.push_back(">To " + told.given.actors[v.actor].name);
  for (const char* h :
       {">Regret", ">2 errors", ">95 %", ">Most", ">Best in", ">Mean rank", ">5 %", ">95 %"})
    head.emplace_back(h);
  std::vector<Node> rows;
  for (const std::size_t i : told.comparison.ranking) {
    const auto& o = told.comparison.options[i];
    std::vector<Node> cells = {cell({name_at(told, i)}), number_cell(signed_number(o.value)),
                               number_cell(errors(o.error))};
    for (const double v : o.value_for) cells.push_back(number_cell(signed_number(v)));
    const auto& s = o.stability;
    for (const double x :
         {o.regret.expected, 2.0 * o.regret.error, o.regret.worst, o.regret.maximum})
      cells.push_back(number_cell(rounded(x)));
    cells.push_back(number_cell(percent(s.p_best)));
    for (const double x : {s.mean_rank, s.rank_low, s.rank_high})
      cells.push_back(number_cell(rounded(x)));
    rows.push_back(row(std::move(cells)));
  }
  return table(head, std::move(rows), "figures",
               "Worth to each actor, regret, and rank over draws of the unsourced numbers");
}

Node weightings(const Told& told) {
  std::vector<Node> rows;
  for (const auto& w : told.comparison.weightings) {
    for (const std::size_t o : told.comparison.ranking) {
      const auto& x = w.options[o];
      rows.push_back(row(
          {cell({w.name}), cell({name_at(told, o)}),
           number_cell(count_of(static_cast<double>(x.rank))), number_cell(signed_number(x.value)),
           number_cell(errors(x.error)), number_cell(signed_number(x.difference)),
           number_cell(errors(x.difference_error)), number_cell(rounded(x.regret))}));
    }
  }
  return table({"Judged by", "Option", ">Rank", ">Value", ">2 errors", ">Against the first",
                ">2 errors", ">Regret"},
               std::move(rows), "figures", "The options under every one\u2019s values");
}

Node undecided(const Told& told) {
  std::vector<Node> rows;
  for (const auto& u : told.comparison.undecided_pairs) {
    rows.push_back(
        row({cell({name_at(told, u.better)}), cell({name_at(told, u.worse)}),
             number_cell(percent(u.p_flip)), number_cell(percent(u.p_flip_worths)),
             number_cell(percent(u.p_flip_numbers)), number_cell(rounded(u.standard_errors))}));
  }
  return table({"Ahead", "Behind", ">Turned in draws of all", ">of worths alone",
                ">of numbers alone", ">Errors apart"},
               std::move(rows), "figures", "Pairs whose order is undecided");
}

Node dominances(const Told& told) {
  std::vector<Node> rows;
  for (const auto& d : told.comparison.dominances) {
    rows.push_back(row({cell({name_at(told, d.over)}), cell({name_at(told, d.under)}),
                        cell({d.order == 2        ? "shunning risk"
                              : d.violation > 0.0 ? "nearly any taste"
                                                  : "any taste"}),
                        number_cell(percent(d.violation)), number_cell(percent(d.again))}));
  }
  return table({"Beats", "Beaten", "For", ">Area where it is behind", ">Holds again in"},
               std::move(rows), "figures", "Options that beat another as distributions");
}

Node scenarios(const Told& told) {
  std::vector<Node> rows;
  for (const auto& s : told.comparison.scenarios) {
    for (const auto& b : s.bounds) {
      rows.push_back(
          row({cell({s.method + ", " + spoken(s.of)}), cell({name_at(told, s.option)}),
               cell({b.input}, "id"), number_cell(rounded(b.low)), number_cell(rounded(b.high)),
               number_cell(percent(b.chance)), number_cell(percent(b.reproduced)),
               number_cell(percent(s.mass)), number_cell(percent(s.density)),
               number_cell(percent(s.base_rate)), number_cell(percent(s.coverage))}));
    }
  }
  return table({"Found by, of", "Option", "Input", ">From", ">To", ">By luck", ">Found again",
                ">Share of futures", ">There in", ">Overall", ">Holds of all"},
               std::move(rows), "figures", "Regions where the leader fails or is beaten");
}

Node courses(const Told& told) {
  std::vector<Node> rows;
  for (const std::size_t o : told.comparison.ranking) {
    const auto& c = told.comparison.options[o].courses;
    const auto add = [&](const std::string& name, const analysis::Course& g, bool group) {
      rows.push_back(
          row({cell({name_at(told, o)}),
               cell({fmt::format("{} ({} against {}, chance {})", name, rounded(c.silhouette),
                                 rounded(c.reference), percent(c.chance))}),
               number_cell(percent(g.share)), number_cell(errors_of_share(g.error)),
               number_cell(signed_number(g.value)), number_cell(percent(g.worst_tenth)),
               number_cell(group ? rounded(g.silhouette) : ""),
               number_cell(group ? rounded(g.stability) : ""),
               number_cell(count_of(static_cast<double>(g.medoid))),
               cell({capital(course_words(told, g, 4))})}));
    };
    for (std::size_t g = 0; g < c.groups.size(); ++g)
      add(std::string(1, static_cast<char>('A' + static_cast<int>(g))), c.groups[g], true);
    if (!c.groups.empty()) add("bad end", c.danger, false);
  }
  return table({"Option", "Group (silhouette of all, against clouds)", ">Of the futures",
                ">2 errors, points", ">Worth", ">In the worst tenth", ">Silhouette",
                ">Overlap again", ">Medoid", "What sets it apart"},
               std::move(rows), "figures", "Groups of futures of every option");
}

Node turns(const Told& told) {
  std::vector<Node> rows;
  for (std::size_t o = 0; o < told.comparison.options.size(); ++o) {
    for (const auto& t : told.comparison.options[o].turns) {
      rows.push_back(row({cell({name_at(told, o)}), cell({t.when}, "id"), cell({t.by}, "date"),
                          number_cell(percent(t.share)), number_cell(errors_of_share(t.error)),
                          number_cell(rounded(t.q05)), number_cell(rounded(t.q50)),
                          number_cell(rounded(t.q95)), number_cell(signed_number(t.value)),
                          number_cell(signed_number(t.otherwise))}));
    }
  }
  return table({"Plan", "Signpost", "By", ">Turned in", ">2 errors, points", ">5 %: week", ">50 %",
                ">95 %", ">Worth where it did", ">where not"},
               std::move(rows), "figures", "How often and when plans turned");
}

Node answers(const Told& told) {
  std::vector<Node> rows;
  for (const auto& a : told.comparison.answers) {
    std::string text;
    for (const auto& q : a.quantiles)
      text += fmt::format("{}{} %: {}", text.empty() ? "" : ", ", rounded(100.0 * q.first),
                          rounded(q.second, 3));
    for (const auto& c : a.categories)
      text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", spoken(c.first), percent(c.second));
    rows.push_back(
        row({cell({link(anchor("q", a.id), {spoken(a.id)})}),
             number_cell(count_of(static_cast<double>(a.futures))), number_cell(percent(a.p)),
             number_cell(errors_of_share(a.error)), cell({text})}));
  }
  return table({"Question", ">Futures with an answer", ">Probability", ">2 errors, points",
                "Quantiles (a week for a date) or categories"},
               std::move(rows), "figures", "Answers in full");
}

Node hinges(const Told& told) {
  std::vector<Node> rows;
  for (const auto& h : told.comparison.hinges) {
    rows.push_back(
        row({cell({h.kind}), cell({h.name}, "id"), cell({with_option_names(told, h.detail)}),
             number_cell(signed_number(h.correlation)),
             cell({h.flips ? "turns the order" : "does not"})}));
  }
  return table({"Kind", "Number", "How", ">Correlation", "Within its spread"}, std::move(rows),
               "figures", "All hinges of the order");
}

Node collection(const Told& told) {
  std::vector<Node> rows;
  for (const auto& d : told.comparison.collection)
    rows.push_back(row(
        {cell({d.task}), number_cell(rounded(d.decision_value)), number_cell(errors(d.error))}));
  return table({"Look", ">Worth to the decision", ">2 errors"}, std::move(rows), "figures",
               "What every look is worth to the decision");
}

Node folded(const char* title, Node content) {
  return el("details", {}, {el("summary", {}, {title}), std::move(content)});
}

}  // namespace

Node figures_section(const Told& told) {
  const Comparison& c = told.comparison;
  std::vector<Node> parts = {paragraph({fmt::format(
      "All that comparison.json says, with two errors. {} futures an option, about {} would part "
      "the best two; {} draws of the unsourced numbers, of which an order may turn in {} and "
      "still count as decided; good enough is worth {} on average where the case states no "
      "requirement. Histograms are drawn above; which future is in which group stands in the "
      "file alone.",
      count_of(static_cast<double>(c.futures)), rounded(static_cast<double>(c.futures_enough)),
      count_of(static_cast<double>(c.draws)), percent(c.flip_limit),
      signed_number(c.required_value))})};
  struct Entry {
    const char* title;
    Node (*make)(const Told&);
    bool there;
  };
  const bool plans = std::ranges::any_of(c.options, [](const auto& o) { return !o.turns.empty(); });
  for (const Entry& e : {Entry{"Outcomes", outcomes, true},
                         {"Differences", differences, true},
                         {"Worth, regret, rank", order, true},
                         {"By whose values", weightings, !c.weightings.empty()},
                         {"Undecided pairs", undecided, !c.undecided_pairs.empty()},
                         {"Dominance", dominances, !c.dominances.empty()},
                         {"Regions", scenarios, !c.scenarios.empty()},
                         {"Courses", courses, true},
                         {"Turns of plans", turns, plans},
                         {"Hinges", hinges, !c.hinges.empty()},
                         {"Answers", answers, !c.answers.empty()},
                         {"Collection", collection, !c.collection.empty()}}) {
    if (e.there) parts.push_back(folded(e.title, e.make(told)));
  }
  for (auto& [title, content] : study_figures(told))
    parts.push_back(folded(title.c_str(), std::move(content)));
  return section("figures", "Appendix: all figures of the comparison", std::move(parts));
}

}  // namespace casus::brief
