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
/// What a stop that was requested ends with: 130 after Ctrl-C, 75 after SIGTERM where the run can
/// be taken up again.
[[nodiscard]] int stop_code(bool resumable);
void watch_signals();

/// Thrown between steps once a stop was requested.
struct Interrupted {};

/// How progress is told.
enum class Telling {
  automatic,  ///< a line redrawn on a terminal; elsewhere a plain line every ten seconds
  line,       ///< a plain line every ten seconds
  json,       ///< a JSON object a line, every second
  none
};

/// Says on the error stream how far a long step is, how fast it goes and how long it will take.
///
/// Nothing is shown for steps under a second, but for the last object of `json`.
class ProgressLine {
 public:
  /// @param what  the step, @param unit  what is counted.
  ProgressLine(std::string what, std::string unit, Telling how);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  /// @param kept  of `done`, those that were there before: they tell nothing of the speed. Where
  ///              `total` changes, time is taken anew.
  void show(std::size_t done, std::size_t total, std::size_t kept = 0);

 private:
  using Clock = std::chrono::steady_clock;
  void draw(std::size_t done, std::size_t total, double rate);
  std::string what_, unit_;
  Telling how_;
  bool terminal_;
  bool drawn_ = false;
  std::size_t total_ = 0;
  Clock::time_point start_, last_;
};

/// Writes an error message; red on a terminal that wants colour.
void print_error(std::string_view message);

}  // namespace casus::cli
