// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/geo/geo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace casus {
namespace {

using ::testing::ElementsAre;

TEST(Geo, VladivostokIsAFewHundredKilometresFromChongjin) {
  EXPECT_NEAR(great_circle_km({129.7758, 41.7956}, {131.8855, 43.1155}), 227.0, 2.0);
  EXPECT_NEAR(great_circle_km({-73.968, 40.7489}, {0.1278, 51.5074}), 5580.0, 20.0);
  EXPECT_NEAR(great_circle_km({0.0, 0.0}, {180.0, 0.0}), 6371.0088 * 3.14159265358979, 1e-6);
}

TEST(Geo, ACheapestPathIsFoundAndTiesGoToTheLowerNode) {
  const std::vector<RouteEdge> edges = {{0, 1, 1}, {0, 2, 1}, {2, 3, 1}, {1, 3, 1}, {3, 4, 5}};
  const PathTree tree = cheapest_paths(6, edges, 0);
  EXPECT_THAT(tree.path_to(4), ElementsAre(0, 1, 3, 4));
  EXPECT_DOUBLE_EQ(tree.cost[4], 7.0);
  EXPECT_TRUE(tree.path_to(5).empty());
}

TEST(Geo, AnErlangChainHasItsClosedForm) {
  // Two stages at rate r: P(both passed by t) = 1 - e^{-rt}(1 + rt).
  const double r = 1.7;
  const std::vector<double> a = {-r, r, 0, 0, -r, r, 0, 0, 0};
  const auto k = matrix_exponential(a, 3);
  EXPECT_NEAR(k[2], 1.0 - std::exp(-r) * (1.0 + r), 1e-12);
  EXPECT_NEAR(k[0] + k[1] + k[2], 1.0, 1e-12);
}

}  // namespace
}  // namespace casus
