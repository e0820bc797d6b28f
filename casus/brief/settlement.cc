// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "casus/analysis/studies.h"
#include "casus/brief/page.h"
#include "casus/brief/svg.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

using analysis::SettlementStudy;

std::string actor_name(const Told& told, const std::string& id) {
  const auto a = casefile::find(told.given.actors, id);
  return a ? told.given.actors[*a].name : id;
}

std::string day_name(const Told& told, int week) {
  return week == 0 ? "now" : month_of(told.given.clock().sunday_of(week));
}

/// A package that is named in the picture and the table.
struct Named {
  std::string letter, name;
  std::size_t package = 0;
};

std::vector<Named> named_packages(const SettlementStudy& s) {
  std::vector<Named> out;
  const auto add = [&](const std::string& name, std::size_t package) {
    for (Named& n : out) {
      if (n.package != package) continue;
      n.name += "; " + name;
      return;
    }
    out.push_back(
        {std::string(1, static_cast<char>('A' + static_cast<int>(out.size()))), name, package});
  };
  for (const auto& p : s.points) {
    if (p.day != 0) continue;
    if (p.kind == "nash") add("Nash point", p.package);
    if (p.kind == "kalai_smorodinsky") add("Kalai\u2013Smorodinsky point", p.package);
    if (p.kind == "most_accepted") add("accepted most often", p.package);
  }
  for (const auto& p : s.plans) add(p.name, p.package);
  return out;
}

Node frontier_picture(const Told& told, const SettlementStudy& s, const std::vector<Named>& named) {
  double low[2] = {0.0, 0.0}, high[2] = {0.0, 0.0};
  for (const auto& p : s.packages) {
    for (std::size_t i = 0; i < 2; ++i) {
      low[i] = std::min(low[i], p.when[0].surplus[i]);
      high[i] = std::max(high[i], p.when[0].surplus[i]);
    }
  }
  const Scale x = {low[0], high[0], 60, 600};
  const Scale y = {low[1], high[1], 380, 20};
  std::vector<Node> parts;
  parts.push_back(box(x(0.0), 20, 600 - x(0.0), y(0.0) - 20, "shade"));
  for (const double t : nice_ticks(low[0], high[0], 6)) {
    parts.push_back(line({x(t), 20}, {x(t), 380}, "grid"));
    parts.push_back(words({x(t), 396}, rounded(t), "tick", "middle"));
  }
  for (const double t : nice_ticks(low[1], high[1], 6)) {
    parts.push_back(line({60, y(t)}, {600, y(t)}, "grid"));
    parts.push_back(words({54, y(t) + 4}, rounded(t), "tick", "end"));
  }
  parts.push_back(line({x(0.0), 20}, {x(0.0), 380}, "axis"));
  parts.push_back(line({60, y(0.0)}, {600, y(0.0)}, "axis"));
  std::vector<Spot> edge;
  for (const auto& p : s.packages) {
    const Spot at{x(p.when[0].surplus[0]), y(p.when[0].surplus[1])};
    if (p.frontier) {
      edge.push_back(at);
    } else {
      parts.push_back(circle(at, 1.8, "cloud"));
    }
  }
  std::ranges::sort(edge, {}, &Spot::x);
  parts.push_back(path(path_data(edge), "frontier"));
  for (const Spot& at : edge) parts.push_back(circle(at, 2.6, "edge"));
  for (const Named& n : named) {
    const auto& v = s.packages[n.package].when[0].surplus;
    parts.push_back(circle({x(v[0]), y(v[1])}, 8, "named"));
    parts.push_back(words({x(v[0]), y(v[1]) + 4}, n.letter, "letter", "middle"));
  }
  parts.push_back(words({330, 414}, actor_name(told, s.parties[0]) + ": better than going on by",
                        "label", "middle"));
  parts.push_back(
      words({60, 12}, actor_name(told, s.parties[1]) + ": better than going on by", "label"));
  return svg(620, 420, "The settlement space",
             "Every settlement by what it gives the two belligerents over fighting on, mean over "
             "futures; the shaded corner is better for both.",
             std::move(parts), "settlement");
}

/// For each party and day, how often it alone stands in the way.
Node blocks_picture(const Told& told, const SettlementStudy& s) {
  std::vector<Node> parts;
  const double width = 480.0 / static_cast<double>(s.days.size());
  double most = 0.02;
  for (const auto& d : s.days) {
    for (const auto& w : d.without) most = std::max(most, w.value - d.all.value);
  }
  const Scale h = {0.0, most, 0.0, width - 34.0};
  for (std::size_t day = 0; day < s.days.size(); ++day) {
    const double left = 130.0 + width * static_cast<double>(day);
    parts.push_back(words({left, 14}, day_name(told, s.days[day].week), "label"));
    for (std::size_t p = 0; p < s.parties.size(); ++p) {
      const double top = 24.0 + 22.0 * static_cast<double>(p);
      const double alone = std::max(0.0, s.days[day].without[p].value - s.days[day].all.value);
      if (day == 0) parts.push_back(words({0, top + 11}, actor_name(told, s.parties[p]), "label"));
      parts.push_back(box(left, top, std::max(h(alone), 0.5), 14, "worse-bar"));
      parts.push_back(words({left + h(alone) + 4, top + 11}, percent(alone), "tick"));
    }
  }
  return svg(620, 30.0 + 22.0 * static_cast<double>(s.parties.size()), "Who stands in the way",
             "Share of futures in which some settlement would be better for all but one party.",
             std::move(parts), "settlement");
}

