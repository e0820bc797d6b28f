// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "casus/intel/belief.h"
#include "casus/intel/test_case.h"

namespace casus::intel {
namespace claims_test {

using casefile::ReportKind;
using test::CaseBuilder;

const AssessOptions quick{.path = false, .leave_one_out = false, .collection = false};

// Ten thousand men by the as-of day, as three good sources count them; one more number is told.
struct Counts {
  CaseBuilder b;
  casefile::HypothesisId men = b.counted("men", {.5, .125, .125, .125, .125});
  casefile::PlaceId port = b.place("port", casefile::PlaceKind::port, 132, 43);

  Counts() {
    for (int i = 0; i < 3; ++i) {
      tell("eye" + std::to_string(i), 'A', casefile::PlaceId{0}, 10000, 31, 31);
    }
    tell("early", 'A', casefile::PlaceId{0}, 3000, 14, 14);
  }
  casefile::Report& tell(const std::string& who, char grade, casefile::PlaceId at, double n,
                         unsigned from, unsigned to) {
    auto& r = b.report(b.source(who, grade), ReportKind::imagery, men, {1, 2, 3, 4});
    r.observed = {Date(2024, 10, from), Date(2024, 10, to)};
    r.published = r.observed->second;
    r.strengths.push_back({casefile::ContingentId{0}, at, n});
    return r;
  }
  double p_true() { return assess(b.given, quick).reports.back().p_true; }
};

TEST(Claims, ASendingIsHeldAgainstWhatHadComeByThenNotAgainstAllThatAreThere) {
  Counts sent;
  sent.tell("lift", 'B', sent.port, 1500, 8, 13);
  Counts stock;
  stock.tell("lift", 'B', casefile::PlaceId{0}, 1500, 31, 31);
  EXPECT_GT(sent.p_true(), .5);
  EXPECT_LT(stock.p_true(), .1);
}

TEST(Claims, ANumberAllOthersBearOutIsProbablyRightAndOneTheyGainsayIsNot) {
  Counts same;
  same.tell("another", 'B', casefile::PlaceId{0}, 10000, 31, 31);
  Counts fifth;  // more than a region of the country may leave elsewhere
  fifth.tell("another", 'B', casefile::PlaceId{0}, 2000, 31, 31);
  EXPECT_GT(same.p_true(), .5);
  EXPECT_LT(fifth.p_true(), .2);
}

TEST(Claims, AtLeastAndUpToAreRightOnTheirOwnSideOnly) {
  const auto p = [](double n, casefile::CountSense sense) {
    Counts c;
    c.tell("another", 'B', casefile::PlaceId{0}, n, 31, 31).counts = sense;
    return c.p_true();
  };
  EXPECT_GT(p(3000, casefile::CountSense::at_least), .85);
  EXPECT_LT(p(3000, casefile::CountSense::up_to), .15);
  EXPECT_GT(p(30000, casefile::CountSense::up_to), .85);
  EXPECT_LT(p(30000, casefile::CountSense::at_least), .15);
}

TEST(Claims, AWiderIntervalIsRightMoreOften) {
  const auto p = [](double low, double high) {
    Counts c;
    auto& r = c.tell("ground", 'B', casefile::PlaceId{1}, 400, 16, 16);
    r.quantity = casefile::ReportQuantity{400.0, low, high, "persons"};
    return c.p_true();
  };
  EXPECT_GT(p(100, 1600), p(200, 800) + .03);
  EXPECT_NEAR(p(350, 450), p(400 / 1.5, 400 * 1.5), .03);  // nobody counts a crowd that closely
}

TEST(Claims, ANumberFromASourceFoundCarelessIsLessOftenRight) {
  const auto p = [](bool contradicted) {
    Counts c;
    auto& r = c.tell("ground", 'C', casefile::PlaceId{1}, 400, 16, 16);
    const auto source = r.source;
    for (int i = 0; i < 4; ++i) {
      const auto h = c.b.hypothesis("q" + std::to_string(i), {"no", "yes"}, {.5, .5});
      c.b.report(source, ReportKind::imagery, h, {1});
      for (int k = 0; k < 2; ++k) {
        c.b.report(c.b.source("w" + std::to_string(10 * i + k), 'A'), ReportKind::imagery, h,
                   {contradicted ? 0U : 1U});
      }
    }
    return assess(c.b.given, quick).reports[4].p_true;
  };
  EXPECT_LT(p(true), p(false) - .1);
}

}  // namespace claims_test
}  // namespace casus::intel
