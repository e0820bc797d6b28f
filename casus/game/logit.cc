// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/logit.h"

#include <fmt/format.h>

#include <Eigen/LU>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <optional>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/game/logit_system.h"

namespace casus::game {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double corrected = 1e-11;    // residual of the equations, row-scaled
constexpr double rounding = 1e-15;     // of the equations, as a share of the largest unknown
constexpr int most_corrections = 12;   // of one step
constexpr double turns_at_most = 0.9;  // cosine between neighbouring tangents
// How far the corrections of a step may lead: the curve bends within units of ln p, so that what
// lies farther off may be another curve.
constexpr double farthest_correction = 0.5;
constexpr double farthest = 1e14;    // lambda * range: beyond, rounding rules
constexpr double first_step = 0.03;  // in (ln p, lambda * range)
constexpr double least_step = 1e-10;
constexpr Index most_unknowns = 3000;
constexpr double near = 1e-6;  // regret of a point whose limit is looked at

// The curve in y = (ln p of every choice, lambda * range of payoffs).
class Walk {
 public:
  Walk(const LogitSystem& system, const LogitOptions& options)
      : system_(system), options_(options), begin_(system.begin()) {
    const auto n = static_cast<Index>(begin_.back());
    if (n > most_unknowns) {
      throw ModelError(
          fmt::format("qre takes up to {} actions, this game has {}; try cfr", most_unknowns, n));
    }
    scale_ = system.range() > 0.0 ? system.range() : 1.0;
    y_.resize(n + 1);
    for (std::size_t h = 0; h + 1 < begin_.size(); ++h) {
      const double even = -log(static_cast<double>(begin_[h + 1] - begin_[h]));
      for (std::size_t a = begin_[h]; a < begin_[h + 1]; ++a) y_[static_cast<Index>(a)] = even;
    }
    y_[n] = 0.0;
  }

  LogitBranch run() {
    LogitBranch out = walked();
    const VectorXd logs = polished_ ? *polished_ : VectorXd(y_.head(unknowns()));
    out.logs.assign(logs.begin(), logs.end());
    return out;
  }

 private:
  LogitBranch walked() {
    LogitBranch out;
    keep(out);
    VectorXd tangent = frame(y_);
    if (tangent[tangent.size() - 1] < 0.0) tangent = -tangent;
    double step = first_step;
    for (std::size_t k = 0; k < options_.most_steps && !out.arrived; ++k) {
      if (options_.progress) options_.progress(k, 0);
      if (done(out)) return finished(std::move(out));
      if (y_[unknowns()] > farthest) break;
      VectorXd next = y_ + step * tangent;
      const int corrections = correct(next);
      VectorXd turned;
      if (corrections >= 0) {
        turned = frame(next);
        if (turned.dot(tangent) < 0.0) turned = -turned;
      }
      if (corrections < 0 || turned.dot(tangent) < turns_at_most || next[unknowns()] < 0.0) {
        step /= 2.0;
        if (step < least_step) break;
        continue;
      }
      if (crossed(next)) {
        stop_at(next);
        keep(out);
        out.arrived = true;
        return out;
      }
      y_ = std::move(next);
      tangent = std::move(turned);
      keep(out);
      if (corrections <= 4) step *= 1.5;
    }
    if (options_.lambda && !out.arrived) {
      throw ModelError(fmt::format("the walk along the logit branch lost its way at lambda {:.6g}",
                                   out.points.back().lambda));
    }
    return out;
  }

  [[nodiscard]] Index unknowns() const { return y_.size() - 1; }

  [[nodiscard]] std::vector<double> probabilities(const VectorXd& logs) const {
    std::vector<double> p(begin_.back());
    for (std::size_t h = 0; h + 1 < begin_.size(); ++h) {
      double total = 0.0;
      for (std::size_t a = begin_[h]; a < begin_[h + 1]; ++a)
        total += p[a] = exp(logs[static_cast<Index>(a)]);
      for (std::size_t a = begin_[h]; a < begin_[h + 1]; ++a) p[a] /= total;
    }
    return p;
  }

  void keep(LogitBranch& out) const {
    out.points.push_back({y_[unknowns()] / scale_, probabilities(y_.head(unknowns()))});
  }

