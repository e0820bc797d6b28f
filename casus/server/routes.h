// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>

#include "casus/server/access.h"
#include "casus/server/assets.h"
#include "casus/server/room.h"

namespace casus::server {

/// Who may ask for what at one address; `{…}` stands for any one step of a path.
struct Route {
  const char* method;
  const char* pattern;
  Role least;
  bool quick;  ///< answered from what is in memory; else it may take seconds
};
/// Every route of the API; schema/openapi.json describes each.
[[nodiscard]] std::span<const Route> routes();

/// Answers requests. Safe to use from several threads.
class Door {
 public:
  /// @param secure  whether browsers reach the room by HTTPS, here or at a proxy
  Door(Room& room, Access& access, const Assets& assets, bool secure);
  /// Whether `answer` takes milliseconds at most.
  [[nodiscard]] static bool quick(const Request& request);
  /// Whatever goes wrong becomes an answer; nothing is thrown.
  [[nodiscard]] Response answer(Request& request) const;

 private:
  [[nodiscard]] Response api(Request& request) const;
  [[nodiscard]] Response page(const Request& request) const;
  [[nodiscard]] Response session(const Request& request) const;
  void guard(const Request& request) const;
  Room& room_;
  Access& access_;
  const Assets& assets_;
  bool secure_;
};

}  // namespace casus::server
