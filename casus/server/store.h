// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "casus/server/change.h"
#include "casus/server/message.h"

namespace casus::server {

/// A change that was accepted, and what became of it.
struct Kept {
  long long id = 0;
  std::string at;  ///< UTC, ISO 8601
  std::string who;
  Change change;
  std::string undone_at, undone_by;  ///< empty: it stands
};

/// A line of the audit log.
struct Entry {
  long long id = 0;
  std::string at, who, role, where, what, detail;
};

/// How a case was judged once, to be held against how it is judged now.
struct Judged {
  long long id = 0;
  std::string at, why, body;  ///< body: JSON
};

/// What somebody tries beside a case. Its changes are kept under the address of the branch; those
/// that stood of the case when it was made come first among them.
struct Branch {
  long long id = 0;
  std::string of;    ///< name of the case
  std::string name;  ///< as people call it
  std::string who, at;
  long long since = 0;  ///< its own changes have greater numbers
};
/// `dprk-2024~3`: stands in addresses where else the name of a case stands.
[[nodiscard]] std::string address_of(const Branch& branch);

/// What people did in the room, in one SQLite file. What a call has written outlives the program
/// and a loss of power. Safe to use from several threads. Every call @throws IoError.
class Store {
 public:
  explicit Store(const std::filesystem::path& file);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  /// Keeps a change and its line in the log, together. @returns its number.
  long long keep(const std::string& where, const User& who, const Change& change);
  /// Takes a change back, if it stands. @returns whether it did.
  bool undo(const std::string& where, const User& who, long long id);
  [[nodiscard]] std::vector<Kept> changes(const std::string& where) const;

  /// Makes a branch with the changes of the case that stand.
  Branch branch(const std::string& of, const User& who, const std::string& name);
  /// Those that were not dropped, in order of making.
  [[nodiscard]] std::vector<Branch> branches(const std::string& of) const;
  void rename(const Branch& branch, const User& who, const std::string& name);
  /// It and its changes stay in the store and the log, and are shown no more.
  void drop(const Branch& branch, const User& who);

  /// A line in the log for what changes no case.
  void note(const std::string& where, const User& who, const std::string& what,
            const std::string& detail);
  /// Entries, newest first; of one case, or of all if `where` is empty; of numbers below `before`
  /// where one is given.
  [[nodiscard]] std::vector<Entry> log(const std::string& where, int most,
                                       std::optional<long long> before = std::nullopt) const;

  long long keep_judged(const std::string& where, const std::string& why, const std::string& body);
  /// Without their bodies, newest first.
  [[nodiscard]] std::vector<Judged> judged(const std::string& where) const;
  [[nodiscard]] std::optional<Judged> judged(const std::string& where, long long id) const;

 private:
  struct Base;
  mutable std::mutex mutex_;
  std::unique_ptr<Base> base_;
};

}  // namespace casus::server
