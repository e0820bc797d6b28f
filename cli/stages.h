// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "casus/analysis/comparison.h"
#include "casus/analysis/studies.h"
#include "casus/casefile/load.h"
#include "casus/ensemble/kept.h"
#include "casus/intel/belief.h"
#include "cli/options.h"
#include "cli/terminal.h"

namespace casus::cli {

/// How --quiet and --progress ask for progress to be told.
[[nodiscard]] Telling telling_of(const Options& options);

/// A stage's value, and whether it was read from its file instead of computed.
template <class T>
struct Staged {
  T value;
  bool reused = false;
};

/// Runs stages of one case, or reads their files where nothing they depend on has changed.
class Stages {
 public:
  explicit Stages(const Options& options);

  [[nodiscard]] const casefile::Case& given() const { return given_; }
  [[nodiscard]] std::filesystem::path file(const char* name) const { return folder_ / name; }

  /// `reuse`: take the file of an earlier run if case, seed and version are the same. Fitted
  /// parameters of `--draws` are part of the value and never of the file.
  Staged<intel::Belief> assess(bool reuse);
  /// The futures in memory, for what comes after.
  Staged<ensemble::Futures> play(const intel::Belief& belief, bool reuse);
  /// Plays what is asked into `futures.nc`, keeping no more in memory than that takes.
  /// @param team  null: this program alone.
  ensemble::Played play_to_file(const intel::Belief& belief, const ensemble::RunRequest& request,
                                const std::optional<std::filesystem::path>& csv,
                                ensemble::Team* team);
  /// `ensemble::write_partial`, with the threads and the progress asked for.
  ensemble::Partial write_partial(const intel::Belief& belief, ensemble::Unfinished run,
                                  const std::filesystem::path& path);
  Staged<analysis::Comparison> weigh(const intel::Belief& belief, const ensemble::Futures& futures,
                                     bool reuse);
  /// Games and settlement of the case, beside its options (`studies.json`); writes the trees of the
  /// games as .efg too where they are played.
  Staged<analysis::Studies> studies(const intel::Belief& belief, bool reuse);
  /// A designed run of the first option and the leader, or of those asked for, and what it says;
  /// writes `design_morris.json` or `design_saltelli.json`, which `studies` takes up.
  /// @param again  one that was interrupted, in place of what is asked for; may be null.
  analysis::DesignStudy design(const intel::Belief& belief,
                               const ensemble::UnfinishedDesign* again = nullptr);
  /// The design that was interrupted, if one was. @throws ModelError there are several.
  [[nodiscard]] std::optional<ensemble::UnfinishedDesign> interrupted_design(
      const intel::Belief& belief) const;
  [[nodiscard]] ensemble::PlayOptions play_options() const;
  [[nodiscard]] ensemble::RunRequest run_request() const;

 private:
  Staged<intel::Belief> assess_reports(bool reuse);
  [[nodiscard]] std::string design_key(const intel::Belief& belief, std::uint64_t seed) const;
  [[nodiscard]] std::vector<std::string> options_of_design() const;
  void add_designs(analysis::Studies& studies, const intel::Belief& belief) const;

  const Options& options_;
  casefile::Case given_;
  std::filesystem::path folder_;
};

}  // namespace casus::cli
