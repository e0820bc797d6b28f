// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace casus::cli {
namespace {

volatile std::sig_atomic_t stop_signal = 0;

void remember(int signal) {
  if (stop_signal != 0) std::_Exit(interrupted);  // asked twice: leave at once
  stop_signal = signal;
}

std::string clock_text(double seconds) {
  const auto s = std::lround(seconds);
  return s < 60 ? fmt::format("{} s", s) : fmt::format("{} min {:02} s", s / 60, s % 60);
}

}  // namespace

bool stop_requested() { return stop_signal != 0; }

int stop_code(bool resumable) {
  return resumable && stop_signal == SIGTERM ? stopped : interrupted;
}

void watch_signals() {
  std::signal(SIGINT, remember);
  std::signal(SIGTERM, remember);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a failed write, not the end
}

ProgressLine::ProgressLine(std::string what, std::string unit, Telling how)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      how_(how),
      terminal_(how == Telling::automatic && ::isatty(2) != 0),
      start_(Clock::now()),
      last_(start_) {}

ProgressLine::~ProgressLine() {
  if (drawn_ && terminal_) std::fputs("\r\033[K", stderr);
}

void ProgressLine::show(std::size_t done, std::size_t total, std::size_t kept) {
  if (how_ == Telling::none) return;
  const auto now = Clock::now();
  if (total != total_) {
    if (total_ != 0) start_ = now;
    total_ = total;
  }
  const std::chrono::duration<double> gone = now - start_;
  const std::chrono::duration<double> since = now - last_;
  const double every = terminal_ ? 0.1 : (how_ == Telling::json ? 1.0 : 10.0);
  const bool last = how_ == Telling::json && done == total;
  if ((gone.count() < 1.0 || since.count() < every || done == kept) && !last) return;
  last_ = now;
  draw(done, total, static_cast<double>(done - kept) / std::max(gone.count(), 1e-3));
}

void ProgressLine::draw(std::size_t done, std::size_t total, double rate) {
  const double left = rate > 0.0 ? static_cast<double>(total - done) / rate : 0.0;
  if (how_ == Telling::json) {
    fmt::print(stderr,
               "{{\"step\": \"{}\", \"unit\": \"{}\", \"done\": {}, \"total\": {}, "
               "\"per_second\": {:.1f}, \"seconds_left\": {:.1f}}}\n",
               what_, unit_, done, total, rate, left);
  } else {
    const bool colour = terminal_ && std::getenv("NO_COLOR") == nullptr;
    fmt::print(stderr, "{}{}: {}{:.0f} %{}, {:.0f} {}/s, {} left{}", terminal_ ? "\r\033[K" : "",
               what_, colour ? "\033[36m" : "",
               100.0 * static_cast<double>(done) / static_cast<double>(total),
               colour ? "\033[0m" : "", rate, unit_, clock_text(left), terminal_ ? "" : "\n");
  }
  std::fflush(stderr);
  drawn_ = true;
}

void print_error(std::string_view message) {
  const bool colour = ::isatty(2) != 0 && std::getenv("NO_COLOR") == nullptr;
  fmt::print(stderr, "{}{}{}\n", colour ? "\033[31m" : "", message, colour ? "\033[0m" : "");
}

}  // namespace casus::cli
