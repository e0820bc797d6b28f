// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "casus/intel/infer.h"
#include "casus/intel/infer_reduce.h"

namespace casus::intel {

/// A model with its evidence, reduced: what the exact and the approximate method start from.
class Question {
 public:
  Question(const GraphicalModel& model, std::span<const NodeEvidence> evidence);

  /// False if the zeros of the tables alone rule the evidence out.
  [[nodiscard]] bool possible() const { return reduction_.has_value(); }
  [[nodiscard]] const Reduction& reduction() const { return *reduction_; }
  /// ln of the product of the tables of which no variable is left.
  [[nodiscard]] double log_constant() const { return log_constant_; }
  /// The other tables, their scopes put in order by `sorted`.
  [[nodiscard]] std::vector<ReducedTable> tables(
      const std::function<std::vector<Variable>(std::vector<Variable>)>& sorted,
      double& log_scale) const;
  /// From reduced variables to nodes.
  [[nodiscard]] std::vector<std::uint32_t> widen(const std::vector<std::uint32_t>& states) const;
  [[nodiscard]] std::vector<std::vector<double>> widen(
      const std::vector<std::vector<double>>& posteriors) const;
  /// What a reduced variable's draws are keyed by.
  [[nodiscard]] std::uint32_t key(Variable v) const { return keys_[v]; }

 private:
  std::vector<std::uint32_t> states_;  // by node
  std::vector<TableView> views_;
  std::optional<Reduction> reduction_;
  double log_constant_ = 0.0;
  std::vector<std::uint32_t> keys_;
};

}  // namespace casus::intel
