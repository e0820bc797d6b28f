// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace casus::game {

/// A finite game in extensive form: a tree of chance moves, players' moves and ends.
///
/// Nodes stand in the order of the .efg format (a node, then the trees of its actions in turn), so
/// a parent precedes its children. Numbers of nodes, players, sets and outcomes are positions in
/// the vectors below. Payoffs are dimensionless; an outcome counts wherever its node lies on the
/// path.
struct TreeGame {
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  enum class Kind : std::uint8_t { chance, personal, terminal };

  struct Node {
    Kind kind = Kind::terminal;
    std::uint32_t set = none;      ///< information or chance set; `none` at an end
    std::uint32_t outcome = none;  ///< `none`: pays nothing here
    std::uint32_t parent = none;
    std::uint32_t action = 0;  ///< of the parent that leads here
    std::string label;
  };
  /// Nodes that a player cannot tell apart.
  struct Infoset {
    std::uint32_t player = 0;
    std::string label;
    std::vector<std::string> actions;
    std::vector<std::uint32_t> nodes;  ///< in the order of the tree
  };
  struct ChanceSet {
    std::string label;
    std::vector<std::string> actions;
    std::vector<double> p;  ///< sum to 1 within 1e-9
  };
  struct Outcome {
    std::string label;
    std::vector<double> payoffs;  ///< by player
  };

  std::string title;
  std::string comment;
  std::vector<std::string> players;
  std::vector<Node> nodes;
  std::vector<Infoset> infosets;
  std::vector<ChanceSet> chance;
  std::vector<Outcome> outcomes;

  /// Number of actions at a node, 0 at an end.
  [[nodiscard]] std::size_t actions(std::uint32_t node) const;
  /// Node reached by action a of node v is children[first[v] + a].
  struct Children {
    std::vector<std::uint32_t> first, children;
  };
  [[nodiscard]] Children children() const;
  /// Where each information set's probabilities begin in a flat profile, and their number last.
  [[nodiscard]] std::vector<std::size_t> offsets() const;

  /// The first information set where its player has forgotten what they did or knew, if any.
  [[nodiscard]] std::optional<std::uint32_t> forgetful() const;
  /// Whether some path passes through an information set twice.
  [[nodiscard]] bool absent_minded() const;
};

/// A behaviour profile: probabilities of every action of every information set, set after set.
using Behaviour = std::vector<double>;

/// Expected payoff of every player.
[[nodiscard]] std::vector<double> expected_payoffs(const TreeGame& game,
                                                   std::span<const double> behaviour);

}  // namespace casus::game
