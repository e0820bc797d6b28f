// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/baselines.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "casus/base/error.h"
#include "casus/base/numeric.h"

namespace casus::calibrate {
namespace {

using Paths = std::vector<std::vector<double>>;  ///< [week ahead - 1][draw]

constexpr std::size_t short_window = 26, long_window = 104, year = 52;
constexpr double widest_root = 0.98;
constexpr double largest_log = 16.0;
constexpr std::size_t block = 4;

/// Luck of one baseline: uniforms and normals by (draw, week).
struct Luck {
  const Draws& draws;
  Stream stream;
  [[nodiscard]] std::size_t pick(std::size_t n, std::size_t draw, int week) const {
    const double u = draws.uniform(stream, static_cast<std::uint32_t>(draw),
                                   static_cast<std::uint32_t>(week), 0);
    return std::min(static_cast<std::size_t>(u * static_cast<double>(n)), n - 1);
  }
  [[nodiscard]] double normal(std::size_t draw, int week) const {
    return draws.normal(stream, static_cast<std::uint32_t>(draw), static_cast<std::uint32_t>(week),
                        1);
  }
};

std::vector<double> last(std::span<const double> x, std::size_t n) {
  const auto from = x.size() > n ? x.subspan(x.size() - n) : x;
  return {from.begin(), from.end()};
}

double mean_of(std::span<const double> x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double deviation_of(std::span<const double> x) {
  const double m = mean_of(x);
  double sum = 0.0;
  for (const double v : x) sum += (v - m) * (v - m);
  return std::sqrt(sum / static_cast<double>(x.size() - 1));
}

void centre(std::vector<double>& x) {
  const double m = mean_of(x);
  for (double& v : x) v -= m;
}

double small_sample_aic(double squares, double n, double k) {
  return n * casus::log(std::max(squares / n, 1e-12)) + 2 * k +
         2 * k * (k + 1) / std::max(1.0, n - k - 1);
}

Paths persist(std::span<const double> x, SeriesKind kind, int horizon, std::size_t count,
              const Luck& luck) {
  Paths out;
  const auto n = static_cast<int>(x.size());
  for (int h = 1; h <= horizon; ++h) {
    std::vector<double> errors;
    for (int s = std::max(0, n - static_cast<int>(year) - h); s + h < n; ++s) {
      const auto at = static_cast<std::size_t>(s);
      const auto far = static_cast<std::size_t>(h);
      const double came =
          kind.sum ? std::accumulate(&x[at + 1], &x[at + far] + 1, 0.0) : x[at + far];
      errors.push_back(came - (kind.sum ? h : 1) * x[at]);
    }
    auto& row = out.emplace_back();
    for (std::size_t i = 0; i < count; ++i) {
      const double v = (kind.sum ? h : 1) * x.back() + errors[luck.pick(errors.size(), i, h)];
      row.push_back(kind.count ? std::max(v, 0.0) : v);
    }
  }
  return out;
}

Paths half_year(std::span<const double> x, SeriesKind kind, int horizon, std::size_t count,
                const Luck& luck) {
  const auto z = last(x, short_window);
  Paths out(static_cast<std::size_t>(horizon), std::vector<double>(count));
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t at = 0;
    for (std::size_t h = 0; h < out.size(); ++h) {
      if (!kind.sum || h % block == 0) at = luck.pick(z.size(), i, static_cast<int>(h));
      out[h][i] = z[(at + (kind.sum ? h % block : 0)) % z.size()];
    }
  }
  return out;
}

Paths walk(std::span<const double> y, int horizon, std::size_t count, const Luck& luck) {
  std::vector<double> steps;
  for (std::size_t i = 1; i < y.size(); ++i) steps.push_back(y[i] - y[i - 1]);
  const double m = mean_of(steps);
  const double s = deviation_of(steps);
  Paths out(static_cast<std::size_t>(horizon), std::vector<double>(count));
  for (std::size_t i = 0; i < count; ++i) {
    double v = y.back();
    for (std::size_t h = 0; h < out.size(); ++h)
      out[h][i] = v += m + s * luck.normal(i, static_cast<int>(h));
  }
  return out;
}

Paths level_walk(std::span<const double> x, int horizon, std::size_t count, const Luck& luck) {
  const auto z = last(x, short_window);
  const double m = mean_of(z);
  const double s = deviation_of(z);
  Paths out(static_cast<std::size_t>(horizon), std::vector<double>(count));
  for (std::size_t h = 0; h < out.size(); ++h) {
    for (std::size_t i = 0; i < count; ++i) out[h][i] = m + s * luck.normal(i, static_cast<int>(h));
  }
  return out;
}

Paths autoregress(std::span<const double> y, int horizon, std::size_t count, const Luck& luck) {
  Autoregression fit = fit_autoregression(y);
  centre(fit.errors);
  const std::size_t order = fit.coefficients.size() - 1;
  Paths out(static_cast<std::size_t>(horizon), std::vector<double>(count));
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<double> past(y.end() - static_cast<std::ptrdiff_t>(std::max<std::size_t>(order, 1)),
                             y.end());
    for (std::size_t h = 0; h < out.size(); ++h) {
      double v =
          fit.coefficients[0] + fit.errors[luck.pick(fit.errors.size(), i, static_cast<int>(h))];
      for (std::size_t k = 0; k < order; ++k)
        v += fit.coefficients[k + 1] * past[past.size() - 1 - k];
      past.push_back(v);
      out[h][i] = v;
    }
  }
  return out;
}

struct Smoothing {
  double alpha = 0.0, beta = 0.0, damping = 0.0;
  double level = 0.0, trend = 0.0;
  std::vector<double> errors;
};

void run(Smoothing& s, std::span<const double> y) {
  s.level = mean_of(y.first(block));
  s.trend = 0.0;
  s.errors.clear();
  for (const double v : y) {
    const double f = s.level + s.damping * s.trend;
    const double e = v - f;
    s.errors.push_back(e);
    s.level = f + s.alpha * e;
    s.trend = s.damping * s.trend + s.beta * e;
  }
}

Smoothing fit_smoothing(std::span<const double> y) {
  Smoothing best;
  double least = 1e300;
  const auto consider = [&](Smoothing s, double parameters) {
    run(s, y);
    double squares = 0.0;
    for (std::size_t i = block; i < s.errors.size(); ++i) squares += s.errors[i] * s.errors[i];
    const double a = small_sample_aic(squares, static_cast<double>(y.size() - block), parameters);
    if (a < least) {
      least = a;
      best = std::move(s);
    }
  };
  for (int step = 0; step < 25; ++step) {
    const double alpha = 0.02 + 0.04 * step;
    consider(
        {.alpha = alpha, .beta = 0.0, .damping = 0.0, .level = 0.0, .trend = 0.0, .errors = {}}, 2);
    for (const double share : {0.05, 0.1, 0.2, 0.4}) {
      for (const double damping : {0.8, 0.9, 0.97})
        consider({.alpha = alpha,
                  .beta = alpha * share,
                  .damping = damping,
                  .level = 0.0,
                  .trend = 0.0,
                  .errors = {}},
                 4);
    }
  }
  best.errors.erase(best.errors.begin(), best.errors.begin() + block);
  centre(best.errors);
  return best;
}

Paths smooth(std::span<const double> y, int horizon, std::size_t count, const Luck& luck) {
  const Smoothing fit = fit_smoothing(y);
  Paths out(static_cast<std::size_t>(horizon), std::vector<double>(count));
  for (std::size_t i = 0; i < count; ++i) {
    double level = fit.level;
    double trend = fit.trend;
    for (std::size_t h = 0; h < out.size(); ++h) {
      const double e = fit.errors[luck.pick(fit.errors.size(), i, static_cast<int>(h))];
      const double f = level + fit.damping * trend;
      out[h][i] = f + e;
      level = f + fit.alpha * e;
      trend = fit.damping * trend + fit.beta * e;
    }
  }
  return out;
}

/// Sums along the weeks.
void add_up(Paths& paths) {
  for (std::size_t h = 1; h < paths.size(); ++h) {
    for (std::size_t i = 0; i < paths[h].size(); ++i) paths[h][i] += paths[h - 1][i];
  }
}

}  // namespace

