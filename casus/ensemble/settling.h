// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "casus/ensemble/engine.h"
#include "casus/world/bargain.h"
#include "casus/world/talks.h"

namespace casus::ensemble {

/// Looks at every settlement with the parties' eyes, by the law of docs/models/talks.md. Built once
/// a model; thread-safe.
class Settling {
 public:
  explicit Settling(const world::Model& model);
  [[nodiscard]] std::vector<std::uint32_t> parties() const;
  [[nodiscard]] BargainWeek look(const world::State& state, const world::Now& now) const;

 private:
  [[nodiscard]] world::F renewed(const world::State& state, const world::Model& model,
                                 const casefile::Package& package) const;

  const world::Model* model_;
  world::Bargain bargain_;
  std::vector<world::OutsidePower> outside_;
  world::KnobRef first_{"talks.recur_first"}, later_{"talks.recur_later"},
      guarantee_{"talks.recur_guarantee"}, shift_{"talks.recur_shift"},
      imposed_{"talks.recur_imposed"}, calm_{"talks.recur_settled"};
};

}  // namespace casus::ensemble
