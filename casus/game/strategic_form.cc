// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/strategic_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "casus/base/error.h"

namespace casus::game {
namespace {

using Move = std::pair<std::uint32_t, std::uint32_t>;  // own set (position), action
using History = std::vector<Move>;
using Choice = std::vector<std::uint32_t>;

constexpr double longest_paths = 5e7;             // summed over all nodes
constexpr std::size_t most_choices = 20'000'000;  // strategies of a player times their sets

bool follows(const Choice& choice, const History& history) {
  return std::all_of(history.begin(), history.end(),
                     [&](const Move& m) { return choice[m.first] == m.second; });
}

class Builder {
 public:
  explicit Builder(const TreeGame& game) : game_(game), n_(game.players.size()) {
    form_.sets.resize(n_);
    position_.resize(game.infosets.size());
    for (std::uint32_t v = 0; v < game.nodes.size(); ++v) {
      const auto& node = game.nodes[v];
      if (node.kind != TreeGame::Kind::personal || game.infosets[node.set].nodes.front() != v) {
        continue;
      }
      auto& own = form_.sets[game.infosets[node.set].player];
      position_[node.set] = static_cast<std::uint32_t>(own.size());
      own.push_back(node.set);
    }
  }

  StrategicForm build() {
    refuse_long_paths();
    double profiles = 1.0;
    for (std::uint32_t i = 0; i < n_; ++i) {
      form_.choices.push_back(strategies(i));
      profiles *= static_cast<double>(form_.choices.back().size());
    }
    if (profiles > most_profiles) {
      throw ModelError(fmt::format(
          "the strategic form has {:.3g} profiles, more than {:.0g}; use zero-sum, cfr or qre, "
          "which work on the tree",
          profiles, most_profiles));
    }
    label();
    pay();
    return std::move(form_);
  }

 private:
  void refuse_long_paths() const {
    std::vector<double> depth(game_.nodes.size(), 0.0);
    double total = 0.0;
    for (std::size_t v = 1; v < depth.size(); ++v) {
      total += depth[v] = depth[game_.nodes[v].parent] + 1.0;
    }
    if (total > longest_paths) {
      throw ModelError("this tree is too large for its strategic form; use zero-sum or cfr");
    }
  }

  // Own moves before a node, from the root down.
  [[nodiscard]] History history(std::uint32_t v, std::uint32_t player) const {
    History out;
    for (; game_.nodes[v].parent != TreeGame::none; v = game_.nodes[v].parent) {
      const auto& up = game_.nodes[game_.nodes[v].parent];
      if (up.kind == TreeGame::Kind::personal && game_.infosets[up.set].player == player) {
        out.emplace_back(position_[up.set], game_.nodes[v].action);
      }
    }
    std::reverse(out.begin(), out.end());
    return out;
  }

  // Set after set: a strategy that reaches the set branches over its actions.
  [[nodiscard]] std::vector<Choice> strategies(std::uint32_t player) const {
    const auto& own = form_.sets[player];
    std::vector<Choice> out(1, Choice(own.size(), TreeGame::none));
    for (std::uint32_t k = 0; k < own.size(); ++k) {
      const auto& set = game_.infosets[own[k]];
      std::vector<History> ways;
      for (const std::uint32_t v : set.nodes) ways.push_back(history(v, player));
      std::sort(ways.begin(), ways.end());
      ways.erase(std::unique(ways.begin(), ways.end()), ways.end());
      std::vector<Choice> next;
      for (Choice& choice : out) {
        const bool reached = std::any_of(ways.begin(), ways.end(),
                                         [&](const History& h) { return follows(choice, h); });
        const std::size_t branches = reached ? set.actions.size() : 1;
        for (std::uint32_t a = 0; a < branches; ++a) {
          if (reached) choice[k] = a;
          next.push_back(choice);
        }
        if (next.size() > most_strategies || next.size() * own.size() > most_choices) {
          throw ModelError(fmt::format(
              "player '{}' has more than {} strategies; use zero-sum, cfr or qre, which work on "
              "the tree",
              game_.players[player], most_strategies));
        }
      }
      out = std::move(next);
    }
    return out;
  }

