// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/data.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/calibrate/import.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string form, country = "Ukraine";
  std::vector<fs::path> files, corrections;
  std::optional<fs::path> out, sectors;
  std::size_t threads = 0;
  bool running = false, quiet = false;
};

/// Weeks of which the table says something.
std::size_t known_weeks(const calibrate::WeeklyTable& table) {
  std::size_t n = 0;
  for (std::size_t w = 0; w < table.weeks; ++w)
    n += std::ranges::any_of(table.column,
                             [w](const auto& column) { return std::isfinite(column.second[w]); })
             ? 1
             : 0;
  return n;
}

int run(const Arguments& a) {
  if (a.files.size() > 1 && (a.form == "oryx" || a.form == "series"))
    throw CaseError({{a.files[1].string(), 0, 0, "one file at a time is read in this form", "", 1,
                      "import each by itself"}});
  calibrate::WeeklyTable table;
  if (a.form == "losses") {
    table = calibrate::import_losses(a.files, a.corrections);
  } else if (a.form == "deepstate") {
    if (!a.sectors)
      throw CaseError({{"--sectors", 0, 0, "the sectors of the front are wanted", "", 1,
                        "a GeoJSON file of tiles, as weekly/sectors.geojson of "
                        "cases/ukraine-front"}});
    table = calibrate::import_map(a.files, *a.sectors, a.threads);
  } else if (a.form == "oryx") {
    table = calibrate::import_oryx(a.files.front());
  } else if (a.form == "ucdp") {
    table = calibrate::import_events(a.files, a.country);
  } else {
    table = calibrate::import_series(a.files.front(), a.running);
  }
  const std::string text = calibrate::to_csv(table);
  const std::size_t known = known_weeks(table);
  if (known == 0 && !a.quiet)
    fmt::print(stderr,
               "note: no week is known: a week has figures where a report or a map lies at "
               "both its edges or within a few days of them\n");
  if (a.out) {
    write_file(*a.out, text);
    if (!a.quiet)
      fmt::print("{} weeks, {} of them known, {} columns: {}\n", table.weeks, known,
                 table.column.size(), a.out->string());
  } else {
    fmt::print("{}", text);
  }
  return ok;
}

}  // namespace

void add_data(CLI::App& app, int& code) {
  const auto a = std::make_shared<Arguments>();
  CLI::App* data = app.add_subcommand("data", "public data made into weekly tables");
  data->require_subcommand(1);
  CLI::App* sub =
      data->add_subcommand("import", "one file or more in a published form, a weekly table out");
  sub->footer(
      "losses: daily running totals as JSON lists (General Staff of Ukraine)\n"
      "deepstate: daily maps of occupied ground (GeoJSON), the day in each file's name\n"
      "oryx:   list of losses by country, type and day (CSV)\n"
      "ucdp:   UCDP georeferenced or candidate events (CSV)\n"
      "series: any CSV with a column of dates\n"
      "Examples:\n"
      "  casus data import losses personnel.json equipment.json --corrections correction.json -o "
      "losses_weekly.csv\n"
      "  casus data import deepstate maps/*.geojson --sectors "
      "cases/ukraine-front/weekly/sectors.geojson -o territory_weekly.csv\n"
      "  casus data import oryx daily_count.csv -o oryx_weekly.csv\n"
      "  casus data import ucdp GEDEvent.csv candidates.csv --country Ukraine -o "
      "events_weekly.csv\n"
      "  casus data import series prices.csv --running");
  sub->add_option("FORM", a->form, "losses, deepstate, oryx, ucdp or series")
      ->required()
      ->check(CLI::IsMember({"losses", "deepstate", "oryx", "ucdp", "series"}));
  sub->add_option("FILE", a->files, "files to read")->required();
  sub->add_option("--corrections", a->corrections, "losses: file of corrections (may be repeated)");
  sub->add_option("--sectors", a->sectors,
                  "deepstate: GeoJSON tiles of the front, each with an id");
  sub->add_option("--threads", a->threads, "deepstate: threads (default: all the machine has)")
      ->check(CLI::Range(0, 1024));
  sub->add_option("--country", a->country, "ucdp: only events of this country; empty for all")
      ->capture_default_str();
  sub->add_flag("--running", a->running, "series: numbers are running totals");
  sub->add_option("-o,--out", a->out, "file to write (default: standard output)");
  sub->add_flag("-q,--quiet", a->quiet, "say nothing but errors");
  sub->callback([a, &code] { code = run(*a); });
}

}  // namespace casus::cli
