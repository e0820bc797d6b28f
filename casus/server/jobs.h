// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "casus/server/hub.h"

namespace casus::server {

/// Long work on one case.
struct Job {
  enum class Stage { assess, play, weigh, study, brief };
  enum class State { waiting, running, done, failed, cancelled };
  long long id = 0;
  std::string where;  ///< name of the case
  Stage stage = Stage::assess;
  std::size_t futures = 0;  ///< per option
  std::string who;
  State state = State::waiting;
  std::string step;                 ///< what of it is going on
  std::size_t done = 0, total = 0;  ///< of the step; futures, times options
  std::string message;              ///< why it failed
};

[[nodiscard]] std::optional<Job::Stage> stage_named(const std::string& name);
[[nodiscard]] std::string to_json(const Job& job);
/// Shown to whoever does the work of a job.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void step(const std::string& name) = 0;
  virtual void show(std::size_t done, std::size_t total) = 0;
  [[nodiscard]] virtual bool cancelled() const = 0;
};

/// Does jobs one after the other on a thread of its own, since each uses all cores. Safe to use
/// from several threads.
class Jobs {
 public:
  /// @param work  does a job; throws `ensemble::Cancelled` when it stops on request.
  Jobs(Hub& hub, std::function<void(const Job&, Progress&)> work);
  ~Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;

  /// Takes a job in; one of the same kind that waits already is given back instead.
  /// @throws Refusal 503 too many wait.
  Job ask(Job job);
  /// @returns nothing where there is no such job; one that ended stays as it is.
  std::optional<Job> cancel(long long id);
  [[nodiscard]] std::optional<Job> find(long long id) const;
  /// The last jobs, newest first; of one case, or of all if `where` is empty.
  [[nodiscard]] std::vector<Job> list(const std::string& where) const;

 private:
  class Telling;
  struct Kept {
    Job job;
    std::atomic<bool> cancelled = false;
  };
  void run();
  void end(Kept& kept, Job::State state, const std::string& message);
  Hub& hub_;
  std::function<void(const Job&, Progress&)> work_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::unique_ptr<Kept>> jobs_;  ///< in order of asking
  long long last_ = 0;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace casus::server
