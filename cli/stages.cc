// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/stages.h"

#include <fmt/format.h>

#include <cstdio>
#include <limits>

#include "casus/analysis/forecast.h"
#include "casus/base/error.h"
#include "casus/base/file.h"
#include "casus/calibrate/calibration.h"
#include "casus/calibrate/record.h"
#include "casus/casefile/folder.h"
#include "casus/casefile/game_file.h"
#include "casus/ensemble/series.h"
#include "cli/launch.h"
#include "cli/questions.h"
#include "cli/terminal.h"

namespace casus::cli {
namespace {

namespace fs = std::filesystem;

casefile::Case load_case(const Options& options) {
  casefile::LoadOptions how;
  if (options.as_of) {
    how.as_of = parse_date(*options.as_of);
    if (!how.as_of) {
      throw CaseError({{"--as-of", 0, 0, "'" + *options.as_of + "' is no date", "", 1,
                        "write it like 2024-10-31"}});
    }
  }
  casefile::Case given = casefile::load(options.given, how);
  calibrate::start_from_record(given, options.given);
  return given;
}

// out/<case folder>, beside where the program runs.
fs::path output_folder(const Options& options) {
  if (options.out) return options.out->has_extension() ? options.out->parent_path() : *options.out;
  return fs::path("out") / casefile::case_folder(fs::weakly_canonical(options.given)).filename();
}

// The earlier value in `path` if it can be read at all and `same` says it answers the same
// question.
template <class Read, class Same>
auto earlier(const fs::path& path, const Read& read, const Same& same)
    -> std::optional<decltype(read(path))> {
  if (!fs::exists(path)) return std::nullopt;
  try {
    auto value = read(path);
    if (same(value)) return value;
  } catch (const CaseError&) {
    // another case or an older form: made anew
  } catch (const IoError&) {
  }
  return std::nullopt;
}

// Whether the file keeps what weighing and the brief ask for.
bool holds_the_usual(const ensemble::Futures& f, const casefile::Case& given) {
  std::vector<ensemble::Series> usual;
  for (const auto& s : ensemble::series_of(given)) usual.push_back(s.series);
  return f.every == 1 && !f.outcome.empty() && f.series == usual;
}

// What playing says of its steps, one call at a time.
void tell_steps(StepLines& lines, ensemble::PlayOptions& how) {
  how.progress = [&](const ensemble::Progress& p) {
    lines.show("playing", "futures", p.done, p.total, p.kept);
  };
  how.other = [&](const ensemble::Step& s) { lines.show(s.name, s.unit, s.done, s.total); };
}

// Futures and sampling as --sampling, --nested and --until-error ask for them.
void ask_for_sampling(const Options& options, ensemble::PlayOptions& play) {
  const PlayRequest& asked = options.play;
  play.sampling.kind = ensemble::sampling_named(asked.sampling).value();
  play.until_error = asked.until_error;
  play.error_of = asked.error_of;
  std::size_t points = 0;
  if (!asked.nested.empty()) {
    char end = '\0';
    if (std::sscanf(asked.nested.c_str(), "%zux%zu%c", &points, &play.sampling.noises, &end) != 2 ||
        points == 0 || play.sampling.noises == 0)
      throw ModelError("--nested is points x futures of each, like 1024x4");
    if (options.counted && options.futures != points * play.sampling.noises)
      throw ModelError("--futures and --nested ask for different numbers; give one of them");
    play.futures = points * play.sampling.noises;
  } else if (!options.counted) {
    if (asked.until_error) play.futures = std::size_t{1} << 20U;
    if (!asked.until_error && asked.sampling != "random") play.futures = 2048;
  }
  if (play.sampling.kind != ensemble::Sampling::Kind::lhs) return;
  const std::size_t all =
      asked.until_error ? ensemble::first_look(play.sampling.noises) : play.futures;
  play.sampling.cube = all / play.sampling.noises / ensemble::replicates;
}

// Beside the posterior, which does not hang on them.
std::optional<intel::AnalystViews> analysts_of(const Options& options, const casefile::Case& given,
                                               const intel::Belief& belief) {
  const auto panel = casefile::load_analysts(options.given, given);
  if (!panel) return std::nullopt;
  std::vector<std::vector<double>> engine;
  for (const auto& h : belief.hypotheses) {
    auto& states = engine.emplace_back();
    for (const auto& s : h.states) states.push_back(s.p);
  }
  return intel::view_analysts(given, *panel, engine);
}

}  // namespace

Telling telling_of(const Options& options) {
  if (options.quiet || options.progress == "none") return Telling::none;
  if (options.progress == "json") return Telling::json;
  return options.progress == "line" ? Telling::line : Telling::automatic;
}

Stages::Stages(const Options& options)
    : options_(options), given_(load_case(options)), folder_(output_folder(options)) {}

Staged<intel::Belief> Stages::assess(bool reuse) {
  Staged<intel::Belief> out = assess_reports(reuse);
  if (options_.draws) {
    auto fitted = calibrate::read_world_draws(*options_.draws, given_.as_of);
    out.value.fitted = {std::move(fitted.knobs), std::move(fitted.value)};
  }
  return out;
}

Staged<intel::Belief> Stages::assess_reports(bool reuse) {
  const fs::path path = file("belief.json");
  if (reuse) {
    auto have = earlier(
        path,
        [&](const fs::path& p) {
          return intel::belief_from_json(read_file(p), given_, p.string());
        },
        [&](const intel::Belief& b) {
          return b.case_digest == given_.digest && b.as_of == given_.as_of &&
                 b.seed == options_.seed && b.grades == options_.grades && b.version == version();
        });
    if (have) {
      const bool had = have->analysts.has_value();
      have->analysts = analysts_of(options_, given_, *have);
      if (had || have->analysts) write_file(path, intel::to_json(*have, given_));
      return {std::move(*have), true};
    }
  }
  intel::AssessOptions how;
  how.threads = options_.threads;
  how.seed = options_.seed;
  how.grades = options_.grades;
  intel::Belief belief = intel::assess(given_, how);
  belief.analysts = analysts_of(options_, given_, belief);
  write_file(path, intel::to_json(belief, given_));
  return {std::move(belief), false};
}

ensemble::PlayOptions Stages::play_options() const {
  ensemble::PlayOptions how;
  how.futures = options_.futures;
  how.weeks = options_.weeks;
  how.seed = options_.seed;
  how.threads = options_.threads;
  how.options = options_.options;
  how.cancelled = [] { return stop_requested(); };
  ask_for_sampling(options_, how);
  return how;
}

Staged<ensemble::Futures> Stages::play(const intel::Belief& belief, bool reuse) {
  const fs::path path = file("futures.nc");
  const ensemble::PlayOptions asked = play_options();
  const std::string belief_digest = ensemble::digest_of(belief);
  const int weeks = options_.weeks.value_or(given_.horizon_weeks);
  if (reuse) {
    auto have = earlier(
        path, [&](const fs::path& p) { return ensemble::read_netcdf(p, given_); },
        [&](const ensemble::Futures& f) {
          return f.case_digest == given_.digest && f.belief_digest == belief_digest &&
                 f.seed == options_.seed && f.version == version() &&
                 (options_.counted ? f.futures == options_.futures
                                   : f.futures >= options_.futures) &&
                 f.options == ensemble::options_to_play(given_, asked) && f.weeks == weeks &&
                 holds_the_usual(f, given_);
        });
    if (have) return {std::move(*have), true};
  }
  if (launched_together())
    throw ModelError("under mpirun only 'casus play' works; weigh and brief its futures alone");
  ensemble::PlayOptions how = asked;
  StepLines lines(telling_of(options_));
  tell_steps(lines, how);
  return {ensemble::play_to_file(given_, belief, {how, {}}, {.file = path, .gather = true}).futures,
          false};
}

ensemble::RunRequest Stages::run_request() const {
  const PlayRequest& asked = options_.play;
  ensemble::RunRequest out{play_options(), {}};
  out.play.trajectories = asked.full ? std::numeric_limits<std::size_t>::max() : asked.keep;
  out.play.variables = asked.variables;
  out.play.every = asked.every;
  out.play.summary = asked.summary;
  out.play.shard = asked.shard;
  out.file.summary = asked.summary;
  out.file.deflate = asked.deflate;
  return out;
}

ensemble::Played Stages::play_to_file(const intel::Belief& belief,
                                      const ensemble::RunRequest& request,
                                      const std::optional<fs::path>& csv, ensemble::Team* team) {
  ensemble::RunRequest run = request;
  run.play.threads = options_.threads;
  run.play.cancelled = [] { return stop_requested(); };
  const bool first = team == nullptr || team->rank() == 0;
  StepLines lines(first ? telling_of(options_) : Telling::none);
  tell_steps(lines, run.play);
  return ensemble::play_to_file(
      given_, belief, run,
      {file("futures.nc"), csv, team, false, {.seconds = options_.play.checkpoint}});
}

ensemble::Partial Stages::write_partial(const intel::Belief& belief, ensemble::Unfinished run,
                                        const fs::path& path) {
  run.request.play.threads = options_.threads;
  run.request.play.cancelled = [] { return stop_requested(); };
  StepLines lines(telling_of(options_));
  tell_steps(lines, run.request.play);
  return ensemble::write_partial(given_, belief, run, path);
}

Staged<analysis::Studies> Stages::studies(const intel::Belief& belief, bool reuse) {
  casefile::LoadOptions as_it_is;
  as_it_is.as_of = given_.as_of;
  casefile::Games games = casefile::load_games(options_.given, as_it_is);
  calibrate::start_from_record(games.given, options_.given);
  analysis::StudyOptions how;
  how.futures = options_.game_futures.value_or(how.futures);
  how.seed = options_.seed;
  how.threads = options_.threads;
  how.cancelled = [] { return stop_requested(); };
  const std::string key = analysis::studies_key(games, belief, how);
  const fs::path path = file("studies.json");
  if (reuse) {
    auto have = earlier(
        path,
        [&](const fs::path& p) { return analysis::studies_from_json(read_file(p), p.string()); },
        [&](const analysis::Studies& s) { return s.key == key; });
    if (have) {
      add_designs(*have, belief);
      return {std::move(*have), true};
    }
  }
  std::optional<ProgressLine> line;
  std::string shown;
  how.progress = [&](const std::string& what, std::size_t done, std::size_t total) {
    if (total == 0) return;
    if (what != shown) line.emplace(what, "futures", telling_of(options_));
    shown = what;
    line->show(done, total);
  };
  auto made = analysis::study(games, belief, how);
  for (std::size_t g = 0; g < made.trees.size(); ++g) {
    write_file(file(("game_" + made.studies.games[g].id + ".efg").c_str()),
               casefile::write_efg(made.trees[g]));
  }
  write_file(path, analysis::to_json(made.studies));
  add_designs(made.studies, belief);
  return {std::move(made.studies), false};
}

Staged<analysis::Comparison> Stages::weigh(const intel::Belief& belief,
                                           const ensemble::Futures& futures, bool reuse) {
  const fs::path path = file("comparison.json");
  const casefile::Weightings weightings = casefile::load_weightings(options_.given, given_);
  if (reuse) {
    auto have = earlier(
        path,
        [&](const fs::path& p) {
          return analysis::comparison_from_json(read_file(p), given_, p.string());
        },
        [&](const analysis::Comparison& c) {
          return c.case_digest == given_.digest && c.seed == options_.seed &&
                 c.version == version() && c.futures == futures.futures &&
                 c.sampling == futures.sampling && c.weightings_digest == weightings.digest;
        });
    if (have) return {std::move(*have), true};
  }
  analysis::WeighOptions how;
  how.seed = options_.seed;
  how.threads = options_.threads;
  how.weightings = weightings;
  StepLines lines(telling_of(options_));
  how.progress = [&](const ensemble::Step& s) { lines.show(s.name, s.unit, s.done, s.total); };
  how.cancelled = [] { return stop_requested(); };
  analysis::Comparison comparison = analysis::weigh(given_, belief, futures, how);
  write_file(path, analysis::to_json(comparison, given_));
  auto answers = analysis::forecast_answers(given_, futures);
  if (!answers.empty())
    add_rivals(options_, *this, given_, belief, futures.options.front(), answers);
  write_file(file("answers.json"), analysis::answers_to_json(answers));
  return {std::move(comparison), false};
}

}  // namespace casus::cli