  struct Polished {
    std::vector<double> p;
    VectorXd logs;
  };

  // The limit itself: on the supports all that is played earns the same. Newton's method from a
  // point of the branch, what is not played staying as it is.
  [[nodiscard]] std::optional<Polished> polished(const LogitPoint& point) {
    constexpr double played = 1e-4;
    const Index n = unknowns();
    VectorXd logs = y_.head(n);
    for (int k = 0; k < most_corrections; ++k) {
      system_.earnings(logs, u_, by_log_);
      residual_.setZero(n);
      jacobian_.setZero(n, n);
      for (std::size_t h = 0; h + 1 < begin_.size(); ++h) {
        const auto first = point.p.begin() + static_cast<std::ptrdiff_t>(begin_[h]);
        const auto last = point.p.begin() + static_cast<std::ptrdiff_t>(begin_[h + 1]);
        const auto top = static_cast<Index>(std::max_element(first, last) - point.p.begin());
        for (auto a = static_cast<Index>(begin_[h]); a < static_cast<Index>(begin_[h + 1]); ++a) {
          residual_[top] += exp(logs[a]);
          if (point.p[static_cast<std::size_t>(a)] < played) continue;
          jacobian_(top, a) = exp(logs[a]);
          if (a == top) continue;
          residual_[a] = (u_[a] - u_[top]) / scale_;
          jacobian_.row(a) = (by_log_.row(a) - by_log_.row(top)) / scale_;
        }
        residual_[top] -= 1.0;
      }
      for (Index a = 0; a < n; ++a) {
        if (point.p[static_cast<std::size_t>(a)] < played) jacobian_.col(a).setZero();
      }
      logs -= jacobian_.completeOrthogonalDecomposition().solve(residual_);
      if (!(logs.maxCoeff() < 0.5)) return std::nullopt;
    }
    return Polished{probabilities(logs), std::move(logs)};
  }

  // Taken where it lowers the regret of the end of the branch.
  LogitBranch finished(LogitBranch out) {
    if (options_.lambda || polished_) return out;
    auto better = polished(out.points.back());
    if (better && system_.regret(better->p) < system_.regret(out.points.back().p))
      out.points.back().p = std::move(better->p);
    return out;
  }

  bool done(LogitBranch& out) {
    LogitPoint& point = out.points.back();
    if (options_.lambda) {
      out.arrived = *options_.lambda <= point.lambda;
      return out.arrived;
    }
    const double least = options_.regret * system_.range();
    const double regret = system_.regret(point.p);
    if (!system_.unseen()) return out.arrived = regret <= least;
    if (regret <= least && gain(point.p, y_.head(unknowns())) <= least) return out.arrived = true;
    // Far out the precision of the curve is worth less than that of its limit.
    if (regret > std::max(near, options_.regret) * system_.range() || point.lambda < next_look_)
      return false;
    next_look_ = 2.0 * point.lambda;
    auto limit = polished(point);
    if (!limit || system_.regret(limit->p) > least || gain(limit->p, limit->logs) > least)
      return false;
    point.p = std::move(limit->p);
    polished_ = std::move(limit->logs);
    return out.arrived = true;
  }

  // The most that one choice gains where it is made.
  [[nodiscard]] double gain(const std::vector<double>& p, const VectorXd& logs) const {
    VectorXd u;
    MatrixXd by_log;
    system_.earnings(logs, u, by_log);
    double most = 0.0;
    for (std::size_t h = 0; h + 1 < begin_.size(); ++h) {
      double best = u[static_cast<Index>(begin_[h])], own = 0.0;
      for (std::size_t a = begin_[h]; a < begin_[h + 1]; ++a) {
        best = std::max(best, u[static_cast<Index>(a)]);
        own += p[a] * u[static_cast<Index>(a)];
      }
      most = std::max(most, best - own);
    }
    return most;
  }

  [[nodiscard]] bool crossed(const VectorXd& next) const {
    return options_.lambda && next[unknowns()] >= *options_.lambda * scale_;
  }

