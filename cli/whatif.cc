// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/whatif.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/casefile/load_more.h"
#include "casus/casefile/problems.h"
#include "casus/casefile/refusals.h"
#include "casus/intel/assessor.h"
#include "casus/intel/shift.h"
#include "casus/intel/words.h"
#include "cli/grades.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;
using casefile::Case;
using casefile::Refusals;

struct Arguments {
  fs::path given;
  std::optional<fs::path> out;
  std::vector<std::string> strike, regrade, regrade_source;
  std::vector<fs::path> add;
  std::optional<std::string> as_of;
  std::size_t threads = 0;
  std::size_t rows = 10;
  bool grades = true;
};

bool letter(char c) { return c >= 'A' && c <= 'F'; }

void regrade_reports(const Arguments& arguments, Refusals& refusals, Case& given) {
  constexpr const char* flag = "--regrade";
  for (const std::string& text : arguments.regrade) {
    const auto at = text.rfind('=');
    const std::string grade = at == std::string::npos ? "" : text.substr(at + 1);
    if (grade.size() != 2 || !letter(grade[0]) || grade[1] < '1' || grade[1] > '6') {
      refusals.add(flag, fmt::format("'{}' gives no report a grade", casefile::shortened(text)),
                   "write it like r-12=B2: a letter A to F and a digit 1 to 6");
      continue;
    }
    const auto report = refusals.find(flag, given.reports, "report", text.substr(0, at));
    if (report) intel::regrade_report(given, *report, grade[0], grade[1] - '0');
  }
}

void regrade_sources(const Arguments& arguments, Refusals& refusals, Case& given) {
  constexpr const char* flag = "--regrade-source";
  for (const std::string& text : arguments.regrade_source) {
    const auto at = text.rfind('=');
    const std::string grade = at == std::string::npos ? "" : text.substr(at + 1);
    if (grade.size() != 1 || !letter(grade[0])) {
      refusals.add(flag, fmt::format("'{}' gives no source a grade", casefile::shortened(text)),
                   "write it like yonhap=C: a letter A to F");
      continue;
    }
    const auto source = refusals.find(flag, given.sources, "source", text.substr(0, at));
    if (source) intel::regrade_source(given, *source, grade[0]);
  }
}

// The case as the flags change it.
Case changed_case(const Arguments& arguments, const casefile::LoadOptions& how, const Case& given) {
  Case out = arguments.add.empty()
                 ? given
                 : casefile::load_with_reports(arguments.given, arguments.add, how);
  Refusals refusals;
  regrade_sources(arguments, refusals, out);
  regrade_reports(arguments, refusals, out);
  for (const std::string& id : arguments.strike) {
    const auto report = refusals.find("--strike", out.reports, "report", id);
    if (report) intel::strike_report(out, *report);
  }
  refusals.throw_if_any();
  return out;
}

std::string percent(double p) { return fmt::format("{:.1f} %", 100.0 * p); }

void print_hypotheses(const intel::Shift& shift, std::size_t rows) {
  std::vector<const intel::HypothesisShift*> order;
  for (const auto& h : shift.hypotheses) order.push_back(&h);
  std::stable_sort(order.begin(), order.end(),
                   [](const auto* a, const auto* b) { return a->bits > b->bits; });
  fmt::print("{:<28} {:<20} {:>8} {:>8} {:>9}\n", "hypothesis", "state", "before", "after",
             "change");
  std::size_t shown = 0;
  for (const auto* h : order) {
    if (shown == rows || h->bits < 1e-6) break;
    ++shown;
    for (const auto& s : h->states) {
      fmt::print("{:<28} {:<20} {:>8} {:>8} {:>+6.1f} dB\n",
                 &s == h->states.data() ? h->hypothesis : "", s.state, percent(s.before),
                 percent(s.after), s.decibans);
    }
    if (h->led != h->leads || h->word_before != h->word_after) {
      fmt::print("{:<28} turned: {}, {} -> {}, {}\n", "", h->led, h->word_before, h->leads,
                 h->word_after);
    }
  }
  if (shown == 0) fmt::print("nothing moves\n");
  if (shown < order.size()) {
    fmt::print("{} hypotheses moved less or not at all\n", order.size() - shown);
  }
}

