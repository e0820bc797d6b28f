// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/base/numeric.h"

#include <gtest/gtest.h>

#include <cmath>

namespace casus {
namespace {

TEST(Numeric, ExpAndLogAgreeWithLongDouble) {
  for (double x = -700.0; x < 700.0; x += 0.37) {
    const long double want = std::exp(static_cast<long double>(x));
    EXPECT_LT(std::fabs(static_cast<double>(casus::exp(x) / want - 1.0L)), 6e-16) << x;
  }
  for (double x = 1e-300; x < 1e300; x *= 1.7) {
    const double want = static_cast<double>(std::log(static_cast<long double>(x)));
    EXPECT_NEAR(casus::log(x), want, 5e-16 * std::fmax(1.0, std::fabs(want))) << x;
  }
  for (double x = -0.9; x < 3.0; x += 0.0123) EXPECT_NEAR(casus::log1p(x), std::log1p(x), 1e-15);
}

TEST(Numeric, TheEdgesAreWhatIeeeSays) {
  EXPECT_EQ(casus::exp(-1000.0), 0.0);
  EXPECT_TRUE(std::isinf(casus::exp(1000.0)));
  EXPECT_TRUE(std::isinf(casus::log(0.0)));
  EXPECT_TRUE(std::isnan(casus::log(-1.0)));
}

TEST(Numeric, TheNormalQuantileInvertsTheDistribution) {
  for (double p = 1e-12; p < 1.0; p = p < 0.01 ? p * 3.0 : p + 0.013) {
    EXPECT_NEAR(casus::normal_cdf(casus::normal_quantile(p)), p, 1e-14 + 1e-13 * p) << p;
  }
  EXPECT_NEAR(casus::normal_cdf(1.959963984540054), 0.975, 1e-15);
  EXPECT_NEAR(casus::normal_cdf(-8.0), 0.5 * std::erfc(8.0 / std::sqrt(2.0)), 1e-28);
}

TEST(Numeric, DecibansAreTenTimesTheDecimalLogOfOdds) {
  EXPECT_NEAR(casus::decibans(10.0), 10.0, 1e-14);
  EXPECT_NEAR(casus::decibans(0.01), -20.0, 1e-13);
}

}  // namespace
}  // namespace casus
