// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/calibrate.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "casus/calibrate/calibration.h"
#include "casus/calibrate/forecast.h"
#include "casus/casefile/folder.h"
#include "casus/ensemble/futures.h"
#include "casus/ensemble/team.h"
#include "cli/launch.h"
#include "cli/series.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  fs::path given;
  bool quiet = false, json = false;
  std::string until = "2025-06-23";
  std::optional<fs::path> data, out;
  calibrate::CalibrationOptions how;
};

/// Quantiles of a parameter over draws.
std::array<double, 3> spread(const calibrate::Fitted& fitted, std::size_t i,
                             const std::vector<calibrate::Scores>& draws) {
  std::vector<double> values;
  for (const auto& z : draws) values.push_back(fitted.value(i, z[i]));
  std::ranges::sort(values);
  const auto at = [&](double p) {
    return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1))];
  };
  return {at(0.05), at(0.5), at(0.95)};
}

void print(const calibrate::Calibration& c, const calibrate::Fitted& fitted) {
  fmt::print("{:<18} {:>9} {:>9} {:>9} {:>9}  gate\n", "summary", "record", "5 %", "median",
             "95 %");
  for (const auto& g : c.gates)
    fmt::print("{:<18} {:>9.3f} {:>9.3f} {:>9.3f} {:>9.3f}  {}\n", g.name, g.seen, g.low, g.median,
               g.high, g.open() ? "open" : "SHUT");
  fmt::print("\n{:<18} {:>27}   {:>27}\n", "parameter", "prior 5 - 50 - 95 %",
             "fitted to the record");
  for (std::size_t i = 0; i < fitted.size(); ++i) {
    const auto a = spread(fitted, i, c.prior);
    const auto b = spread(fitted, i, c.posterior);
    fmt::print("{:<18} {:>8.3g} {:>9.3g} {:>8.3g}   {:>8.3g} {:>9.3g} {:>8.3g}\n", fitted.id(i),
               a[0], a[1], a[2], b[0], b[1], b[2]);
  }
}

/// Lets the programs mpirun started simulate one ensemble together.
void share(ensemble::Team& team, calibrate::Together& together) {
  together.rank = team.rank();
  together.size = team.size();
  together.all_say = [&team](const std::string& own) {
    const auto said = team.collect(own);
    std::string sizes;
    std::string bytes;
    for (const std::string& text : said) {
      sizes += fmt::format("{} ", text.size());
      bytes += text;
    }
    const std::string all_sizes = team.tell(sizes);
    const std::string all_bytes = team.tell(bytes);
    std::vector<std::string> out;
    std::istringstream in(all_sizes);
    std::size_t at = 0;
    for (std::size_t size = 0; in >> size; at += size) out.push_back(all_bytes.substr(at, size));
    return out;
  };
}

int run(Arguments& a) {
  const auto tables = calibrate::read_front(a.data.value_or(weekly_folder(a.given)));
  a.how.until = monday_of("--until", a.until);
  const auto given = calibrate::case_at(a.given, tables.territory.first, a.how.until);
  const calibrate::Theatre theatre(given);
  a.how.file = a.out.value_or(fs::path("out") /
                              fs::weakly_canonical(casefile::case_folder(a.given)).filename() /
                              "posterior.csv");
  const auto team = launched_team();
  const bool first = team == nullptr || team->rank() == 0;
  if (team) share(*team, a.how.together);
  ProgressLine line("calibrate", "members", a.quiet || !first ? Telling::none : Telling::automatic);
  a.how.progress = [&](std::size_t done, std::size_t of) {
    line.show(done, of);
    if (stop_requested()) throw ensemble::Cancelled();
  };
  const auto fit = calibrate::calibrate(theatre, tables.territory, a.how);
  if (team) team->meet();
  if (!first) return ok;
  if (a.json) {
    nlohmann::ordered_json out = {{"case", given.id},
                                  {"weeks", fit.weeks},
                                  {"gates", nlohmann::ordered_json::array()},
                                  {"parameters", nlohmann::ordered_json::array()}};
    for (const auto& g : fit.gates)
      out["gates"].push_back({{"summary", g.name},
                              {"record", g.seen},
                              {"q05", g.low},
                              {"q50", g.median},
                              {"q95", g.high},
                              {"open", g.open()}});
    for (std::size_t i = 0; i < theatre.fitted().size(); ++i)
      out["parameters"].push_back({{"id", theatre.fitted().id(i)},
                                   {"prior", spread(theatre.fitted(), i, fit.prior)},
                                   {"fitted", spread(theatre.fitted(), i, fit.posterior)}});
    fmt::print("{}\n", out.dump(2));
  } else if (!a.quiet) {
    print(fit, theatre.fitted());
    fmt::print("\n{} draws written: {}\n", fit.posterior.size(), a.how.file.string());
  }
  return ok;
}

}  // namespace

void add_calibrate(CLI::App& app, int& code) {
  const auto a = std::make_shared<Arguments>();
  CLI::App* sub = app.add_subcommand("calibrate", "fit the front to its weekly record");
  sub->footer(
      "First gates: does the record lie within what the priors allow? Then ensemble Kalman "
      "inversion on\n"
      "what the record looks like as a whole. A run that was stopped, however, goes on from its "
      "last "
      "round.\nExamples:\n"
      "  casus calibrate cases/ukraine-front --until 2024-12-30 -o posterior.csv\n"
      "  mpirun -n 4 casus calibrate cases/ukraine-front --members 512\n"
      "  casus play cases/ukraine-front --draws posterior.csv");
  sub->add_option("CASE", a->given, "folder of the case, or its case.yaml")->required();
  sub->add_option("--until", a->until, "Monday of the last week used")->capture_default_str();
  sub->add_option("--members", a->how.members, "draws of the parameters")
      ->check(CLI::Range(std::size_t{8}, std::size_t{100000}))
      ->capture_default_str();
  sub->add_option("--rounds", a->how.rounds, "rounds of inversion")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  sub->add_option("--data", a->data, "folder with the weekly tables (default: CASE/weekly)");
  sub->add_option("-o,--out", a->out, "file of the draws (default: out/<case>/posterior.csv)");
  sub->add_flag("--json", a->json, "print gates and parameters as JSON to standard output");
  sub->add_option("--seed", a->how.seed, "seed of all draws")->capture_default_str();
  sub->add_option("--threads", a->how.threads, "threads (default: all the machine has)")
      ->check(CLI::Range(0, 1024));
  sub->add_flag("-q,--quiet", a->quiet, "say nothing but errors");
  sub->callback([a, &code] { code = run(*a); });
}

}  // namespace casus::cli
