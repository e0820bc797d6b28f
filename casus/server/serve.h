// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "casus/server/listener.h"
#include "casus/server/room.h"

namespace casus::server {

struct ServeOptions {
  RoomOptions room;
  ListenOptions listen;
  std::filesystem::path web;  ///< the built pages
  std::vector<Token> tokens;
  bool behind_proxy = false;  ///< a proxy before it speaks TLS
};

/// A room with its door open, until it is destroyed.
class Server {
 public:
  /// @throws CaseError    a room beyond this machine without tokens, or without TLS here or at a
  ///                      proxy; two cases of one name.
  /// @throws IoError      the store, a case, the address or the certificate.
  explicit Server(const ServeOptions& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  [[nodiscard]] Room& room();
  [[nodiscard]] const std::string& address() const { return address_; }  ///< of a browser
  [[nodiscard]] std::uint16_t port() const;
  [[nodiscard]] bool has_pages() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
  std::string address_;
};

}  // namespace casus::server
