// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "casus/casefile/expression.h"
#include "casus/world/model.h"
#include "casus/world/state.h"

namespace casus::world {

/// The value of a published variable (casefile::variables()) in the units
/// published there.
[[nodiscard]] F published(const State& state, const Model& model, const casefile::VariableUse& use);

/// The name the engine gives to a published variable, by its index in
/// casefile::variables().
[[nodiscard]] std::string_view published_name(std::size_t variable);

/// Gathers what the outcome measures need week by week; one per block and
/// option.
class Outcome {
 public:
  explicit Outcome(const Model& model);
  void observe(const State& state, int week);
  /// The value of measure `measure` (index into casefile::measures()) at the
  /// horizon.
  /// @throws InternalError there is no such measure.
  [[nodiscard]] F measure(std::size_t measure, const State& final_state) const;

 private:
  const Model* model_;
  F foreign_peak_, rung_peak_, nuclear_signal_, nuclear_use_;
  F chip_held_;  ///< land held when fighting stopped: a swap trades it for a
                 ///< term
};

struct Event;
struct Reason;
/// One sentence for an event: who did what, to whom, and why.
/// @throws InternalError no template of that kind.
[[nodiscard]] std::string sentence(const Event& event, const casefile::Case& given);

/// A reason of an event in words.
[[nodiscard]] std::string reason_text(const Reason& reason, const Event& event,
                                      const casefile::Case& given);

/// How little an event makes a future: 0 a turn of it, 1 an act that changes a crisis, 2 a stretch
/// of history, 3 what goes on every week.
[[nodiscard]] int weight_of(const Event& event);

/// The template of a kind of event, empty where there is none.
[[nodiscard]] std::string_view event_template(std::string_view kind);

}  // namespace casus::world
