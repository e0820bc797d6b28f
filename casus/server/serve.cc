// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/serve.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace casus::server {
namespace {

bool loopback(const std::string& address) {
  return address == "::1" || address.rfind("127.", 0) == 0;
}

void refuse_the_open(const ServeOptions& options) {
  std::vector<Problem> problems;
  const auto add = [&](const char* message, const char* hint) {
    Problem p;
    p.file = "--listen " + options.listen.address;
    p.message = message;
    p.hint = hint;
    problems.push_back(std::move(p));
  };
  if (!loopback(options.listen.address)) {
    if (options.tokens.empty()) {
      add("a room that others reach needs tokens", "give --tokens FILE, or --token SECRET");
    }
    if (options.listen.certificate.empty() && !options.behind_proxy) {
      add("tokens would travel in the clear",
          "give --certificate FILE --key FILE, or --behind-proxy where a proxy speaks TLS");
    }
  }
  if (options.listen.certificate.empty() != options.listen.key.empty()) {
    add("a certificate and its key go together", "give both --certificate and --key");
  }
  if (!problems.empty()) throw CaseError(problems);
}

}  // namespace

struct Server::Parts {
  Room room;
  Access access;
  Assets assets;
  Door door;
  std::unique_ptr<Listener> listener;
  std::mutex mutex;
  std::condition_variable wake;
  bool stop = false;
  std::thread watch;
  explicit Parts(const ServeOptions& o)
      : room(o.room),
        access(o.tokens),
        assets(o.web),
        door(room, access, assets, !o.listen.certificate.empty() || o.behind_proxy) {}

  void watch_files() {
    using namespace std::chrono_literals;
    std::unique_lock lock(mutex);
    while (!wake.wait_for(lock, 500ms, [&] { return stop; })) {
      lock.unlock();
      try {
        room.look_at_files();
      } catch (const std::exception& error) {
        fmt::print(stderr, "casus: {}\n", error.what());
      }
      lock.lock();
    }
  }
};

Server::Server(const ServeOptions& options) {
  refuse_the_open(options);
  parts_ = std::make_unique<Parts>(options);
  ListenOptions listen = options.listen;
  listen.proxied = options.behind_proxy;
  parts_->listener = std::make_unique<Listener>(listen, parts_->door, parts_->room.hub());
  parts_->watch = std::thread([this] { parts_->watch_files(); });
  const bool tls = !options.listen.certificate.empty();
  address_ = fmt::format("{}://{}:{}/", tls ? "https" : "http", options.listen.address, port());
}

Server::~Server() {
  {
    const std::lock_guard lock(parts_->mutex);
    parts_->stop = true;
  }
  parts_->wake.notify_all();
  parts_->watch.join();
  parts_->listener = nullptr;
}

Room& Server::room() { return parts_->room; }
std::uint16_t Server::port() const { return parts_->listener->port(); }
bool Server::has_pages() const { return parts_->assets.built(); }

}  // namespace casus::server
