// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace casus::server {

/// What happens in the room, told to all who listen. Safe to use from several threads.
///
/// Every event has a number; who was away asks for what came after the last it saw. Numbers of an
/// earlier run of the program, or too long ago, are answered with a `reset`: read everything anew.
class Hub {
 public:
  Hub();
  /// @param kind  `case`, `belief`, `futures`, `comparison`, `brief` or `job`
  /// @param data  one line of JSON
  void tell(const std::string& kind, const std::string& data);

  struct News {
    std::string text;  ///< in the form of server-sent events; empty = nothing new
    std::uint64_t last = 0;
  };
  [[nodiscard]] News since(std::uint64_t last) const;
  /// The number to go on from, for somebody who last saw `id`; 0 = reset, empty id = from now.
  [[nodiscard]] std::uint64_t after(const std::string& id) const;

  /// Calls `wake` after every event, from whatever thread told it, until `forget`.
  std::uint64_t listen(std::function<void()> wake);
  void forget(std::uint64_t listener);
  [[nodiscard]] std::size_t listeners() const;

 private:
  struct Event {
    std::uint64_t number;
    std::string text;
  };
  mutable std::mutex mutex_;
  std::string run_;
  std::uint64_t last_ = 1;
  std::deque<Event> events_;
  std::uint64_t next_listener_ = 1;
  std::map<std::uint64_t, std::function<void()>> listeners_;
};

}  // namespace casus::server
