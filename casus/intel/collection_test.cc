// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/collection.h"

#include <gtest/gtest.h>

#include <cmath>

namespace casus::intel {
namespace collection_test {

CollectionTask task(std::uint32_t hypothesis, double right, double hours) {
  CollectionTask t;
  t.task = "a look";
  t.hypothesis = HypothesisId{hypothesis};
  t.cost = hours;
  t.likelihood = {right, 1.0 - right, 1.0 - right, right};
  return t;
}

const std::vector<std::vector<double>> even{{.5, .5}, {.9, .1}};

TEST(Collection, ASecondLookAtTheSameAddsLessAndAllTogetherNoMoreThanIsUnknown) {
  std::vector<CollectionTask> tasks(4, task(0, .9, 1.0));
  const auto order = in_order_of_worth(tasks, even);
  ASSERT_EQ(order.size(), 4U);
  double sum = 0.0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0) {
      EXPECT_LT(order[i].added_bits, order[i - 1].added_bits);
    }
    sum += order[i].added_bits;
  }
  EXPECT_NEAR(order[0].added_bits, 1.0 + .9 * std::log2(.9) + .1 * std::log2(.1), 1e-12);
  EXPECT_LT(sum, 1.0);  // one bit is all there is to know
}

TEST(Collection, TwoLooksTellWhatTheirJointSignsTell) {
  // both right with .8: I(z1, z2; s) by hand over the three outcomes
  const auto order = in_order_of_worth({task(0, .8, 1.0), task(0, .8, 1.0)}, even);
  const double agree = .8 * .8 + .2 * .2;
  const double p = .8 * .8 / agree;
  const double both = agree * (1.0 + p * std::log2(p) + (1.0 - p) * std::log2(1.0 - p));
  EXPECT_NEAR(order[0].added_bits + order[1].added_bits, both, 1e-12);
}

TEST(Collection, ACheapLookComesBeforeADearOneThatTellsAsMuch) {
  const auto order = in_order_of_worth({task(0, .9, 40.0), task(1, .9, 4.0)}, even);
  EXPECT_EQ(order[0].hypothesis->index, 1U);
  EXPECT_GT(order[0].added_bits / order[0].cost, order[1].added_bits / order[1].cost);
}

TEST(Collection, WhatIsKeptIsListedThoughNotChosenWithWhatItAloneWouldAdd) {
  std::vector<CollectionTask> tasks(7, task(0, .8, 1.0));
  tasks[6].cost = 100.0;
  std::vector<bool> keep(7, false);
  keep[4] = keep[6] = true;
  EXPECT_EQ(in_order_of_worth(tasks, even).size(), 4U);  // of one hypothesis
  const auto order = in_order_of_worth(tasks, even, keep);
  ASSERT_EQ(order.size(), 6U);
  EXPECT_GT(order[4].added_bits, 0.0);
  EXPECT_LT(order[4].added_bits, order[3].added_bits);
  EXPECT_EQ(order[5].cost, 100.0);
  EXPECT_EQ(order[5].added_bits, order[4].added_bits);  // beyond the four, not one another
}

}  // namespace collection_test
}  // namespace casus::intel
