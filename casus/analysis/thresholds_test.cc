// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "casus/analysis/made_up_test.h"

namespace casus::analysis {
namespace thresholds_test {

using made_up::Crisis;
using made_up::crisis;
using made_up::set_outcome;

/// Three options of which only what is lost differs: as `lost` says, by future.
template <class Lost>
Crisis losses(std::size_t futures, const Lost& lost) {
  Crisis c = crisis(futures);
  for (std::size_t o = 0; o < 3; ++o) {
    for (const char* m : {"area_gained", "end_settlement", "end_protracted", "new_war"})
      set_outcome(c.futures, o, m, [](std::size_t) { return 0.0; });
    set_outcome(c.futures, o, "killed_side_1", [&](std::size_t i) { return lost(o, i); });
  }
  return c;
}

/// The second option saves 10,000 men, but loses 30,000 more in the fifth of the futures in which a
/// war breaks out under it; a little luck of its own.
TEST(Thresholds, AnEventThatTurnsTheOrderIsToldWithItsChance) {
  const auto war = [](std::size_t i) { return i % 10 < 2; };
  Crisis c = losses(1000, [&](std::size_t o, std::size_t i) {
    const double luck = 300.0 * std::sin(static_cast<double>(31 * i + 7 * o));
    if (o == 2) return 90000.0 + luck;
    return (o == 1 ? (war(i) ? 80000.0 : 40000.0) : 50000.0) + luck;
  });
  set_outcome(c.futures, 1, "new_war", [&](std::size_t i) { return war(i) ? 1.0 : 0.0; });
  for (casefile::Values& v : c.given.values) {
    for (casefile::Worth& w : v.worth)  // war itself weighs nothing, so that the numbers are plain
      w.worth = casefile::measures()[w.measure].name == "new_war" ? 0.0 : w.worth;
  }
  const Comparison w = weigh(c.given, c.belief, c.futures);
  ASSERT_FALSE(w.thresholds.empty());
  const auto t = std::ranges::find_if(
      w.thresholds, [](const Threshold& x) { return x.event == "new_war" && x.under == 1; });
  ASSERT_NE(t, w.thresholds.end());
  EXPECT_DOUBLE_EQ(t->p, 0.2);
  EXPECT_NEAR(t->at, 0.25, 0.01);  // 10,000 (1 - p) = 30,000 p
  EXPECT_LT(t->with * t->without, 0.0);
  EXPECT_LT(t->at_error, 0.01);
  EXPECT_NEAR(t->p * t->with + (1.0 - t->p) * t->without,
              w.options[t->better].value - w.options[t->worse].value, 1e-9);
  const std::string text = to_json(w, c.given);
  EXPECT_EQ(to_json(comparison_from_json(text, c.given, "c.json"), c.given), text);
}

TEST(Thresholds, AnEventThatMovesTheLeadWithoutTurningItIsNone) {
  Crisis c = losses(1000, [&](std::size_t o, std::size_t i) {
    const double luck = 300.0 * std::sin(static_cast<double>(31 * i + 7 * o));
    return 50000.0 - 20000.0 * static_cast<double>(o) +
           (i % 10 < 2 ? 3000.0 : 0.0) * static_cast<double>(o) + luck;
  });
  set_outcome(c.futures, 1, "new_war", [](std::size_t i) { return i % 10 < 2 ? 1.0 : 0.0; });
  for (const Threshold& t : weigh(c.given, c.belief, c.futures).thresholds)
    EXPECT_NE(t.event, "new_war");
}

}  // namespace thresholds_test
}  // namespace casus::analysis
