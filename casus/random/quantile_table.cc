// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/random/quantile_table.h"

#include <algorithm>
#include <cmath>

#include "casus/base/numeric.h"

namespace casus {
namespace {

constexpr std::size_t points = 8193;
constexpr double faintest = 45.0;  ///< nats below the peak at which a tail is left out

}  // namespace

/// Of the log-odds of a beta, the logarithm of a gamma, up to a constant.
double QuantileTable::log_density(double place) const {
  if (prior_.kind() == Prior::Kind::gamma) return prior_.a() * place - casus::exp(place);
  const double up = place > 0.0 ? casus::log(1.0 + casus::exp(-place))
                                : casus::log(1.0 + casus::exp(place)) - place;
  return -prior_.a() * up - prior_.b() * (place + up);  // a log x + b log(1 - x)
}

double QuantileTable::value_at(double place) const {
  if (prior_.kind() == Prior::Kind::gamma) return casus::exp(place) / prior_.b();
  return place > 0.0 ? 1.0 / (1.0 + casus::exp(-place))
                     : casus::exp(place) / (1.0 + casus::exp(place));
}

QuantileTable::QuantileTable(const Prior& prior) : prior_(prior) {
  if (prior.kind() != Prior::Kind::beta && prior.kind() != Prior::Kind::gamma) return;
  const double peak = prior.kind() == Prior::Kind::gamma ? casus::log(prior.a())
                                                         : casus::log(prior.a() / prior.b());
  const double top = log_density(peak);
  const auto reach = [&](double direction) {
    double far = 1.0;
    while (log_density(peak + direction * far) > top - faintest && far < 1e6) far *= 2.0;
    double near = 0.0;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (near + far);
      (log_density(peak + direction * middle) > top - faintest ? near : far) = middle;
    }
    return far;
  };
  first_ = peak - reach(-1.0);
  step_ = (peak + reach(1.0) - first_) / static_cast<double>(points - 1);
  below_.assign(points, 0.0);
  double last = casus::exp(log_density(first_) - top);
  for (std::size_t i = 1; i < points; ++i) {
    const double here = casus::exp(log_density(first_ + static_cast<double>(i) * step_) - top);
    below_[i] = below_[i - 1] + 0.5 * (last + here);
    last = here;
  }
  for (double& p : below_) p /= below_.back();
}

double QuantileTable::operator()(double p) const {
  if (below_.empty()) return prior_.quantile(p);
  const auto above = std::upper_bound(below_.begin(), below_.end(), p);
  const auto i = std::clamp<std::ptrdiff_t>(above - below_.begin(), 1,
                                            static_cast<std::ptrdiff_t>(below_.size()) - 1);
  const double low = below_[static_cast<std::size_t>(i - 1)];
  const double high = below_[static_cast<std::size_t>(i)];
  const double part = high > low ? std::clamp((p - low) / (high - low), 0.0, 1.0) : 0.5;
  return value_at(first_ + (static_cast<double>(i - 1) + part) * step_);
}

}  // namespace casus
