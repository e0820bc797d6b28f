// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/play.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "casus/base/error.h"
#include "cli/design.h"
#include "cli/launch.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

using Json = nlohmann::ordered_json;

void say(const Options& options, const std::string& text) {
  if (!options.json && !options.quiet) fmt::print("{}\n", text);
}

constexpr double most_clamped = 0.001;  // share of updates; more is a fault of the laws

// How often a value had to be brought back into its range: counted in every run.
void say_clamped(const Options& options, const ensemble::Futures& futures) {
  const double share = static_cast<double>(futures.clamps) /
                       static_cast<double>(std::max<std::size_t>(futures.updates, 1));
  say(options, fmt::format("{} of {} values were brought back into their range ({:.2g} %)",
                           futures.clamps, futures.updates, 100.0 * share));
  if (share > most_clamped) {
    print_error("casus: warning: more than 0.1 % of all values left their range; trust no result");
  }
}

// Marks that the command line says which run is meant.
template <class Option>
Option* shaping(Option* option, Options& options) {
  option->each([&](const std::string&) { options.shaped = true; });
  return option;
}

// A disk that cannot hold the run is told before the hours it takes to find out.
void warn_of_disk(const Stages& stages, const intel::Belief& belief,
                  const ensemble::RunRequest& request) {
  if (request.play.until_error) return;  // how long it goes on is not known
  const std::uintmax_t taken = ensemble::disk_taken(stages.given(), belief, request);
  std::error_code unknown;
  const auto folder = std::filesystem::absolute(stages.file("futures.nc")).parent_path();
  const auto room = std::filesystem::space(folder, unknown);
  if (unknown || taken <= room.available) return;
  print_error(fmt::format(
      "casus: warning: this run may take {:.1f} GB in {}, where {:.1f} GB are free; --variables "
      "and --every make it smaller, and what is played before the disk is full is kept",
      1e-9 * static_cast<double>(taken), folder.string(),
      1e-9 * static_cast<double>(room.available)));
}

Json figures_json(const ensemble::Played& played) {
  const ensemble::Futures& f = played.futures;
  Json options = Json::array();
  for (std::size_t o = 0; o < f.options.size(); ++o) {
    Json means = Json::object();
    Json errors = Json::object();
    for (std::size_t m = 0; m < f.measures.size(); ++m) {
      means[f.measures[m]] = played.outcomes[o][m].mean;
      errors[f.measures[m]] = played.outcomes[o][m].mean_error;
    }
    options.push_back({{"id", f.options[o]}, {"mean", means}, {"error", errors}});
  }
  return {{"case", f.case_id},    {"seed", f.seed},    {"version", f.version},
          {"futures", f.futures}, {"weeks", f.weeks},  {"clamped", f.clamps},
          {"updates", f.updates}, {"options", options}};
}

std::string line_of(const ensemble::Unfinished& run) {
  const ensemble::PlayOptions& p = run.request.play;
  return fmt::format("  {}: {} futures of {} options, seed {}", run.folder.string(), p.futures,
                     p.options.size(), p.seed);
}

// The interrupted run that is meant: the one asked for, or the only one there is.
const ensemble::Unfinished* meant(const Options& options,
                                  const std::vector<ensemble::Unfinished>& runs,
                                  const std::filesystem::path& asked) {
  for (const auto& run : runs) {
    if (run.folder == asked) return &run;
  }
  if (options.shaped || runs.empty()) return nullptr;
  if (runs.size() == 1) return &runs.front();
  std::string all = "several runs were interrupted here; say which is meant by its options:";
  for (const auto& run : runs) all += "\n" + line_of(run);
  throw ModelError(all);
}

int write_what_is_there(const Options& options, Stages& stages, const intel::Belief& belief,
                        const ensemble::Unfinished* run) {
  if (run == nullptr) throw ModelError("no interrupted run of these futures lies here");
  const auto path = stages.file("futures.partial.nc");
  const auto part = stages.write_partial(belief, *run, path);
  if (part.options.empty()) throw ModelError("the interrupted run has not finished anything yet");
  say(options, fmt::format("{} of {} futures of {} of {} options: {}", part.futures,
                           run->request.play.futures, part.options.size(),
                           run->request.play.options.size(), fmt::join(part.options, ", ")));
  say(options, fmt::format("partial written:   {}", path.string()));
  return ok;
}

}  // namespace

void add_shaping_options(CLI::App& app, Options& options) {
  shaping(app.add_option("--futures", options.futures, "futures of every option"), options)
      ->each([&](const std::string&) { options.counted = true; })
      ->check(CLI::Range(std::size_t{2}, std::size_t{10000000}))
      ->capture_default_str();
  shaping(app.add_option("--weeks", options.weeks, "weeks (default: the case's horizon)"), options)
      ->check(CLI::Range(1, 520));
  shaping(app.add_option("--option", options.options, "only these options (may be repeated)"),
          options);
  app.add_option("--progress", options.progress, "how progress is told on the error stream")
      ->check(CLI::IsMember({"auto", "line", "json", "none"}))
      ->option_text("auto|line|json|none");
}

