// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "cli/commands.h"
#include "cli/stages.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

void print_game(const analysis::GameStudy& g) {
  fmt::print("{} ({} branches, {} futures each, {} weeks)\n", g.name, g.branches, g.futures,
             g.weeks);
  for (const auto& d : g.decisions) {
    if (d.reached < 0.05) continue;
    fmt::print("  {} at {}{}, come to {:.0f} %{}\n", g.players[d.player], d.move,
               d.knows.empty() ? "" : " (" + d.knows + ")", 100.0 * d.reached,
               d.undecided ? ": undecided" : "");
    for (const auto& c : d.choices) {
      fmt::print("    {:<24} {:>5.1f} %  ({:.0f} to {:.0f} %), first in {:.0f} % of draws\n", c.id,
                 100.0 * c.p.value, 100.0 * c.p.low, 100.0 * c.p.high, 100.0 * c.best);
    }
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(3, g.lines.size()); ++i) {
    std::string text;
    for (const auto& c : g.lines[i].choices) text += (text.empty() ? "" : " > ") + c;
    fmt::print("  {:>4.0f} % of draws go {}\n", 100.0 * g.lines[i].drawn, text);
  }
  std::string pays;
  for (std::size_t p = 0; p < g.players.size(); ++p) {
    pays += fmt::format("  {} {:.2f} ({:.2f} to {:.2f})", g.players[p], g.payoffs[p].value,
                        g.payoffs[p].low, g.payoffs[p].high);
  }
  fmt::print("  worth:{}\n  regret {:.2g}; {}\n\n", pays, g.regret, g.note);
}

void print_settlement(const analysis::SettlementStudy& s) {
  fmt::print("How it could end, under '{}', {} futures\n", s.option, s.futures);
  fmt::print("  {:>6} {:>9} {:>12} {:>12}  {}\n", "week", "fighting", "both prefer", "all prefer",
             "what each one's say takes away");
  for (const auto& d : s.days) {
    std::string alone;
    for (std::size_t p = 0; p < s.parties.size(); ++p) {
      alone += fmt::format("{} {:.1f}  ", s.parties[p], 100.0 * (d.without[p].value - d.all.value));
    }
    fmt::print("  {:>6} {:>7.1f} % {:>10.1f} % {:>10.1f} %  {}\n", d.week, 100.0 * d.fighting.value,
               100.0 * d.leads.value, 100.0 * d.all.value, alone);
  }
  const auto told = [&](const std::string& name, std::size_t package, std::size_t day) {
    const auto& p = s.packages[package];
    fmt::print("  {:<22} {:>5.1f} % prefer it, war again in 5 years {:.0f} %: {}\n", name,
               100.0 * p.when[day].all.value, 100.0 * p.renewed, p.terms);
  };
  for (const auto& p : s.points)
    told(fmt::format("{}, week {}", p.kind, s.days[p.day].week), p.package, p.day);
  for (const auto& p : s.plans) told(p.option, p.package, 0);
  for (const auto& m : s.moved) {
    fmt::print("  {:<10} {:<20} week {:>3}: {:+.1f} points +-{:.1f}\n", m.kind, m.id,
               s.days[m.day].week, 100.0 * m.difference, 100.0 * m.error);
  }
}

}  // namespace

int run_games(const Options& options) {
  Stages stages(options);
  const auto belief = stages.assess(true);
  const auto studies = stages.studies(belief.value, false);
  if (studies.value.games.empty() && studies.value.settlement.empty())
    throw ModelError("this case has no games.yaml and no war to settle");
  if (options.json) {
    fmt::print("{}", analysis::to_json(studies.value));
    return ok;
  }
  if (options.quiet) return ok;
  for (const auto& g : studies.value.games) print_game(g);
  for (const auto& s : studies.value.settlement) print_settlement(s);
  fmt::print("studies written: {}\n", stages.file("studies.json").string());
  return ok;
}

}  // namespace casus::cli
