// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/base/numeric.h"

#include <bit>
#include <limits>

#include "casus/base/normal_quantile_table.h"

namespace casus {
namespace {

constexpr double ln2_high = 6.93147180369123816490e-01;  // 32 significant bits
constexpr double ln2_low = 1.90821492927058770002e-10;

double scale_by_power_of_two(double x, int n) {
  // Two steps keep subnormal results correctly rounded once.
  const int half = n / 2;
  const auto pow2 = [](int e) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(e + 1023) << 52);
  };
  return x * pow2(half) * pow2(n - half);
}

// Evaluates a polynomial, highest power first.
template <std::size_t N>
double polynomial(const double (&c)[N], double x) {
  double y = c[0];
  for (std::size_t i = 1; i < N; ++i) y = y * x + c[i];
  return y;
}

}  // namespace

double exp(double x) {
  if (std::isnan(x)) return x;
  if (x > 709.782712893384) return std::numeric_limits<double>::infinity();
  if (x < -745.13321910194122) return 0.0;
  const double n = std::floor(x / ln2 + 0.5);
  const double r = (x - n * ln2_high) - n * ln2_low;
  // Taylor series of e^r on |r| <= ln2/2; the first term left out is below 1e-17.
  double y = 1.0;
  for (int k = 14; k >= 1; --k) y = 1.0 + y * r / k;
  return scale_by_power_of_two(y, static_cast<int>(n));
}

double log(double x) {
  if (std::isnan(x) || x < 0.0) return std::numeric_limits<double>::quiet_NaN();
  if (x == 0.0) return -std::numeric_limits<double>::infinity();
  if (std::isinf(x)) return x;
  int e = 0;
  double m = std::frexp(x, &e);  // exact
  if (m < 0.70710678118654752) {
    m *= 2.0;
    --e;
  }
  // ln m = 2 atanh(s), s = (m - 1) / (m + 1), |s| < 0.172.
  const double s = (m - 1.0) / (m + 1.0);
  const double s2 = s * s;
  double tail = 0.0;
  for (int k = 23; k >= 3; k -= 2) tail = (tail + 1.0 / k) * s2;
  return e * ln2_high + (e * ln2_low + 2.0 * s * tail + 2.0 * s);
}

double log1p(double x) {
  if (std::fabs(x) > 0.25) return log(1.0 + x);
  const double s = x / (2.0 + x);
  const double s2 = s * s;
  double tail = 0.0;
  for (int k = 23; k >= 3; k -= 2) tail = (tail + 1.0 / k) * s2;
  return 2.0 * s + 2.0 * s * tail;
}

double logistic(double x) {
  if (x >= 0.0) return 1.0 / (1.0 + exp(-x));
  const double e = exp(x);
  return e / (1.0 + e);
}

double logit(double p) { return log(p) - log1p(-p); }

double power(double x, double y) {
  if (y == 0.0) return 1.0;
  if (x == 0.0) return y > 0.0 ? 0.0 : std::numeric_limits<double>::infinity();
  return exp(y * log(x));
}

double normal_cdf(double z) {
  const double a = std::fabs(z);
  double tail = 0.0;
  if (a < 6.0) {
    // Marsaglia (2004): Phi(z) = 1/2 + phi(z) (z + z^3/3 + z^5/15 + ...), positive terms only.
    double term = a;
    double sum = a;
    for (int k = 3; k < 200 && term > sum * 1e-18; k += 2) {
      term *= a * a / k;
      sum += term;
    }
    tail = 0.5 - sum * exp(-0.5 * a * a) * 0.39894228040143267794;
  } else {
    // Continued fraction of Mills' ratio.
    double fraction = a;
    for (int k = 60; k >= 1; --k) fraction = a + k / fraction;
    tail = exp(-0.5 * a * a) * 0.39894228040143267794 / fraction;
  }
  return z > 0.0 ? 1.0 - tail : tail;
}

double normal_quantile(double p) {
  const NormalQuantile& t = normal_quantile_table;
  if (!(p >= 0.0 && p <= 1.0)) return std::numeric_limits<double>::quiet_NaN();
  if (p == 0.0) return -std::numeric_limits<double>::infinity();
  if (p == 1.0) return std::numeric_limits<double>::infinity();
  const double q = p - 0.5;
  if (std::fabs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(t.a, r) / polynomial(t.b, r);
  }
  double r = std::sqrt(-log(q < 0.0 ? p : 1.0 - p));
  double z = 0.0;
  if (r <= 5.0) {
    r -= 1.6;
    z = polynomial(t.c, r) / polynomial(t.d, r);
  } else {
    r -= 5.0;
    z = polynomial(t.e, r) / polynomial(t.f, r);
  }
  return q < 0.0 ? -z : z;
}

double log_add(double a, double b) {
  if (a < b) std::swap(a, b);
  if (std::isinf(b) && b < 0.0) return a;
  return a + log1p(exp(b - a));
}

double decibans(double odds) { return 10.0 * log(odds) / ln10; }

}  // namespace casus
