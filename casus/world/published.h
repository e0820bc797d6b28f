// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/casefile/expression.h"
#include "casus/world/model.h"
#include "casus/world/state.h"

namespace casus::world {

/// The value of a published variable (casefile::variables()) in the units published there.
[[nodiscard]] F published(const State& state, const Model& model, const casefile::VariableUse& use);

/// Gathers what the outcome measures need week by week; one per block and option.
class Outcome {
 public:
  explicit Outcome(const Model& model);
  void observe(const State& state, int week);
  /// The value of measure `measure` (index into casefile::measures()) at the horizon.
  [[nodiscard]] F measure(std::size_t measure, const State& final_state) const;

 private:
  const Model* model_;
  F foreign_peak_, rung_peak_, nuclear_signal_, nuclear_use_;
};

/// One sentence for an event: who did what, to whom, and why.
struct Event;
[[nodiscard]] std::string sentence(const Event& event, const casefile::Case& given);

}  // namespace casus::world
