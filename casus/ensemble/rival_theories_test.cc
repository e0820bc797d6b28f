// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/rival_theories.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/ensemble/futures.h"
#include "casus/policy/test_case.h"

namespace casus::ensemble {
namespace rival_theories_test {

TEST(RivalTheories, OnlyWhatTheCaseHoldsFixedIsARival) {
  const casefile::Case& given = policy::test::small_case();
  const auto found = rival_theories(given);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].knob, "theory.attrition");
  EXPECT_EQ(found[0].held, 0.0);
  EXPECT_EQ(found[0].others, (std::vector<double>{1.0, 2.0}));
  const auto will = rival_theories(with_parameter(given, "theory.will", 1.0));
  ASSERT_EQ(will.size(), 2U);
  EXPECT_EQ(will[1].others, (std::vector<double>{0.0}));
}

TEST(RivalTheories, AParameterSetHoldsInEveryFuture) {
  const casefile::Case given = with_parameter(policy::test::small_case(), "theory.attrition", 2.0);
  const intel::Belief belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  const Futures f = play(given, belief, {.futures = 16, .weeks = 2, .options = {"go_on"}});
  const auto knob =
      static_cast<std::size_t>(std::ranges::find(f.knobs, "theory.attrition") - f.knobs.begin());
  for (std::size_t i = 0; i < f.futures; ++i) EXPECT_EQ(f.knob[i * f.knobs.size() + knob], 2.0F);
}

}  // namespace rival_theories_test
}  // namespace casus::ensemble
