// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cmath>

#include "casus/analysis/studies.h"
#include "casus/brief/page.h"
#include "casus/brief/words.h"

namespace casus::brief {
namespace {

Node number_cell(const std::string& text) { return cell({text}, "number"); }

std::string banded(const analysis::Band& b, const std::string& value, const std::string& range) {
  return b.low == b.high ? value : value + " (" + range + ")";
}
std::string share(const analysis::Band& b) {
  return banded(b, percent(b.value), percent_range(b.low, b.high));
}
std::string worth(const analysis::Band& b) {
  return banded(b, signed_number(b.value), rounded_range(b.low, b.high));
}

Node design(const analysis::DesignStudy& study) {
  std::vector<Node> rows;
  const auto start = [&](const analysis::DesignOutput& o, const std::string& input) {
    return std::vector<Node>{
        cell({o.of + " of " + o.option + (o.over.empty() ? "" : " over " + o.over)}, "id"),
        number_cell(signed_number(o.mean)), number_cell(rounded(o.deviation)), cell({input}, "id")};
  };
  const bool morris = study.design == "morris";
  for (const auto& o : study.outputs) {
    for (const auto& e : o.effects) {
      auto cells = start(o, e.input);
      for (const double x : {e.mu_star, 2.0 * e.error, e.mu, e.sigma})
        cells.push_back(number_cell(rounded(x)));
      rows.push_back(row(std::move(cells)));
    }
    for (const auto& x : o.indices) {
      auto cells = start(o, x.input);
      for (const double v : {x.total, 2.0 * x.total_error, x.first, 2.0 * x.first_error})
        cells.push_back(number_cell(rounded(v)));
      rows.push_back(row(std::move(cells)));
    }
  }
  std::vector<std::string> head = {"Of", ">Mean", ">Deviation", "Input"};
  for (const char* h : morris ? std::array{">\u03bc*", ">2 errors", ">\u03bc", ">\u03c3"}
                              : std::array{">In all", ">2 errors", ">Alone", ">2 errors"})
    head.emplace_back(h);
  return table(head, std::move(rows), "figures",
               fmt::format("{}: {} rows, {} inputs, {} futures an option over {} weeks",
                           study.design, study.rows, study.inputs, study.futures, study.weeks));
}

Node theories(const Told& told, const std::vector<analysis::TheoryRun>& runs) {
  std::vector<Node> rows;
  for (const auto& run : runs) {
    for (const auto& o : run.options) {
      rows.push_back(
          row({cell({fmt::format("{} = {:g}", run.knob, run.at)}, "id"),
               cell({option_name(told, o.id)}), number_cell(std::to_string(o.rank)),
               number_cell(signed_number(o.value)), number_cell(rounded(2.0 * o.error)),
               number_cell(rounded(o.behind)), number_cell(rounded(2.0 * o.behind_error))}));
    }
  }
  return table({"Theory", "Option", ">Rank", ">Value", ">2 errors", ">Behind by", ">2 errors"},
               std::move(rows), "figures", "The options under the sides of disputes held fixed");
}

Node game(const Told& told, const analysis::GameStudy& g) {
  const auto player = [&](std::size_t p) {
    const auto a = casefile::find(told.given.actors, g.players[p]);
    return a ? told.given.actors[*a].name : g.players[p];
  };
  std::vector<Node> rows;
  bool root = true;
  for (const auto& d : g.decisions) {
    for (std::size_t i = 0; i < d.choices.size(); ++i) {
      const auto& c = d.choices[i];
      std::string pays;
      for (std::size_t p = 0; p < c.payoffs.size(); ++p)
        pays += (pays.empty() ? "" : ", ") + player(p) + " " + worth(c.payoffs[p]);
      if (root && i < g.noisy_root.size())
        pays += fmt::format("; chosen with the noise of governments {}", percent(g.noisy_root[i]));
      rows.push_back(row({cell({player(d.player)}), cell({spoken(d.move)}),
                          cell({d.knows.empty() ? "nothing" : spoken(d.knows)}),
                          number_cell(percent(d.reached)), cell({spoken(c.id)}),
                          number_cell(share(c.p)), number_cell(percent(c.best)), cell({pays})}));
    }
    root = false;
  }
  std::string foot;
  for (std::size_t p = 0; p < g.payoffs.size(); ++p)
    foot += (foot.empty() ? "Worth of the equilibrium: " : ", ") + player(p) + " " +
            worth(g.payoffs[p]);
  foot += fmt::format(". Regret {}; noise \u03bb {}. {}.", rounded(g.regret), rounded(g.lambda),
                      capital(g.note));
  for (const auto& l : g.lines) {
    std::string text;
    for (const auto& c : l.choices) text += (text.empty() ? " " : " \u2192 ") + spoken(c);
    foot +=
        text + ": " + percent(l.p) + " in the equilibrium, " + percent(l.drawn) + " over draws.";
  }
  return el("div", {},
            {table({"Who", "Move", "Knowing", ">Comes to this", "Choice", ">Chosen", ">First in",
                    "Worth to each"},
                   std::move(rows), "figures", g.name),
             paragraph({foot})});
}

/// Whole per cents or hundredths, so that the columns stand.
std::string packed(double x, double scale) {
  return fmt::format("{:>4.0f}", std::round(scale * x) + 0.0);
}

/// The points of all days, and the days' shares with their errors.
std::string points_of(const Told& told, const analysis::SettlementStudy& s) {
  std::string text;
  for (const auto& p : s.points)
    text += fmt::format("{} in week {}: {}. ", capital(spoken(p.kind)), s.days[p.day].week,
                        s.packages[p.package].id);
  for (const auto& p : s.plans)
    text += fmt::format("{} tables {}. ", option_name(told, p.option), s.packages[p.package].id);
  for (const auto& d : s.days) {
    text += fmt::format("Week {}: some package better for all but", d.week);
    for (std::size_t i = 0; i < d.without.size(); ++i)
      text += fmt::format("{} {} {} \u00b1\u00a0{}", i == 0 ? "" : ",", s.parties[i],
                          percent(d.without[i].value), rounded(200.0 * d.without[i].error));
    text += ". ";
  }
  for (const auto& m : s.moved)
    text += fmt::format("{} in week {}: {} without, {} with. ", m.name, s.days[m.day].week,
                        percent(m.before.value), percent(m.after.value));
  return text;
}

/// A line a package: a table of so many cells would double the page.
Node packages(const Told& told, const analysis::SettlementStudy& s) {
  std::string text = fmt::format("{:<6}", "");
  for (const auto& d : s.days) {
    text += fmt::format("|{:<{}}", fmt::format("week {}", d.week),
                        13 + 8 * static_cast<int>(s.parties.size()));
  }
  text += "|\n      ";
  std::string head = "both all";
  for (const auto& p : s.parties) head += fmt::format("{:>4.3}", p);
  head += " ";
  for (const auto& p : s.parties) head += fmt::format("{:>4.3}", p);
  head += " war";
  for (std::size_t d = 0; d < s.days.size(); ++d) text += "|" + head;
  text += "|\n";
  for (const auto& p : s.packages) {
    text += fmt::format("{:<6}", p.id + (p.frontier ? "*" : ""));
    for (const auto& v : p.when) {
      text += "|" + packed(v.leads.value, 100.0) + packed(v.all.value, 100.0);
      for (const auto& a : v.accepts) text += packed(a.value, 100.0);
      text += " ";
      for (const double x : v.surplus) text += packed(x, 100.0);
      text += packed(v.renewed.value, 100.0);
    }
    text += "|  " + p.terms + "\n";
  }
  const auto error = std::sqrt(0.25 / std::max(1.0, static_cast<double>(s.futures)));
  return el(
      "div", {},
      {paragraph({fmt::format(
           "Per cent of the futures still at war (two errors at most {} points while all are): "
           "both belligerents prefer the package, all parties do, each party alone does; then "
           "each party\u2019s mean worth over going on, in hundredths of the stakes, and the "
           "chance of war again within five years, signed then. A star: no other gives both "
           "belligerents as much.",
           rounded(200.0 * error))}),
       el("pre", {{"class", "packages"}}, {text}), paragraph({points_of(told, s)})});
}

}  // namespace

std::vector<std::pair<std::string, Node>> study_figures(const Told& told) {
  std::vector<std::pair<std::string, Node>> out;
  if (told.studies == nullptr) return out;
  for (const auto& d : told.studies->designs)
    out.emplace_back("Designed run: " + d.design, design(d));
  if (!told.studies->theories.empty())
    out.emplace_back("Rival theories", theories(told, told.studies->theories));
  for (const auto& g : told.studies->games) out.emplace_back("Game: " + g.name, game(told, g));
  for (const auto& s : told.studies->settlement)
    out.emplace_back(fmt::format("All {} settlements", s.packages.size()), packages(told, s));
  return out;
}

}  // namespace casus::brief
