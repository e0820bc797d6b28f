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
  /// An outside power: how much it sees with the eyes of the side it stands behind.
  struct Outside {
    std::size_t actor = 0, side = 0;
    float weight = 0.0F;
    bool guarantor = false;
  };
  [[nodiscard]] world::F surplus_of(const Outside& outside, const world::State& state,
                                    const world::Stakes& stakes,
                                    const casefile::Package& package) const;
  [[nodiscard]] world::F renewed(const world::State& state, const world::Model& model,
                                 const casefile::Package& package) const;

  const world::Model* model_;
  world::Bargain bargain_;
  std::vector<Outside> outside_;
  world::KnobRef first_{"talks.recur_first"}, later_{"talks.recur_later"},
      guarantee_{"talks.recur_guarantee"}, shift_{"talks.recur_shift"},
      imposed_{"talks.recur_imposed"}, calm_{"talks.recur_settled"};
};

}  // namespace casus::ensemble
