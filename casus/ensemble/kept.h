// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "casus/ensemble/design_run.h"
#include "casus/ensemble/futures.h"
#include "casus/ensemble/late_store.h"
#include "casus/ensemble/precision.h"
#include "casus/ensemble/summary.h"
#include "casus/ensemble/team.h"

/// Runs that outlive the program (docs/running.md).
namespace casus::ensemble {

/// What a run is: with the case, the belief and the program it fixes every byte of its file.
struct RunRequest {
  PlayOptions play;
  FileOptions file;
};

/// Where a run goes and who plays it.
struct Keeping {
  std::filesystem::path file;                     ///< `futures.nc`
  std::optional<std::filesystem::path> csv = {};  ///< the long table too
  Team* team = nullptr;                           ///< default: this program alone
  bool gather = false;                            ///< give the tables back, not only the names
  Lateness late = {};                             ///< of parts; several ranks write at once
};

struct Played {
  Futures futures;  ///< without `Keeping::gather` names and sizes alone, and so for ranks but 0
  std::vector<std::vector<Figures>> outcomes;  ///< [option][measure]; of rank 0
  std::size_t kept = 0;                        ///< futures that an earlier run had played
  std::optional<Precision> precision;          ///< where `until_error` was asked for
};

/// Plays as `play` does, but keeps finished shards in a folder beside the file, those of the last
/// seconds in memory, takes up what an interrupted run of the same request left there, and writes
/// the file when all is played.
///
/// The bytes of the file depend on neither threads, ranks nor interruptions.
/// @throws IoError   a folder or file cannot be made, before anything is played, or written; what
///                   was finished stays.
/// @throws Cancelled a stop was asked for; what was finished stays.
/// @throws CaseError, ModelError as `play`.
[[nodiscard]] Played play_to_file(const casefile::Case& given, const intel::Belief& belief,
                                  const RunRequest& request, const Keeping& keeping);

/// Bytes that a run takes on disk at most: the parts that do not stay in memory, and its file as it
/// is before packing. How many futures `until_error` takes nobody knows before: all are counted.
[[nodiscard]] std::uintmax_t disk_taken(const casefile::Case& given, const intel::Belief& belief,
                                        const RunRequest& request, const Lateness& late = {});

/// A run whose file is not written yet.
struct Unfinished {
  std::filesystem::path folder;
  RunRequest request;
  std::optional<std::filesystem::path> csv = {};  ///< the long table it was to write too
};
/// Runs of this case, belief and program that were interrupted, by name of folder; runs of other
/// programs, cases or beliefs cannot be taken up and are left out.
[[nodiscard]] std::vector<Unfinished> unfinished_runs(const casefile::Case& given,
                                                      const intel::Belief& belief,
                                                      const std::filesystem::path& file);

/// The folder that a run keeps its parts in.
[[nodiscard]] std::filesystem::path folder_of(const casefile::Case& given,
                                              const intel::Belief& belief,
                                              const RunRequest& request,
                                              const std::filesystem::path& file);

/// What a file of an unfinished run holds.
struct Partial {
  std::vector<std::string> options;  ///< ids; none, and no file, where nothing is there yet
  std::size_t futures = 0;           ///< of each
};

/// Writes a file of what an unfinished run has played so far: the options that are complete; where
/// none is, as many of the first futures as all options begun have; with `until_error` as many as
/// its last whole look took. It is what a run of so many futures of these options writes.
/// The parts stay as they are. @throws Cancelled as `request.play.cancelled` says.
[[nodiscard]] Partial write_partial(const casefile::Case& given, const intel::Belief& belief,
                                    const Unfinished& run, const std::filesystem::path& file);

/// A design whose study is not written yet.
struct UnfinishedDesign {
  std::filesystem::path folder;
  PlayOptions play;  ///< seed, weeks and options
  DesignRequest request;
};
/// Designs of this case, belief and program that were interrupted, whose files would lie in
/// `where`, by name of folder.
[[nodiscard]] std::vector<UnfinishedDesign> unfinished_designs(const casefile::Case& given,
                                                               const intel::Belief& belief,
                                                               const std::filesystem::path& where);

/// Plays as `play_design` does, but keeps what is played in a folder beside `file` and takes up
/// what an interrupted run of the same design left there. The folder goes when `write` has
/// returned.
/// @throws IoError, Cancelled  what was finished stays. @throws CaseError, ModelError as there.
void play_design_kept(const casefile::Case& given, const intel::Belief& belief,
                      const PlayOptions& options, const DesignRequest& request,
                      const std::filesystem::path& file,
                      const std::function<void(const DesignRun&)>& write);

}  // namespace casus::ensemble
