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
  // Asked twice by hand: leave at once. A cluster may send both of its signals.
  if (stop_signal != 0 && signal == SIGINT) std::_Exit(interrupted);
  if (stop_signal != 0) return;
  stop_signal = signal;
}

std::string clock_text(double seconds) {
  const auto s = std::lround(seconds);
  return s < 60 ? fmt::format("{} s", s) : fmt::format("{} min {:02} s", s / 60, s % 60);
}

}  // namespace

bool stop_requested() { return stop_signal != 0; }

int stop_code(bool resumable) { return resumable && stop_signal != SIGINT ? stopped : interrupted; }

void watch_signals() {
  std::signal(SIGINT, remember);
  std::signal(SIGTERM, remember);
  std::signal(SIGUSR1, remember);  // what mpirun passes on to its ranks while it waits for them
  std::signal(SIGXFSZ, SIG_IGN);   // a file that may not grow is a failed write, not the end
}

ProgressLine::ProgressLine(std::string what, std::string unit, Telling how)
    : what_(std::move(what)),
      unit_(std::move(unit)),
      how_(how),
      terminal_(how == Telling::automatic && ::isatty(2) != 0),
      start_(Clock::now()),
      last_(start_) {
  if (how_ == Telling::json) again_ = std::jthread([this](const auto& end) { say_again(end); });
}

ProgressLine::~ProgressLine() {
  if (drawn_ && terminal_) std::fputs("\r\033[K", stderr);
}

void ProgressLine::show(std::size_t done, std::size_t total, std::size_t kept) {
  if (how_ == Telling::none) return;
  const std::scoped_lock lock(mutex_);
  const auto now = Clock::now();
  if ((total != total_ && total_ != 0) || done < done_) start_ = now;
  done_ = done;
  total_ = total;
  kept_ = kept;
  const std::chrono::duration<double> gone = now - start_;
  const std::chrono::duration<double> since = now - last_;
  const double every = terminal_ ? 0.1 : (how_ == Telling::json ? 1.0 : 10.0);
  const bool last = how_ == Telling::json && done == total && total != 0;
  if ((gone.count() < 1.0 || since.count() < every || done == kept) && !last) return;
  last_ = now;
  draw(static_cast<double>(done - std::min(kept, done)) / std::max(gone.count(), 1e-3));
}

void ProgressLine::say_again(const std::stop_token& end) {
  constexpr auto pause = std::chrono::milliseconds(500);
  constexpr auto silence = std::chrono::milliseconds(1400);
  std::unique_lock lock(mutex_);
  while (!moved_.wait_for(lock, end, pause, [&] { return end.stop_requested(); })) {
    const auto now = Clock::now();
    if (total_ == 0 || now - last_ < silence) continue;
    last_ = now;
    const std::chrono::duration<double> gone = now - start_;
    draw(static_cast<double>(done_ - std::min(kept_, done_)) / std::max(gone.count(), 1e-3));
  }
}

void ProgressLine::draw(double rate) {
  const double left =
      rate > 0.0 && total_ > done_ ? static_cast<double>(total_ - done_) / rate : 0.0;
  const bool colour = terminal_ && std::getenv("NO_COLOR") == nullptr;
  if (how_ == Telling::json) {
    fmt::print(stderr,
               "{{\"step\": \"{}\", \"unit\": \"{}\", \"done\": {}, \"total\": {}, "
               "\"per_second\": {:.1f}, \"seconds_left\": {:.1f}}}\n",
               what_, unit_, done_, total_, rate, left);
  } else if (total_ == 0) {  // how far it goes is not known
    fmt::print(stderr, "{}{}: {}{} {}{}, {:.0f} {}/s{}", terminal_ ? "\r\033[K" : "", what_,
               colour ? "\033[36m" : "", done_, unit_, colour ? "\033[0m" : "", rate, unit_,
               terminal_ ? "" : "\n");
  } else {
    fmt::print(stderr, "{}{}: {}{:.0f} %{}, {:.0f} {}/s, {} left{}", terminal_ ? "\r\033[K" : "",
               what_, colour ? "\033[36m" : "",
               100.0 * static_cast<double>(done_) / static_cast<double>(total_),
               colour ? "\033[0m" : "", rate, unit_, clock_text(left), terminal_ ? "" : "\n");
  }
  std::fflush(stderr);
  drawn_ = true;
}

void StepLines::show(std::string_view step, std::string_view unit, std::size_t done,
                     std::size_t total, std::size_t kept) {
  if (!line_ || name_ != step) {
    line_.emplace(std::string(step), std::string(unit), how_);
    name_ = step;
    before_ = done;
  }
  line_->show(done, total, std::max(kept, std::min(before_, done)));
}

void print_error(std::string_view message) {
  const bool colour = ::isatty(2) != 0 && std::getenv("NO_COLOR") == nullptr;
  fmt::print(stderr, "{}{}{}\n", colour ? "\033[31m" : "", message, colour ? "\033[0m" : "");
}

}  // namespace casus::cli
