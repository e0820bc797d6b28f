// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/inversion.h"

#include <Eigen/Dense>
#include <cmath>

#include "casus/base/error.h"

namespace casus::calibrate {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double ridge = 1e-8;  ///< of the noise's diagonal: summaries may hang together

using Simulate = std::function<Simulated(const Scores& z, std::uint32_t index)>;

MatrixXd centred(const MatrixXd& x) { return x.colwise() - x.rowwise().mean(); }

}  // namespace

void invert(std::vector<Scores>& ensemble, const std::vector<double>& seen,
            const Simulate& simulate, const InversionOptions& how) {
  static constexpr Stream stream("calibrate.inversion");
  CASUS_CHECK(ensemble.size() > 2);
  const auto members = static_cast<Index>(ensemble.size());
  const auto size = static_cast<Index>(ensemble.front().size());
  const auto summaries = static_cast<Index>(seen.size());
  const Draws draws(how.seed);
  const VectorXd y = VectorXd::Map(seen.data(), summaries);
  for (int round = how.done; round < how.rounds; ++round) {
    const std::size_t first = static_cast<std::size_t>(round) * ensemble.size();
    const std::size_t k = seen.size();
    // Mean, then covariance of what a member simulates.
    const auto g = work_together(
        ensemble.size(), k + k * k,
        [&](std::size_t j) {
          Simulated s = simulate(ensemble[j], static_cast<std::uint32_t>(first + j));
          s.mean.insert(s.mean.end(), s.covariance.begin(), s.covariance.end());
          return std::move(s.mean);
        },
        how.together);
    MatrixXd z(size, members);
    MatrixXd said(summaries, members);
    MatrixXd noise = MatrixXd::Zero(summaries, summaries);
    for (Index j = 0; j < members; ++j) {
      const auto at = static_cast<std::size_t>(j);
      z.col(j) = VectorXd::Map(ensemble[at].data(), size);
      said.col(j) = VectorXd::Map(g[at].data(), summaries);
      noise += MatrixXd::Map(g[at].data() + k, summaries, summaries) / static_cast<double>(members);
    }
    noise.diagonal() *= 1.0 + ridge;
    noise.diagonal().array() += ridge;
    const MatrixXd dz = centred(z);
    const MatrixXd dg = centred(said);
    const double n = static_cast<double>(members) - 1.0;
    const MatrixXd cross = dz * dg.transpose() / n;
    const MatrixXd total = dg * dg.transpose() / n + how.rounds * noise;
    const MatrixXd gain = total.ldlt().solve(cross.transpose()).transpose();
    const MatrixXd root = noise.llt().matrixL();
    for (Index j = 0; j < members; ++j) {
      VectorXd e(summaries);
      for (Index i = 0; i < summaries; ++i)
        e(i) = draws.normal(stream, static_cast<std::uint32_t>(j),
                            static_cast<std::uint32_t>(round), static_cast<std::uint32_t>(i));
      z.col(j) +=
          gain * (y + std::sqrt(static_cast<double>(how.rounds)) * (root * e) - said.col(j));
      VectorXd::Map(ensemble[static_cast<std::size_t>(j)].data(), size) = z.col(j);
    }
    if (how.after_round) how.after_round(round + 1, ensemble);
  }
}

}  // namespace casus::calibrate
