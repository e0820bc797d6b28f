// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

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

/// Whether Ctrl-C, SIGTERM or SIGUSR1 has been received since `watch_signals`.
[[nodiscard]] bool stop_requested();
/// What a stop that was requested ends with: 130 after Ctrl-C, 75 after the others where the run
/// can be taken up again.
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
/// Nothing is shown for steps under a second, but for the last object of `json`. Where nothing
/// moves for a while (a disk that is flushed, other ranks that are waited for), `json` says again
/// how far it is, so that a reader hears from it about once a second.
class ProgressLine {
 public:
  /// @param what  the step, @param unit  what is counted.
  ProgressLine(std::string what, std::string unit, Telling how);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  /// @param kept  of `done`, those that were there before: they tell nothing of the speed. Where
  ///              `total` changes or `done` falls, time is taken anew.
  void show(std::size_t done, std::size_t total, std::size_t kept = 0);

 private:
  using Clock = std::chrono::steady_clock;
  void draw(double rate);
  void say_again(const std::stop_token& end);
  std::string what_, unit_;
  Telling how_;
  bool terminal_;
  bool drawn_ = false;
  std::size_t done_ = 0, total_ = 0, kept_ = 0;
  Clock::time_point start_, last_;
  std::mutex mutex_;
  std::condition_variable_any moved_;
  std::jthread again_;  ///< the last member, so that it ends first
};

/// Shows the steps of one run, each by a line of its own.
class StepLines {
 public:
  explicit StepLines(Telling how) : how_(how) {}
  /// @param kept  as of `ProgressLine::show`.
  void show(std::string_view step, std::string_view unit, std::size_t done, std::size_t total,
            std::size_t kept = 0);

 private:
  Telling how_;
  std::string name_;
  std::size_t before_ = 0;  ///< when the line was begun
  std::optional<ProgressLine> line_;
};

/// Writes an error message; red on a terminal that wants colour.
void print_error(std::string_view message);

}  // namespace casus::cli
