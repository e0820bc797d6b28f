// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "casus/casefile/analysts.h"
#include "casus/casefile/games.h"
#include "casus/intel/assessor.h"
#include "casus/intel/parts.h"
#include "casus/server/room.h"

namespace casus::server {

/// One case of the room. Safe to use from several threads.
class RoomCase {
 public:
  /// Reads the case and the files its stages left. A case that cannot be read is shown with what is
  /// wrong with it. @throws IoError  there is no such case.
  RoomCase(const std::filesystem::path& given, const RoomOptions& options, Store& store, Hub& hub,
           std::optional<Branch> branch = std::nullopt);

  /// Makes a branch of this case as it stands now. @throws Refusal 409 it cannot be read, or is a
  /// branch itself.
  [[nodiscard]] std::shared_ptr<RoomCase> make_branch(const User& who, const std::string& name);
  void rename(const User& who, const std::string& name);
  [[nodiscard]] const std::filesystem::path& given() const { return given_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::shared_ptr<const Snapshot> now() const;
  Changed change(const User& who, const Change& change);
  [[nodiscard]] Changed what_if(const std::vector<Change>& changes);
  Changed undo(const User& who, std::optional<long long> id);
  /// @returns whether its files were other than last time.
  bool look_at_files();
  void work(const Job& job, Progress& progress);

 private:
  RoomCase(RoomCase& base, const Branch& branch);
  [[nodiscard]] std::vector<Change> standing() const;
  /// The files as they are now, with these changes. @throws CaseError as `changed`.
  [[nodiscard]] casefile::Case read(const std::vector<Change>& changes);
  [[nodiscard]] std::vector<casefile::Case> earlier();
  /// The belief's probabilities for a case as changed, by the assessor that goes on from the last.
  [[nodiscard]] std::shared_ptr<const intel::Belief> posteriors(const casefile::Case& given);
  void show(std::shared_ptr<Snapshot> next, const char* kind);
  void read_stages(Snapshot& into);
  void take_what_fits(Snapshot& into);
  void remember(std::shared_ptr<const intel::Belief> whole);
  void install(const casefile::Case& given, std::shared_ptr<const intel::Belief> belief);
  void judge(const std::string& why);
  void keep_comparison(const Snapshot& s) const;
  [[nodiscard]] analysis::StudyOptions study_options() const;
  /// The games of the files beside the case as it was changed. @throws Refusal 409 games.yaml is
  /// wrong.
  [[nodiscard]] casefile::Games games_of(const casefile::Case& given);
  /// Whether studies are of this case, its games and this version.
  [[nodiscard]] bool made_of(const analysis::Studies& studies, const casefile::Case& given) const;
  /// Whether options were weighed in this case, and by the weightings of now.
  [[nodiscard]] bool weighed_of(const analysis::Comparison& comparison,
                                const casefile::Case& given) const;
  /// The belief with what the analysts of the files say of it.
  [[nodiscard]] std::shared_ptr<const intel::Belief> with_analysts(const casefile::Case& given,
                                                                   intel::Belief belief) const;
  /// What the files say now. @throws CaseError, ModelError  what stands in the way.
  [[nodiscard]] std::shared_ptr<Snapshot> read_anew();
  [[nodiscard]] Problem where_it_broke(const std::string& why) const;
  [[nodiscard]] std::set<std::filesystem::path> files() const;
  /// Reads what lies beside the case: games, analysts, weightings, base rates. What is wrong with
  /// them stands in the answer, beside a case that is good.
  [[nodiscard]] std::vector<Problem> read_beside(const casefile::Case& given);
  /// After an edit of analysts.yaml alone nothing else hangs on it but the brief.
  void hear_analysts(Snapshot& next) const;
  void assess(Progress& progress);
  void play(const Job& job, Progress& progress);
  void weigh(Progress& progress);
  void study(Progress& progress);
  void brief(Progress& progress);
  [[nodiscard]] std::string files_now() const;

  std::filesystem::path given_;
  const RoomOptions& options_;
  Store& store_;
  Hub& hub_;
  std::string base_;  ///< name of the case's folder
  std::string name_;  ///< the same, or the address of the branch
  std::filesystem::path folder_;
  std::mutex changing_;  ///< held by whoever changes the case or asks what a change would do
  std::unique_ptr<intel::Assessor> assessor_;  ///< made at the first change
  std::string open_files_;                     ///< state of the files that `open_` was read from
  std::shared_ptr<const casefile::OpenCase> open_;
  std::string read_added_;  ///< the lines that `read_` was read with
  std::shared_ptr<const casefile::Case> read_;
  intel::NumbersMemory memory_;                              ///< of the last whole assessment
  std::deque<std::shared_ptr<const intel::Belief>> wholes_;  ///< the last of them
  std::string files_;
  std::map<std::filesystem::path, std::string> good_;  ///< texts of the files of the last good read
  std::shared_ptr<const casefile::Games> games_;       ///< of the files; null where they are wrong
  std::shared_ptr<const casefile::Panel> panel_;       ///< null: no analysts, or a wrong file
  std::string weightings_;                             ///< digest of weightings.yaml
  mutable std::mutex showing_;
  std::shared_ptr<const Snapshot> now_;
};

}  // namespace casus::server