Autoregression fit_autoregression(std::span<const double> y, int most) {
  const auto rows = static_cast<Eigen::Index>(y.size()) - most;
  CASUS_CHECK(rows > most + 3);
  Autoregression best;
  double least = 1e300;
  for (int order = 0; order <= most; ++order) {
    Eigen::MatrixXd x = Eigen::MatrixXd::Ones(rows, order + 1);
    Eigen::VectorXd target(rows);
    for (Eigen::Index r = 0; r < rows; ++r) {
      const auto now = static_cast<std::size_t>(r + most);
      target(r) = y[now];
      for (int k = 1; k <= order; ++k) x(r, k) = y[now - static_cast<std::size_t>(k)];
    }
    const Eigen::VectorXd b = x.colPivHouseholderQr().solve(target);
    const Eigen::VectorXd e = target - x * b;
    const auto n = static_cast<double>(rows);
    const double a = small_sample_aic(e.squaredNorm(), n, order + 2);
    if (a >= least) continue;
    least = a;
    best.coefficients.assign(b.data(), b.data() + b.size());
    const double scale = std::sqrt(n / std::max(1.0, n - order - 1));
    best.errors.clear();
    for (const double v : e) best.errors.push_back(v * scale);
  }
  const auto order = static_cast<Eigen::Index>(best.coefficients.size()) - 1;
  if (order == 0) return best;
  Eigen::MatrixXd companion = Eigen::MatrixXd::Zero(order, order);
  for (Eigen::Index k = 0; k < order; ++k)
    companion(0, k) = best.coefficients[static_cast<std::size_t>(k) + 1];
  for (Eigen::Index k = 1; k < order; ++k) companion(k, k - 1) = 1.0;
  const double root = companion.eigenvalues().cwiseAbs().maxCoeff();
  if (root <= widest_root) return best;
  double sum = 0.0;
  double power = 1.0;
  for (std::size_t k = 1; k < best.coefficients.size(); ++k) {
    power *= widest_root / root;
    sum += best.coefficients[k] *= power;
  }
  best.coefficients[0] = mean_of(y) * (1.0 - sum);
  return best;
}

