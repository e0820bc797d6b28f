// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/knob_dates.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/world/knob.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

TEST(KnobDates, TheDefaultCaseBorrowsNothingFromLaterYears) {
  EXPECT_TRUE(knobs_known_later(testing::case_of_2024()).empty());
}

TEST(KnobDates, AnEarlierCaseIsToldWhatItBorrowsButNotWhatItSetsOrWhatHasNoDay) {
  casefile::Case given = testing::case_of_2024();
  given.as_of = parse_date("1950-11-24").value();
  const auto later = knobs_known_later(given);
  const auto has = [&](std::string_view id) { return std::ranges::find(later, id) != later.end(); };
  EXPECT_TRUE(has("front.v0"));
  EXPECT_TRUE(has("talks.gu_deployed"));  // Fortna (2004)
  EXPECT_FALSE(has("alliances.need"));    // judgement that rests on nothing dated
  given.parameters = {{"front.v0", {Prior(3.0), "km/week", {}}}};
  const auto less = knobs_known_later(given);
  EXPECT_EQ(less.size() + 1, later.size());
  EXPECT_EQ(std::ranges::find(less, "front.v0"), less.end());
  for (const Knob& knob : knobs()) {
    const auto day = parse_date(knob.known);
    EXPECT_EQ(has(knob.id), day && *day > given.as_of) << knob.id;
  }
}

}  // namespace
}  // namespace casus::world
