// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/ensemble/sampling.h"
#include "casus/ensemble/target.h"
#include "casus/intel/belief.h"

/// What may happen: thousands of futures under every option.
namespace casus::ensemble {

/// A weekly series kept for every option: its quantiles over the futures, and whole trajectories of
/// the first few.
struct Series {
  std::string variable;               ///< published name
  std::vector<std::string> entities;  ///< text ids, none to two
  std::string unit;
  friend bool operator==(const Series&, const Series&) = default;
};

struct Futures {
  std::string case_id, case_digest, version;
  std::string belief_digest;  ///< hash of the belief they start from
  std::uint64_t seed = 1;
  Sampling sampling;
  int weeks = 0;  ///< played
  int every = 1;  ///< of the weekly series every which week is kept, from week 0 on
  std::size_t futures = 0;
  std::size_t threads_used = 0;        ///< not part of the file
  std::vector<std::string> options;    ///< text ids, in the order of the case
  std::vector<std::string> measures;   ///< names, in the order of casefile::measures()
  std::vector<std::string> questions;  ///< text ids
  std::vector<Series> series;
  std::vector<double> levels;  ///< quantile levels, 0.05 ... 0.95
  std::vector<float> outcome;  ///< [option][future][measure]
  /// [option][future][question]: 0 or 1, a number, the week index of a date, the index of a
  /// category. NaN = `given` not met, a date that never comes by its day, or no category holds.
  std::vector<float> answer;
  std::size_t signposts = 0;  ///< most that a plan of the case has
  /// [option][future][signpost], in the order of the plan: the first week that `then` was in force
  /// in; NaN = it did not turn so, or the option has no such signpost.
  std::vector<float> turn;
  std::vector<float> quantile;                    ///< [option][series][kept week][level]
  std::vector<float> mean;                        ///< [option][series][kept week]
  std::vector<float> quantile_error, mean_error;  ///< Monte-Carlo standard errors of these
  std::size_t trajectories = 0;                   ///< kept whole: the first of every option
  std::vector<float> trajectory;                  ///< [option][trajectory][series][kept week]
  std::vector<std::string> knobs;                 ///< ids
  std::vector<float> knob;  ///< [future][knob]: the parameters drawn (same under every option)
  std::vector<std::uint8_t> truth;      ///< [future][hypothesis]: the state drawn from the belief
  std::size_t clamps = 0, updates = 0;  ///< clamped values and values looked at

  friend bool operator==(const Futures& a, const Futures& b);

  /// Weeks of which the weekly series are kept.
  [[nodiscard]] std::size_t kept_weeks() const {
    return static_cast<std::size_t>((weeks + every - 1) / every);
  }
  [[nodiscard]] float outcome_at(std::size_t option, std::size_t future,
                                 std::size_t measure) const {
    return outcome[(option * futures + future) * measures.size() + measure];
  }
};

struct Progress {
  std::size_t done = 0, total = 0;  ///< futures, times options
  std::size_t kept = 0;             ///< of `done`, those an earlier, interrupted run had played
};

/// How far a long step is that is not playing: taking up what lies there, summing up, writing.
struct Step {
  std::string_view name, unit;
  std::size_t done = 0, total = 0;
};

struct PlayOptions {
  std::size_t futures = 2000;     ///< per option; at most, where `until_error` is given
  std::optional<int> weeks = {};  ///< default: the horizon of the case
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::vector<std::string> options = {};    ///< ids; empty = all that may be played
  std::size_t trajectories = 200;           ///< kept whole
  std::vector<std::string> variables = {};  ///< of which weekly series are kept; empty = the usual
  int every = 1;                            ///< keep every which week of them
  bool summary = false;  ///< the file holds figures over futures and nothing of single futures
  Sampling sampling = {};
  /// Play no more futures than bring the Monte-Carlo error of every option's mean down to this.
  std::optional<double> until_error = {};
  std::string error_of = {};  ///< a measure; empty = the decision maker's value
  std::size_t shard = 0;  ///< futures kept at a time, a multiple of sixteen; 0 = a fitting number
  std::optional<Target> target = {};  ///< default: `target_in_use()`; the bytes do not depend on it
  /// Called after every block, one call at a time, from whatever thread finished it.
  std::function<void(const Progress&)> progress = {};
  /// Called on the way through the other steps, one call at a time.
  std::function<void(const Step&)> other = {};
  /// Asked before every block and on the way through the other steps, possibly by several threads
  /// at once; true stops with `Cancelled`.
  std::function<bool()> cancelled = {};
};

/// The run was stopped on request.
class Cancelled : public std::runtime_error {
 public:
  Cancelled() : std::runtime_error("the run was cancelled") {}
};

/// Plays the futures of every option from draws of the belief (docs/models/futures.md).
///
/// Future i starts from the same draw and meets the same luck under every option, so options differ
/// only by what they order. Results depend on neither threads nor blocks. All weekly values of one
/// option are held in memory until its quantiles are taken: for many futures, `play_to_file`.
/// @throws CaseError an option or a variable is unknown, or an option gated shut.
/// @throws Cancelled `options.cancelled` said so.
/// @throws ModelError no futures, no weeks, or a lane target this machine lacks.
[[nodiscard]] Futures play(const casefile::Case& given, const intel::Belief& belief,
                           const PlayOptions& options = {});

/// Text ids of the options `play` would play with these options, in the order of the case.
/// @throws CaseError an option id is unknown or gated shut.
[[nodiscard]] std::vector<std::string> options_to_play(const casefile::Case& given,
                                                       const PlayOptions& options);

/// The most signposts that an option of the case has.
[[nodiscard]] std::size_t signposts_of(const casefile::Case& given);

/// The hash that tells whether futures started from this belief (16 hex digits).
[[nodiscard]] std::string digest_of(const intel::Belief& belief);

/// How a file of futures is written.
struct FileOptions {
  int deflate = 1;       ///< 0 to 9; 0 packs nothing
  bool summary = false;  ///< figures over futures and nothing of single futures
};

/// `futures.nc` (NetCDF-4; schema/futures.md). The file is complete or absent under its name.
/// @throws IoError it cannot be created or written.
void write_netcdf(const Futures& futures, const casefile::Case& given,
                  const std::filesystem::path& path, const FileOptions& how = {});
/// At most 200 trajectories are read; of a summary, nothing of single futures.
/// @throws IoError missing or unreadable; CaseError not a futures file of this case.
[[nodiscard]] Futures read_netcdf(const std::filesystem::path& path, const casefile::Case& given);

/// The kept trajectories as a tidy table: option,future,week,variable,entity,value; two entities
/// are joined by a slash. @throws IoError it cannot be created or written.
void write_csv(const Futures& futures, const std::filesystem::path& path);

}  // namespace casus::ensemble
