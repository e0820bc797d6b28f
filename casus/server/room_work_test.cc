// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <vector>

#include "casus/ensemble/futures.h"
#include "casus/server/room_case.h"
#include "casus/server/test_room.h"

namespace casus::server {
namespace {

/// Notes the steps it is told and asks for a stop in one of them.
struct Watching : Progress {
  std::string stop_at;
  std::vector<std::string> steps;
  bool over = false;  ///< more was done than there was
  std::atomic<bool> stop = false;
  void step(const std::string& name) override {
    steps.push_back(name);
    if (name == stop_at) stop = true;
  }
  void show(std::size_t done, std::size_t total) override { over = over || done > total; }
  [[nodiscard]] bool cancelled() const override { return stop; }
};

TEST(RoomWork, EveryStageIsToldStepByStepAndStopsWithinOne) {
  TestRoom t;
  RoomCase mine(t.folder.path / "mine", t.room.options(), t.room.store(), t.room.hub());
  Job job;
  job.where = "mine";
  job.stage = Job::Stage::weigh;
  job.futures = 32;
  for (const char* const at : {"playing", "weighing options", "finding warning signs"}) {
    Watching watching;
    watching.stop_at = at;
    EXPECT_THROW(mine.work(job, watching), ensemble::Cancelled) << at;
    EXPECT_EQ(watching.steps.back(), at);  // no other began
    EXPECT_EQ(mine.now()->comparison, nullptr);
  }
  Watching watching;
  mine.work(job, watching);
  EXPECT_NE(mine.now()->comparison, nullptr);
  EXPECT_FALSE(watching.over);
  EXPECT_THAT(watching.steps, testing::IsSupersetOf({"weighing options", "testing the order",
                                                     "settling", "rival theories"}));
}

}  // namespace
}  // namespace casus::server