std::vector<std::vector<double>> baseline(std::string_view name, std::span<const double> weeks,
                                          SeriesKind kind, int horizon, std::size_t count,
                                          const Draws& draws) {
  CASUS_CHECK(weeks.size() >= 20);
  const Luck luck{draws, Stream::named(name)};
  if (name == "persist") return persist(weeks, kind, horizon, count, luck);
  Paths paths;
  if (name == "clim26") {
    paths = half_year(weeks, kind, horizon, count, luck);
  } else if (name == "rw_drift" && kind.sum && !kind.count) {
    paths = level_walk(weeks, horizon, count, luck);
  } else {
    auto y = last(weeks, name == "rw_drift" ? year + 1 : long_window);
    if (kind.count) {
      for (double& v : y) v = casus::log1p(v);
    }
    paths = name == "rw_drift" ? walk(y, horizon, count, luck)
            : name == "ar"     ? autoregress(y, horizon, count, luck)
                               : smooth(y, horizon, count, luck);
    for (auto& row : paths) {
      for (double& v : row)
        v = kind.count ? std::max(casus::exp(std::clamp(v, 0.0, largest_log)) - 1.0, 0.0) : v;
    }
  }
  if (kind.sum) add_up(paths);
  return paths;
}

}  // namespace casus::calibrate
