// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/linear_program.h"

#include <ClpSimplex.hpp>
#include <CoinPackedMatrix.hpp>

#include "casus/base/error.h"

namespace casus::game {

std::uint32_t LinearProgram::column(double objective, double low, double high) {
  objective_.push_back(objective);
  low_.push_back(low);
  high_.push_back(high);
  return static_cast<std::uint32_t>(objective_.size() - 1);
}

std::uint32_t LinearProgram::row(double low, double high) {
  row_low_.push_back(low);
  row_high_.push_back(high);
  return static_cast<std::uint32_t>(row_low_.size() - 1);
}

void LinearProgram::entry(std::uint32_t row, std::uint32_t column, double value) {
  entry_row_.push_back(static_cast<int>(row));
  entry_column_.push_back(static_cast<int>(column));
  entry_value_.push_back(value);
}

LinearProgram::Solution LinearProgram::maximise() const {
  const auto bound = [](std::vector<double> values) {
    for (double& v : values) {
      if (v == unbounded) v = COIN_DBL_MAX;
      if (v == -unbounded) v = -COIN_DBL_MAX;
    }
    return values;
  };
  const CoinPackedMatrix matrix(true, entry_row_.data(), entry_column_.data(), entry_value_.data(),
                                static_cast<CoinBigIndex>(entry_value_.size()));
  CoinPackedMatrix sized(matrix);
  sized.setDimensions(static_cast<int>(row_low_.size()), static_cast<int>(objective_.size()));
  ClpSimplex simplex;
  simplex.setLogLevel(0);
  const auto low = bound(low_), high = bound(high_), row_low = bound(row_low_),
             row_high = bound(row_high_);
  simplex.loadProblem(sized, low.data(), high.data(), objective_.data(), row_low.data(),
                      row_high.data());
  simplex.setOptimizationDirection(-1.0);
  simplex.setPrimalTolerance(1e-10);
  simplex.setDualTolerance(1e-10);
  simplex.dual();
  if (simplex.status() != 0) simplex.primal();
  if (simplex.status() == 1) throw ModelError("the linear program has no solution");
  if (simplex.status() != 0) throw ModelError("the linear program was not solved");
  Solution out;
  out.x.assign(simplex.primalColumnSolution(),
               simplex.primalColumnSolution() + simplex.numberColumns());
  out.duals.assign(simplex.dualRowSolution(), simplex.dualRowSolution() + simplex.numberRows());
  out.value = simplex.objectiveValue();
  return out;
}

}  // namespace casus::game
