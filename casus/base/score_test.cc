// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/base/score.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "casus/base/id.h"
#include "casus/base/numeric.h"

namespace casus {
namespace score_test {

TEST(Score, AForecastOverThreeStatesIsScoredAsByHand) {
  const std::array<double, 3> p{0.2, 0.5, 0.3};
  EXPECT_NEAR(brier_score(p, 1), 0.04 + 0.25 + 0.09, 1e-15);
  EXPECT_NEAR(brier_score(p, 0), 0.64 + 0.25 + 0.09, 1e-15);
  EXPECT_DOUBLE_EQ(brier_score(0.7, true), 0.3 * 0.3);
  EXPECT_DOUBLE_EQ(brier_score(0.7, false), 0.7 * 0.7);
}

TEST(Score, TheLogScoreIsTheNegativeLogarithmAndHasAFloor) {
  EXPECT_NEAR(log_score(0.5), std::log(2.0), 1e-15);
  EXPECT_NEAR(log_score(1.0), 0.0, 1e-15);
  EXPECT_NEAR(log_score(0.0), std::log(100.0), 1e-13);
  EXPECT_DOUBLE_EQ(log_score(1e-9), log_score(0.01));
}

// Ten statements: 0.1 five times, of which one came; 0.8 five times, of which three came.
std::vector<Scored> by_hand() {
  std::vector<Scored> all;
  for (int i = 0; i < 5; ++i) all.push_back({0.1, i == 0});
  for (int i = 0; i < 5; ++i) all.push_back({0.8, i < 3});
  return all;
}

TEST(Score, TheDecompositionIsAsByHand) {
  const CalibrationCurve c = calibration_curve(by_hand());
  ASSERT_EQ(c.bins.size(), 2U);
  EXPECT_EQ(c.bins[0].count, 5U);
  EXPECT_NEAR(c.bins[0].came, 0.2, 1e-15);
  EXPECT_NEAR(c.bins[1].came, 0.6, 1e-15);
  // base rate 0.4
  EXPECT_NEAR(c.reliability, 0.5 * 0.1 * 0.1 + 0.5 * 0.2 * 0.2, 1e-15);
  EXPECT_NEAR(c.resolution, 0.5 * 0.2 * 0.2 + 0.5 * 0.2 * 0.2, 1e-15);
  EXPECT_NEAR(c.uncertainty, 0.24, 1e-15);
  EXPECT_NEAR(c.within, 0.0, 1e-15);
  EXPECT_NEAR(c.brier, 0.1 * (0.81 + 4 * 0.01 + 3 * 0.04 + 2 * 0.64), 1e-15);
  EXPECT_NEAR(c.reliability - c.resolution + c.uncertainty, c.brier, 1e-15);
}

TEST(Score, WilsonsIntervalIsThePublishedOne) {
  // 3 of 5 at 90 %: centre (0.6 + z^2/10) / (1 + z^2/5), z = 1.645
  const CalibrationCurve c = calibration_curve(by_hand());
  EXPECT_NEAR(c.bins[1].came_low, 0.27248, 1e-5);
  EXPECT_NEAR(c.bins[1].came_high, 0.85729, 1e-5);
}

// A number in [0, 1) that hangs on its name alone.
double any(int example, int i) {
  return static_cast<double>(key_of(std::to_string(example) + "/" + std::to_string(i)) >> 11) *
         0x1p-53;
}

TEST(Score, TheDecompositionSumsToTheBrierScore) {
  for (int example = 0; example < 200; ++example) {
    std::vector<Scored> statements;
    const int n = 1 + example;
    for (int i = 0; i < n; ++i) {
      const double p = any(example, 2 * i);
      statements.push_back({p, any(example, 2 * i + 1) < p * p});
    }
    for (const std::size_t bins : {1U, 4U, 10U}) {
      const CalibrationCurve c = calibration_curve(statements, bins);
      EXPECT_NEAR(c.reliability - c.resolution + c.uncertainty + c.within, c.brier, 1e-12);
      std::size_t count = 0;
      for (const auto& b : c.bins) count += b.count;
      EXPECT_EQ(count, statements.size());
    }
  }
}

TEST(Score, CertaintyLiesInTheLastBin) {
  const std::array<Scored, 2> sure{Scored{1.0, true}, Scored{0.0, false}};
  const CalibrationCurve c = calibration_curve(sure);
  ASSERT_EQ(c.bins.size(), 2U);
  EXPECT_DOUBLE_EQ(c.bins[1].high, 1.0);
  EXPECT_DOUBLE_EQ(c.brier, 0.0);
  EXPECT_TRUE(calibration_curve({}).bins.empty());
}

TEST(RankedScore, IsTheClosedFormOfTheNormalAndAllPairsByHand) {
  std::vector<double> normal;
  for (int i = 0; i < 20000; ++i) normal.push_back(normal_quantile((i + 0.5) / 20000.0));
  for (const double y : {-1.3, 0.0, 0.7}) {
    const double density = std::exp(-0.5 * y * y) / std::sqrt(2.0 * 3.14159265358979);
    const double exact =
        y * (2.0 * normal_cdf(y) - 1.0) + 2.0 * density - 1.0 / std::sqrt(3.14159265358979);
    EXPECT_NEAR(ranked_score(normal, y), exact, 1e-3);
  }
  const std::vector<double> three = {1.0, 2.0, 4.0};
  // Distances 1.5, 0.5, 1.5; the three pairs lie 1, 3 and 2 apart.
  EXPECT_NEAR(ranked_score(three, 2.5), 3.5 / 3.0 - 0.5 * 2.0, 1e-12);
  EXPECT_EQ(ranked_score(std::vector<double>{3.0}, 5.0), 2.0);
}

TEST(ProbabilityTransform, CountsEqualDrawsHalf) {
  const std::vector<double> draws = {0.0, 0.0, 0.0, 2.0};
  EXPECT_EQ(probability_transform(draws, 0.0), 0.375);
  EXPECT_EQ(probability_transform(draws, 1.0), 0.75);
  EXPECT_EQ(probability_transform(draws, -1.0), 0.0);
  EXPECT_EQ(probability_transform(draws, 3.0), 1.0);
}

// Uniform on (0, 1): CRPS = y^2 - y + 1/3.
TEST(Score, QuantilesOfTheUniformLawScoreAsItsClosedForm) {
  std::vector<QuantilePoint> points;
  for (int i = 1; i < 1000; ++i) points.push_back({i / 1000.0, i / 1000.0});
  for (const double y : {0.0, 0.2, 0.5, 0.9}) {
    EXPECT_NEAR(ranked_score(points, y), y * y - y + 1.0 / 3.0, 1e-5) << y;
  }
  EXPECT_NEAR(ranked_score(points, 3.0), 3.0 - 0.5 - 1.0 / 6.0, 1e-5);
}

TEST(Score, AFewQuantilesScoreAsDrawsFromTheSameFunction) {
  const std::vector<QuantilePoint> points = {
      {0.05, -1.0}, {0.25, 0.5}, {0.5, 2.0}, {0.75, 2.0}, {0.95, 7.0}};
  std::vector<double> draws;
  constexpr int n = 20000;
  for (int i = 0; i < n; ++i) {
    const double t = (i + 0.5) / n;
    double x = t < 0.05 ? -1.0 : 7.0;
    for (std::size_t k = 0; k + 1 < points.size(); ++k) {
      const double width = points[k + 1].level - points[k].level;
      if (t >= points[k].level && t < points[k + 1].level)
        x = points[k].value +
            (points[k + 1].value - points[k].value) * (t - points[k].level) / width;
    }
    draws.push_back(x);
  }
  for (const double y : {-4.0, -1.0, 0.0, 1.9, 2.0, 5.0, 9.0}) {
    EXPECT_NEAR(ranked_score(points, y), ranked_score(std::span<const double>(draws), y), 2e-3)
        << y;
  }
  const std::vector<QuantilePoint> sure = {{0.5, 3.0}};
  EXPECT_NEAR(ranked_score(sure, 5.5), 2.5, 1e-12);  // M-1: a point mass scores its distance
}

TEST(Score, AnIntervalPaysForItsWidthAndForEveryMiss) {
  EXPECT_DOUBLE_EQ(interval_score(2.0, 6.0, 0.1, 3.0), 4.0);
  EXPECT_DOUBLE_EQ(interval_score(2.0, 6.0, 0.1, 1.5), 4.0 + 20.0 * 0.5);
  EXPECT_DOUBLE_EQ(interval_score(2.0, 6.0, 0.5, 7.0), 4.0 + 4.0);
}

}  // namespace score_test
}  // namespace casus
