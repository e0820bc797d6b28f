// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "casus/base/numeric.h"
#include "casus/intel/belief.h"
#include "casus/intel/model.h"
#include "casus/intel/test_case.h"

// How single reports are read: looks, forecasts, classes of people, hidden forces, grades of the
// case's own.
namespace casus::intel {
namespace reading_test {

using casefile::Aspect;
using casefile::HypothesisId;
using casefile::ReportKind;
using casefile::SourceId;
using test::CaseBuilder;

const AssessOptions bare{
    .path = false, .ranges = false, .leave_one_out = false, .collection = false, .places = false};

double yes(const CaseBuilder& b, HypothesisId h) {
  return assess(b.given, bare).hypotheses[h].states[1].p;
}

double honest(const CaseBuilder& b, SourceId s) {
  return assess(b.given, bare).sources[s].p_honest;
}

TEST(Reading, ALookThatFindsNothingSpeaksOfThePlaceAndNotOfTheLooker) {
  CaseBuilder b;
  const auto h = b.hypothesis("arms", {"no", "yes"}, {.5, .5});
  for (int i = 0; i < 3; ++i) {  // others are sure of it
    b.report(b.source("other" + std::to_string(i), 'B'), ReportKind::human, h, {1});
  }
  const auto inspectors = b.source("inspectors", 'B');
  const double before = yes(b, h);
  const double trusted = honest(b, inspectors);
  auto& look = b.report(inspectors, ReportKind::documents, h, {0});
  look.looked = true;
  const double after = yes(b, h);
  EXPECT_LT(decibans(after / (1 - after)), decibans(before / (1 - before)) - 2.0);
  EXPECT_NEAR(honest(b, inspectors), trusted, 1e-9);
  EXPECT_GT(assess(b.given, bare).reports.back().p_true, .7);  // that it found nothing
}

TEST(Reading, TheMoreWasLookedAtTheMoreNothingTells) {
  CaseBuilder b;
  const auto h = b.hypothesis("arms", {"no", "yes"}, {.5, .5});
  double last = yes(b, h);
  auto& look = b.report(b.source("inspectors", 'A'), ReportKind::documents, h, {0});
  look.looked = true;
  for (const double coverage : {.1, .5, .9}) {
    b.given.reports[0].coverage = coverage;
    const double p = yes(b, h);
    EXPECT_LT(p, last);
    last = p;
  }
}

TEST(Reading, OneLiarAmongManySpoilsNoOtherWord) {
  const auto word_of_the_second = [](bool many) {
    CaseBuilder b;
    const auto first = b.hypothesis("first", {"no", "yes"}, {.5, .5});
    const auto second = b.hypothesis("second", {"no", "yes"}, {.5, .5});
    const auto prisoners = b.source("prisoners", 'C');
    b.given.sources[prisoners].many = many;
    b.report(prisoners, ReportKind::detainee, first, {1});
    b.report(prisoners, ReportKind::detainee, second, {1});
    for (int i = 0; i < 4; ++i) {
      b.report(b.source("picture" + std::to_string(i), 'A'), ReportKind::imagery, first, {0});
    }
    return yes(b, second);
  };
  CaseBuilder alone;
  const auto h = alone.hypothesis("second", {"no", "yes"}, {.5, .5});
  alone.report(alone.source("prisoners", 'C'), ReportKind::detainee, h, {1});
  EXPECT_NEAR(word_of_the_second(true), yes(alone, h), 1e-9);
  EXPECT_LT(word_of_the_second(false), word_of_the_second(true) - .05);
}

TEST(Reading, AForecastWeighsLessThanASight) {
  const auto weight = [](Aspect aspect) {
    CaseBuilder b;
    const auto h = b.hypothesis("attack", {"no", "yes"}, {.5, .5});
    b.report(b.source("staff", 'B'), ReportKind::human, h, {1}).aspect = aspect;
    const double p = yes(b, h);
    return decibans(p / (1 - p));
  };
  EXPECT_GT(weight(Aspect::forecast), .1);
  EXPECT_LT(weight(Aspect::forecast), .3 * weight(Aspect::present));
}

TEST(Reading, AForceThatHidesMayBeLargerThanAllWhoCountItSay) {
  const auto above = [](double conceals) {
    CaseBuilder b;
    const auto h = b.counted("men", {.1, .3, .3, .2, .1}, {casefile::PlaceId{2}});
    if (conceals > 0.0) {
      b.given.hypotheses[h].conceals = casefile::Quantity{Prior(conceals), "share", {}};
    }
    for (int i = 0; i < 5; ++i) {
      auto& r = b.report(b.source("count" + std::to_string(i), 'B'), ReportKind::signals, h,
                         {1, 2, 3, 4});
      r.strengths.push_back({casefile::ContingentId{0}, casefile::PlaceId{2}, 4000.0 + 100.0 * i});
    }
    return assess(b.given, bare).hypotheses[h].states[4].p;
  };
  EXPECT_GT(above(.8), 1.1 * above(0.0));
  EXPECT_LT(above(.8), .3);
}

TEST(Reading, ACaseMaySayWhatItsGradesMean) {
  CaseBuilder b;
  const auto h = b.hypothesis("arms", {"no", "yes"}, {.5, .5});
  b.report(b.source("staff", 'B'), ReportKind::human, h, {1});
  const double usual = yes(b, h);
  b.given.grading.source[1] = Prior(Prior::Kind::beta, 1.0, 9.0);
  EXPECT_LT(yes(b, h), usual - .1);
}

TEST(Reading, APlaceMayHoldAboutWhatTheAuthorsSplitGivesIt) {
  CaseBuilder b;
  const auto men = b.counted("men", {.4, .3, .2, .08, .02});
  const auto share = [&] {
    CaseBuilder one = b;
    auto& r = one.report(one.source("looker", 'B'), ReportKind::imagery, men, {1, 2, 3, 4});
    r.strengths.push_back({casefile::ContingentId{0}, casefile::PlaceId{1}, 400.0});
    return build_model(one.given).evidence.front().told->law.share;
  };
  EXPECT_EQ(share().low, .003);
  EXPECT_EQ(share().high, 1.0);
  b.given.contingents[0].at = {{casefile::PlaceId{1}, .5}};
  EXPECT_DOUBLE_EQ(share().low, .05);
  EXPECT_EQ(share().high, 1.0);
  b.given.contingents[0].at = {{casefile::PlaceId{1}, .02}};
  EXPECT_EQ(share().low, .003);
  EXPECT_DOUBLE_EQ(share().high, .2);
}

}  // namespace reading_test
}  // namespace casus::intel
