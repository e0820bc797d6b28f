// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "casus/calibrate/claims.h"
#include "casus/calibrate/map_law.h"
#include "casus/calibrate/special.h"
#include "casus/calibrate/weekly.h"

namespace casus::calibrate {
namespace {

TEST(LogGamma, IsTheLogOfFactorials) {
  double factorial = 1.0;
  for (int n = 1; n <= 20; ++n) {
    EXPECT_NEAR(log_gamma(n), std::log(factorial), 1e-12 * (1.0 + std::log(factorial)));
    factorial *= n;
  }
  for (double x = 0.05; x < 200.0; x *= 1.37)
    EXPECT_NEAR(log_gamma(x), std::lgamma(x), 1e-11 * (1.0 + std::fabs(std::lgamma(x)))) << x;
}

TEST(MapLaw, ItsDensityAndItsChanceOfNothingSumToOne) {
  for (const double rate : {0.05, 1.0, 12.0, 60.0}) {
    const MapLaw law(
        {.lump = 5.5, .growth = 0.2, .shape = 1.1, .redraw = 0.01, .redraw_km2 = 25.0});
    double sum = std::exp(law.log_density(0.0, rate));
    // Substitution y = e^x, so that the steep rise near zero is seen.
    constexpr double step = 0.01;
    double below = 0.0;
    for (double x = -25.0; x < 8.0; x += step) {
      const double y = std::exp(x);
      const double p = y <= MapLaw::nothing ? 0.0 : std::exp(law.log_density(y, rate)) * y * step;
      sum += p;
      below += p;
    }
    // What lies between zero and `nothing` counts as none and is left out here: little.
    EXPECT_NEAR(sum, 1.0, 0.02) << rate;
    EXPECT_LT(below, 1.0 + 1e-6);
  }
}

TEST(MapLaw, DrawsHaveTheRateAndTheChanceOfNothing) {
  const MapLaw law({.lump = 5.0, .growth = 0.2, .shape = 1.2, .redraw = 0.0, .redraw_km2 = 25.0});
  const Draws draws(3);
  constexpr std::uint32_t n = 20000;
  for (const double rate : {0.5, 8.0, 70.0}) {
    double sum = 0.0;
    double squares = 0.0;
    double none = 0.0;
    for (std::uint32_t i = 0; i < n; ++i) {
      const double y = law.draw(rate, draws, Stream("test.map"), i, 0, 0);
      sum += y;
      squares += y * y;
      none += y <= 0.0 ? 1.0 : 0.0;
    }
    const double mean = sum / n;
    const double error = std::sqrt((squares / n - mean * mean) / n);
    EXPECT_NEAR(mean, rate, 4.0 * error) << rate;
    const double p = std::exp(law.log_density(0.0, rate));
    EXPECT_NEAR(none / n, p, 4.0 * std::sqrt(p * (1 - p) / n) + 1e-9) << rate;
  }
}

TEST(MapLaw, NetWeeksHaveTheDensityOfTheirDraws) {
  const MapLaw law({.lump = 5.0, .growth = 0.2, .shape = 1.2, .redraw = 0.004, .redraw_km2 = 25.0});
  constexpr std::uint32_t n = 40000;
  constexpr std::array<Stream, 2> streams = {Stream("test.gain"), Stream("test.loss")};
  struct Rates {
    double gain, loss;
  };
  for (const Rates r : {Rates{0.2, 0.05}, Rates{8.0, 0.3}, Rates{60.0, 0.2}}) {
    // Shares of weeks lost, still, gained up to the mean rate, gained above it.
    std::array<double, 4> drawn{}, said{};
    const auto place = [&](double x) {
      if (x < -MapLaw::nothing) return 0U;
      if (x <= MapLaw::nothing) return 1U;
      return x < r.gain + 1.0 ? 2U : 3U;
    };
    for (std::uint32_t i = 0; i < n; ++i)
      drawn[place(law.draw_net(r.gain, r.loss, Draws(5), streams, i, 0, 0))] += 1.0 / n;
    said[1] = std::exp(law.log_density_net(0.0, r.gain, r.loss));
    constexpr double step = 0.01;
    for (double x = -4.0; x < 8.0; x += step) {
      const double y = std::exp(x);
      for (const double km2 : {y, -y})
        said[place(km2)] += std::fabs(km2) <= MapLaw::nothing
                                ? 0.0
                                : std::exp(law.log_density_net(km2, r.gain, r.loss)) * y * step;
    }
    // Where both sides gain, the lesser is taken at its mean: a few thousandths.
    for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(said[k], drawn[k], 0.015) << r.gain << " " << k;
  }
}

TEST(MapLaw, ARedrawKeepsAQuietSectorQuiet) {
  const MapLaw law;
  // Sixty square kilometres in a dead sector are a redraw, not proof of a pace of sixty.
  EXPECT_GT(law.log_density(60.0, 0.05), -12.0);
  EXPECT_GT(law.log_density(60.0, 50.0), law.log_density(60.0, 0.05));
}

// An ordinary Kalman filter by matrices, the claims' law without its care for surprises.
double kalman(const std::vector<double>& y, const ClaimLaw& law, double& m, double& a) {
  double p[2][2] = {{0.25, 0.0}, {0.0, law.swing * law.swing / (1 - law.memory * law.memory)}};
  m = y[0];
  a = 0.0;
  for (std::size_t i = 1; i < y.size(); ++i) {
    if (i == 1) {  // the first week passes too
      p[0][0] += law.wander * law.wander;
      p[1][1] = p[1][1] * law.memory * law.memory + law.swing * law.swing;
    }
    a *= law.memory;
    p[0][0] += law.wander * law.wander;
    p[0][1] *= law.memory;
    p[1][0] *= law.memory;
    p[1][1] = law.memory * law.memory * p[1][1] + law.swing * law.swing;
    const double h0 = p[0][0] + p[1][0];
    const double h1 = p[0][1] + p[1][1];
    const double s = h0 + h1 + law.noise * law.noise;
    const double e = y[i] - m - a;
    m += h0 / s * e;
    a += h1 / s * e;
    const double q[2][2] = {{p[0][0] - h0 * h0 / s, p[0][1] - h0 * h1 / s},
                            {p[1][0] - h1 * h0 / s, p[1][1] - h1 * h1 / s}};
    std::copy(&q[0][0], &q[0][0] + 4, &p[0][0]);
  }
  return p[0][0] + 2 * p[0][1] + p[1][1];
}

TEST(Claims, WithoutSurprisesTheBankIsAKalmanFilter) {
  const ClaimLaw law{.noise = 0.08, .swing = 0.06, .memory = 0.9, .wander = 0.03};
  ClaimBank bank({law});
  std::vector<double> y;
  for (int i = 0; i < 40; ++i) {
    const double claim = std::round(9000.0 * (1.0 + 0.03 * std::sin(0.7 * i)));
    y.push_back(std::log(claim + 0.5));
    bank.week(claim, 0.0);
  }
  double m = 0.0;
  double a = 0.0;
  const double variance = kalman(y, law, m, a);
  double sum = 0.0;
  double squares = 0.0;
  constexpr std::uint32_t n = 20000;
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto course = bank.draw(Draws(1), Stream("test.course"), i);
    const double x = course.lasting + course.passing;
    sum += x;
    squares += x * x;
  }
  const double mean = sum / n;
  EXPECT_NEAR(mean, m + a, 4.0 * std::sqrt(variance / n));
  EXPECT_NEAR(squares / n - mean * mean, variance, 0.06 * variance);
}

TEST(Claims, OneOddWeekMovesLessThanItsShareAndAGapMovesNothing) {
  const ClaimLaw law{.noise = 0.05, .swing = 0.05, .memory = 0.9, .wander = 0.02};
  const auto level = [&](double odd) {
    ClaimBank bank({law});
    for (int i = 0; i < 60; ++i) bank.week(10000.0, 0.0);
    bank.week(odd, 0.0);
    const auto c = bank.draw(Draws(1), Stream("test.course"), 0);
    return c.lasting + c.passing;
  };
  const double still = level(10000.0);
  const double small = level(10500.0) - still;
  const double large = level(30000.0) - still;
  EXPECT_GT(small, 0.0);
  EXPECT_LT(large, 22.0 * small * 0.5);  // the log is 22 times as far
  EXPECT_NEAR(level(missing), still, 0.1);
}

TEST(Claims, SmallCountsStayCountsAndPersonsAreTens) {
  ClaimBank tanks(draw_claim_laws(false, 12, Draws(2)));
  for (int i = 0; i < 80; ++i) tanks.week(i % 3, 0.0);
  const std::vector<double> level(12, 0.0);
  double sum = 0.0;
  for (std::uint32_t i = 0; i < 500; ++i) {
    auto course = tanks.draw(Draws(2), Stream("test.tank"), i);
    for (const double x : continue_course(course, level, true, Draws(2), Stream("test.tank"), i)) {
      EXPECT_GE(x, 0.0);
      EXPECT_EQ(x, std::round(x));
      sum += x / 6000.0;
    }
    ClaimBank::Course persons{{}, std::log(9000.0), 0.0};
    for (const double x : continue_course(persons, level, false, Draws(2), Stream("test.men"), i))
      EXPECT_EQ(std::fmod(x, 10.0), 0.0);
  }
  EXPECT_NEAR(sum, 1.0, 0.6);
}

}  // namespace
}  // namespace casus::calibrate
