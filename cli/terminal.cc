// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/terminal.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
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

void watch_signals() {
  std::signal(SIGINT, remember);
  std::signal(SIGTERM, remember);
}

ProgressLine::ProgressLine(std::string what, bool quiet)
    : what_(std::move(what)),
      quiet_(quiet),
      terminal_(::isatty(2) != 0),
      start_(Clock::now()),
      last_(start_) {}

ProgressLine::~ProgressLine() {
  if (drawn_ && terminal_) std::fputs("\r\033[K", stderr);
}

void ProgressLine::show(std::size_t done, std::size_t total) {
  const auto now = Clock::now();
  const std::chrono::duration<double> gone = now - start_;
  const std::chrono::duration<double> since = now - last_;
  if (quiet_ || gone.count() < 1.0 || since.count() < (terminal_ ? 0.1 : 10.0) || done == 0) return;
  last_ = now;
  const double left = gone.count() * static_cast<double>(total - done) / static_cast<double>(done);
  const std::string text =
      fmt::format("{}: {:.0f} %, {} left", what_,
                  100.0 * static_cast<double>(done) / static_cast<double>(total), clock_text(left));
  fmt::print(stderr, "{}{}{}", terminal_ ? "\r\033[K" : "", text, terminal_ ? "" : "\n");
  std::fflush(stderr);
  drawn_ = true;
}

void print_error(std::string_view message) {
  const bool colour = ::isatty(2) != 0 && std::getenv("NO_COLOR") == nullptr;
  fmt::print(stderr, "{}{}{}\n", colour ? "\033[31m" : "", message, colour ? "\033[0m" : "");
}

}  // namespace casus::cli
