// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "casus/game/sequence_form.h"
#include "casus/game/strategic_form.h"
#include "casus/game/tree_game.h"

namespace casus::game {

/// Payoffs and regret of behaviour in a tree: by sequences where everybody has perfect recall, else
/// against every strategy of the strategic form.
class TreeEvaluation {
 public:
  /// @throws ModelError no perfect recall, and a strategic form beyond its limits.
  explicit TreeEvaluation(const TreeGame& game);

  [[nodiscard]] std::vector<double> payoffs(std::span<const double> behaviour) const;
  /// The most any one player gains by a change of their whole plan.
  [[nodiscard]] double regret(std::span<const double> behaviour) const;
  /// Largest range of a player's payoffs over all ends.
  [[nodiscard]] double range() const;

 private:
  const TreeGame& game_;
  std::optional<SequenceForm> sequences_;
  std::optional<StrategicForm> strategies_;
};

}  // namespace casus::game
