// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/tree_builder.h"

#include "casus/base/error.h"

namespace casus::game {

TreeBuilder::TreeBuilder(std::string title, std::vector<std::string> players) {
  game_.title = std::move(title);
  game_.players = std::move(players);
  open_.push_back({TreeGame::none, 0, 1});
}

std::uint32_t TreeBuilder::add(TreeGame::Kind kind, std::uint32_t set, std::size_t actions) {
  CASUS_CHECK(!open_.empty());
  const auto v = static_cast<std::uint32_t>(game_.nodes.size());
  auto& node = game_.nodes.emplace_back();
  node.kind = kind;
  node.set = set;
  node.parent = open_.back().node;
  node.action = open_.back().next++;
  if (open_.back().next == open_.back().actions) open_.pop_back();
  if (actions > 0) open_.push_back({v, 0, static_cast<std::uint32_t>(actions)});
  return v;
}

std::uint32_t TreeBuilder::chance(std::string name, std::vector<std::string> actions,
                                  std::vector<double> p) {
  const auto [found, fresh] =
      chance_.emplace(name, static_cast<std::uint32_t>(game_.chance.size()));
  if (fresh) game_.chance.push_back({std::move(name), std::move(actions), std::move(p)});
  return add(TreeGame::Kind::chance, found->second, game_.chance[found->second].actions.size());
}

std::uint32_t TreeBuilder::move(std::uint32_t player, const std::string& set,
                                const std::vector<std::string>& actions) {
  const auto [found, fresh] =
      sets_.emplace(std::make_pair(player, set), static_cast<std::uint32_t>(game_.infosets.size()));
  if (fresh) game_.infosets.push_back({player, set, actions, {}});
  const std::uint32_t v = add(TreeGame::Kind::personal, found->second, actions.size());
  game_.infosets[found->second].nodes.push_back(v);
  return v;
}

void TreeBuilder::end(std::vector<double> payoffs, std::string label) {
  const std::uint32_t v = add(TreeGame::Kind::terminal, TreeGame::none, 0);
  game_.nodes[v].outcome = static_cast<std::uint32_t>(game_.outcomes.size());
  game_.outcomes.push_back({std::move(label), std::move(payoffs)});
}

TreeGame TreeBuilder::finish(std::string comment) {
  CASUS_CHECK(open_.empty());
  game_.comment = std::move(comment);
  return std::move(game_);
}

}  // namespace casus::game
