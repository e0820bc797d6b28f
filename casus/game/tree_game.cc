// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/tree_game.h"

#include <algorithm>
#include <map>
#include <utility>

namespace casus::game {

std::size_t TreeGame::actions(std::uint32_t node) const {
  const Node& here = nodes[node];
  switch (here.kind) {
    case Kind::chance:
      return chance[here.set].actions.size();
    case Kind::personal:
      return infosets[here.set].actions.size();
    case Kind::terminal:
      break;
  }
  return 0;
}

TreeGame::Children TreeGame::children() const {
  Children out;
  out.first.assign(nodes.size() + 1, 0);
  for (std::uint32_t v = 0; v < nodes.size(); ++v) {
    out.first[v + 1] = out.first[v] + static_cast<std::uint32_t>(actions(v));
  }
  out.children.assign(out.first.back(), none);
  for (std::uint32_t v = 1; v < nodes.size(); ++v) {
    out.children[out.first[nodes[v].parent] + nodes[v].action] = v;
  }
  return out;
}

std::vector<std::size_t> TreeGame::offsets() const {
  std::vector<std::size_t> begin(1, 0);
  for (const Infoset& set : infosets) begin.push_back(begin.back() + set.actions.size());
  return begin;
}

std::optional<std::uint32_t> TreeGame::forgetful() const {
  // The player's last own set and action before each node; equal over a set exactly where nothing
  // was forgotten (by induction over the own moves).
  using Move = std::pair<std::uint32_t, std::uint32_t>;
  const Move start(none, 0);
  std::vector<std::uint32_t> last(nodes.size() * players.size(), none);  // own node before
  std::map<std::uint32_t, Move> of_set;
  for (std::uint32_t v = 0; v < nodes.size(); ++v) {
    const std::uint32_t up = nodes[v].parent;
    const std::size_t n = players.size();
    if (up != none) {
      for (std::size_t i = 0; i < n; ++i) last[v * n + i] = last[up * n + i];
      if (nodes[up].kind == Kind::personal) last[v * n + infosets[nodes[up].set].player] = v;
    }
    if (nodes[v].kind != Kind::personal) continue;
    const std::uint32_t before = last[v * n + infosets[nodes[v].set].player];
    const Move move =
        before == none ? start : Move(nodes[nodes[before].parent].set, nodes[before].action);
    const auto [found, fresh] = of_set.emplace(nodes[v].set, move);
    if (!fresh && found->second != move) return nodes[v].set;
  }
  return std::nullopt;
}

bool TreeGame::absent_minded() const {
  for (const Infoset& set : infosets) {
    if (set.nodes.size() < 2) continue;
    for (std::uint32_t v : set.nodes) {
      const std::uint32_t own = nodes[v].set;
      while ((v = nodes[v].parent) != none) {
        if (nodes[v].kind == Kind::personal && nodes[v].set == own) return true;
      }
    }
  }
  return false;
}

std::vector<double> expected_payoffs(const TreeGame& game, std::span<const double> behaviour) {
  const auto begin = game.offsets();
  std::vector<double> out(game.players.size(), 0.0), reach(game.nodes.size(), 1.0);
  for (std::size_t v = 0; v < game.nodes.size(); ++v) {
    const auto& node = game.nodes[v];
    if (node.parent != TreeGame::none) {
      const auto& up = game.nodes[node.parent];
      const double p = up.kind == TreeGame::Kind::chance ? game.chance[up.set].p[node.action]
                                                         : behaviour[begin[up.set] + node.action];
      reach[v] = reach[node.parent] * p;
    }
    if (node.outcome == TreeGame::none) continue;
    const auto& pays = game.outcomes[node.outcome].payoffs;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] += reach[v] * pays[i];
  }
  return out;
}

}  // namespace casus::game
