// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "casus/world/week.h"

namespace casus::policy {

using world::F;
using world::M;

/// What an actor may look at: public facts, what is its own, and what it believes; never the truth.
class View {
 public:
  View(const world::State& state, const world::Model& model, std::size_t actor)
      : state_(&state), model_(&model), actor_(actor) {}
  /// @throws InternalError the variable is hidden truth.
  [[nodiscard]] F at(world::Var v, std::size_t entity) const;
  [[nodiscard]] std::size_t actor() const { return actor_; }
  [[nodiscard]] const world::Model& model() const { return *model_; }

 private:
  const world::State* state_;
  const world::Model* model_;
  std::size_t actor_;
};

/// Chooses for every actor by quantal response over its menu, from beliefs alone (model-basis J).
class Policy {
 public:
  explicit Policy(const world::Model& model);
  /// Adds what all actors choose for the coming week to `orders` (one intensity per entry).
  void choose(const world::State& state, const world::Now& now, std::span<F> orders) const;
  /// The probabilities actor `actor` gives to the entries of its menu (then "wait", last).
  [[nodiscard]] std::vector<F> probabilities(const world::State& state, const world::Now& now,
                                             std::size_t actor) const;

 private:
  const world::Model* model_;
};

/// The dated orders and standing rules of one option of the case.
class Script {
 public:
  /// @param option nothing = no orders at all.
  Script(const world::Model& model, std::optional<casefile::OptionId> option);
  /// Adds (max) the orders in force in `now.week` to `orders`; a rule that fires stays for its weeks.
  void order(const world::State& state, const world::Now& now, std::span<F> orders);

 private:
  const world::Model* model_;
  std::optional<casefile::OptionId> option_;
  std::vector<F> rule_left_;  ///< weeks a fired rule still runs, per rule
};

}  // namespace casus::policy