template <class Row, class Name>
void print_moved(const std::vector<Row>& list, Name name, const char* head, std::size_t rows) {
  std::size_t shown = 0;
  for (const Row& r : list) {
    if (shown == rows || std::fabs(r.after - r.before) < 5e-4) break;
    if (shown++ == 0) fmt::print("\n{}\n", head);
    fmt::print("  {:<36} {:>8} -> {:>8}\n", r.*name, percent(r.before), percent(r.after));
  }
}

int run_whatif(const Arguments& arguments, bool json) {
  casefile::LoadOptions how;
  if (arguments.as_of) {
    how.as_of = parse_date(*arguments.as_of);
    if (!how.as_of) {
      throw CaseError({{"--as-of", 0, 0, "'" + *arguments.as_of + "' is no date", "", 1,
                        "write it like 2024-10-31"}});
    }
  }
  const Case given = casefile::load(arguments.given, how);
  Case changed = changed_case(arguments, how, given);
  intel::AssessOptions options;
  options.threads = arguments.threads;
  options.grades = arguments.grades;
  options.path = options.ranges = options.leave_one_out = options.collection = false;
  intel::Assessor assessor(given, options);
  const intel::Belief before = assessor.belief();
  assessor.become(std::move(changed));
  const intel::Belief after = assessor.belief();
  const intel::Shift shift = intel::shift_between(given, before, assessor.given(), after);
  if (arguments.out) write_file(*arguments.out, intel::to_json(shift));
  if (json) {
    fmt::print("{}", intel::to_json(shift));
    return ok;
  }
  print_hypotheses(shift, arguments.rows);
  print_moved(shift.reports, &intel::ReportShift::report,
              "P(true) of reports that moved most:", arguments.rows);
  print_moved(shift.sources, &intel::SourceShift::source,
              "P(honest) of sources that moved most:", arguments.rows);
  return ok;
}

}  // namespace

void add_whatif(CLI::App& app, bool& json, int& code) {
  const auto arguments = std::make_shared<Arguments>();
  CLI::App* sub = app.add_subcommand("whatif", "strike, add or regrade reports and see what moves");
  sub->footer(
      "Nothing of the case is changed. A struck report counts as taken back the day it came: what "
      "only\nrepeats it tells nothing either.\nExample:\n"
      "  casus whatif cases/dprk-2024 --strike k-20241031-blinken-8000 --regrade-source ua_hur=D");
  sub->add_option("CASE", arguments->given, "folder of the case, or its case.yaml")->required();
  sub->add_option("--strike", arguments->strike, "leave these reports out");
  sub->add_option("--regrade", arguments->regrade, "give reports other grades: REPORT=B2");
  sub->add_option("--regrade-source", arguments->regrade_source,
                  "give sources other letters: SOURCE=C; reports that carried the old one follow");
  sub->add_option("--add", arguments->add, "files of further reports, like reports.jsonl");
  sub->add_flag("--json", json, "print the difference as JSON to standard output");
  sub->add_option("-o,--out", arguments->out, "also write it to this file");
  sub->add_option("--rows", arguments->rows, "rows of every list")->capture_default_str();
  sub->add_option("--as-of", arguments->as_of, "look from an earlier day, e.g. 2024-10-18");
  sub->add_option("--threads", arguments->threads, "threads (default: all the machine has)")
      ->check(CLI::Range(0, 1024));
  add_grades(*sub, arguments->grades);
  sub->callback([arguments, &json, &code] { code = run_whatif(*arguments, json); });
}

}  // namespace casus::cli
