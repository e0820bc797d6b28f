// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/regret_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casus/random/draws.h"

namespace casus::analysis {
namespace regret_table_test {

using ::testing::ElementsAre;

TEST(RegretTable, RegretIsToldByWhichOptionWouldHaveBeenBest) {
  // Four futures: the first option is best in two of them, by 4 and 2; the second in two, by 1
  // and 5.
  const ValueTable values{2, 4, {5, 3, 0, 0, 1, 1, 1, 5}};
  const RegretTable t = regret_table(values);
  EXPECT_THAT(t.share, ElementsAre(0.5, 0.5));
  EXPECT_THAT(t.regret, ElementsAre(0, 3, 3, 0));
}

TEST(RegretTable, WhatSeveralShareGoesToTheFirstAndCostsNothing) {
  const RegretTable t = regret_table({3, 2, {1, 1, 1, 1, 0, 0}});
  EXPECT_THAT(t.share, ElementsAre(1, 0, 0));
  EXPECT_THAT(t.regret, ElementsAre(0, 0, 0, 0, 0, 0, 1, 0, 0));
}

TEST(RegretTable, ItsPartsAddUpToTheExpectedRegret) {
  const std::size_t options = 5;
  ValueTable values{options, 400, {}};
  for (std::uint32_t i = 0; i < options * values.futures; ++i) {
    values.value.push_back(Draws(3).normal(Stream("regret"), i, 0, 0, 0));
  }
  const RegretTable t = regret_table(values);
  double all = 0.0;
  for (std::size_t o = 0; o < options; ++o) {
    double sum = 0.0;
    for (std::size_t b = 0; b < options; ++b) {
      EXPECT_GE(t.regret[o * options + b], 0.0);
      sum += t.share[b] * t.regret[o * options + b];
    }
    EXPECT_NEAR(sum, regret(values, o).expected, 1e-12);
    EXPECT_EQ(t.regret[o * options + o], 0.0);
    all += t.share[o];
  }
  EXPECT_NEAR(all, 1.0, 1e-12);
}

}  // namespace regret_table_test
}  // namespace casus::analysis
