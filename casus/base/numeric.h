// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>

/// Elementary functions whose bits do not depend on the processor.
///
/// The C library picks fused-multiply-add variants at run time, so its last bits change from
/// machine to machine; these use only correctly rounded operations in a fixed order.
namespace casus {

/// e^x, relative error below 4e-16 on [-708, 709]; 0 below, infinity above.
/// @oracle numeric_test.cc: std::exp in long double on a grid.
[[nodiscard]] double exp(double x);

/// Natural logarithm, relative error below 4e-16 (absolute near 1); -infinity at 0, NaN below.
[[nodiscard]] double log(double x);

/// ln(1 + x) without loss near zero.
[[nodiscard]] double log1p(double x);

/// 1 / (1 + e^-x).
[[nodiscard]] double logistic(double x);

/// ln(p / (1 - p)); infinite at 0 and 1.
[[nodiscard]] double logit(double p);

/// x^y for x >= 0.
[[nodiscard]] double power(double x, double y);

/// Cumulative distribution of the standard normal, absolute error below 1e-15.
[[nodiscard]] double normal_cdf(double z);

/// Quantile of the standard normal, relative error below 1e-15.
/// @source Wichura (1988), Algorithm AS 241, Applied Statistics 37.
[[nodiscard]] double normal_quantile(double p);

/// ln(sum of e^x) of two terms, safe at -infinity.
[[nodiscard]] double log_add(double a, double b);

/// Weight of evidence in decibans: 10 log10(odds).
[[nodiscard]] double decibans(double odds);

inline constexpr double ln2 = 0.693147180559945309417232121458;
inline constexpr double ln10 = 2.302585092994045684017991454684;

}  // namespace casus
