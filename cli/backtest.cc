// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/backtest.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/brief/backtest_page.h"
#include "casus/casefile/folder.h"
#include "cli/series.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  fs::path given;
  bool quiet = false, json = false;
  std::string first = "2025-01-06", last = "2025-06-23";
  std::optional<fs::path> data, out;
  calibrate::BacktestOptions how;
};

void print_skill(const calibrate::Backtest& b) {
  for (const bool ground : {true, false}) {
    fmt::print("{:<8} {:>6} {:>12} {:>9} {:>8} {:>8} {:>8} {:>13}\n", ground ? "ground" : "claims",
               "weeks", "against best", "mixture", "in 50 %", "in 80 %", "in 90 %",
               "80 % if right");
    for (const int h : calibrate::scored_horizons) {
      const auto best = b.skill(h, ground, "best");
      const auto pool = b.skill(h, ground, "pool");
      if (!best || !pool) continue;
      fmt::print("{:<8} {:>6} {:>+12.3f} {:>+9.3f} {:>8.2f} {:>8.2f} {:>8.2f} {:>13.2f}\n", "", h,
                 *best, *pool, b.coverage(h, ground, 0), b.coverage(h, ground, 1),
                 b.coverage(h, ground, 2), b.expected_coverage(h, ground, 1));
    }
  }
}

/// Share of what came inside the interval of 80 per cent, series by series and over all.
void print_coverage(const calibrate::Backtest& b) {
  constexpr std::size_t of_80 = 1;
  fmt::print("\n{:<36}", "inside 80 %, weeks ahead");
  for (const int h : calibrate::scored_horizons) fmt::print(" {:>5}", h);
  std::vector<std::string> names;
  for (const auto& c : b.cells) {
    if (names.empty() || names.back() != c.series) names.push_back(c.series);
  }
  names.emplace_back("all series");
  for (const std::string& name : names) {
    fmt::print("\n{:<36}", name);
    for (const int h : calibrate::scored_horizons) {
      double in = 0.0;
      double all = 0.0;
      for (const auto& c : b.cells) {
        if (c.horizon != h || (name != names.back() && c.series != name)) continue;
        in += c.coverage(of_80) * static_cast<double>(c.trials.size());
        all += static_cast<double>(c.trials.size());
      }
      fmt::print(" {:>5}", all > 0.0 ? fmt::format("{:.2f}", in / all) : "-");
    }
  }
  fmt::print("\n");
}

int run(Arguments& a) {
  const auto tables = calibrate::read_front(a.data.value_or(weekly_folder(a.given)));
  a.how.first_origin = monday_of("--first-origin", a.first);
  a.how.last_target = monday_of("--last-target", a.last);
  ProgressLine line("backtest", "origins", a.quiet ? Telling::none : Telling::automatic);
  a.how.progress = [&](std::size_t done, std::size_t of) {
    line.show(done, of);
    if (stop_requested()) throw Interrupted{};
  };
  const auto b = calibrate::backtest(a.given, tables, a.how);
  const fs::path page = a.out.value_or(
      fs::path("out") / fs::weakly_canonical(casefile::case_folder(a.given)).filename() /
      "backtest.html");
  write_file(page, brief::backtest_page(b));
  if (a.json) {
    fmt::print("{}", calibrate::to_json(b));
  } else if (!a.quiet) {
    print_skill(b);
    print_coverage(b);
    fmt::print("\nThe page: {}\n", page.string());
  }
  return ok;
}

}  // namespace

void add_backtest(CLI::App& app, int& code) {
  const auto a = std::make_shared<Arguments>();
  CLI::App* sub = app.add_subcommand("backtest", "past forecasts of a front against what came");
  sub->footer(
      "At every origin the worlds are filtered and fitted anew from the weeks up to it.\nExample:\n"
      "  casus backtest cases/ukraine-front --first-origin 2025-01-06 --last-target 2025-06-23");
  sub->add_option("CASE", a->given, "folder of the case, or its case.yaml")->required();
  sub->add_option("--first-origin", a->first, "Monday of the first origin")->capture_default_str();
  sub->add_option("--last-target", a->last, "Monday of the last week to be forecast")
      ->capture_default_str();
  sub->add_option("--step", a->how.step, "weeks between origins")
      ->check(CLI::Range(1, 52))
      ->capture_default_str();
  sub->add_option("--samples", a->how.forecast.samples, "draws of every forecast")
      ->check(CLI::Range(std::size_t{10}, std::size_t{100000}))
      ->capture_default_str();
  sub->add_option("--data", a->data, "folder with the weekly tables (default: CASE/weekly)");
  sub->add_option("-o,--out", a->out, "the page (default: out/<case>/backtest.html)");
  sub->add_flag("--json", a->json, "print every trial as JSON to standard output");
  sub->add_option("--seed", a->how.forecast.filter.seed, "seed of all draws")
      ->capture_default_str();
  sub->add_option("--threads", a->how.forecast.filter.threads,
                  "threads (default: all the machine has)")
      ->check(CLI::Range(0, 1024));
  sub->add_flag("-q,--quiet", a->quiet, "say nothing but errors");
  sub->callback([a, &code] { code = run(*a); });
}

}  // namespace casus::cli
