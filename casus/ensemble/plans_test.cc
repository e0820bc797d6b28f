// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "casus/base/file.h"
#include "casus/ensemble/futures.h"
#include "casus/policy/test_case.h"

namespace casus::ensemble {
namespace plans_test {

const char* const plans = R"(
  - id: never
    name: Waits for what does not come
    text: The proof, and an offer if oil is dear beyond all reason.
    of: [disclose_and_warn]
    signposts: [{when: "oil_price > 100000", by: 2032-01-01, instead: true, then: {of: [offer_line]}}]
  - id: by_summer
    name: Offers if the brigade is seen by summer
    text: The proof, and the offer beside it if Kareth takes the brigade to be in combat.
    of: [disclose_and_warn]
    signposts: [{when: "in_combat[tesk_brigade] > 900", by: 2031-08-31, then: {of: [offer_line]}}]
gates: [])";

TEST(Plans, UntilAFutureTurnsItIsThatOfTheFirstPart) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("casus_ensemble_plans_" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  casefile::write_template(folder);
  std::string text = read_file(folder / "options.yaml");
  text.replace(text.find("\ngates: []"), 10, plans);
  write_file(folder / "options.yaml", text);
  const casefile::Case given = casefile::load(folder);
  std::filesystem::remove_all(folder);
  const intel::Belief belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  PlayOptions how{.futures = 48, .weeks = 30, .trajectories = 48};
  how.options = {"disclose_and_warn", "offer_line", "never", "by_summer"};
  const Futures f = play(given, belief, how);
  const std::size_t row = f.series.size() * static_cast<std::size_t>(f.weeks);
  const auto future = [&](std::size_t option, std::size_t i) {
    return std::span<const float>(f.trajectory.data() + (option * f.trajectories + i) * row, row);
  };
  std::size_t same = 0, turned = 0;
  ASSERT_EQ(f.signposts, 1U);
  for (std::size_t i = 0; i < f.futures; ++i) {
    EXPECT_TRUE(std::ranges::equal(future(0, i), future(2, i))) << i;
    for (std::size_t m = 0; m < f.measures.size(); ++m)
      EXPECT_EQ(f.outcome_at(0, i, m), f.outcome_at(2, i, m));
    const bool alike = std::ranges::equal(future(0, i), future(3, i));
    same += alike ? 1 : 0;
    const auto turn = [&](std::size_t option) { return f.turn[option * f.futures + i]; };
    for (const std::size_t o : {0, 1, 2}) EXPECT_TRUE(std::isnan(turn(o))) << i;
    if (std::isnan(turn(3))) {
      EXPECT_TRUE(alike) << i;
      continue;
    }
    // Nothing differs before the week of the turn.
    const auto week = static_cast<std::size_t>(turn(3));
    const auto weeks = static_cast<std::size_t>(f.weeks);
    for (std::size_t s = 0; s < f.series.size(); ++s) {
      const auto a = future(0, i).subspan(s * weeks, week),
                 b = future(3, i).subspan(s * weeks, week);
      EXPECT_TRUE(std::ranges::equal(a, b)) << f.series[s].variable << ' ' << i;
    }
    ++turned;
  }
  EXPECT_GE(turned, f.futures - same);
  EXPECT_GT(same, 0U);         // in some nothing is seen
  EXPECT_LT(same, f.futures);  // in others it turns
}

}  // namespace plans_test
}  // namespace casus::ensemble
