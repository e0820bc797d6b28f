// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/observe/count.h"

#include <algorithm>
#include <cmath>

#include "casus/base/numeric.h"

namespace casus::observe {
namespace {

constexpr double least_built = 0.01;
constexpr double idle_width = 9.210340371976184;  // ln(100,000 / 10)
constexpr double root_two_pi = 2.5066282746310002;

double bell(double x, double sigma) {
  const double z = x / sigma;
  return exp(-0.5 * z * z) / (sigma * root_two_pi);
}

// Mean of the bell over a log-uniform stretch [low, high] of its centre, in closed form.
double smeared(double y, double low, double high, double sigma) {
  const double width = high - low;
  if (width < 1e-6) return bell(y - 0.5 * (low + high), sigma);
  return (normal_cdf((y - low) / sigma) - normal_cdf((y - high) / sigma)) / width;
}

double with_errors(const CountLaw& law, double told, double measured) {
  double plan = idle_density(told);
  if (law.plan_median > 0.0) plan = bell(log(told) - log(law.plan_median), law.plan_sigma);
  const double rest = 1.0 - law.gross - law.plan_share;
  return rest * measured + law.plan_share * plan + law.gross * idle_density(told);
}

}  // namespace

double built_by(const BuildUp& how, Date day, Date as_of) {
  if (how.days == 0 || day >= as_of) return 1.0;
  const double gone = 1.0 - static_cast<double>(as_of - day) / static_cast<double>(how.days);
  return gone <= 0.0 ? least_built : std::max(least_built, power(gone, how.power));
}

Range state_range(double low, double high, bool open) {
  if (open) return {std::max(1.0, low), 3.0 * std::max(1.0, low)};
  if (high <= 0.0) return {0.0, 0.0};
  return {std::max({1.0, low, high / 30.0}), std::max(1.0, high)};
}

double told_density(const CountLaw& law, double told, double there, double common) {
  const double y = log(told) - law.bias - common - log(there);
  return with_errors(law, told, smeared(y, log(law.seen.low), log(law.seen.high), law.sigma));
}

double idle_density(double told) {
  return told >= 10.0 && told <= 100000.0 ? 1.0 / idle_width : 0.2 / idle_width;
}

double told_number(const CountLaw& law, double there, double normal, bool heap) {
  if (there <= 0.0) return 0.0;
  const double told = there * exp(law.bias + law.sigma * normal);
  if (!heap || told < 3000.0) return told;
  const double unit = told < 10000.0 ? 500.0 : 1000.0;
  return unit * std::floor(told / unit + 0.5);
}

}  // namespace casus::observe
