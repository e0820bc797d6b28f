// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "casus/calibrate/map_law.h"
#include "casus/world/model.h"

/// What is fitted: parameters of the discrepancy, of the map, and the few of the world the weekly
/// record can speak of.
namespace casus::calibrate {

/// How far a sector's pace is from what the front law says, log: d' = b + memory (d - b) + spread
/// e, now and then a jump; b wanders.
struct Misfit {
  double memory = 0.92, spread = 0.2, jump = 0.03, jump_size = 1.5, wander = 0.05, start = 1.0;
  double losses = 0.2;  ///< of what the front law says side 0 loses, the share that shows net
};

/// One draw of everything fitted, as standard normal scores of the priors: z = Phi^-1(F(value)).
using Scores = std::vector<double>;

/// The fitted parameters: their priors and what a vector of scores means.
class Fitted {
 public:
  explicit Fitted(const world::Model& model);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::string_view id(std::size_t i) const { return rows_[i].id; }
  /// Value of parameter i at a score.
  [[nodiscard]] double value(std::size_t i, double score) const;
  /// The score of a value inside the prior's support.
  [[nodiscard]] double score(std::size_t i, double value) const;
  [[nodiscard]] Misfit misfit(const Scores& z) const;
  [[nodiscard]] MapBooking booking(const Scores& z) const;
  /// Writes the world's own parameters into all lanes of a state.
  void set(world::State& state, const Scores& z) const;

 private:
  struct Row {
    std::string_view id;
    Prior prior;
    double low, high;
    int knob;  ///< of the world, or -1
  };
  std::vector<Row> rows_;
};

/// Parameters of the discrepancy and of the map that no law of the world owns.
[[nodiscard]] std::span<const world::Knob> misfit_knobs();

}  // namespace casus::calibrate
