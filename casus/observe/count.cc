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

// A stretch of ln men, and what a bell over it holds.
struct Stretch {
  double low = 0.0;
  double high = 0.0;
};

Stretch stretch_of(const Range& range, double there) {
  const double whole = log(there);
  return {whole + log(range.low), whole + log(range.high)};
}

// Mean over a log-uniform stretch of the bell at y, counting only centres within `part`.
double smeared(double y, const Stretch& s, const Stretch& part, double sigma) {
  const double width = s.high - s.low;
  if (width < 1e-6) {
    const double at = 0.5 * (s.low + s.high);
    return at >= part.low && at <= part.high ? bell(y - at, sigma) : 0.0;
  }
  const double low = std::max(s.low, part.low);
  const double high = std::min(s.high, part.high);
  if (low >= high || low - y > 9.0 * sigma || y - high > 9.0 * sigma) return 0.0;
  return (normal_cdf((y - low) / sigma) - normal_cdf((y - high) / sigma)) / width;
}

// What is said of the men meant is log-uniform too: a few points of it are enough.
template <class Value>
double over_said(const Range& said, Value value) {
  const double width = log(said.high / said.low);
  if (width < 1e-6) return value(log(said.low));
  constexpr int points = 6;
  double sum = 0.0;
  for (int i = 0; i < points; ++i) {
    sum += value(log(said.low) + width * (i + 0.5) / points) / points;
  }
  return sum;
}

// P(ln men within `part`), log-uniform over the stretch.
double covered(const Stretch& s, const Stretch& part) {
  const double width = s.high - s.low;
  if (width < 1e-6) return s.low >= part.low && s.low <= part.high ? 1.0 : 0.0;
  return std::max(0.0, std::min(s.high, part.high) - std::max(s.low, part.low)) / width;
}

double of_plan(const CountLaw& law, double told) {
  if (law.plan_median <= 0.0) return idle_density(told);
  return bell(log(told) - log(law.plan_median), law.plan_sigma);
}

constexpr Stretch anywhere{-1e9, 1e9};

double measured_density(const CountLaw& law, double y, const Stretch& range, const Stretch& part) {
  return over_said(law.said,
                   [&](double said) { return smeared(y - said, range, part, law.sigma); });
}

}  // namespace

std::array<double, common_errors> common_error_prior(double conceals) {
  const double missed = 0.15 * conceals;
  const double open = 1.0 - missed;
  return {0.06 * open, 0.24 * open,  0.40 * open, 0.24 * open,
          0.06 * open, 0.6 * missed, 0.4 * missed};
}

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

Right right_within(const CountLaw& law, double told, double there, double common,
                   const Bounds& bounds) {
  const double y = log(told) - law.bias - common;
  const Stretch part{bounds.low > 0.0 ? log(bounds.low) : anywhere.low,
                     bounds.high < 1e15 ? log(bounds.high) : anywhere.high};
  const double rest = 1.0 - law.gross - law.plan_share;
  const double lost =  // says nothing of the men meant
      law.gross * idle_density(told) + law.plan_share * of_plan(law, told);
  Right out;
  const auto add = [&](double share, const Range& range) {
    if (share <= 0.0) return;
    const Stretch s = stretch_of(range, there);
    const double within = covered(s, part);
    out.there += share * within;
    out.told += share * (rest * measured_density(law, y, s, part) + lost * within);
  };
  add(1.0 - law.sending, law.share);
  add(law.sending, law.lift);
  return out;
}

double told_density(const CountLaw& law, double told, double there, double common) {
  const double y = log(told) - law.bias - common;
  double density = measured_density(law, y, stretch_of(law.share, there), anywhere);
  if (law.sending > 0.0) {
    const double sent = measured_density(law, y, stretch_of(law.lift, there), anywhere);
    density += law.sending * (sent - density);
  }
  return (1.0 - law.gross - law.plan_share) * density + law.gross * idle_density(told) +
         law.plan_share * of_plan(law, told);
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