Node days_table(const Told& told, const SettlementStudy& s) {
  std::vector<Node> rows;
  const auto share = [](const analysis::Share& x) {
    return cell({percent(x.value),
                 el("span", {{"class", "faint"}}, {" \u00b1 " + rounded(200.0 * x.error)})},
                "number");
  };
  for (const auto& d : s.days) {
    rows.push_back(
        row({cell({day_name(told, d.week)}, "name"), share(d.fighting), share(d.leads),
             share(d.all), cell({fmt::format("{} / {}", d.lead_gains, d.all_gains)}, "number"),
             cell({rounded(d.war[0])}, "number"), cell({rounded(d.war[1])}, "number")}));
  }
  return table(
      {"When", ">Still fighting", ">A package both would rather have",
       ">One that all would rather have", ">Packages better in the mean for both / for all",
       ">Going on, to " + actor_name(told, s.parties[0]), ">to " + actor_name(told, s.parties[1])},
      std::move(rows), "settlement", "When there is something to agree on");
}

Node packages_table(const Told& told, const SettlementStudy& s, const std::vector<Named>& named) {
  std::vector<std::string> head = {"", "Package", "Terms", ">All prefer it, now"};
  for (std::size_t d = 1; d < s.days.size(); ++d)
    head.push_back(">" + day_name(told, s.days[d].week));
  head.push_back("Rejected now by");
  head.push_back(">War again in 5 years");
  std::vector<Node> rows;
  for (const Named& n : named) {
    const auto& p = s.packages[n.package];
    std::string against;
    for (std::size_t i = 0; i < s.parties.size(); ++i) {
      const double no = 1.0 - p.when[0].accepts[i].value;
      if (no < 0.25) continue;
      against += fmt::format("{}{} {}", against.empty() ? "" : ", ", actor_name(told, s.parties[i]),
                             percent(no));
    }
    std::vector<Node> cells = {cell({n.letter}, "name"), cell({n.name}), cell({spoken(p.terms)})};
    for (const auto& when : p.when) cells.push_back(cell({percent(when.all.value)}, "number"));
    cells.push_back(cell({against.empty() ? "nobody, mostly" : against}));
    cells.push_back(cell({percent(p.renewed)}, "number"));
    rows.push_back(row(std::move(cells)));
  }
  return table(head, std::move(rows), "settlement", "Packages by name");
}

Node moved_table(const Told& told, const SettlementStudy& s) {
  std::vector<Node> rows;
  std::set<std::string> met;
  for (const auto& first : s.moved) {
    if (!met.insert(first.kind + first.id).second) continue;
    std::vector<Node> cells = {cell({first.name}, "name")};
    for (const auto& m : s.moved) {
      if (m.kind != first.kind || m.id != first.id) continue;
      cells.push_back(
          cell({signed_number(100.0 * m.difference),
                el("span", {{"class", "faint"}}, {" \u00b1 " + rounded(200.0 * m.error)})},
               "number"));
    }
    rows.push_back(row(std::move(cells)));
  }
  std::vector<std::string> head = {"What"};
  for (const auto& d : s.days) head.push_back(">" + day_name(told, d.week));
  return table(head, std::move(rows), "settlement",
               "What moves the share of futures with a package that all prefer, in points");
}

}  // namespace

Node settlement_section(const Told& told) {
  const SettlementStudy& s = told.studies->settlement.front();
  const std::vector<Named> named = named_packages(s);
  return section(
      "settlement", "How it could end",
      {paragraph({fmt::format(
           "{} settlements, seen with each party\u2019s eyes in {} futures under \u2018{}\u2019. A "
           "party prefers a package if its terms, less the fear of what the other will do with the "
           "time, are worth more to it than fighting on as it then believes the war will go. Two "
           "errors are given.",
           s.packages.size(), count_of(static_cast<double>(s.futures)),
           option_name(told, s.option))}),
       figure(frontier_picture(told, s, named),
              {"Mean over futures, now. The line joins packages that none other beats for both."}),
       days_table(told, s), packages_table(told, s, named),
       figure(blocks_picture(told, s),
              {"Who stands in the way: futures in which some package would be better for all but "
               "this one."}),
       moved_table(told, s)});
}

}  // namespace casus::brief