void add_play_options(CLI::App& app, Options& options) {
  PlayRequest& p = options.play;
  app.add_option("--csv", p.csv, "also write the futures kept whole as a tidy long table");
  shaping(app.add_option("--variables", p.variables,
                         "keep weekly series of these alone ('casus model --variables')"),
          options)
      ->delimiter(',');
  shaping(app.add_option("--every", p.every, "keep every which week of the series"), options)
      ->check(CLI::Range(1, 520));
  auto* keep = shaping(app.add_option("--keep", p.keep, "futures kept whole"), options);
  keep->capture_default_str();
  auto* full = app.add_flag_callback(
      "--full", [&] { p.full = options.shaped = true; }, "keep all futures whole");
  auto* summary = app.add_flag_callback(
      "--summary", [&] { p.summary = options.shaped = true; },
      "keep only figures over futures: a small file (the disk taken while it runs is the same; "
      "--variables and --every make it smaller)");
  full->excludes(keep)->excludes(summary);
  summary->excludes(keep);
  shaping(app.add_option("--deflate", p.deflate, "how hard the file is packed; 0 = not"), options)
      ->check(CLI::Range(0, 9))
      ->capture_default_str();
  shaping(app.add_option("--shard", p.shard, "futures kept at a time, a multiple of 16"), options)
      ->group("");
  shaping(app.add_option("--sampling", p.sampling, "how the parameters are chosen"), options)
      ->check(CLI::IsMember({"random", "sobol", "lhs"}))
      ->option_text("random|sobol|lhs")
      ->capture_default_str();
  shaping(app.add_option("--nested", p.nested,
                         "points of the parameters x futures of each, e.g. 1024x4"),
          options);
  shaping(app.add_option("--until-error", p.until_error,
                         "play until the error of every option's mean value is this small "
                         "(--futures at most, default 1,048,576)"),
          options)
      ->check(CLI::PositiveNumber);
  shaping(app.add_option("--error-of", p.error_of, "of this measure instead of the value"),
          options);
  auto* design =
      app.add_option("--design", p.design,
                     "a designed run in place of futures: which knobs and facts matter, for weigh")
          ->check(CLI::IsMember({"morris", "saltelli"}))
          ->option_text("morris|saltelli");
  app.add_option("--rows", p.rows,
                 "rows of the design, a multiple of 16; each has a future for every input")
      ->needs(design)
      ->check(CLI::Range(std::size_t{16}, std::size_t{1} << 20U))
      ->capture_default_str();
  app.add_option("--over", p.over, "vary these knobs and facts alone")
      ->needs(design)
      ->delimiter(',');
  app.add_option("--checkpoint", p.checkpoint,
                 "seconds until what was played is on disk: what a kill loses at most; 0 = at once")
      ->check(CLI::Range(0.0, 86400.0))
      ->capture_default_str();
  app.add_flag("--resume", p.resume, "go on with the run that was interrupted, as it was asked");
  app.add_flag("--partial", p.partial,
               "write futures.partial.nc: what an interrupted run has finished")
      ->excludes(design);
}

int play_and_say(const Options& options, Stages& stages, const intel::Belief& belief) {
  ensemble::RunRequest request = stages.run_request();
  const auto file = stages.file("futures.nc");
  std::optional<std::filesystem::path> csv = options.play.csv;
  if (options.play.resume || options.play.partial) {
    const auto runs = ensemble::unfinished_runs(stages.given(), belief, file);
    const auto* run =
        meant(options, runs, ensemble::folder_of(stages.given(), belief, request, file));
    if (options.play.partial) return write_what_is_there(options, stages, belief, run);
    if (run == nullptr && !options.shaped) {
      if (const auto design = stages.interrupted_design(belief))
        return run_design(options, stages, belief, &*design);
    }
    if (run == nullptr && !options.shaped && std::filesystem::exists(file)) {
      say(options, fmt::format("no run was interrupted; {} is complete", file.string()));
      return ok;
    }
    if (run != nullptr) request = run->request;
    if (run != nullptr && !csv) csv = run->csv;
  }
  const auto team = launched_team();
  if (!team || team->rank() == 0) warn_of_disk(stages, belief, request);
  ensemble::Played played;
  try {
    played = stages.play_to_file(belief, request, csv, team.get());
  } catch (const IoError& error) {
    if (error.kind() != IoError::Kind::write) throw;
    throw IoError(error.kind(), std::string(error.what()) +
                                    "; what was played is kept: make room, and the same command "
                                    "goes on");
  }
  if (team && team->rank() != 0) return ok;
  if (options.json) {
    fmt::print("{}\n", figures_json(played).dump(2));
    return ok;
  }
  const auto& f = played.futures;
  const std::string kept =
      played.kept > 0 ? fmt::format(", {} of them kept from an interrupted run", played.kept) : "";
  say(options, fmt::format("{} futures of {} options over {} weeks{}", f.futures, f.options.size(),
                           f.weeks, kept));
  if (played.precision) {
    say(options, fmt::format("the error of the means is {:.3g}{}", played.precision->error,
                             played.precision->reached ? "" : ", more than was asked for"));
  }
  say_clamped(options, f);
  say(options, fmt::format("futures written:   {}", file.string()));
  if (csv) say(options, fmt::format("table written:     {}", csv->string()));
  for (const auto& other : ensemble::unfinished_runs(stages.given(), belief, file)) {
    say(options, "an interrupted run of other options is still there:\n" + line_of(other));
  }
  return ok;
}

}  // namespace casus::cli
