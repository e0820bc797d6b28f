// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "casus/game/tree_game.h"

namespace casus::game {

/// A tree with perfect recall, told by what each player's own moves add up to.
///
/// A sequence is a player's own moves on some path; sequence 0 is the empty one. A realisation plan
/// gives every sequence the probability that its player does their part of it. Expected payoffs are
/// multilinear in the plans: sums over `leaves`, of which paths with equal sequences share one.
/// @source Koller, Megiddo & von Stengel (1996), Games and Economic Behavior 14.
/// @oracle tree_test.cc: expected payoffs node by node, best replies by enumeration.
struct SequenceForm {
  struct Set {
    std::uint32_t infoset = 0;  ///< of the tree
    std::uint32_t parent = 0;   ///< the sequence that leads here
    std::uint32_t first = 0;    ///< the sequence of its first action; the others follow
    std::uint32_t actions = 0;
  };
  struct Player {
    std::vector<Set> sets;  ///< a set stands after the set of its parent sequence
    std::size_t sequences = 1;
  };
  std::vector<Player> players;
  std::vector<std::uint32_t> leaf_sequences;  ///< [leaf][player]
  std::vector<double> leaf_payoffs;           ///< [leaf][player], times the chance of the path

  [[nodiscard]] std::size_t leaves() const { return leaf_payoffs.size() / players.size(); }
};

/// @throws ModelError a player forgets what they did or knew.
[[nodiscard]] SequenceForm sequence_form(const TreeGame& game);

using Plans = std::vector<std::vector<double>>;  ///< [player][sequence]

/// The plans of a behaviour profile.
[[nodiscard]] Plans plans(const SequenceForm& form, const TreeGame& game,
                          std::span<const double> behaviour);

/// The behaviour of plans of any scale; uniform where a player's own moves rule the set out.
[[nodiscard]] Behaviour behaviour(const SequenceForm& form, const TreeGame& game,
                                  const Plans& plans);

/// What each own sequence earns its player where it ends, against the others' plans.
[[nodiscard]] std::vector<double> sequence_payoffs(const SequenceForm& form, std::size_t player,
                                                   const Plans& plans);

/// Payoff of the best reply to sequence payoffs; `payoffs` is used up.
[[nodiscard]] double best_reply(const SequenceForm::Player& player, std::vector<double>& payoffs);

/// The most any one player gains by a change of their whole plan.
[[nodiscard]] double regret(const SequenceForm& form, const Plans& plans);

/// Expected payoff of every player.
[[nodiscard]] std::vector<double> expected_payoffs(const SequenceForm& form, const Plans& plans);

/// The constant that payoffs of a two-player tree add up to at every end, if they do.
[[nodiscard]] bool constant_sum(const TreeGame& game, double& sum);

}  // namespace casus::game
