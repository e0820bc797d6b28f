// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>

#include "casus/base/error.h"
#include "casus/ensemble/futures.h"
#include "casus/server/message.h"

namespace casus::server {
namespace {

constexpr std::array<std::string_view, 5> stage_names = {"assess", "play", "weigh", "study",
                                                         "brief"};
constexpr std::array<std::string_view, 5> state_names = {"waiting", "running", "done", "failed",
                                                         "cancelled"};
constexpr std::size_t most_kept = 200, most_waiting = 20;
constexpr auto told_every = std::chrono::milliseconds(250);

}  // namespace

std::optional<Job::Stage> stage_named(const std::string& name) {
  const auto* const at = std::find(stage_names.begin(), stage_names.end(), name);
  if (at == stage_names.end()) return std::nullopt;
  return static_cast<Job::Stage>(at - stage_names.begin());
}

std::string to_json(const Job& job) {
  return nlohmann::ordered_json{{"id", job.id},
                                {"case", job.where},
                                {"stage", stage_names.at(static_cast<std::size_t>(job.stage))},
                                {"futures", job.futures},
                                {"who", job.who},
                                {"state", state_names.at(static_cast<std::size_t>(job.state))},
                                {"step", job.step},
                                {"done", job.done},
                                {"total", job.total},
                                {"message", job.message}}
      .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

class Jobs::Telling final : public Progress {
 public:
  Telling(Jobs& jobs, Kept& kept) : jobs_(jobs), kept_(kept) {}
  void step(const std::string& name) override {
    const std::lock_guard lock(jobs_.mutex_);
    kept_.job.step = name;
    kept_.job.done = kept_.job.total = 0;
    jobs_.hub_.tell("job", to_json(kept_.job));
  }
  void show(std::size_t done, std::size_t total) override {
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(jobs_.mutex_);
    kept_.job.done = done;
    kept_.job.total = total;
    if (now - told_ < told_every && done < total) return;
    told_ = now;
    jobs_.hub_.tell("job", to_json(kept_.job));
  }
  [[nodiscard]] bool cancelled() const override { return kept_.cancelled; }

 private:
  Jobs& jobs_;
  Kept& kept_;
  std::chrono::steady_clock::time_point told_;
};

Jobs::Jobs(Hub& hub, std::function<void(const Job&, Progress&)> work)
    : hub_(hub), work_(std::move(work)), thread_([this] { run(); }) {}

Jobs::~Jobs() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
    for (const auto& kept : jobs_) kept->cancelled = true;
  }
  wake_.notify_all();
  thread_.join();
}

Job Jobs::ask(Job job) {
  const std::lock_guard lock(mutex_);
  std::size_t waiting = 0;
  for (const auto& kept : jobs_) {
    if (kept->job.state != Job::State::waiting) continue;
    ++waiting;
    const Job& j = kept->job;
    if (j.where == job.where && j.stage == job.stage && j.futures == job.futures) return j;
  }
  if (waiting >= most_waiting) throw Refusal(503, "too much work waits already; cancel some");
  job.id = ++last_;
  job.state = Job::State::waiting;
  auto kept = std::make_unique<Kept>();
  kept->job = job;
  jobs_.push_back(std::move(kept));
  while (jobs_.size() > most_kept && jobs_.front()->job.state >= Job::State::done) {
    jobs_.pop_front();
  }
  hub_.tell("job", to_json(job));
  wake_.notify_all();
  return job;
}

std::optional<Job> Jobs::cancel(long long id) {
  const std::lock_guard lock(mutex_);
  for (const auto& kept : jobs_) {
    if (kept->job.id != id) continue;
    if (kept->job.state == Job::State::waiting) {
      kept->job.state = Job::State::cancelled;
      hub_.tell("job", to_json(kept->job));
    }
    kept->cancelled = true;
    return kept->job;
  }
  return std::nullopt;
}

std::optional<Job> Jobs::find(long long id) const {
  const std::lock_guard lock(mutex_);
  for (const auto& kept : jobs_) {
    if (kept->job.id == id) return kept->job;
  }
  return std::nullopt;
}

std::vector<Job> Jobs::list(const std::string& where) const {
  const std::lock_guard lock(mutex_);
  std::vector<Job> out;
  for (auto it = jobs_.rbegin(); it != jobs_.rend(); ++it) {
    if (where.empty() || (*it)->job.where == where) out.push_back((*it)->job);
  }
  return out;
}

void Jobs::end(Kept& kept, Job::State state, const std::string& message) {
  const std::lock_guard lock(mutex_);
  kept.job.state = state;
  kept.job.message = message;
  hub_.tell("job", to_json(kept.job));
}

void Jobs::run() {
  for (;;) {
    Kept* next = nullptr;
    {
      std::unique_lock lock(mutex_);
      const auto find_next = [&] {
        next = nullptr;
        for (const auto& kept : jobs_) {
          if (kept->job.state == Job::State::waiting && next == nullptr) next = kept.get();
        }
        return stop_ || next != nullptr;
      };
      wake_.wait(lock, find_next);
      if (stop_) return;
      next->job.state = Job::State::running;
      hub_.tell("job", to_json(next->job));
    }
    Telling telling(*this, *next);
    try {
      work_(next->job, telling);
      end(*next, next->cancelled ? Job::State::cancelled : Job::State::done, "");
    } catch (const ensemble::Cancelled&) {
      end(*next, Job::State::cancelled, "");
    } catch (const std::exception& error) {
      end(*next, Job::State::failed, error.what());
    }
  }
}

}  // namespace casus::server
