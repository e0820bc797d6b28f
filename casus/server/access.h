// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "casus/server/message.h"

namespace casus::server {

/// A secret and whose it is.
struct Token {
  std::string name;
  Role role = Role::reader;
  std::string secret;  ///< at least 16 characters
};

/// Lines of `NAME ROLE SECRET`; empty ones and those that open with # are left out.
/// @throws CaseError  every line that is wrong. @throws IoError  no such file.
[[nodiscard]] std::vector<Token> read_tokens(const std::filesystem::path& file);

[[nodiscard]] std::optional<Role> role_named(std::string_view name);
[[nodiscard]] std::string_view name_of(Role role);

/// Who is asking. Without tokens the room is open to whoever reaches it, as admin: for loopback.
/// Safe to use from several threads.
class Access {
 public:
  explicit Access(const std::vector<Token>& tokens);
  [[nodiscard]] bool open() const { return known_.empty(); }
  /// By `Authorization: Bearer` or by the cookie of a session; nothing where neither is known.
  /// A token that is known is heard whatever came before it; any other `Authorization` is wrong.
  /// @throws Refusal 429 it is wrong, as were too many from its address, or from all, lately.
  [[nodiscard]] std::optional<User> user_of(const Request& request);
  /// A session's cookie value for a secret. @throws Refusal 401 unknown; 429 as above.
  [[nodiscard]] std::string enter(const std::string& secret, const std::string& address);
  void leave(const Request& request);

 private:
  using Clock = std::chrono::steady_clock;
  struct Known {
    std::string hash;
    User user;
  };
  struct Session {
    User user;
    Clock::time_point until;
  };
  [[nodiscard]] std::optional<User> holder_of(const std::string& secret) const;
  [[nodiscard]] std::optional<User> tried(const std::string& secret, const std::string& address);
  std::vector<Known> known_;
  mutable std::mutex mutex_;
  std::map<std::string, Session> sessions_;  ///< by hash of the cookie
  struct Failure {
    Clock::time_point at;
    std::string address;
  };
  std::vector<Failure> failures_;  ///< of the last minute that were answered 401
};

}  // namespace casus::server
