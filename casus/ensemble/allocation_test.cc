// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "casus/ensemble/engine.h"
#include "casus/ensemble/target.h"
#include "casus/intel/belief.h"

namespace {
thread_local std::size_t allocations = 0;

void* counted(std::size_t bytes, std::size_t alignment) {
  ++allocations;
  const std::size_t whole = (bytes + alignment) / alignment * alignment;
  if (void* p = std::aligned_alloc(alignment, whole)) return p;
  throw std::bad_alloc();
}
}  // namespace

// The test program counts what it allocates, in this thread.
void* operator new(std::size_t bytes) { return counted(bytes, alignof(std::max_align_t)); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return counted(bytes, static_cast<std::size_t>(alignment));
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete(void* p, std::align_val_t) noexcept { std::free(p); }
void operator delete(void* p, std::size_t, std::align_val_t) noexcept { std::free(p); }

namespace casus::ensemble {
namespace {

TEST(Allocations, AWeekMoreOfAFutureAllocatesNothing) {
  const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  const intel::Belief belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  for (const Target target : targets_here()) {
    const auto half_a_year = make_engine(target, given, belief, {.seed = 1, .weeks = 26});
    const auto two_years = make_engine(target, given, belief, {.seed = 1, .weeks = 104});
    for (std::uint32_t o = 0; o < given.options.size(); ++o) {
      const auto of = [&](const Engine& engine) {
        const auto start = engine.start(0);
        const std::size_t before = allocations;
        ensemble::Run run;
        engine.run(*start, casefile::OptionId{o}, 0, run);
        return allocations - before;
      };
      const std::size_t short_run = of(*half_a_year);
      EXPECT_GT(short_run, 0U);
      EXPECT_EQ(of(*two_years), short_run) << name_of(target) << ' ' << given.options[o].id;
    }
  }
}

}  // namespace
}  // namespace casus::ensemble
