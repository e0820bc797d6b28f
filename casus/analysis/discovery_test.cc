// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/discovery.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

#include "casus/analysis/discovery_box.h"
#include "casus/analysis/made_up_test.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace discovery_test {

struct Planted {
  Inputs inputs;
  std::vector<std::uint8_t> interest;
};

/// Uniform inputs, of which two make a corner; inside it nine of ten futures are of interest,
/// outside one of twenty.
Planted corner(std::size_t n, double inside = 0.9, double outside = 0.05, std::uint32_t all = 8) {
  static constexpr Stream stream("discovery_test");
  const Draws draws(3);
  Planted p;
  for (std::uint32_t i = 0; i < all; ++i) {
    p.inputs.names.push_back("x" + std::to_string(i));
    auto& x = p.inputs.columns.emplace_back(n);
    for (std::uint32_t f = 0; f < n; ++f) x[f] = draws.uniform(stream, f, 0, i);
  }
  for (std::uint32_t f = 0; f < n; ++f) {
    const bool in = p.inputs.columns[1][f] > 0.6 && p.inputs.columns[4][f] < 0.35;
    p.interest.push_back(draws.uniform(stream, f, 0, 9999) < (in ? inside : outside) ? 1 : 0);
  }
  return p;
}

std::set<std::string> walls(const Scenario& s) {
  std::set<std::string> names;
  for (const Bound& b : s.bounds) names.insert(b.input);
  return names;
}

const Bound& bound(const Scenario& s, const std::string& input) {
  for (const Bound& b : s.bounds) {
    if (b.input == input) return b;
  }
  throw std::out_of_range(input);
}

void expect_corner(const Scenario& s) {
  EXPECT_EQ(walls(s), (std::set<std::string>{"x1", "x4"}));
  EXPECT_NEAR(bound(s, "x1").low, 0.6, 0.05);
  EXPECT_EQ(bound(s, "x1").high, std::numeric_limits<double>::infinity());
  EXPECT_NEAR(bound(s, "x4").high, 0.35, 0.05);
  // a corner of 14 % of the futures: .126 of .169 of interest lie inside
  EXPECT_NEAR(s.density, 0.9, 0.06);
  EXPECT_NEAR(s.coverage, 0.126 / 0.169, 0.08);
  EXPECT_NEAR(s.base_rate, 0.169, 0.03);
  for (const Bound& b : s.bounds) {
    EXPECT_LT(b.chance, 1e-6);
    EXPECT_GE(b.reproduced, 0.9);
  }
}

TEST(Discovery, PrimFindsThePlantedCornerAndNothingElse) {
  const Planted p = corner(4000);
  expect_corner(prim(p.inputs, p.interest));
}

TEST(Discovery, PrimFindsTheCornerAmongHundredsOfInputs) {
  const Planted p = corner(2000, 0.6, 0.15, 300);
  const Scenario s = prim(p.inputs, p.interest);
  EXPECT_EQ(walls(s), (std::set<std::string>{"x1", "x4"}));
  EXPECT_NEAR(bound(s, "x1").low, 0.6, 0.08);
  EXPECT_NEAR(bound(s, "x4").high, 0.35, 0.08);
  EXPECT_NEAR(s.density, 0.6, 0.12);
  const Planted none = corner(2000, 0.2, 0.2, 300);
  EXPECT_TRUE(prim(none.inputs, none.interest).bounds.empty());
}

/// The lake problem (Carpenter, Ludwig & Brock 1999; with these ranges Hadka et al. 2015):
/// phosphorus X' = (1 - b) X + X^q / (1 + X^q) + .02 + natural inflow, lognormal(mean, stdev), for
/// a century.
struct Lake {
  Inputs inputs;
  std::vector<std::uint8_t> reliable;      ///< under the critical level in over nine years of ten
  std::vector<std::uint8_t> never_tipped;  ///< without luck: the steady inflow stays under it
};

double critical_level(double b, double q) {
  double low = 0.01, high = 1.5;
  const auto excess = [&](double x) { return std::pow(x, q) / (1.0 + std::pow(x, q)) - b * x; };
  for (int i = 0; i < 60; ++i) {
    const double x = 0.5 * (low + high);
    (excess(x) < 0.0 ? low : high) = x;
  }
  return low;
}

Lake lake(std::uint32_t worlds) {
  static constexpr Stream stream("lake");
  const Draws draws(11);
  const std::pair<const char*, std::array<double, 2>> uncertain[] = {{"b", {0.1, 0.45}},
                                                                     {"q", {2.0, 4.5}},
                                                                     {"mean", {0.01, 0.05}},
                                                                     {"stdev", {0.001, 0.005}},
                                                                     {"delta", {0.93, 0.99}}};
  Lake all;
  for (std::uint32_t i = 0; i < 5; ++i) {
    all.inputs.names.emplace_back(uncertain[i].first);
    auto& x = all.inputs.columns.emplace_back(worlds);
    const auto [low, high] = uncertain[i].second;
    for (std::uint32_t w = 0; w < worlds; ++w)
      x[w] = low + (high - low) * draws.uniform(stream, w, 0, i);
  }
  for (std::uint32_t w = 0; w < worlds; ++w) {
    const double b = all.inputs.columns[0][w], q = all.inputs.columns[1][w];
    const double mean = all.inputs.columns[2][w], stdev = all.inputs.columns[3][w];
    const double sd = std::sqrt(std::log(1.0 + stdev * stdev / (mean * mean)));
    const double critical = critical_level(b, q);
    const auto years_under = [&](bool lucky) {
      double x = 0.0;
      int under = 0;
      for (std::uint32_t t = 1; t <= 100; ++t) {
        under += x < critical ? 1 : 0;
        const double z = lucky ? draws.normal(stream, w, t, 9) : 0.0;
        const double inflow = mean * std::exp(sd * z - 0.5 * sd * sd);
        const double power = std::pow(x, q);
        x = (1.0 - b) * x + power / (1.0 + power) + 0.02 + inflow;
      }
      return under;
    };
    all.reliable.push_back(years_under(true) > 90 ? 1 : 0);
    all.never_tipped.push_back(years_under(false) > 90 ? 1 : 0);
  }
  return all;
}

