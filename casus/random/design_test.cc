// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/random/design.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "casus/random/quantile_table.h"

namespace casus::design_tests {
namespace {

constexpr std::size_t dimensions = 300;

const SobolPoints& sobol() {
  static const SobolPoints points(dimensions);
  return points;
}

TEST(Design, SobolsPointsFillEveryAxisEvenly) {
  for (const unsigned k : {1U, 4U, 9U}) {
    const std::uint32_t n = 1U << k;
    for (std::size_t d = 0; d < dimensions; ++d) {
      std::set<std::uint32_t> seen;
      for (std::uint32_t i = 3 * n; i < 4 * n; ++i) seen.insert(sobol().at(i, d) >> (32 - k));
      EXPECT_EQ(seen.size(), n) << "dimension " << d;
    }
  }
}

TEST(Design, TheFirstTwoAxesFillEveryElementaryBox) {
  constexpr unsigned k = 8;
  for (unsigned split = 0; split <= k; ++split) {
    std::set<std::pair<std::uint64_t, std::uint64_t>> boxes;
    for (std::uint32_t i = 0; i < 1U << k; ++i) {
      const std::uint64_t x = std::uint64_t{sobol().at(i, 0)} >> (32 - split);
      const std::uint64_t y = std::uint64_t{sobol().at(i, 1)} >> (32 - (k - split));
      boxes.insert({x, y});
    }
    EXPECT_EQ(boxes.size(), 1U << k) << split;
  }
}

TEST(Design, ScramblingKeepsAxesEvenAndMakesPointsUniform) {
  constexpr unsigned k = 7;
  double mean = 0.0;
  for (std::uint64_t key = 0; key < 400; ++key) {
    std::set<std::uint32_t> seen;
    for (std::uint32_t i = 0; i < 1U << k; ++i) {
      const std::uint32_t x = owen_scrambled(sobol().at(i, 5), key);
      seen.insert(x >> (32 - k));
      if (i == 3) mean += x * 0x1p-32 / 400.0;
    }
    EXPECT_EQ(seen.size(), 1U << k);
  }
  EXPECT_NEAR(mean, 0.5, 4.0 / std::sqrt(12.0 * 400.0));
}

TEST(Design, ScramblingIsOneToOneOnEveryPrefix) {
  for (std::uint32_t x = 0; x < 256; ++x) {
    const std::uint32_t a = owen_scrambled(x << 24U, 9);
    const std::uint32_t b = owen_scrambled((x << 24U) | 0x00FFFFFFU, 9);
    EXPECT_EQ(a >> 24U, b >> 24U) << "digits before decide, digits after do not";
  }
}

/// Error of the mean of a smooth integrand over 64 points: over many randomisations.
double root_square_error(bool scrambled) {
  constexpr std::size_t rounds = 200;
  double squares = 0.0;
  for (std::size_t r = 0; r < rounds; ++r) {
    double sum = 0.0;
    for (std::uint32_t i = 0; i < 64; ++i) {
      double product = 1.0;
      for (std::size_t d = 0; d < 3; ++d) {
        const double u = scrambled ? owen_scrambled(sobol().at(i, d), mixed(r, d)) * 0x1p-32
                                   : static_cast<double>(mixed(r, 1000 + 64 * d + i)) * 0x1p-64;
        product *= 1.0 + (u - 0.5);
      }
      sum += product / 64.0;
    }
    squares += (sum - 1.0) * (sum - 1.0);
  }
  return std::sqrt(squares / rounds);
}

TEST(Design, ScrambledPointsIntegrateBetterThanRandomOnes) {
  // var of the integrand: (1 + 1/12)^3 - 1.
  EXPECT_NEAR(root_square_error(false), std::sqrt((std::pow(13.0 / 12.0, 3) - 1.0) / 64.0), 0.012);
  EXPECT_LT(root_square_error(true), 0.15 * root_square_error(false));
}

TEST(Design, AShuffledRowHoldsEveryPlaceOnce) {
  for (const std::uint32_t size : {1U, 2U, 3U, 10U, 64U, 100U, 1000U}) {
    std::set<std::uint32_t> seen;
    for (std::uint32_t i = 0; i < size; ++i) seen.insert(shuffled(i, size, 5));
    EXPECT_EQ(seen.size(), size);
    EXPECT_LT(*seen.rbegin(), size);
  }
}

TEST(Design, EveryPairOfPlacesComesAboutAsOften) {
  constexpr std::uint32_t size = 12;
  constexpr int rounds = 26400;
  std::vector<int> count(size * size, 0);
  for (std::uint64_t key = 0; key < rounds; ++key) {
    ++count[shuffled(2, size, key) * size + shuffled(7, size, key)];
  }
  double chi = 0.0;
  for (std::uint32_t i = 0; i < size; ++i) {
    for (std::uint32_t j = 0; j < size; ++j) {
      const int c = count[i * size + j];
      if (i == j) {
        EXPECT_EQ(c, 0);
      } else {
        chi += (c - 200.0) * (c - 200.0) / 200.0;
      }
    }
  }
  EXPECT_LT(chi, 131.0 + 4.0 * std::sqrt(2.0 * 131.0));  // 131 degrees of freedom
}

TEST(QuantileTable, IsWithinAFewMillionthsOfTheExactOne) {
  for (const char* text : {"B(2, 5)", "B(0.7, 0.7)", "B(30, 3)", "G(2, 0.5)", "G(0.6, 2)",
                           "G(40, 4)", "N(1, 2)", "LN(3; 0.5)", "U(2, 4)", "T(1, 2, 5)"}) {
    const Prior prior = parse_prior(text).value();
    const QuantileTable table(prior);
    for (int i = 1; i < 200; ++i) {
      const double p = i / 200.0;
      const double low = prior.quantile(p - 2e-5);
      const double high = prior.quantile(p + 2e-5);
      EXPECT_GE(table(p), low) << text << " at " << p;
      EXPECT_LE(table(p), high) << text << " at " << p;
    }
  }
}

}  // namespace
}  // namespace casus::design_tests
