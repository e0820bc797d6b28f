// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "casus/server/hub.h"
#include "casus/server/routes.h"

namespace casus::server {

struct ListenOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 0;  ///< 0: any free one
  std::size_t threads = 2;
  std::filesystem::path certificate, key;  ///< PEM; empty = no TLS here
  bool proxied = false;  ///< a proxy before it speaks TLS to browsers, and says whom it asks for
};

/// Speaks HTTP/1.1 for a door, by TLS where it has a certificate.
///
/// Headers over 16 kB, bodies over 256 kB, more than 1,000 connections and silences over 30 s are
/// refused.
class Listener {
 public:
  /// Listens from now on, on threads of its own. @throws IoError the address or the certificate
  /// cannot be used.
  Listener(const ListenOptions& options, const Door& door, Hub& hub);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;
  [[nodiscard]] std::uint16_t port() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace casus::server
