// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/analysis/studies.h"
#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

constexpr double told_reach =
    0.05;  ///< decisions that are come to more seldom are left to the file

std::string actor_name(const Told& told, const std::string& id) {
  const auto a = casefile::find(told.given.actors, id);
  return a ? told.given.actors[*a].name : id;
}

Node band_bar(const analysis::Band& b) {
  const Scale x = {0.0, 1.0, 1.0, 81.0};
  return inline_svg(82, 10, percent(b.value),
                    {box(1, 3, 80, 4, "track"), box(1, 3, x(b.value) - 1.0, 4, "bar"),
                     line({x(b.low), 5}, {x(b.high), 5}, "interval")});
}

Node decisions_table(const Told& told, const analysis::GameStudy& g) {
  std::vector<Node> rows;
  for (const auto& d : g.decisions) {
    if (d.reached < told_reach) continue;
    bool first = true;
    for (const auto& c : d.choices) {
      rows.push_back(row({cell({first ? actor_name(told, g.players[d.player]) : ""}, "name"),
                          cell({first ? (d.knows.empty() ? "nothing" : spoken(d.knows)) : ""}),
                          cell({first ? percent(d.reached) : ""}, "number"), cell({spoken(c.id)}),
                          cell({band_bar(c.p)}), cell({percent(c.p.value)}, "number"),
                          cell({percent_range(c.p.low, c.p.high)}, "number faint"),
                          cell({percent(c.best)}, "number"),
                          cell({!first        ? ""
                                : d.undecided ? "undecided"
                                              : "decided"},
                               d.undecided ? "open" : "faint")}));
      first = false;
    }
  }
  return table({"Who", "Knowing", ">Comes to this", "Chooses", "", ">Equilibrium", ">90 %",
                ">First choice in", "Within chance and worths"},
               std::move(rows), "games", g.name);
}

Node root_table(const Told& told, const analysis::GameStudy& g) {
  std::vector<std::string> head = {"First move"};
  for (const auto& p : g.players) head.push_back(">" + actor_name(told, p));
  std::vector<Node> rows;
  for (const auto& d : g.decisions) {
    if (d.choices.front().payoffs.empty()) continue;
    for (const auto& c : d.choices) {
      std::vector<Node> cells = {cell({spoken(c.id)}, "name")};
      for (const auto& b : c.payoffs) {
        cells.push_back(cell({rounded(b.value), el("span", {{"class", "faint"}},
                                                   {" (" + rounded_range(b.low, b.high) + ")"})},
                             "number"));
      }
      rows.push_back(row(std::move(cells)));
    }
  }
  return table(head, std::move(rows), "games", "Worth to each after the first move");
}

Node lines_list(const analysis::GameStudy& g) {
  Node list = el("ol");
  for (std::size_t i = 0; i < std::min<std::size_t>(g.lines.size(), 4); ++i) {
    std::string text;
    for (const auto& c : g.lines[i].choices) text += (text.empty() ? "" : " \u2192 ") + spoken(c);
    list.add(el("li", {}, {text + ": " + percent(g.lines[i].drawn)}));
  }
  return list;
}

void add_game(const Told& told, const analysis::GameStudy& g, std::vector<Node>& out) {
  out.push_back(el("h3", {}, {g.name}));
  std::string about = fmt::format(
      "Payoffs are means over {} futures of {} weeks down each of {} branches, on the same luck; "
      "bands are 5 to 95 % over {} bootstrap draws of these futures. The equilibrium leaves nobody "
      "{} to gain alone; there may be others.",
      count_of(static_cast<double>(g.futures)), g.weeks, g.branches, g.bootstraps,
      g.regret < 1e-4 ? "anything" : "more than " + rounded(g.regret));
  if (!g.type.empty())
    about += fmt::format(" Hidden: {} ({} for the first kind).", g.type, percent(g.p_first_type));
  out.push_back(paragraph({about}));
  const auto open = std::ranges::count_if(
      g.decisions, [](const auto& d) { return d.undecided && d.reached >= told_reach; });
  if (open > 0) {
    out.push_back(
        paragraph({fmt::format("{} of the moves below {} undecided: the choice told comes first in "
                               "fewer than {} of the draws, "
                               "so the equilibrium of the means says more than the futures know.",
                               open, open == 1 ? "is" : "are", percent(analysis::decided_share))},
                  "verdict open"));
  }
  out.push_back(decisions_table(told, g));
  out.push_back(root_table(told, g));
  out.push_back(
      paragraph({"Most likely courses, mean over draws of the futures and of the worths:"}));
  out.push_back(lines_list(g));
}

}  // namespace

Node games_section(const Told& told) {
  std::vector<Node> parts;
  for (const auto& g : told.studies->games) add_game(told, g, parts);
  return section("games", "Move and counter-move", std::move(parts));
}

}  // namespace casus::brief
