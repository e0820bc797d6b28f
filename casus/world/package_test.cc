// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/package.h"

#include <gtest/gtest.h>

namespace casus::world {
namespace {

TEST(Packages, FitTheBoundAndNoneContradictsItself) {
  const auto set = package_set();
  EXPECT_EQ(set.size(), 492U);
  for (const Package& p : set) {
    if (p.guarantee >= casefile::Guarantee::monitored) {
      EXPECT_TRUE(p.monitors);
    }
    if (p.status == casefile::LegalStatus::member) {
      EXPECT_EQ(p.guarantee, casefile::Guarantee::deployed_or_treaty);
    }
    if (p.status == casefile::LegalStatus::open) {
      EXPECT_NE(p.sanctions, casefile::SanctionsTerm::lift);
    }
  }
}

TEST(Packages, APackageOfTheSetIsItsOwnNearest) {
  const auto set = package_set();
  for (std::uint32_t i = 0; i < set.size(); i += 7) EXPECT_EQ(nearest_package(set, set[i]), i);
}

TEST(Packages, AContradictoryWishFindsANeighbourWithFewChanges) {
  const auto set = package_set();
  Package wish;
  wish.guarantee = casefile::Guarantee::deployed_or_treaty;  // without monitors: not in the set
  const Package found = set[nearest_package(set, wish)];
  EXPECT_EQ(found.line, casefile::Line::current);
  EXPECT_TRUE(found.monitors || found.guarantee < casefile::Guarantee::monitored);
}

}  // namespace
}  // namespace casus::world
