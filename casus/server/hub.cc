// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/hub.h"

#include <fmt/format.h>

#include <chrono>

namespace casus::server {
namespace {

constexpr std::size_t most_kept = 1000;

}  // namespace

Hub::Hub()
    : run_(fmt::format("{:x}", std::chrono::system_clock::now().time_since_epoch().count())) {}

void Hub::tell(const std::string& kind, const std::string& data) {
  const std::lock_guard lock(mutex_);
  ++last_;
  events_.push_back(
      {last_, fmt::format("id: {}-{}\nevent: {}\ndata: {}\n\n", run_, last_, kind, data)});
  if (events_.size() > most_kept) events_.pop_front();
  for (const auto& [id, wake] : listeners_) wake();
}

std::uint64_t Hub::after(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  if (id.empty()) return last_;
  if (id.rfind(run_ + "-", 0) != 0) return 0;
  std::uint64_t number = 0;
  for (const char c : id.substr(run_.size() + 1)) {
    if (c < '0' || c > '9' || number > last_) return 0;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number <= last_ ? number : 0;
}

Hub::News Hub::since(std::uint64_t last) const {
  const std::lock_guard lock(mutex_);
  News out{"", last_};
  const std::uint64_t oldest = events_.empty() ? last_ + 1 : events_.front().number;
  if (last == 0 || last + 1 < oldest) {
    out.text = fmt::format("id: {}-{}\nevent: reset\ndata: {{}}\n\n", run_, last_);
    return out;
  }
  for (const Event& e : events_) {
    if (e.number > last) out.text += e.text;
  }
  return out;
}

std::uint64_t Hub::listen(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  listeners_[next_listener_] = std::move(wake);
  return next_listener_++;
}

void Hub::forget(std::uint64_t listener) {
  const std::lock_guard lock(mutex_);
  listeners_.erase(listener);
}

std::size_t Hub::listeners() const {
  const std::lock_guard lock(mutex_);
  return listeners_.size();
}

}  // namespace casus::server
