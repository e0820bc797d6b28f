// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// What comes in and goes out, free of the HTTP library.
namespace casus::server {

/// What somebody may do; each may do what those before it may.
enum class Role { none, reader, analyst, admin };

struct User {
  std::string name;
  Role role = Role::none;
};

struct Request {
  std::string method;
  std::string target;                        ///< as sent
  std::vector<std::string> path;             ///< decoded, between the slashes
  std::map<std::string, std::string> query;  ///< decoded; of a name given twice the last
  std::string body;
  std::string host, origin, content_type, if_none_match, authorization, cookie, last_event_id;
  std::string address;  ///< whose tries count together: IPv4, or the first half of IPv6
  bool gzip = false;    ///< the client reads packed bodies
  User user;
};

/// Shared by the cache and all who are being answered from it; never changes.
using Body = std::shared_ptr<const std::string>;

struct Response {
  int status = 200;
  std::string type = "application/json";
  Body body;
  Body packed;       ///< the same by gzip; may be null
  std::string etag;  ///< with its quotes; empty = the answer is not to be kept
  std::vector<std::pair<std::string, std::string>> headers;
  bool stream = false;  ///< the events of the room follow, until the client goes
};

/// An answer that says why not. @see told() in routes.cc for what else becomes one.
class Refusal : public std::runtime_error {
 public:
  Refusal(int status, const std::string& why) : std::runtime_error(why), status_(status) {}
  [[nodiscard]] int status() const { return status_; }

 private:
  int status_;
};

/// Splits and decodes a request's target into `path` and `query`.
/// @returns false if it is none: not rooted, a wrong escape, a zero byte, or a step upwards.
[[nodiscard]] bool read_target(Request& request);

}  // namespace casus::server