TEST(Discovery, TheLakeIsReliableWhereItLosesPhosphorusFast) {
  EXPECT_NEAR(critical_level(0.42, 2.0), (1.0 - std::sqrt(1.0 - 4.0 * 0.42 * 0.42)) / 0.84, 1e-9);
  const Lake l = lake(2000);
  for (const auto method : {&prim, &cart}) {
    const Scenario s = method(l.inputs, l.reliable, {});
    // What steady inflow cannot tip needs a high b and q and a low mean: three of the five decide.
    EXPECT_TRUE(walls(s).contains("b")) << s.method;
    EXPECT_TRUE(walls(s).contains("q")) << s.method;
    EXPECT_FALSE(walls(s).contains("stdev") || walls(s).contains("delta")) << s.method;
    EXPECT_EQ(bound(s, "b").high, std::numeric_limits<double>::infinity());
    EXPECT_GT(s.density, 0.85) << s.method;
    EXPECT_GT(s.coverage, 0.6) << s.method;
    EXPECT_GT(s.density, s.base_rate + 0.2) << s.method;
  }
  std::size_t same = 0;
  for (std::size_t w = 0; w < 2000; ++w) same += l.reliable[w] == l.never_tipped[w] ? 1 : 0;
  EXPECT_GT(same, 1950U);  // luck decides few: the labels are those of the deterministic lake
}

TEST(Discovery, FuturesOfOnePointStayInOneHalf) {
  Inputs inputs;
  inputs.noises = 3;
  EXPECT_THAT(discovery::rows_of(inputs, 12, 0), testing::ElementsAre(0, 1, 2, 6, 7, 8));
  EXPECT_THAT(discovery::rows_of(inputs, 12, 1), testing::ElementsAre(3, 4, 5, 9, 10, 11));
}

TEST(Discovery, ATreeFindsThePlantedCornerAndNothingElse) {
  const Planted p = corner(4000);
  expect_corner(cart(p.inputs, p.interest));
}

TEST(Discovery, WhereNothingMattersNothingHoldsOnUnseenFutures) {
  const Planted p = corner(2000, 0.3, 0.3);
  for (const auto method : {&prim, &cart}) {
    const Scenario s = method(p.inputs, p.interest, {});
    // what luck offers the search is not there in the other half
    EXPECT_LT(s.density, s.base_rate + 0.15);
    EXPECT_LE(s.bounds.size(), 4U);
  }
}

TEST(Discovery, AllOrNoneOfInterestGivesNoBox) {
  Planted p = corner(200);
  std::fill(p.interest.begin(), p.interest.end(), std::uint8_t{1});
  EXPECT_TRUE(prim(p.inputs, p.interest).bounds.empty());
  EXPECT_TRUE(cart(p.inputs, p.interest).bounds.empty());
  std::fill(p.interest.begin(), p.interest.end(), std::uint8_t{0});
  EXPECT_TRUE(prim(p.inputs, p.interest).bounds.empty());
  EXPECT_TRUE(cart(p.inputs, p.interest).bounds.empty());
}

TEST(Discovery, AFactOfTwoStatesIsRestrictedToOne) {
  Planted p = corner(2000, 0.1, 0.1);
  auto& flag = p.inputs.columns[3];
  for (std::size_t f = 0; f < flag.size(); ++f) {
    flag[f] = f % 5 < 2 ? 1.0 : 0.0;
    if (flag[f] == 1.0) p.interest[f] = p.interest[f] != 0 || f % 7 < 5;
  }
  for (const auto method : {&prim, &cart}) {
    const Scenario s = method(p.inputs, p.interest, {});
    ASSERT_TRUE(walls(s).contains("x3")) << s.method;
    EXPECT_EQ(bound(s, "x3").low, 1.0);
  }
}

TEST(Discovery, TheChanceOfAWallIsTheBinomialTail) {
  Inputs inputs{{"x"}, {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}};
  const std::vector<std::uint8_t> interest = {0, 0, 0, 0, 0, 1, 0, 1, 1, 1};
  discovery::Box box(1);
  box.low[0] = 7.0;
  const discovery::Rows rows = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
  // 3 of 3 inside where 4 of 10 are of interest
  EXPECT_NEAR(discovery::chance_of(inputs, interest, box, 0, rows), 0.064, 1e-9);
}

TEST(Discovery, InputsAreKnobsAndFactsThatVary) {
  const auto c = made_up::crisis(100);
  const Inputs inputs = inputs_of(c.given, c.futures);
  EXPECT_THAT(inputs.names, ::testing::ElementsAre("front.pace", "policy.rationality",
                                                   "troops_in_russia", "flag = staged"));
  EXPECT_EQ(inputs.columns[2][0], 0.0);
  EXPECT_EQ(inputs.columns[2][1], 2.0);
  EXPECT_EQ(inputs.columns[3][1], 1.0);
}

}  // namespace discovery_test
}  // namespace casus::analysis
