// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "casus/intel/shift.h"
#include "casus/server/hub.h"
#include "casus/server/jobs.h"
#include "casus/server/snapshot.h"
#include "casus/server/store.h"

/// The briefing room: several cases, what people changed about them, and the work on them.
namespace casus::server {

struct RoomOptions {
  std::vector<std::filesystem::path> cases;  ///< folders, each of another name
  std::filesystem::path state = "out/room";  ///< the store and the stages' files
  std::filesystem::path made = "out";        ///< where the stages of the command line leave theirs
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::size_t futures = 500;       ///< per option, where a job does not say
  std::size_t game_futures = 128;  ///< of every branch of a game; a settlement takes twice as many
  bool assess = true;              ///< assess at the start what was not assessed
};

/// What a change did.
struct Changed {
  long long id = 0;   ///< of the change in the store; 0 for a what-if
  std::string shift;  ///< JSON: before against after
};

class RoomCase;

/// Safe to use from several threads.
class Room {
 public:
  /// @throws CaseError two cases of one name. @throws IoError the store, or a case that is not
  /// there.
  explicit Room(RoomOptions options);
  ~Room();
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;

  [[nodiscard]] std::vector<std::shared_ptr<const Snapshot>> all() const;
  /// @throws Refusal 404
  [[nodiscard]] std::shared_ptr<const Snapshot> at(const std::string& name) const;

  /// Makes a change at once: assessed anew, kept, told. @throws CaseError it is wrong;
  /// ModelError it leaves nothing possible; Refusal 409 the case cannot be read.
  Changed change(const std::string& name, const User& who, const Change& change);
  /// What changes would do; nothing is kept.
  [[nodiscard]] Changed what_if(const std::string& name, const std::vector<Change>& changes);
  /// Takes a change back: the last that stands, or that of number `id`. Somebody else's only by
  /// an admin. @throws Refusal 404 none stands; 403.
  Changed undo(const std::string& name, const User& who, std::optional<long long> id);
  /// A branch of a case as it stands: changes of it leave the case alone, and those of the case it.
  /// @throws Refusal 409 too many, or no case to branch; 400 the name.
  Branch branch(const std::string& name, const User& who, const std::string& title);
  /// @throws Refusal 404 there is none; 403 somebody else's, and no admin.
  Branch rename(const std::string& name, long long branch, const User& who,
                const std::string& title);
  void drop(const std::string& name, long long branch, const User& who);

  /// Reads again the cases whose files changed on the disk.
  void look_at_files();

  [[nodiscard]] const RoomOptions& options() const { return options_; }
  [[nodiscard]] Store& store() { return store_; }
  [[nodiscard]] Hub& hub() { return hub_; }
  [[nodiscard]] Jobs& jobs() { return *jobs_; }

 private:
  using Cases = std::vector<std::shared_ptr<RoomCase>>;
  [[nodiscard]] std::shared_ptr<RoomCase> find(const std::string& name) const;
  [[nodiscard]] std::shared_ptr<RoomCase> own_branch(const std::string& name, long long branch,
                                                     const User& who) const;
  [[nodiscard]] Cases list() const;
  RoomOptions options_;
  Hub hub_;
  Store store_;
  mutable std::mutex mutex_;    ///< of the list alone
  Cases cases_;                 ///< every case, its branches after it
  std::unique_ptr<Jobs> jobs_;  ///< ends before what it works on
};

}  // namespace casus::server
