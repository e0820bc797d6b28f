// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "casus/intel/assessor.h"
#include "casus/server/room.h"

namespace casus::server {

/// One case of the room. Safe to use from several threads.
class RoomCase {
 public:
  /// Reads the case and the files its stages left. A case that cannot be read is shown with what is
  /// wrong with it. @throws IoError  there is no such case.
  RoomCase(std::filesystem::path given, const RoomOptions& options, Store& store, Hub& hub);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::shared_ptr<const Snapshot> now() const;
  Changed change(const User& who, const Change& change);
  [[nodiscard]] Changed what_if(const std::vector<Change>& changes);
  Changed undo(const User& who, std::optional<long long> id);
  /// @returns whether its files were other than last time.
  bool look_at_files();
  void work(const Job& job, Progress& progress);

 private:
  struct Now;
  [[nodiscard]] std::vector<Change> standing() const;
  /// The belief's probabilities for a case as changed, by the assessor that goes on from the last.
  [[nodiscard]] std::shared_ptr<const intel::Belief> posteriors(const casefile::Case& given);
  void show(std::shared_ptr<Snapshot> next, const char* kind);
  void read_stages(Snapshot& into) const;
  void install(const casefile::Case& given, std::shared_ptr<const intel::Belief> belief);
  void judge(const std::string& why);
  void assess(Progress& progress);
  void play(const Job& job, Progress& progress);
  void weigh(Progress& progress);
  void brief(Progress& progress);
  [[nodiscard]] std::string files_now() const;

  std::filesystem::path given_;
  const RoomOptions& options_;
  Store& store_;
  Hub& hub_;
  std::string name_;
  std::filesystem::path folder_;
  std::mutex changing_;  ///< held by whoever changes the case or asks what a change would do
  std::unique_ptr<intel::Assessor> assessor_;  ///< made at the first change
  std::string files_;
  mutable std::mutex showing_;
  std::shared_ptr<const Snapshot> now_;
};

}  // namespace casus::server
