// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/evaluate.h"

#include <algorithm>

namespace casus::game {

TreeEvaluation::TreeEvaluation(const TreeGame& game) : game_(game) {
  if (game.forgetful()) {
    strategies_ = strategic_form(game);
  } else {
    sequences_ = sequence_form(game);
  }
}

std::vector<double> TreeEvaluation::payoffs(std::span<const double> behaviour) const {
  return expected_payoffs(game_, behaviour);
}

double TreeEvaluation::regret(std::span<const double> behaviour) const {
  if (sequences_) return game::regret(*sequences_, plans(*sequences_, game_, behaviour));
  const auto begin = game_.offsets();
  const auto own = payoffs(behaviour);
  double most = 0.0;
  for (std::size_t i = 0; i < game_.players.size(); ++i) {
    for (const auto& choice : strategies_->choices[i]) {
      Behaviour changed(behaviour.begin(), behaviour.end());
      for (std::size_t k = 0; k < choice.size(); ++k) {
        if (choice[k] == TreeGame::none) continue;
        const std::uint32_t set = strategies_->sets[i][k];
        for (std::size_t a = begin[set]; a < begin[set + 1]; ++a) {
          changed[a] = a - begin[set] == choice[k] ? 1.0 : 0.0;
        }
      }
      most = std::max(most, payoffs(changed)[i] - own[i]);
    }
  }
  return most;
}

double TreeEvaluation::range() const {
  const std::size_t n = game_.players.size();
  std::vector<double> along(game_.nodes.size() * n, 0.0), low(n, 0.0), high(n, 0.0);
  bool first = true;
  double most = 0.0;
  for (std::size_t v = 0; v < game_.nodes.size(); ++v) {
    const auto& node = game_.nodes[v];
    for (std::size_t i = 0; i < n; ++i) {
      if (node.parent != TreeGame::none) along[v * n + i] = along[node.parent * n + i];
      if (node.outcome != TreeGame::none) {
        along[v * n + i] += game_.outcomes[node.outcome].payoffs[i];
      }
      if (node.kind != TreeGame::Kind::terminal) continue;
      low[i] = first ? along[v * n + i] : std::min(low[i], along[v * n + i]);
      high[i] = first ? along[v * n + i] : std::max(high[i], along[v * n + i]);
      most = std::max(most, high[i] - low[i]);
    }
    if (node.kind == TreeGame::Kind::terminal) first = false;
  }
  return most;
}

}  // namespace casus::game
