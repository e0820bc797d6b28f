// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "casus/casefile/load.h"

namespace casus::world {

using casefile::Action;
using casefile::feature_count;

/// One row of the action catalogue (docs/models/acts.md).
struct ActionInfo {
  Action action;
  std::string_view sentence;  ///< "{actor} sends arms to {target}"
  float goldstein;            ///< G toward the named target, -10 ... 10
  float goldstein_ally;       ///< G when the target is an ally (0: as above)
  float rung;                 ///< E
  int lag;                    ///< weeks until it takes effect, at least 1
  int duration;               ///< weeks of effect; 0 = until ended
  int cooldown;               ///< weeks before it may be chosen again
  bool gated;
  bool needs_target;
  std::array<float, feature_count> effect;  ///< what the actor expects, at intensity 1 (log-sd 0.4)
  float cost_bn;  ///< USD bn over its duration (26 weeks if open-ended) at intensity 1
};

/// The catalogue, in the order of `casefile::Action`.
[[nodiscard]] std::span<const ActionInfo> catalogue();
[[nodiscard]] inline const ActionInfo& info(Action a) {
  return catalogue()[static_cast<std::size_t>(a)];
}

/// One thing an actor of this case can do: the unit that policies choose and options order.
struct Entry {
  std::uint32_t actor = 0;
  Action action = Action::accuse;
  std::optional<std::uint32_t> target;  ///< actor
  std::optional<casefile::StockKind> kind;
  std::optional<std::uint32_t> contingent, sector;
  std::optional<std::uint32_t> package;  ///< index into the package set
  bool chosen_freely = true;             ///< false: only an option or a person orders it
  std::uint64_t key = 0;                 ///< hash of "actor action target extras"
};

}  // namespace casus::world
