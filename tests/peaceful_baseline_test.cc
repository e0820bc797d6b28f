// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>

#include "casus/base/parallel.h"
#include "casus/casefile/load.h"
#include "casus/ensemble/run.h"
#include "casus/intel/belief.h"
#include "casus/world/act.h"
#include "report.h"

/// A world at peace must stay as peaceful as history between rivals is: earlier sandboxes of
/// escalation drift to war by themselves. `tools/validation` makes
/// docs/validation/peaceful-baseline.md of it.
namespace casus::evidence::peaceful_baseline {
namespace {

const std::size_t played = futures_asked(10000) / lanes::width * lanes::width;
constexpr int horizon = 104;

/// What happened, by kind and year, in all futures together.
struct Counts {
  std::map<std::string, std::array<double, 2>> events;  ///< per year of play
  std::vector<double> clashes;                          ///< per future
  double clamped = 0.0, updates = 0.0;
};

Counts counted() {
  static const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/tests/peaceful");
  const auto belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  const ensemble::Stage stage(given, belief, {.seed = 1, .weeks = horizon});
  const std::size_t blocks = played / lanes::width;
  std::vector<Counts> each(blocks);
  parallel_for(blocks, 0, [&](std::size_t b) {
    Counts& c = each[b];
    c.clashes.resize(lanes::width);
    world::EventLog log;
    ensemble::Run run;
    ensemble::run_pack(stage, stage.start(b), casefile::OptionId{0}, b, {run}, &log);
    for (const world::Event& e : log.events()) {
      std::string kind(e.kind);
      if (e.kind == "act") {
        const auto& row = world::info(*casefile::parse<casefile::Action>(e.cause));
        kind = row.rung >= 6.0F   ? "act of force"
               : row.rung >= 4.0F ? "act of display"
                                  : "other act";
      }
      c.events[kind][e.week < horizon / 2 ? 0 : 1] += 1.0;
      if (e.kind == "clash") c.clashes[e.lane] += 1.0;
    }
    c.clamped = static_cast<double>(run.clamps.clamped);
    c.updates = static_cast<double>(run.clamps.updates);
  });
  Counts all;
  for (const Counts& c : each) {
    for (const auto& [kind, n] : c.events) {
      for (std::size_t y = 0; y < 2; ++y) all.events[kind][y] += n[y];
    }
    all.clashes.insert(all.clashes.end(), c.clashes.begin(), c.clashes.end());
    all.clamped += c.clamped;
    all.updates += c.updates;
  }
  return all;
}

constexpr std::string_view before = R"(# A world at peace stays as peaceful as history

Earlier sandboxes of escalation drift to war by themselves: their players escalate whatever they are given (Rivera et al. 2024; Payne 2026, preprint). Here eight made-up states (`tests/peaceful`), two of them nuclear great powers, live in four rivalries at -5 of -10 to 10, with ordinary politics, trade in threats and shocks, and no war. {futures} futures of two years, nothing ordered but what governments choose. `tools/validation` remakes this page; `make verify` checks every row.

)";
constexpr std::string_view after = R"(
![Every row: what is wanted and what was found](peaceful-baseline.svg)

**The base rates.**
- *Clashes with fire.* Disputes in which the initiator used force: 1,034 since 1946 (GML 2.2.1, own count), 15 a year in the whole world. If three quarters of them fall among some forty strategic rivalries (from memory of Thompson and Dreyer 2011; not checked), that is 0.28 per rivalry and year; about a sixth of uses of force kill (from memory), so .05 is the upper end for exchanges of fire that kill. In Korea deadly exchanges came once in seven years under far worse relations; .003 is one in three hundred years.
- *Open war given a clash.* War given a reciprocated dispute: 3.1 % since 1990 (same count).
- *Open wars.* 38 interstate wars begun 1946 to 2003 (COW, own count), 0.65 a year; three quarters among forty rivalries are .012 per rivalry and year, for rivalries of every degree. Those here are middling and begin at peace, so half of that is the upper end.
- *Nuclear use.* None in 79 years: Jeffreys median .003 a year.
- *Leaders.* Regular, irregular and natural exits together .19 a year since 1990 (Archigos, own count). No election is on the calendar of these states, so their regular exits stand for those too; how they are shared out by regime is judged ([leaders](../models/leaders.md)). Before managed and closed states had regular exits at all, the row stood at .111 and was missed.

**No drift.** What matters most is that nothing grows by itself: clashes and displays in the second year are as many as in the first, and rivals see each other as they did. The number of clashes in a future is near to Poisson: its variance exceeds the mean by what the rate itself differs between futures.

**Where it is weak.** The rate of clashes is a knob, so the first row shows that the acts of governments do not lift it, not that it is right. The engine's open wars are rarer than history's by an order of magnitude for rivals who begin at peace: it lets war come out of a clash only, never out of a plan. Two years are short: wars that build up over a decade are not seen.
)";

