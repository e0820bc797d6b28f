// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <memory>
#include <vector>

#include "casus/game/matrix_game.h"
#include "casus/game/tree_game.h"

/// What a game must tell the walk along its logit equilibria.
namespace casus::game {

class LogitSystem {
 public:
  virtual ~LogitSystem() = default;
  /// Where the choices of each decision begin, and their number last.
  [[nodiscard]] const std::vector<std::size_t>& begin() const { return begin_; }
  /// Earnings u of every choice at logarithms of probabilities, and their derivatives by each
  /// logarithm.
  virtual void earnings(const Eigen::VectorXd& logs, Eigen::VectorXd& u,
                        Eigen::MatrixXd& by_log) const = 0;
  /// Largest range of a player's payoffs.
  [[nodiscard]] double range() const { return range_; }
  [[nodiscard]] virtual double regret(const std::vector<double>& p) const = 0;
  /// Whether regret says nothing of decisions that are never come to.
  [[nodiscard]] virtual bool unseen() const { return false; }

 protected:
  std::vector<std::size_t> begin_;
  double range_ = 1.0;
};

[[nodiscard]] std::unique_ptr<LogitSystem> logit_system(const MatrixGame& game);
[[nodiscard]] std::unique_ptr<LogitSystem> logit_system(const TreeGame& game);

}  // namespace casus::game
