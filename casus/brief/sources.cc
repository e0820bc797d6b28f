// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

Node mode_bar(const intel::SourceBelief& s) {
  const double honest = 150.0 * s.p_honest, careless = 150.0 * s.p_careless,
               controlled = 150.0 * s.p_controlled;
  return inline_svg(152, 12,
                    fmt::format("honest {}, careless {}, controlled {}", percent(s.p_honest),
                                percent(s.p_careless), percent(s.p_controlled)),
                    {box(0, 1, honest, 10, "honest"), box(honest, 1, careless, 10, "careless"),
                     box(honest + careless, 1, controlled, 10, "controlled")});
}

}  // namespace

Node sources_section(const Told& told) {
  std::vector<std::size_t> count(told.given.sources.size(), 0);
  for (const auto& r : told.given.reports) ++count[r.source];
  std::vector<std::size_t> order(told.given.sources.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return count[a] > count[b]; });
  std::vector<Node> rows;
  for (const std::size_t i : order) {
    const auto& s = told.given.sources[i];
    const auto& b = told.belief.sources[i];
    std::string relays;
    for (const auto r : s.relays)
      relays += (relays.empty() ? "repeats " : ", ") + told.given.sources[r].name;
    Node name = cell({s.name}, "name");
    if (!relays.empty()) name.add(el("span", {{"class", "faint"}}, {" (" + relays + ")"}));
    rows.push_back(
        row({std::move(name),
             cell({std::string(casefile::name_of(s.kind) == "human"
                                   ? "human source"
                                   : spoken(casefile::name_of(s.kind)))}),
             cell({std::string(1, s.grade)}, "grade"), cell({std::to_string(count[i])}, "number"),
             cell({mode_bar(b)}), cell({percent(b.p_honest)}, "number"),
             cell({percent(b.p_careless)}, "number"), cell({percent(b.p_controlled)}, "number"),
             cell({s.interests}, "faint")},
            anchor("s", s.id)));
  }
  return section(
      "sources", "Sources",
      {paragraph(
           {"The grade given beforehand, and beside it what the reports together say of the "
            "source: "
            "honest, careless, or controlled by an adversary. A source keeps one mode through all "
            "its reports, so a liar caught once is doubted throughout."}),
       table({"Source", "Kind", "Grade", "Reports", "Judged now", "Honest", "Careless",
              "Controlled", "Interests"},
             std::move(rows), "sources", "")});
}

}  // namespace casus::brief