  void label() {
    auto& matrix = form_.matrix;
    matrix.title = game_.title;
    matrix.comment = game_.comment;
    matrix.players = game_.players;
    for (std::size_t i = 0; i < n_; ++i) {
      auto& labels = matrix.strategies.emplace_back();
      for (const Choice& choice : form_.choices[i]) {
        std::string text;
        for (std::size_t k = 0; k < choice.size(); ++k) {
          if (game_.infosets[form_.sets[i][k]].actions.size() > 9 && k > 0) text += '.';
          text += choice[k] == TreeGame::none ? "*" : std::to_string(choice[k] + 1);
        }
        labels.push_back(text.empty() ? "-" : text);
      }
    }
    matrix.payoffs.assign(matrix.profiles() * n_, 0.0);
  }

  void pay() {
    std::vector<std::map<History, std::vector<std::size_t>>> known(n_);
    std::vector<double> chance(game_.nodes.size(), 1.0);
    for (std::uint32_t v = 0; v < game_.nodes.size(); ++v) {
      const auto& node = game_.nodes[v];
      if (node.parent != TreeGame::none) {
        const auto& up = game_.nodes[node.parent];
        chance[v] = chance[node.parent];
        if (up.kind == TreeGame::Kind::chance) chance[v] *= game_.chance[up.set].p[node.action];
      }
      if (node.outcome == TreeGame::none || chance[v] == 0.0) continue;
      std::vector<const std::vector<std::size_t>*> parts;
      for (std::uint32_t i = 0; i < n_; ++i) parts.push_back(&followers(known[i], v, i));
      add(parts, game_.outcomes[node.outcome].payoffs, chance[v]);
    }
  }

  // The strategies of a player that lead to node v, each times its stride in a profile's number.
  const std::vector<std::size_t>& followers(std::map<History, std::vector<std::size_t>>& known,
                                            std::uint32_t v, std::uint32_t player) {
    auto own = history(v, player);
    const auto [found, fresh] = known.try_emplace(std::move(own));
    if (fresh) {
      const std::size_t stride = form_.matrix.stride(player);
      for (std::size_t s = 0; s < form_.choices[player].size(); ++s) {
        if (follows(form_.choices[player][s], found->first)) found->second.push_back(s * stride);
      }
    }
    return found->second;
  }

  void add(const std::vector<const std::vector<std::size_t>*>& parts,
           const std::vector<double>& payoffs, double weight) {
    if (std::any_of(parts.begin(), parts.end(), [](const auto* p) { return p->empty(); })) return;
    std::vector<std::size_t> digit(n_, 0);
    for (bool more = true; more;) {
      std::size_t profile = 0;
      for (std::size_t i = 0; i < n_; ++i) profile += (*parts[i])[digit[i]];
      for (std::size_t i = 0; i < n_; ++i) {
        form_.matrix.payoffs[profile * n_ + i] += weight * payoffs[i];
      }
      std::size_t i = 0;
      while (i < n_ && ++digit[i] == parts[i]->size()) digit[i++] = 0;
      more = i < n_;
    }
  }

  const TreeGame& game_;
  std::size_t n_;
  StrategicForm form_;
  std::vector<std::uint32_t> position_;  // of a set among its player's
};

}  // namespace

StrategicForm strategic_form(const TreeGame& game) { return Builder(game).build(); }

Behaviour behaviour(const StrategicForm& form, const TreeGame& game,
                    std::span<const double> mixed) {
  const auto begin = game.offsets();
  const auto own = form.matrix.offsets();
  Behaviour out(begin.back(), 0.0);
  for (std::size_t i = 0; i < form.choices.size(); ++i) {
    for (std::size_t s = 0; s < form.choices[i].size(); ++s) {
      const double p = mixed[own[i] + s];
      for (std::size_t k = 0; k < form.sets[i].size(); ++k) {
        const std::uint32_t action = form.choices[i][s][k];
        if (action != TreeGame::none) out[begin[form.sets[i][k]] + action] += p;
      }
    }
  }
  for (std::size_t set = 0; set < game.infosets.size(); ++set) {
    double total = 0.0;
    for (std::size_t a = begin[set]; a < begin[set + 1]; ++a) total += out[a];
    const auto even = 1.0 / static_cast<double>(begin[set + 1] - begin[set]);
    for (std::size_t a = begin[set]; a < begin[set + 1]; ++a) {
      out[a] = total > 0.0 ? out[a] / total : even;
    }
  }
  return out;
}

}  // namespace casus::game
