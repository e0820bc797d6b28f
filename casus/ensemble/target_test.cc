// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/target.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>

#include "casus/base/error.h"
#include "casus/ensemble/engine.h"
#include "casus/ensemble/trace.h"
#include "casus/policy/test_case.h"

namespace casus::ensemble {
namespace {

intel::Belief targets_belief(const casefile::Case& given) {
  return intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
}

/// Sets CASUS_TARGET for as long as it lives.
class TargetVariable {
 public:
  explicit TargetVariable(const std::string& value) {
    if (const char* old = std::getenv("CASUS_TARGET")) old_ = old;
    ::setenv("CASUS_TARGET", value.c_str(), 1);
  }
  ~TargetVariable() {
    if (old_) {
      ::setenv("CASUS_TARGET", old_->c_str(), 1);
    } else {
      ::unsetenv("CASUS_TARGET");
    }
  }
  TargetVariable(const TargetVariable&) = delete;
  TargetVariable& operator=(const TargetVariable&) = delete;

 private:
  std::optional<std::string> old_;
};

void expect_the_same_bytes(const casefile::Case& given, PlayOptions how) {
  const intel::Belief belief = targets_belief(given);
  const std::vector<Target> here = targets_here();
  how.target = here.front();
  const Futures narrow = play(given, belief, how);
  for (const Target target : here) {
    how.target = target;
    EXPECT_TRUE(play(given, belief, how) == narrow) << name_of(target);
  }
}

TEST(Targets, TheInventedCaseIsTheSameBytesOnAll) {
  if (targets_here().size() == 1) GTEST_SKIP() << "one lane target here";
  expect_the_same_bytes(policy::test::small_case(), {.futures = 40, .weeks = 40});
}

TEST(Targets, TheCaseOf2024IsTheSameBytesOnAll) {
  if (targets_here().size() == 1) GTEST_SKIP() << "one lane target here";
  const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  expect_the_same_bytes(given, {.futures = 32, .options = {"go_on", "summit", "rok_lethal_aid"}});
}

TEST(Targets, AFutureIsToldTheSameOnAll) {
  const casefile::Case& given = policy::test::small_case();
  const intel::Belief belief = targets_belief(given);
  PlayOptions how{.weeks = 30};
  how.target = Target::sse2;
  const auto narrow = trace(given, belief, how, "go_on", 5);
  ASSERT_FALSE(narrow.empty());
  for (const Target target : targets_here()) {
    how.target = target;
    const auto told = trace(given, belief, how, "go_on", 5);
    EXPECT_TRUE(std::ranges::equal(told, narrow, {}, &ToldEvent::sentence, &ToldEvent::sentence))
        << name_of(target);
    EXPECT_TRUE(std::ranges::equal(told, narrow, {}, &ToldEvent::amount, &ToldEvent::amount));
  }
}

TEST(Targets, WhatAnEngineThrowsIsCaughtOutside) {
  casefile::Case given = policy::test::small_case();
  casefile::Parameter odd;
  odd.knob = "front.no_such_knob";
  given.parameters.push_back(odd);
  const intel::Belief belief = targets_belief(policy::test::small_case());
  for (const Target target : targets_here()) {
    try {
      (void)make_engine(target, given, belief, {.seed = 1, .weeks = 4});
      FAIL() << name_of(target);
    } catch (const CaseError& error) {
      EXPECT_EQ(error.problems()[0].message, "the engine has no knob 'front.no_such_knob'");
    }
  }
}

TEST(Targets, TheEnvironmentForcesOne) {
  for (const Target target : targets_here()) {
    const TargetVariable forced{std::string(name_of(target))};
    EXPECT_EQ(target_in_use(), target);
  }
  const TargetVariable unset("");
  EXPECT_EQ(target_in_use(), targets_here().back());
  const TargetVariable unknown("mmx");
  try {
    (void)target_in_use();
    FAIL();
  } catch (const ModelError& error) {
    EXPECT_EQ(std::string(error.what()).find("no lane target 'mmx' here; there is: sse2"), 0U);
  }
}

}  // namespace
}  // namespace casus::ensemble
