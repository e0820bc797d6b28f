// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/why.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "casus/base/error.h"
#include "casus/casefile/handling.h"
#include "casus/casefile/problems.h"
#include "casus/intel/hindsight.h"
#include "casus/intel/words.h"
#include "cli/grades.h"
#include "cli/stages.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;
using casefile::Case;
using casefile::HypothesisId;

struct Arguments {
  Options options;
  std::optional<std::string> hypothesis;
  std::size_t rows = 10;
};

/// A report's weight for the state that leads, with how well it tells the states apart.
struct Carried {
  casefile::ReportId report{0};
  double decibans = 0.0;
  double diagnosticity = 0.0;
};

std::vector<Carried> carried(const intel::HypothesisBelief& h) {
  std::vector<Carried> out;
  for (const auto& w : h.weights) {
    if (w.state == h.leading) out.push_back({w.report, w.decibans, 0.0});
  }
  for (const auto& d : h.diagnosticity) {
    for (Carried& c : out) {
      if (c.report == d.report) c.diagnosticity = d.decibans;
    }
  }
  std::stable_sort(out.begin(), out.end(), [](const Carried& a, const Carried& b) {
    return std::fabs(a.decibans) > std::fabs(b.decibans);
  });
  return out;
}

std::vector<intel::SourceWeight> sources_of(const intel::HypothesisBelief& h) {
  std::vector<intel::SourceWeight> out;
  for (const auto& w : h.source_weights) {
    if (w.state == h.leading) out.push_back(w);
  }
  std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
    return std::fabs(a.decibans) > std::fabs(b.decibans);
  });
  return out;
}

// What would have to be otherwise, in words.
std::string told(const intel::Linchpin& l) {
  if (l.kind == "report") return fmt::format("report {} struck", l.id);
  if (l.kind == "source" && l.change == "struck") {
    return fmt::format("all reports of {} struck", l.id);
  }
  if (l.kind == "source") return fmt::format("source {} {}", l.id, l.change);
  if (l.kind == "prior" && l.change == "flat") return fmt::format("a flat prior of {}", l.id);
  if (l.kind == "prior") return fmt::format("{} apart from what it is given", l.id);
  return fmt::format("{}: {}", l.id, l.change);
}

HypothesisId must_find(const Case& given, const std::string& id) {
  if (const auto found = casefile::find(given.hypotheses, id)) return *found;
  std::vector<std::string_view> names;
  for (const auto& h : given.hypotheses) names.push_back(h.id);
  const auto near = casefile::nearest(id, names);
  Problem p;
  p.file = "HYPOTHESIS";
  p.message = fmt::format("the case has no hypothesis '{}'", casefile::shortened(id));
  p.hint = near.empty() ? fmt::format("its hypotheses: {}", casefile::listed(names))
                        : fmt::format("did you mean '{}'?", near);
  throw CaseError({p});
}

Json json_of(const Case& given, const intel::Belief& belief, HypothesisId id) {
  const auto& named = given.hypotheses[id];
  const auto& h = belief.hypotheses[id];
  const auto& lead = h.states[h.leading];
  Json out = {{"hypothesis", named.id},
              {"text", named.name},
              {"handling", casefile::handling_of_all(given)},
              {"leading", named.states[h.leading].id},
              {"p", lead.p},
              {"low", lead.low},
              {"high", lead.high},
              {"word", h.word},
              {"confidence", h.confidence},
              {"confidence_reason", h.confidence_reason},
              {"origins", h.origins}};
  out["reports"] = Json::array();
  for (const Carried& c : carried(h)) {
    const auto& r = given.reports[c.report];
    out["reports"].push_back({{"id", r.id},
                              {"source", given.sources[r.source].id},
                              {"published", to_string(r.published)},
                              {"db", c.decibans},
                              {"diagnosticity", c.diagnosticity},
                              {"p_true", belief.reports[c.report].p_true},
                              {"p_staged", belief.reports[c.report].p_staged}});
  }
  out["sources"] = Json::array();
  for (const auto& w : sources_of(h)) {
    out["sources"].push_back({{"id", given.sources[w.source].id},
                              {"grade", std::string(1, given.sources[w.source].grade)},
                              {"p_honest", belief.sources[w.source].p_honest},
                              {"db", w.decibans}});
  }
  out["linchpins"] = Json::array();
  for (const auto& l : h.linchpins) {
    out["linchpins"].push_back({{"kind", l.kind},
                                {"id", l.id},
                                {"change", l.change},
                                {"chance", l.chance ? Json(*l.chance) : Json()},
                                {"turns", l.turns_state ? "state" : "word"},
                                {"leading", named.states[l.leading].id},
                                {"p", l.p},
                                {"word", l.word}});
  }
  out["hindsight"] = Json::array();
  for (const auto& d : intel::hindsight(given, belief, id)) {
    Json reports = Json::array();
    for (const auto r : d.reports) reports.push_back(given.reports[r].id);
    const auto bits = [](double b) { return std::isfinite(b) ? Json(b) : Json(); };
    out["hindsight"].push_back({{"day", to_string(d.day)},
                                {"p", d.p},
                                {"short_of_now_bits", bits(d.short_of_now)},
                                {"moved_bits", bits(d.moved)},
                                {"reports", std::move(reports)}});
  }
  return out;
}

