// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "casus/intel/belief.h"
#include "casus/intel/model.h"
#include "casus/intel/test_case.h"

// What all who speak may hold together: docs/models/inference.md.
namespace casus::intel {
namespace picture_test {

using casefile::HypothesisId;
using casefile::ReportKind;
using test::CaseBuilder;

const AssessOptions bare{
    .path = false, .ranges = false, .leave_one_out = false, .collection = false, .places = false};

constexpr double shared = 0.5 * observe::picture_prior;  // by those who look for themselves

constexpr std::array own_looks{ReportKind::imagery, ReportKind::signals, ReportKind::documents,
                               ReportKind::detainee};

// So many sources of the best grade, none of which repeats another, say the same.
CaseBuilder unanimous(std::size_t sources, const std::vector<std::string>& states,
                      std::uint32_t said) {
  CaseBuilder b;
  const std::vector<double> even(states.size(), 1.0 / static_cast<double>(states.size()));
  const auto h = b.hypothesis("there", states, even);
  for (std::size_t i = 0; i < sources; ++i) {
    b.report(b.source("service_" + std::to_string(i), 'A'), own_looks[i % own_looks.size()], h,
             {said});
  }
  return b;
}

bool has_picture(const CaseBuilder& b) {
  const Model m = build_model(b.given);
  return std::any_of(m.names.begin(), m.names.end(),
                     [](const std::string& name) { return name.rfind("picture:", 0) == 0; });
}

TEST(Picture, HoweverManyAgreeTheyProveNoMoreThanASharedErrorAllows) {
  // under "not so" only the picture makes them all say so: the odds end at 1 / shared
  const double least = shared / (1.0 + shared);
  for (const std::uint32_t said : {0U, 1U}) {  // it holds of a denial as of a claim
    double before = 1.0;
    for (const std::size_t n : {4U, 8U, 16U, 40U}) {
      const auto b = unanimous(n, {"no", "yes"}, said);
      const double wrong = assess(b.given, bare).hypotheses[0].states[1 - said].p;
      EXPECT_GT(wrong, least - 1e-9);
      EXPECT_LT(wrong, before + 1e-12);
      before = wrong;
    }
    EXPECT_NEAR(before, least, 1e-4);
  }
}

TEST(Picture, WhereNoStateIsNothingItIsOfTheStateMostName) {
  const auto b = unanimous(40, {"genuine", "staged", "other"}, 1);
  const double pi = shared;
  // prior 1/3 each: (1 - pi) / 3 + pi / 3 for the state named, pi / 3 for each of the others
  EXPECT_NEAR(assess(b.given, bare).hypotheses[0].states[1].p, 1.0 / (1.0 + 2.0 * pi), 1e-4);
}

TEST(Picture, ALookStandsApartFromIt) {
  auto b = unanimous(16, {"no", "yes"}, 0);
  const double before = assess(b.given, bare).hypotheses[0].states[1].p;
  auto& look = b.report(b.source("inspectors", 'A'), ReportKind::imagery, HypothesisId{0}, {0});
  look.looked = true;
  look.coverage = 0.9;
  EXPECT_LT(assess(b.given, bare).hypotheses[0].states[1].p, 0.5 * before);
}

TEST(Picture, WhatNobodyLookedAtIsSharedTwiceAsOften) {
  auto b = unanimous(0, {"no", "yes"}, 1);
  for (std::size_t i = 0; i < 40; ++i) {
    b.report(b.source("agency_" + std::to_string(i), 'A'), ReportKind::press, HypothesisId{0}, {1});
    b.given.reports.back().published = b.given.as_of.plus(-30 * static_cast<int>(i));  // no echoes
  }
  EXPECT_NEAR(assess(b.given, bare).hypotheses[0].states[0].p,
              observe::picture_prior / (1.0 + observe::picture_prior), 1e-4);
}

TEST(Picture, ThreeSpeakersShareNone) {
  EXPECT_FALSE(has_picture(unanimous(3, {"no", "yes"}, 1)));
  EXPECT_TRUE(has_picture(unanimous(4, {"no", "yes"}, 1)));
}

}  // namespace picture_test
}  // namespace casus::intel
