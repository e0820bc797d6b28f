// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/forecast.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/calibrate/forecast.h"
#include "cli/questions.h"
#include "cli/series.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  fs::path given;
  bool series = false, quiet = false, json = false;
  std::optional<std::string> as_of;
  std::size_t futures = 2000;
  QuestionRequest asked;
  std::optional<std::string> origin;
  std::optional<fs::path> data, out, draws;
  calibrate::ForecastOptions how;
};

// What a reader wants to see of a thousand draws: the middle and the spread at a few horizons.
void print_summary(const calibrate::Forecast& f) {
  fmt::print("{:<36} {:>6} {:>10} {:>10} {:>10}\n",
             fmt::format("from the week of {}", to_string(f.origin)), "weeks", "10 %", "median",
             "90 %");
  for (std::size_t s = 0; s < f.series.size(); ++s) {
    for (const int ahead : {1, 4, 12}) {
      if (ahead > f.weeks) continue;
      const auto draws = f.at(s, ahead);
      std::vector<double> sorted(draws.begin(), draws.end());
      std::ranges::sort(sorted);
      const auto at = [&](double p) {
        return sorted[static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1))];
      };
      fmt::print("{:<36} {:>6} {:>10.1f} {:>10.1f} {:>10.1f}\n", f.series[s], ahead, at(0.1),
                 at(0.5), at(0.9));
    }
  }
}

int run_series(Arguments& a) {
  const calibrate::Weekly tables = calibrate::read_front(a.data.value_or(weekly_folder(a.given)));
  a.how.origin = a.origin ? monday_of("--origin", *a.origin)
                          : tables.territory.monday(tables.territory.weeks - 1);
  ProgressLine line("filter", "weeks", a.quiet ? Telling::none : Telling::automatic);
  a.how.filter.progress = [&](std::size_t done, std::size_t of) {
    line.show(done, of);
    if (stop_requested()) throw Interrupted{};
  };
  const calibrate::Forecast f = calibrate::forecast(a.given, tables, a.how);
  if (a.out) write_file(*a.out, calibrate::to_csv(f));
  if (!a.quiet && !a.out) print_summary(f);
  if (!a.quiet && a.out) fmt::print("forecast written: {}\n", a.out->string());
  return ok;
}

int run_questions(const Arguments& a) {
  Options options;
  options.given = a.given;
  options.quiet = a.quiet;
  options.json = a.json;
  options.as_of = a.as_of;
  options.draws = a.draws;
  options.futures = a.futures;
  options.seed = a.how.filter.seed;
  options.threads = a.how.filter.threads;
  QuestionRequest asked = a.asked;
  asked.answers = a.out;
  return forecast_questions(options, asked);
}

void add_question_options(CLI::App& sub, Arguments& a) {
  CLI::Option* series = sub.get_option("--series");
  sub.add_option("--questions", a.asked.questions,
                 "file of questions to answer instead of the case's own questions.yaml")
      ->excludes(series);
  sub.add_option("--option", a.asked.option,
                 "the option whose futures answer (default: the case's first)")
      ->excludes(series);
  sub.add_option("--futures", a.futures, "futures that answer")
      ->check(CLI::Range(std::size_t{2}, std::size_t{10000000}))
      ->excludes(series)
      ->capture_default_str();
  sub.add_option("--draws", a.draws,
                 "file of fitted parameters ('casus calibrate') instead of the priors; --series "
                 "needs none, it fits anew at every origin")
      ->excludes(series);
  sub.add_option("--as-of", a.as_of, "look from an earlier day, e.g. 2024-10-18")->excludes(series);
  sub.add_flag("--json", a.json, "print the answers to standard output")->excludes(series);
}

}  // namespace

void add_forecast(CLI::App& app, int& code) {
  const auto a = std::make_shared<Arguments>();
  CLI::App* sub = app.add_subcommand(
      "forecast", "the questions of a case answered, or the coming weeks of a front");
  sub->footer(
      "Examples:\n"
      "  casus forecast cases/dprk-2024\n"
      "  casus forecast cases/dprk-2024 --questions mine.yaml --futures 10000 -o answers.json\n"
      "  casus score answers.json outcome.yaml\n"
      "  casus forecast cases/ukraine-front --series --origin 2025-06-23\n"
      "  casus forecast cases/ukraine-front --series --origin 2025-03-03 --data tables -o f.csv");
  sub->add_option("CASE", a->given, "folder of the case, or its case.yaml")->required();
  sub->add_flag("--series", a->series, "the weekly series: ground by sector and claimed losses");
  add_question_options(*sub, *a);
  sub->add_option("--origin", a->origin,
                  "Monday of the last week that may be used (default: the last there is)");
  sub->add_option("--weeks", a->how.weeks, "weeks ahead")
      ->check(CLI::Range(1, 52))
      ->capture_default_str();
  sub->add_option("--samples", a->how.samples, "draws of every series")
      ->check(CLI::Range(std::size_t{10}, std::size_t{100000}))
      ->capture_default_str();
  sub->add_option("--data", a->data,
                  "folder with losses_weekly.csv and territory_weekly.csv (default: CASE/weekly)");
  sub->add_option("-o,--out", a->out,
                  "file for the answers (default out/<case>/answers.json); with --series a "
                  "CSV, a row a draw (default: a table on the screen)");
  sub->add_option("--seed", a->how.filter.seed, "seed of all draws")->capture_default_str();
  sub->add_option("--threads", a->how.filter.threads, "threads (default: all the machine has)")
      ->check(CLI::Range(0, 1024));
  sub->add_flag("-q,--quiet", a->quiet, "say nothing but errors");
  sub->callback([a, &code] { code = a->series ? run_series(*a) : run_questions(*a); });
}

}  // namespace casus::cli
