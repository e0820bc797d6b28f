// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>

#include "casus/base/numeric.h"
#include "casus/observe/count.h"
#include "casus/observe/law.h"

namespace casus::observe {
namespace {

double weight_of_grade(char grade, double delta) {
  return weight_of_yes(grade_prior(grade).mean(), delta, .8, .05);
}

TEST(Observe, GradesWeighWhatTheTableSays) {
  struct Row {
    char grade;
    double at_0, at_1, at_3;
  };
  // docs/models/sources.md, one decimal; E at .3 and F by the same formula
  for (const Row row : {Row{'A', 9.7, 6.7, 3.3},
                        {'B', 7.2, 5.3, 2.5},
                        {'C', 4.7, 3.5, 1.5},
                        {'D', 2.9, 2.0, .5},
                        {'E', 1.4, .8, -.4},
                        {'F', 3.7, 2.7, 1.0}}) {
    EXPECT_NEAR(weight_of_grade(row.grade, 0.0), row.at_0, .05) << row.grade;
    EXPECT_NEAR(weight_of_grade(row.grade, 0.1), row.at_1, .06) << row.grade;
    EXPECT_NEAR(weight_of_grade(row.grade, 0.3), row.at_3, .06) << row.grade;
  }
}

TEST(Observe, AReportNobodyStandsBehindWeighsNothing) {
  EXPECT_EQ(weight_of_yes(0.0, 0.0, .8, .05), 0.0);
  EXPECT_GT(weight_of_yes(0.01, 0.0, .8, .05), 0.0);
}

TEST(Observe, AChannelRunByALiarSpeaksForTheContrary) {
  EXPECT_LT(weight_of_yes(.2, .6, .8, .05), 0.0);
  EXPECT_LT(weight_of_yes(0.0, 1.0, .8, .05), weight_of_yes(0.0, .5, .8, .05));
}

TEST(Observe, OneReportOfAGradedSourceWeighsTheSameThroughItsHiddenMode) {
  for (const char grade : {'A', 'B', 'C', 'D', 'E', 'F'}) {
    for (const double delta : {0.0, 0.1, 0.3}) {
      const Reliability r = reliability(grade_prior(grade));
      const auto prior = mode_prior(r, delta);
      const Channel channel{.8, .05, .05, 1.0, {}, false};
      double so = 0.0;
      double not_so = 0.0;
      double total = 0.0;
      for (std::size_t m = 0; m < source_states; ++m) {
        so += prior[m] * say(channel, m, r, {1.0, false, false, true});
        not_so += prior[m] * say(channel, m, r, {0.0, false, false, true});
        total += prior[m];
      }
      EXPECT_NEAR(total, 1.0, 1e-12);
      EXPECT_NEAR(decibans(so / not_so), weight_of_grade(grade, delta), 1e-9) << grade << delta;
    }
  }
}

TEST(Observe, AGridKeepsTheMeanAndFIsWideNotMiddling) {
  for (const char grade : {'A', 'B', 'C', 'D', 'E', 'F'}) {
    const Reliability r = reliability(grade_prior(grade));
    double mean = 0.0;
    for (const double rho : r.rho) {
      EXPECT_GT(rho, 0.0);
      EXPECT_LT(rho, 1.0);
      mean += rho / levels;
    }
    EXPECT_NEAR(mean, grade_prior(grade).mean(), 1e-12) << grade;
  }
  const auto f = reliability(grade_prior('F')).rho;
  const auto c = reliability(grade_prior('C')).rho;
  EXPECT_GT(f.back() - f.front(), 1.5 * (c.back() - c.front()));
}

TEST(Observe, ATrackRecordMovesTheGrade) {
  EXPECT_GT(grade_prior('F', 12, 1).mean(), grade_prior('C').mean());
  EXPECT_LT(grade_prior('A', 0, 30).mean(), grade_prior('D').mean());
}

TEST(Observe, AFlagWeighsTenDecibansOnlyWhereStagingIsRare) {  // A6
  const auto weight = [](double pi) {
    return decibans(sign_if_so / (pi * sign_if_staged + (1.0 - pi) * sign_by_chance));
  };
  EXPECT_NEAR(weight(.05), 10.0, .05);
  EXPECT_NEAR(weight(.30), 2.9, .05);
}

TEST(Observe, AFaceFoundAmongManyProbesProvesLittle) {  // A6
  const FaceMatch one = face_match(1);
  EXPECT_GT(decibans(one.hit / one.alarm), 24.0);
  EXPECT_NEAR(decibans(one.hit / one.capped_alarm), 20.0, 1e-9);
  const FaceMatch many = face_match(400);
  EXPECT_NEAR(decibans(many.hit / many.capped_alarm), 3.0, .5);
  const FaceMatch unknown = face_match(0);
  EXPECT_GT(decibans(unknown.hit / unknown.capped_alarm), 3.0);
  EXPECT_LT(decibans(unknown.hit / unknown.capped_alarm), 8.0);
}

TEST(Observe, ADenialByTheAccusedIsWorthLessThanAFifthOfADeciban) {  // A8
  EXPECT_LT(std::fabs(decibans(denial_rates.if_so / denial_rates.if_not_so)), .2);
  EXPECT_NEAR(decibans(evasion_rates.if_so / evasion_rates.if_not_so), 4.8, .05);
  EXPECT_NEAR(decibans(admission_rates.if_so / admission_rates.if_not_so), 15.0, 1e-9);
}

TEST(Observe, AConfirmedItemIsNotCountedTwice) {
  EXPECT_EQ(item_decibans(1, true), 0.0);
  EXPECT_EQ(item_decibans(1, false), 3.0);
  EXPECT_EQ(item_decibans(6, false), item_decibans(3, false));
  EXPECT_LT(item_decibans(5, false), item_decibans(4, false));
}

TEST(Observe, TheEnemyTellsMoreMenThanThereAreAndThePartyFewer) {
  EXPECT_GT(law_of(ReportKind::official_statement, Stance::enemy_of_subject).count_bias, .3);
  EXPECT_LT(law_of(ReportKind::official_statement, Stance::party).count_bias, -1.5);
  EXPECT_EQ(law_of(ReportKind::imagery, Stance::party).count_bias, 0.0);
}

TEST(Observe, EveryRateIsAProbabilityAndAReportSpeaksForItsClaim) {
  for (std::size_t k = 0; k < casefile::names_of<ReportKind>().size(); ++k) {
    for (std::size_t s = 0; s < casefile::names_of<Stance>().size(); ++s) {
      const KindLaw& law = law_of(static_cast<ReportKind>(k), static_cast<Stance>(s));
      EXPECT_GT(law.alarm, 0.0);
      EXPECT_LT(law.alarm, law.hit);
      EXPECT_GE(law.staged, law.alarm);
      EXPECT_LE(law.staged, 1.0);
      EXPECT_GT(law.count_sigma, .2);
    }
  }
}

double integral_over_told(const CountLaw& law, double there) {
  double sum = 0.0;
  for (double y = std::log(1.0); y < std::log(1e7); y += .005) {
    sum += .005 * told_density(law, std::exp(y), there);
  }
  return sum;
}

TEST(Observe, TheDensityOfAToldNumberIsADensity) {
  CountLaw law{.1, .5, {.05, 1.0}, 0.0, 0.0, 0.0, .25};
  EXPECT_NEAR(integral_over_told(law, 2000), 1.0, 1e-3);
  law.share = {1.0, 1.0};
  law.plan_share = .03;
  law.plan_median = 11000;
  EXPECT_NEAR(integral_over_told(law, 3000), 1.0, 1e-3);
}

TEST(Observe, ASmallNumberEarlyDoesNotContradictALargeOneLater) {
  const CountLaw law{0.0, .35, {1.0, 1.0}, .1, .03, 0.0, .25};
  const Date as_of(2024, 10, 31);
  const Date early(2024, 10, 8);
  const BuildUp steady{28, 1.0, 1.0};
  const double built = built_by(steady, early, as_of);
  EXPECT_LT(built, .25);
  EXPECT_GT(told_density(law, 1500, 10000 * built), told_density(law, 1500, 10000) * 3.0);
  EXPECT_GT(told_density(law, 1500, 1500), told_density(law, 1500, 10000) * 3.0);
  for (const BuildUp& how : build_up_shapes) {
    EXPECT_EQ(built_by(how, as_of, as_of), 1.0);
    EXPECT_LE(built_by(how, early, as_of), built_by(how, early.plus(5), as_of));
    EXPECT_GT(built_by(how, as_of.plus(-400), as_of), 0.0);
  }
  EXPECT_EQ(built_by(build_up_shapes[0], as_of.plus(-400), as_of), 1.0);
}

TEST(Observe, PriorsOfBuildUpAndCommonErrorSumToOne) {
  double built = 0.0;
  for (const BuildUp& how : build_up_shapes) built += how.prior;
  double error = 0.0;
  for (const double p : common_error_prior(.8)) error += p;
  EXPECT_NEAR(built, 1.0, 1e-12);
  EXPECT_NEAR(error, 1.0, 1e-12);
}

TEST(Observe, APartInViewIsALowerBoundOfTheWhole) {
  const CountLaw part{0.0, .35, {.03, 1.0}, .1, .0, 0.0, .25};
  // 400 men on one drill ground: hardly likelier under 2,000 than under 8,000 in the country
  const double ratio = told_density(part, 400, 8000) / told_density(part, 400, 2000);
  EXPECT_GT(ratio, .5);
  // but 9,000 there refutes 2,000
  EXPECT_GT(told_density(part, 9000, 10000), 2.0 * told_density(part, 9000, 2000));
}

TEST(Observe, ANumberToldIsMadeByTheLawItIsReadBy) {
  const CountLaw law{.35, .5, {1.0, 1.0}, 0.0, 0.0, 0.0, .25};
  double mean = 0.0;
  constexpr int n = 2000;
  for (int i = 0; i < n; ++i) {
    mean += log(told_number(law, 10000, normal_quantile((i + .5) / n), false)) / n;
  }
  EXPECT_NEAR(mean, log(10000.0) + .35, 1e-9);
  EXPECT_EQ(std::fmod(told_number(law, 10000, .3), 1000.0), 0.0);
  EXPECT_EQ(told_number(law, 0.0, .3), 0.0);
}

TEST(Observe, CountStatesHaveRangesWithoutHandfuls) {
  EXPECT_EQ(state_range(0, 0, false).high, 0.0);
  EXPECT_EQ(state_range(1, 3000, false).low, 100.0);
  EXPECT_EQ(state_range(3001, 8000, false).low, 3001.0);
  EXPECT_EQ(state_range(13001, 0, true).high, 39003.0);
}

TEST(Count, WhatANumberTellsOfTheMenMeantAgreesWithSummingOverThem) {
  CountLaw law{.1, .5, {.05, .9}, .1, .03, 12000.0, .25};
  law.said = {.3, 1.0};
  law.sending = .4;
  law.lift = {.1, 1.0};
  constexpr double there = 6000;
  constexpr double told = 1500;
  constexpr double measured = .7;
  const Bounds bounds{1000, 2250};
  const auto reading = [&](const Range& range, double& all, double& so) {
    constexpr int n = 4000;
    constexpr int said = 6;  // the law takes as many points of what is said
    for (int i = 0; i < n; ++i) {
      const double men =
          there * range.low * std::exp((i + .5) / n * std::log(range.high / range.low));
      double p = 0.0;
      for (int k = 0; k < said; ++k) {
        const double part =
            law.said.low * std::exp((k + .5) / said * std::log(law.said.high / law.said.low));
        const double z = (std::log(told / (men * part)) - law.bias) / law.sigma;
        p += std::exp(-.5 * z * z) / (law.sigma * std::sqrt(2.0 * std::acos(-1.0))) / said;
      }
      const double zp = (std::log(told / law.plan_median)) / law.plan_sigma;
      const double plan =
          std::exp(-.5 * zp * zp) / (law.plan_sigma * std::sqrt(2.0 * std::acos(-1.0)));
      const double density = measured * (.87 * p + .03 * plan + .1 * idle_density(told)) +
                             (1.0 - measured) * idle_density(told);
      all += density / n;
      if (men >= bounds.low && men <= bounds.high) so += density / n;
    }
  };
  double all[2] = {0, 0};
  double so[2] = {0, 0};
  reading(law.share, all[0], so[0]);
  reading(law.lift, all[1], so[1]);
  const double idle = idle_density(told);
  const Right got = right_within(law, told, there, 0.0, bounds);
  const double density = measured * told_density(law, told, there) + (1.0 - measured) * idle;
  EXPECT_NEAR(density, .6 * all[0] + .4 * all[1], 1e-6);
  EXPECT_NEAR(measured * got.told + (1.0 - measured) * idle * got.there, .6 * so[0] + .4 * so[1],
              2e-4);
  const Right anywhere = right_within(law, told, there, .3, {0.0, 1e300});
  EXPECT_NEAR(anywhere.told, told_density(law, told, there, .3), 1e-12);
  EXPECT_NEAR(anywhere.there, 1.0, 1e-12);
}

}  // namespace
}  // namespace casus::observe
