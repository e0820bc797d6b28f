// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace casus::cli {

/// Exit codes after sysexits.
enum Exit : int {
  ok = 0,
  usage = 64,
  wrong_case = 65,
  missing_input = 66,
  no_answer = 69,
  our_bug = 70,
  cannot_create = 73,
  input_output = 74,
  stopped = 75,
  interrupted = 130
};

/// Whether Ctrl-C or SIGTERM has been received since `watch_signals`.
[[nodiscard]] bool stop_requested();
void watch_signals();

/// Thrown between steps once a stop was requested.
struct Interrupted {};

/// One line on the error stream that says how far a long step is and how long it will take.
///
/// On a terminal it is redrawn in place; elsewhere a plain line is written every ten seconds.
/// Nothing is shown for steps under a second.
class ProgressLine {
 public:
  ProgressLine(std::string what, bool quiet);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  void show(std::size_t done, std::size_t total);

 private:
  using Clock = std::chrono::steady_clock;
  std::string what_;
  bool quiet_;
  bool terminal_;
  bool drawn_ = false;
  Clock::time_point start_, last_;
};

/// Writes an error message; red on a terminal that wants colour.
void print_error(std::string_view message);

}  // namespace casus::cli