  // Between the last point and the next, at the precision asked for.
  void stop_at(const VectorXd& next) {
    const Index n = unknowns();
    const double target = *options_.lambda * scale_;
    const double share = (target - y_[n]) / (next[n] - y_[n]);
    VectorXd at = y_ + share * (next - y_);
    at[n] = target;
    for (int k = 0; k < 2 * most_corrections; ++k) {
      equations(at);
      if (residual_.lpNorm<Eigen::Infinity>() < corrected) break;
      at.head(n) -= jacobian_.leftCols(n).partialPivLu().solve(residual_);
    }
    equations(at);
    if (!(residual_.lpNorm<Eigen::Infinity>() < 1e3 * corrected)) {
      throw ModelError("the walk along the logit branch lost the curve");
    }
    y_ = at;
  }

  // Residuals and their derivatives: every decision sums to one, and every choice but its first
  // has ln p - ln p_first = lambda (u - u_first). Rows are scaled by the size of their terms.
  void equations(const VectorXd& y) {
    const Index n = unknowns();
    const VectorXd logs = y.head(n);
    const double lambda = y[n] / scale_;
    system_.earnings(logs, u_, by_log_);
    residual_.setZero(n);
    jacobian_.setZero(n, n + 1);
    for (std::size_t h = 0; h + 1 < begin_.size(); ++h) {
      const auto first = static_cast<Index>(begin_[h]);
      residual_[first] = -1.0;
      for (auto a = first; a < static_cast<Index>(begin_[h + 1]); ++a) {
        const double p = exp(logs[a]);
        residual_[first] += p;
        jacobian_(first, a) = p;
        if (a == first) continue;
        const double gain = u_[a] - u_[first];
        const double size = 1.0 + std::abs(y[n]);
        residual_[a] = (logs[a] - logs[first] - lambda * gain) / size;
        jacobian_.row(a).head(n) = -lambda / size * (by_log_.row(a) - by_log_.row(first));
        jacobian_(a, a) += 1.0 / size;
        jacobian_(a, first) -= 1.0 / size;
        jacobian_(a, n) = -gain / scale_ / size;
      }
    }
  }

  // The unit tangent at a point of the curve.
  VectorXd frame(const VectorXd& y) {
    equations(y);
    const Eigen::HouseholderQR<MatrixXd> qr(jacobian_.transpose());
    VectorXd last = VectorXd::Zero(y.size());
    last[y.size() - 1] = 1.0;
    return qr.householderQ() * last;
  }

  // Shortest way back to the curve; corrections made, or -1 if it does not converge.
  int correct(VectorXd& y) {
    const Index n = unknowns();
    const VectorXd predicted = y;
    double before = 0.0;
    for (int k = 0; k < most_corrections; ++k) {
      if (!(y.head(n).maxCoeff() < 1.0)) return -1;
      equations(y);
      const double size = residual_.lpNorm<Eigen::Infinity>();
      if (!std::isfinite(size)) return -1;
      const double enough = corrected + rounding * y.lpNorm<Eigen::Infinity>();
      if (size < enough) return k;
      if (k > 1 && size > before) return size < 100.0 * enough ? k : -1;
      before = size;
      const Eigen::HouseholderQR<MatrixXd> qr(jacobian_.transpose());
      VectorXd shift = VectorXd::Zero(y.size());
      shift.head(n) =
          qr.matrixQR().topRows(n).template triangularView<Eigen::Upper>().transpose().solve(
              residual_);
      y -= qr.householderQ() * shift;
      if (!((y - predicted).norm() < farthest_correction)) return -1;
    }
    return -1;
  }

  const LogitSystem& system_;
  const LogitOptions& options_;
  const std::vector<std::size_t>& begin_;
  double scale_ = 1.0;  // range of payoffs
  double next_look_ = 0.0;
  std::optional<VectorXd> polished_;  // ln p of the limit where the walk was ended by it
  VectorXd y_, u_, residual_;
  MatrixXd by_log_, jacobian_;
};

}  // namespace

LogitBranch logit_branch(const MatrixGame& game, const LogitOptions& options) {
  const auto system = logit_system(game);
  return Walk(*system, options).run();
}

LogitBranch logit_branch(const TreeGame& game, const LogitOptions& options) {
  const auto system = logit_system(game);
  return Walk(*system, options).run();
}

}  // namespace casus::game
