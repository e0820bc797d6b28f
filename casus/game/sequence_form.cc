// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/sequence_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "casus/base/error.h"

namespace casus::game {
namespace {

using Kind = TreeGame::Kind;

// Walks the tree once, numbering sequences as their sets are met.
class Builder {
 public:
  explicit Builder(const TreeGame& game)
      : game_(game), n_(game.players.size()), set_of_(game.infosets.size(), TreeGame::none) {
    form_.players.resize(n_);
    at_.assign(game.nodes.size() * n_, 0);
    chance_.assign(game.nodes.size(), 1.0);
  }

  SequenceForm build() {
    for (std::uint32_t v = 0; v < game_.nodes.size(); ++v) visit(v);
    return std::move(form_);
  }

 private:
  void visit(std::uint32_t v) {
    const auto& node = game_.nodes[v];
    if (node.parent != TreeGame::none) descend(v);
    if (node.kind == Kind::personal) meet(v);
    if (node.outcome != TreeGame::none) pay(v);
  }

  void descend(std::uint32_t v) {
    const auto& node = game_.nodes[v];
    const auto& up = game_.nodes[node.parent];
    std::copy_n(&at_[node.parent * n_], n_, &at_[v * n_]);
    chance_[v] = chance_[node.parent];
    if (up.kind == Kind::chance) {
      chance_[v] *= game_.chance[up.set].p[node.action];
    } else {
      const std::uint32_t player = game_.infosets[up.set].player;
      at_[v * n_ + player] = form_.players[player].sets[set_of_[up.set]].first + node.action;
    }
  }

  void meet(std::uint32_t v) {
    const std::uint32_t infoset = game_.nodes[v].set;
    if (set_of_[infoset] != TreeGame::none) return;
    const auto& set = game_.infosets[infoset];
    auto& player = form_.players[set.player];
    set_of_[infoset] = static_cast<std::uint32_t>(player.sets.size());
    player.sets.push_back({infoset, at_[v * n_ + set.player],
                           static_cast<std::uint32_t>(player.sequences),
                           static_cast<std::uint32_t>(set.actions.size())});
    player.sequences += set.actions.size();
  }

  void pay(std::uint32_t v) {
    if (chance_[v] == 0.0) return;
    const std::vector<std::uint32_t> key(&at_[v * n_], &at_[v * n_] + n_);
    const auto [found, fresh] = leaf_of_.emplace(key, form_.leaf_payoffs.size());
    if (fresh) {
      form_.leaf_sequences.insert(form_.leaf_sequences.end(), key.begin(), key.end());
      form_.leaf_payoffs.resize(form_.leaf_payoffs.size() + n_, 0.0);
    }
    const auto& pays = game_.outcomes[game_.nodes[v].outcome].payoffs;
    for (std::size_t i = 0; i < n_; ++i)
      form_.leaf_payoffs[found->second + i] += chance_[v] * pays[i];
  }

  const TreeGame& game_;
  std::size_t n_;
  SequenceForm form_;
  std::vector<std::uint32_t> set_of_;  // position of an information set among its player's
  std::vector<std::uint32_t> at_;      // [node][player]: the sequence played before
  std::vector<double> chance_;
  std::map<std::vector<std::uint32_t>, std::size_t> leaf_of_;
};

}  // namespace

SequenceForm sequence_form(const TreeGame& game) {
  if (const auto set = game.forgetful()) {
    const auto& infoset = game.infosets[*set];
    throw ModelError(fmt::format(
        "player '{}' forgets their own moves or knowledge at information set '{}'; this method "
        "needs perfect recall (pure and qre do not)",
        game.players[infoset.player],
        infoset.label.empty() ? fmt::format("#{}", *set + 1) : infoset.label));
  }
  return Builder(game).build();
}

Plans plans(const SequenceForm& form, const TreeGame& game, std::span<const double> behaviour) {
  const auto begin = game.offsets();
  Plans out;
  for (const auto& player : form.players) {
    auto& plan = out.emplace_back(player.sequences, 1.0);
    for (const auto& set : player.sets) {
      for (std::uint32_t a = 0; a < set.actions; ++a) {
        plan[set.first + a] = plan[set.parent] * behaviour[begin[set.infoset] + a];
      }
    }
  }
  return out;
}

Behaviour behaviour(const SequenceForm& form, const TreeGame& game, const Plans& plans) {
  const auto begin = game.offsets();
  Behaviour out(begin.back(), 0.0);
  for (std::size_t i = 0; i < form.players.size(); ++i) {
    for (const auto& set : form.players[i].sets) {
      double total = 0.0;
      for (std::uint32_t a = 0; a < set.actions; ++a) total += plans[i][set.first + a];
      for (std::uint32_t a = 0; a < set.actions; ++a) {
        out[begin[set.infoset] + a] =
            total > 0.0 ? plans[i][set.first + a] / total : 1.0 / static_cast<double>(set.actions);
      }
    }
  }
  return out;
}

std::vector<double> sequence_payoffs(const SequenceForm& form, std::size_t player,
                                     const Plans& plans) {
  const std::size_t n = form.players.size();
  std::vector<double> out(form.players[player].sequences, 0.0);
  for (std::size_t leaf = 0; leaf < form.leaves(); ++leaf) {
    const std::uint32_t* const at = &form.leaf_sequences[leaf * n];
    double pays = form.leaf_payoffs[leaf * n + player];
    for (std::size_t j = 0; j < n; ++j) {
      if (j != player) pays *= plans[j][at[j]];
    }
    out[at[player]] += pays;
  }
  return out;
}

double best_reply(const SequenceForm::Player& player, std::vector<double>& payoffs) {
  for (std::size_t s = player.sets.size(); s-- > 0;) {
    const auto& set = player.sets[s];
    const auto first = payoffs.begin() + set.first;
    payoffs[set.parent] += *std::max_element(first, first + set.actions);
  }
  return payoffs.front();
}

double regret(const SequenceForm& form, const Plans& plans) {
  const auto own = expected_payoffs(form, plans);
  double most = 0.0;
  for (std::size_t i = 0; i < form.players.size(); ++i) {
    auto payoffs = sequence_payoffs(form, i, plans);
    most = std::max(most, best_reply(form.players[i], payoffs) - own[i]);
  }
  return most;
}

std::vector<double> expected_payoffs(const SequenceForm& form, const Plans& plans) {
  const std::size_t n = form.players.size();
  std::vector<double> out(n, 0.0);
  for (std::size_t leaf = 0; leaf < form.leaves(); ++leaf) {
    double reach = 1.0;
    for (std::size_t j = 0; j < n; ++j) reach *= plans[j][form.leaf_sequences[leaf * n + j]];
    for (std::size_t i = 0; i < n; ++i) out[i] += reach * form.leaf_payoffs[leaf * n + i];
  }
  return out;
}

bool constant_sum(const TreeGame& game, double& sum) {
  if (game.players.size() != 2) return false;
  std::vector<double> along(game.nodes.size(), 0.0);
  double size = 0.0;
  bool first = true;
  for (std::size_t v = 0; v < game.nodes.size(); ++v) {
    const auto& node = game.nodes[v];
    if (node.parent != TreeGame::none) along[v] = along[node.parent];
    if (node.outcome != TreeGame::none) {
      for (const double u : game.outcomes[node.outcome].payoffs) {
        along[v] += u;
        size = std::max(size, std::abs(u));
      }
    }
    if (node.kind != Kind::terminal) continue;
    if (first) sum = along[v];
    first = false;
    if (std::abs(along[v] - sum) > 1e-12 * size) return false;
  }
  return true;
}

}  // namespace casus::game
