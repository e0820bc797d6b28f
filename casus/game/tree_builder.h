// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "casus/game/tree_game.h"

namespace casus::game {

/// Puts a tree together node by node, in the order of the tree: a node, then all below its first
/// action, and so on.
class TreeBuilder {
 public:
  TreeBuilder(std::string title, std::vector<std::string> players);

  /// A chance move; the same name and chances share one chance set.
  std::uint32_t chance(std::string name, std::vector<std::string> actions, std::vector<double> p);
  /// A move of a player at the information set of that name, made where it is first named.
  std::uint32_t move(std::uint32_t player, const std::string& set,
                     const std::vector<std::string>& actions);
  /// An end with its payoffs.
  void end(std::vector<double> payoffs, std::string label = "");

  /// The tree; every action must have its node. `comment` says where the game is from.
  [[nodiscard]] TreeGame finish(std::string comment);

 private:
  std::uint32_t add(TreeGame::Kind kind, std::uint32_t set, std::size_t actions);
  struct Open {
    std::uint32_t node, next, actions;
  };
  TreeGame game_;
  std::vector<Open> open_;
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> sets_;
  std::map<std::string, std::uint32_t> chance_;
};

}  // namespace casus::game