void print_reports(const Case& given, const intel::Belief& belief, const intel::HypothesisBelief& h,
                   std::size_t rows) {
  const auto all = carried(h);
  for (const bool in_favour : {true, false}) {
    std::size_t shown = 0;
    std::size_t more = 0;
    for (const Carried& c : all) {
      if ((c.decibans > 0.0) != in_favour) continue;
      if (shown == rows) {
        ++more;
        continue;
      }
      if (shown++ == 0) {
        fmt::print("\nReports {} (dB; spread over the states; P(true)):\n",
                   in_favour ? "for it" : "against it");
      }
      const auto& r = given.reports[c.report];
      fmt::print("  {:+6.1f} dB  {:5.1f}  {:4.0f} %  {}  {} ({}, {}{})\n", c.decibans,
                 c.diagnosticity, 100.0 * belief.reports[c.report].p_true, to_string(r.published),
                 r.id, given.sources[r.source].id, r.source_grade, r.item_grade);
    }
    if (more > 0) fmt::print("  and {} more\n", more);
  }
}

void print_sources(const Case& given, const intel::Belief& belief, const intel::HypothesisBelief& h,
                   std::size_t rows) {
  const auto all = sources_of(h);
  if (!all.empty()) fmt::print("\nAll it says, by source (dB; P(honest) now):\n");
  for (std::size_t i = 0; i < std::min(rows, all.size()); ++i) {
    const auto& s = given.sources[all[i].source];
    fmt::print("  {:+6.1f} dB  {:4.0f} %  {} ({})\n", all[i].decibans,
               100.0 * belief.sources[all[i].source].p_honest, s.id, s.grade);
  }
  if (all.size() > rows) fmt::print("  and {} more\n", all.size() - rows);
}

void print_linchpins(const casefile::Hypothesis& named, const intel::HypothesisBelief& h,
                     std::size_t rows) {
  if (h.linchpins.empty()) {
    fmt::print("\nLinchpins: none. No one report, source or assumption turns the judgement.\n");
    return;
  }
  fmt::print("\nLinchpins (any one of these turns the judgement):\n");
  for (std::size_t i = 0; i < std::min(rows, h.linchpins.size()); ++i) {
    const auto& l = h.linchpins[i];
    const std::string chance =
        l.chance ? fmt::format(" (chance now {})", intel::icd_percent(*l.chance)) : "";
    fmt::print("  {}{}: {} {}, {}\n", told(l), chance, l.turns_state ? "then" : "still",
               named.states[l.leading].id, fmt::format("{} ({})", intel::icd_percent(l.p), l.word));
  }
  if (h.linchpins.size() > rows) fmt::print("  and {} more\n", h.linchpins.size() - rows);
}

void print_hindsight(const Case& given, const intel::Belief& belief, HypothesisId id) {
  const auto leading = belief.hypotheses[id].leading;
  bool head = false;
  for (const auto& d : intel::hindsight(given, belief, id)) {
    if (d.moved < 0.01 && head) continue;
    if (!head) {
      fmt::print("\nDay by day (as believed then; bits short of now; bits moved; by what):\n");
    }
    std::string movers;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, d.reports.size()) && head; ++i) {
      movers += (i == 0 ? "" : ", ") + given.reports[d.reports[i]].id;
    }
    head = true;
    fmt::print("  {}  {:5.1f} %  {:5.2f}  {:5.2f}  {}\n", to_string(d.day), 100.0 * d.p[leading],
               d.short_of_now, d.moved, movers);
  }
  if (head) fmt::print("  (days that moved it by less than 0.01 bits are left out)\n");
}

