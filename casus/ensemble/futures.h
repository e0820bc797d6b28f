// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"

/// What may happen: thousands of futures under every option.
namespace casus::ensemble {

/// A weekly series kept for every option: its quantiles over the futures, and whole trajectories of the first few.
struct Series {
  std::string variable;              ///< published name
  std::vector<std::string> entities; ///< text ids, none to two
  std::string unit;
};

struct Futures {
  std::string case_id, case_digest, version;
  std::string belief_digest;  ///< hash of the belief they start from
  std::uint64_t seed = 1;
  int weeks = 0;
  std::size_t futures = 0;
  std::size_t threads_used = 0;               ///< not part of the file
  std::vector<std::string> options;           ///< text ids, in the order of the case
  std::vector<std::string> measures;          ///< names, in the order of casefile::measures()
  std::vector<std::string> questions;         ///< text ids
  std::vector<Series> series;
  std::vector<double> levels;                 ///< quantile levels, 0.05 ... 0.95
  std::vector<float> outcome;                 ///< [option][future][measure]
  std::vector<float> answer;                  ///< [option][future][question]; NaN = `given` not met or date never
  std::vector<float> quantile;                ///< [option][series][week][level]
  std::vector<float> mean;                    ///< [option][series][week]
  std::size_t trajectories = 0;               ///< kept whole: the first of every option
  std::vector<float> trajectory;              ///< [option][trajectory][series][week]
  std::vector<std::string> knobs;             ///< ids
  std::vector<float> knob;                    ///< [future][knob]: the parameters drawn (same under every option)
  std::vector<std::uint8_t> truth;            ///< [future][hypothesis]: the state drawn from the belief
  std::size_t clamps = 0, updates = 0;        ///< clamped values and values looked at

  [[nodiscard]] float outcome_at(std::size_t option, std::size_t future, std::size_t measure) const {
    return outcome[(option * futures + future) * measures.size() + measure];
  }
};

struct Progress {
  std::size_t done = 0, total = 0;  ///< blocks of futures times options
};

struct PlayOptions {
  std::size_t futures = 2000;            ///< per option
  std::optional<int> weeks;              ///< default: the horizon of the case
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::vector<std::string> options;      ///< ids; empty = all that may be played
  std::size_t trajectories = 200;
  std::function<void(const Progress&)> progress;
  std::function<bool()> cancelled;       ///< asked between blocks; true stops with an exception
};

/// Thrown by `play` when `cancelled` said so; nothing was written.
struct Cancelled {};

/// Plays the futures of every option from draws of the belief.
/// @throws CaseError an option id is unknown or gated shut.
[[nodiscard]] Futures play(const casefile::Case& given, const intel::Belief& belief,
                           const PlayOptions& options = {});

/// A dated event of one future, as a sentence with its cause.
struct ToldEvent {
  int week = 0;
  Date monday;
  std::string kind, sentence, cause;
  float amount = 0.0F;
};

/// Plays one future of one option again and tells what happens in it.
[[nodiscard]] std::vector<ToldEvent> trace(const casefile::Case& given, const intel::Belief& belief,
                                           const PlayOptions& options, const std::string& option,
                                           std::size_t future);

/// `futures.nc` (NetCDF-4). The file is complete or absent under its name.
void write_netcdf(const Futures& futures, const casefile::Case& given, const std::filesystem::path& path);
/// The series as a tidy table: option,future,week,variable,entity,value (whole trajectories).
void write_csv(const Futures& futures, const std::filesystem::path& path);
/// @throws IoError missing or unreadable; CaseError not a futures file of this case.
[[nodiscard]] Futures read_netcdf(const std::filesystem::path& path, const casefile::Case& given);

}  // namespace casus::ensemble
