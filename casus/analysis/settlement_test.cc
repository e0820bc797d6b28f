// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/settlement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "casus/analysis/made_up_test.h"
#include "casus/analysis/studies.h"
#include "casus/base/error.h"
#include "casus/casefile/template.h"

namespace casus::analysis {
namespace settlement_test {

namespace fs = std::filesystem;
using ensemble::Bargains;

casefile::Package terms(casefile::Line line, casefile::Guarantee guarantee) {
  casefile::Package p;
  p.line = line;
  p.guarantee = guarantee;
  return p;
}

// Four packages, three parties, one day; surplus by hand, the same in all but the last of the
// futures, in which nobody wants anything.
Bargains by_hand() {
  using enum casefile::Guarantee;
  Bargains b;
  b.weeks = {0};
  b.parties = {"ru", "ua", "us"};
  b.packages = {terms(casefile::Line::current, none), terms(casefile::Line::current, paper),
                terms(casefile::Line::current, deployed_or_treaty),
                terms(casefile::Line::chip_swap, none)};
  b.futures = 5;
  const double surplus[3][4] = {
      {0.5, 0.3, -0.1, 0.1}, {0.05, 0.2, 0.5, 0.4}, {0.1, 0.1, 0.1, -0.2}};
  for (std::size_t party = 0; party < 3; ++party) {
    for (std::size_t p = 0; p < 4; ++p) {
      for (std::size_t f = 0; f < 5; ++f) {
        const double s = f == 4 ? -0.05 : surplus[party][p];
        b.surplus.push_back(static_cast<float>(s));
      }
    }
  }
  b.renewed.assign(4 * 5, 0.25F);
  b.war.assign(2 * 5, 0.5F);
  b.fighting.assign(5, 1.0F);
  return b;
}

std::size_t point(const SettlementStudy& s, const std::string& kind) {
  for (const auto& p : s.points) {
    if (p.kind == kind) return p.package;
  }
  return 999;
}

// The leads' means are 0.8 x - 0.01.
TEST(Settlement, TheSpaceIsAsByHand) {
  const SettlementStudy s = settle(made_up::crisis().given, by_hand(), "go_on");
  EXPECT_NEAR(s.packages[0].when[0].surplus[0], 0.39, 1e-6);
  EXPECT_NEAR(s.packages[1].when[0].surplus[0], 0.23, 1e-6);
  EXPECT_NEAR(s.packages[1].when[0].all.value, 0.8, 1e-6);
  EXPECT_NEAR(s.packages[2].when[0].leads.value, 0.0, 1e-6);
  EXPECT_NEAR(s.packages[3].when[0].leads.value, 0.8, 1e-6);
  EXPECT_NEAR(s.packages[3].when[0].all.value, 0.0, 1e-6);  // the third blocks it
  EXPECT_NEAR(s.days[0].all.value, 0.8, 1e-6);
  EXPECT_NEAR(s.packages[0].renewed, 0.25, 1e-6);
  EXPECT_NEAR(s.packages[0].when[0].renewed.value, 0.25, 1e-6);
  EXPECT_NEAR(s.packages[0].when[0].renewed.error, 0.0, 1e-6);
  EXPECT_EQ(s.days[0].lead_gains, 3U);
  EXPECT_EQ(s.days[0].all_gains, 2U);  // the fourth is not for the third party
  // surpluses (0.39, 0.03), (0.23, 0.15), (-0.09, 0.39), (0.07, 0.31): none beats another for both
  for (const auto& p : s.packages) EXPECT_TRUE(p.frontier);
  EXPECT_EQ(point(s, "nash"), 1U);               // products 0.012, 0.035, -, 0.022
  EXPECT_EQ(point(s, "kalai_smorodinsky"), 1U);  // shares of the ideal 0.10, 0.48, -, 0.18
  EXPECT_EQ(point(s, "most_accepted"), 0U);      // as often as the next, and first
}

TEST(Settlement, NobodyIsCalledABlockWhereAnotherPackageServes) {
  Bargains b = by_hand();
  // leave only the last package to be wanted by the leads: then the third party alone blocks
  for (std::size_t p = 0; p < 3; ++p) {
    for (std::size_t f = 0; f < 5; ++f) b.surplus[(0 * 4 + p) * 5 + f] = -1.0F;
  }
  const SettlementStudy s = settle(made_up::crisis().given, b, "go_on");
  EXPECT_NEAR(s.days[0].all.value, 0.0, 1e-6);
  EXPECT_NEAR(s.days[0].without[2].value, 0.8, 1e-6);
  EXPECT_NEAR(s.days[0].without[1].value, 0.0, 1e-6);
}

TEST(Settlement, NashDoesNotHangOnTheUnitOfOnesWorth) {  // K-2
  Bargains plain = by_hand();
  Bargains stretched = by_hand();
  for (std::size_t i = 0; i < 4 * 5; ++i) stretched.surplus[i] *= 7.0F;
  const auto a = settle(made_up::crisis().given, plain, "go_on");
  const auto c = settle(made_up::crisis().given, stretched, "go_on");
  ASSERT_NE(point(a, "nash"), 999U);
  EXPECT_EQ(point(a, "nash"), point(c, "nash"));
  EXPECT_EQ(point(a, "kalai_smorodinsky"), point(c, "kalai_smorodinsky"));
}

TEST(Settlement, NoAgreementWhereSomebodyLoses) {  // K-1
  Bargains b = by_hand();
  for (std::size_t i = 0; i < 4 * 5; ++i) b.surplus[i] = -0.01F;
  const auto s = settle(made_up::crisis().given, b, "go_on");
  EXPECT_EQ(s.days[0].leads.value, 0.0);
  EXPECT_EQ(point(s, "nash"), 999U);
}

TEST(Settlement, WhatIsTakenOffTheTableIsMissed) {
  const auto s = settle(made_up::crisis().given, by_hand(), "go_on");
  for (const auto& m : s.moved) {
    EXPECT_GE(m.difference, 0.0) << m.id;  // more to choose from never hurts
    EXPECT_NEAR(m.after.value - m.before.value, m.difference, 1e-9);
  }
}

struct Played {
  casefile::Case given;
  Bargains bargains;
};

const Played& played() {
  static const Played all = [] {
    const fs::path folder = fs::path(::testing::TempDir()) / "settlement_case";
    fs::remove_all(folder);
    casefile::write_template(folder);
    Played p;
    p.given = casefile::load(folder);
    const auto belief = intel::assess(p.given);
    const std::vector<int> weeks = days_within(p.given, {0, 20});
    p.bargains = ensemble::bargains(p.given, belief, {.futures = 40}, "go_on", weeks);
    return p;
  }();
  return all;
}

TEST(Settlement, ARenewedWarIsLessLikelyBehindAGuarantee) {  // K-6
  const Bargains& b = played().bargains;
  ASSERT_EQ(b.futures, 40U);
  std::size_t pairs = 0;
  for (std::size_t p = 0; p < b.packages.size(); ++p) {
    for (std::size_t q = 0; q < b.packages.size(); ++q) {
      casefile::Package like = b.packages[q];
      if (like.guarantee <= b.packages[p].guarantee) continue;
      like.guarantee = b.packages[p].guarantee;
      like.monitors = b.packages[p].monitors;
      const auto& x = b.packages[p];
      if (like.line != x.line || like.status != x.status || like.sanctions != x.sanctions ||
          like.force_limits != x.force_limits || like.foreign_out != x.foreign_out ||
          like.prisoners != x.prisoners) {
        continue;
      }
      ++pairs;
      for (std::size_t f = 0; f < b.futures; ++f) {
        EXPECT_LE(b.renewed[q * b.futures + f], b.renewed[p * b.futures + f] + 1e-6F);
        EXPECT_GT(b.renewed[q * b.futures + f], 0.0F);
        EXPECT_LT(b.renewed[q * b.futures + f], 1.0F);
      }
    }
  }
  EXPECT_GT(pairs, 50U);
}

TEST(Settlement, TheSameFuturesAreLookedAtOnAnyNumberOfThreads) {
  const Played& p = played();
  const auto belief = intel::assess(p.given);
  const auto again =
      ensemble::bargains(p.given, belief, {.futures = 40, .threads = 1}, "go_on", p.bargains.weeks);
  EXPECT_EQ(again.surplus, p.bargains.surplus);
  EXPECT_EQ(again.renewed, p.bargains.renewed);
}

TEST(Settlement, AWarThatIsOverIsNotSettledAgain) {
  const Played& p = played();
  Bargains b = p.bargains;
  std::fill(b.fighting.begin(), b.fighting.end(), 0.0F);
  const auto s = settle(p.given, b, "go_on");
  EXPECT_EQ(s.days[0].fighting.value, 0.0);
  EXPECT_EQ(s.days[0].all.value, 0.0);
}

TEST(Studies, AreReadAsTheyWereWritten) {
  Studies all;
  all.key = "k";
  all.settlement.push_back(settle(made_up::crisis().given, by_hand(), "go_on"));
  const std::string text = to_json(all);
  EXPECT_EQ(to_json(studies_from_json(text, "studies.json")), text);
  EXPECT_THAT(with_studies("{\"case\": \"x\"}\n", all), ::testing::HasSubstr("\"settlement\""));
  EXPECT_THROW(static_cast<void>(studies_from_json("[]", "studies.json")), CaseError);
}

}  // namespace settlement_test
}  // namespace casus::analysis