void print_page(const Case& given, const intel::Belief& belief, HypothesisId id, std::size_t rows) {
  const auto& named = given.hypotheses[id];
  const auto& h = belief.hypotheses[id];
  const auto& lead = h.states[h.leading];
  fmt::print("{}: {}\n", named.id, named.name);
  fmt::print("  {}: {} ({} to {}), {}\n", named.states[h.leading].id, intel::icd_percent(lead.p),
             intel::icd_percent(lead.low), intel::icd_percent(lead.high), h.word);
  for (std::size_t s = 0; s < h.states.size(); ++s) {
    if (s != h.leading) {
      fmt::print("  {}: {} ({} to {})\n", named.states[s].id, intel::icd_percent(h.states[s].p),
                 intel::icd_percent(h.states[s].low), intel::icd_percent(h.states[s].high));
    }
  }
  fmt::print("Confidence: {}. {}.\n", h.confidence, h.confidence_reason);
  print_reports(given, belief, h, rows);
  print_sources(given, belief, h, rows);
  print_linchpins(named, h, rows);
  print_hindsight(given, belief, id);
}

void print_overview(const Case& given, const intel::Belief& belief) {
  for (std::uint32_t i = 0; i < given.hypotheses.size(); ++i) {
    const auto& h = belief.hypotheses[HypothesisId{i}.index];
    const auto turning = std::count_if(h.linchpins.begin(), h.linchpins.end(),
                                       [](const auto& l) { return l.turns_state; });
    const auto sources = sources_of(h);
    fmt::print("{:<28} {:<18} {:>6}  {:>2} linchpins, {} of the state  {}\n",
               given.hypotheses[i].id, given.hypotheses[i].states[h.leading].id,
               intel::icd_percent(h.states[h.leading].p), h.linchpins.size(), turning,
               sources.empty()
                   ? ""
                   : fmt::format("{} {:+.1f} dB", given.sources[sources.front().source].id,
                                 sources.front().decibans));
  }
  fmt::print("For the reasons of one: casus why CASE HYPOTHESIS\n");
}

int run_why(const Arguments& arguments) {
  Stages stages(arguments.options);
  const Case& given = stages.given();
  std::optional<HypothesisId> asked;
  if (arguments.hypothesis) asked = must_find(given, *arguments.hypothesis);
  const intel::Belief belief = stages.assess(true).value;
  if (arguments.options.json) {
    if (asked) {
      fmt::print("{}\n", json_of(given, belief, *asked).dump(1));
      return ok;
    }
    Json all = Json::array();
    for (std::uint32_t h = 0; h < given.hypotheses.size(); ++h) {
      all.push_back(json_of(given, belief, HypothesisId{h}));
    }
    fmt::print("{}\n", all.dump(1));
  } else if (asked) {
    print_page(given, belief, *asked, arguments.rows);
  } else {
    print_overview(given, belief);
  }
  return ok;
}

}  // namespace

void add_why(CLI::App& app, bool& json, int& code) {
  const auto arguments = std::make_shared<Arguments>();
  Options& options = arguments->options;
  CLI::App* sub = app.add_subcommand("why", "what a judgement rests on, and what would turn it");
  sub->footer(
      "Example:\n  casus why cases/dprk-2024 dprk_troops_in_russia\n"
      "Without a hypothesis: one line for each.");
  sub->add_option("CASE", options.given, "folder of the case, or its case.yaml")->required();
  sub->add_option("HYPOTHESIS", arguments->hypothesis, "id of a hypothesis");
  sub->add_flag("--json", json, "print it as JSON to standard output");
  sub->add_option("--rows", arguments->rows, "rows of every list")->capture_default_str();
  sub->add_option("--as-of", options.as_of, "look from an earlier day, e.g. 2024-10-18");
  sub->add_option("-o,--out", options.out, "folder of the belief (default out/<case>)");
  sub->add_option("--threads", options.threads, "threads (default: all the machine has)")
      ->check(CLI::Range(0, 1024));
  add_grades(*sub, options.grades);
  sub->callback([arguments, &json, &code] {
    arguments->options.json = json;
    code = run_why(*arguments);
  });
}

}  // namespace casus::cli