TEST(SlowPeacefulBaseline, AWorldAtPeaceStaysAsPeacefulAsHistory) {
  const double rivalries = 4.0, states = 8.0, years = 2.0 * static_cast<double>(played);
  const Counts c = counted();
  const auto total = [&](const char* kind) {
    const auto found = c.events.find(kind);
    return found == c.events.end() ? 0.0 : found->second[0] + found->second[1];
  };
  const auto turned = [&](const char* kind) {
    const auto found = c.events.find(kind);
    return found == c.events.end() || found->second[0] == 0.0 ? 1.0
                                                              : found->second[1] / found->second[0];
  };
  std::vector<Gate> gates;
  const double clash = total("clash") / years / rivalries;
  check(gates, {"I", "clashes with fire, per rivalry and year", 0.003, 0.05, clash});
  check(gates, {"I", "clashes in the second year against the first", 0.8, 1.25, turned("clash")});
  check(gates, {"I-2", "open wars per clash", 0.01, 0.08,
                total("open_war") / std::max(total("clash"), 1.0)});
  check(gates, {"I-2", "open wars per rivalry and year", 0.0, 0.006,
                total("open_war") / years / rivalries});
  check(gates, {"I-3", "nuclear use, per year of the whole world", 0.0, 0.003,
                total("nuclear_use") / years});
  check(gates, {"I", "acts of force, per state and year", 0.0, 0.05,
                total("act of force") / years / states});
  check(gates, {"I", "acts of display in the second year against the first", 0.8, 1.25,
                turned("act of display")});
  check(gates, {"L", "border incidents per rivalry and year", 0.1, 1.0,
                total("shock_border") / years / rivalries});
  check(gates, {"I-1", "relations that sank less those that mended, per state and year", -0.2, 0.2,
                (total("relations_sink") - total("relations_mend")) / years / states});
  // Counts of a Poisson process whose rate differs between futures by the spread of its knobs.
  const double m = mean(c.clashes);
  double variance = 0.0;
  for (const double n : c.clashes) variance += (n - m) * (n - m) / static_cast<double>(played - 1);
  check(gates, {"I", "variance of the number of clashes over its mean (Poisson: 1)", 0.9, 1.5,
                variance / m});
  check(gates, {"L-1", "exits of leaders, per state and year", 0.15, 0.25,
                (total("leader_dies") + total("leader_falls") + total("leader_ousted") +
                 total("leader_leaves") + total("leader_hands_over")) /
                    years / states});
  check(gates,
        {"0", "share of updates brought back into their range", 0.0, 0.001, c.clamped / c.updates});
  write_report("peaceful-baseline.md", fmt::format(before, fmt::arg("futures", played)) +
                                           table_of(gates) + std::string(after));
  write_report("peaceful-baseline.svg",
               plot_gates(fmt::format("A world at peace: {} futures of two years", played), gates));
  fmt::print("{}", table_of(gates));
  for (const auto& [kind, n] : c.events) fmt::print("{:<24} {:>9} {:>9}\n", kind, n[0], n[1]);
}

}  // namespace
}  // namespace casus::evidence::peaceful_baseline
