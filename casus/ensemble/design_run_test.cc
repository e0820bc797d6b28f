// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/design_run.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/base/error.h"
#include "casus/policy/test_case.h"

namespace casus::ensemble {
namespace design_run_test {

const casefile::Case& given() { return policy::test::small_case(); }

const intel::Belief& belief() {
  static const intel::Belief held =
      intel::assess(given(), {.path = false, .leave_one_out = false, .collection = false});
  return held;
}

DesignRun played(DesignKind kind, std::vector<std::string> over, std::size_t threads = 0) {
  PlayOptions how{.weeks = 6, .threads = threads, .options = {"go_on", "offer_line"}};
  return play_design(given(), belief(), how, {kind, 16, std::move(over)});
}

TEST(DesignRun, AnInputThatDoesNothingYetChangesNoFutureOfItsRow) {
  // nobody has broken a ceasefire in six weeks: luck is the same along a row
  const DesignRun run = played(DesignKind::morris, {"talks.down_summit", "front.v0"});
  ASSERT_EQ(run.variations, 3U);
  std::size_t moved = 0;
  for (std::size_t r = 0; r < run.rows; ++r) {
    const bool first = run.inputs[0] == "talks.down_summit";
    const std::size_t inert = run.changed_at[r * 2 + (first ? 0 : 1)];
    const std::size_t acts = run.changed_at[r * 2 + (first ? 1 : 0)];
    bool same = true;
    for (std::size_t m = 0; m < run.measures; ++m) {
      EXPECT_EQ(run.at(0, r, inert, m), run.at(0, r, inert - 1, m)) << m;
      same = same && run.at(0, r, acts, m) == run.at(0, r, acts - 1, m);
    }
    moved += same ? 0 : 1;
  }
  EXPECT_GT(moved, run.rows / 2);
}

TEST(DesignRun, TheNumberOfThreadsChangesNoByte) {
  const DesignRun one = played(DesignKind::saltelli, {"front.v0"}, 1);
  const DesignRun seven = played(DesignKind::saltelli, {"front.v0"}, 7);
  EXPECT_EQ(one.variations, 3U);
  EXPECT_EQ(one.outcome, seven.outcome);
}

TEST(DesignRun, FactsInDisputeAreAmongTheInputs) {
  const auto all = design_inputs(given(), belief());
  EXPECT_NE(std::ranges::find(all, "tesk_motive"), all.end());
  EXPECT_NE(std::ranges::find(all, "front.v0"), all.end());
}

TEST(DesignRun, WhatCannotBeVariedIsRefused) {
  EXPECT_THROW((void)played(DesignKind::morris, {"front.speed"}), CaseError);
  PlayOptions how{.weeks = 2, .options = {"go_on"}};
  EXPECT_THROW((void)play_design(given(), belief(), how, {DesignKind::morris, 8, {}}), ModelError);
}

}  // namespace design_run_test
}  // namespace casus::ensemble
