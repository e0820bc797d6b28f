// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/sequential.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/game/evaluate.h"
#include "casus/game/logit.h"
#include "casus/game/tree_builder.h"

namespace casus::game {
namespace {

constexpr double tie = 1e-12;        // of the payoffs' range: nearer values settle nothing
constexpr double settled = -1000.0;  // ln p of a settled action: below any that the branch leaves

/// Which actions are left at every set, and what may be earned from every node on.
class Settling {
 public:
  explicit Settling(const TreeGame& game)
      : game_(game),
        children_(game.children()),
        offset_(game.offsets()),
        players_(game.players.size()),
        kept_(offset_.back(), true),
        low_(game.nodes.size() * players_),
        high_(low_.size()),
        slack_(tie * TreeEvaluation(game).range()) {
    do {
      bound();
    } while (drop());
    whole_.assign(game.nodes.size(), true);
    for (auto v = static_cast<std::uint32_t>(game.nodes.size()); v-- > 0;) {
      const TreeGame::Node& node = game.nodes[v];
      if (node.kind == TreeGame::Kind::personal && !sole(node.set)) whole_[v] = false;
      if (v > 0 && !whole_[v]) whole_[node.parent] = false;
    }
  }

  [[nodiscard]] bool kept(std::size_t set, std::size_t a) const { return kept_[offset_[set] + a]; }
  /// The one action left at a set, if it is one.
  [[nodiscard]] std::optional<std::size_t> sole(std::size_t set) const {
    std::optional<std::size_t> out;
    for (std::size_t a = 0; a < game_.infosets[set].actions.size(); ++a) {
      if (!kept(set, a)) continue;
      if (out) return std::nullopt;
      out = a;
    }
    return out;
  }
  /// Whether every set from here on is settled.
  [[nodiscard]] bool whole(std::uint32_t v) const { return whole_[v]; }
  /// What is earned from a node on, itself included, where all is settled.
  [[nodiscard]] std::vector<double> worth(std::uint32_t v) const {
    const auto first = low_.begin() + static_cast<std::ptrdiff_t>(v * players_);
    return {first, first + static_cast<std::ptrdiff_t>(players_)};
  }
  [[nodiscard]] std::uint32_t child(std::uint32_t v, std::size_t a) const {
    return children_.children[children_.first[v] + a];
  }

 private:
  /// Least and most that each player may earn from every node on.
  void bound() {
    for (auto v = static_cast<std::uint32_t>(game_.nodes.size()); v-- > 0;) {
      const TreeGame::Node& node = game_.nodes[v];
      for (std::size_t p = 0; p < players_; ++p) {
        const double here =
            node.outcome == TreeGame::none ? 0.0 : game_.outcomes[node.outcome].payoffs[p];
        const auto [low, high] = below(v, p);
        low_[v * players_ + p] = here + low;
        high_[v * players_ + p] = here + high;
      }
    }
  }

  [[nodiscard]] std::pair<double, double> below(std::uint32_t v, std::size_t player) const {
    const TreeGame::Node& node = game_.nodes[v];
    if (node.kind == TreeGame::Kind::terminal) return {0.0, 0.0};
    const bool by_chance = node.kind == TreeGame::Kind::chance;
    std::optional<std::pair<double, double>> out;
    for (std::size_t a = 0; a < game_.actions(v); ++a) {
      if (!by_chance && !kept(node.set, a)) continue;
      const std::size_t at = child(v, a) * players_ + player;
      const double p = by_chance ? game_.chance[node.set].p[a] : 1.0;
      if (!out) {
        out = {p * low_[at], p * high_[at]};
      } else if (by_chance) {
        *out = {out->first + p * low_[at], out->second + p * high_[at]};
      } else {
        *out = {std::min(out->first, low_[at]), std::max(out->second, high_[at])};
      }
    }
    return *out;
  }

  bool drop() {
    bool any = false;
    for (std::size_t h = 0; h < game_.infosets.size(); ++h) {
      if (sole(h)) continue;
      const auto weight = weights(h);
      const std::size_t n = game_.infosets[h].actions.size();
      for (std::size_t a = 0; a < n; ++a) {
        for (std::size_t b = 0; b < n && kept(h, a); ++b) {
          if (a == b || !kept(h, b) || !worse(h, a, b, weight)) continue;
          kept_[offset_[h] + a] = false;
          any = true;
        }
      }
    }
    return any;
  }

  /// Whether action a earns less than b whatever follows, at every node of the set or in the mean.
  [[nodiscard]] bool worse(std::size_t h, std::size_t a, std::size_t b,
                           const std::optional<std::vector<double>>& weight) const {
    const auto& set = game_.infosets[h];
    bool everywhere = true;
    double mean = 0.0;
    for (std::size_t k = 0; k < set.nodes.size(); ++k) {
      const double most = high_[child(set.nodes[k], a) * players_ + set.player];
      const double least = low_[child(set.nodes[k], b) * players_ + set.player];
      everywhere = everywhere && most < least - slack_;
      if (weight) mean += (*weight)[k] * (least - most);
    }
    return everywhere || (weight && mean > slack_);
  }

  /// The beliefs at a set, where they are the same in every sequential equilibrium: what the paths
  /// to its nodes do not share is chance, settled moves and moves that are settled against.
  [[nodiscard]] std::optional<std::vector<double>> weights(std::size_t h) const {
    const auto& nodes = game_.infosets[h].nodes;
    std::vector<double> weight;
    std::vector<std::map<std::size_t, int>> moves;  // [node]: action (flat), how often
    for (const std::uint32_t v : nodes) {
      weight.push_back(1.0);
      auto& passed = moves.emplace_back();
      for (std::uint32_t at = v; at != 0; at = game_.nodes[at].parent) {
        const TreeGame::Node& up = game_.nodes[game_.nodes[at].parent];
        if (up.kind == TreeGame::Kind::chance) {
          weight.back() *= game_.chance[up.set].p[game_.nodes[at].action];
        } else {
          ++passed[offset_[up.set] + game_.nodes[at].action];
        }
      }
    }
    for (std::size_t k = 0; k < nodes.size(); ++k) {
      for (const auto& move : moves[k]) {
        const auto flat = move.first;
        if (std::ranges::all_of(moves, [&](const auto& m) {
              const auto found = m.find(flat);
              return found != m.end() && found->second == move.second;
            }))
          continue;
        const auto own =
            static_cast<std::size_t>(std::ranges::upper_bound(offset_, flat) - offset_.begin() - 1);
        if (!kept_[flat]) {
          weight[k] = 0.0;
        } else if (!sole(own)) {
          return std::nullopt;
        }
      }
    }
    double total = 0.0;
    for (const double w : weight) total += w;
    if (!(total > 0.0)) return std::nullopt;
    for (double& w : weight) w /= total;
    return weight;
  }

  const TreeGame& game_;
  TreeGame::Children children_;
  std::vector<std::size_t> offset_;
  std::size_t players_;
  std::vector<bool> kept_, whole_;
  std::vector<double> low_, high_;  ///< [node][player]
  double slack_;
};

/// The tree without what is settled; its sets are named by their number in the whole.
class Rest {
 public:
  Rest(const TreeGame& game, const Settling& settling)
      : game_(game), settling_(settling), builder_(game.title, game.players) {
    for (const auto& set : game.infosets) {
      const auto h = static_cast<std::size_t>(&set - game.infosets.data());
      auto& shown = shown_.emplace_back();
      for (std::size_t a = 0; a < set.actions.size(); ++a) {
        // What is settled against stays where something unsettled follows it.
        if (settling.kept(h, a) || std::ranges::any_of(set.nodes, [&](std::uint32_t v) {
              return !settling.whole(settling.child(v, a));
            }))
          shown.push_back(a);
      }
    }
    grow(0, std::vector<double>(game.players.size(), 0.0));
    tree = builder_.finish("");
    for (const auto& set : tree.infosets) whole_set.push_back(std::stoul(set.label));
  }

  TreeGame tree;
  std::vector<std::size_t> whole_set;  ///< [set of the rest]
  [[nodiscard]] const std::vector<std::size_t>& shown(std::size_t set) const { return shown_[set]; }

 private:
  void grow(std::uint32_t v, std::vector<double> earned) {
    const TreeGame::Node& node = game_.nodes[v];
    if (settling_.whole(v)) {
      const auto more = settling_.worth(v);
      for (std::size_t p = 0; p < earned.size(); ++p) earned[p] += more[p];
      return builder_.end(std::move(earned));
    }
    if (node.outcome != TreeGame::none) {
      for (std::size_t p = 0; p < earned.size(); ++p)
        earned[p] += game_.outcomes[node.outcome].payoffs[p];
    }
    if (node.kind == TreeGame::Kind::chance) {
      const auto& set = game_.chance[node.set];
      builder_.chance(std::to_string(node.set), set.actions, set.p);
      for (std::size_t a = 0; a < set.actions.size(); ++a) grow(settling_.child(v, a), earned);
      return;
    }
    const auto& shown = shown_[node.set];
    if (shown.size() > 1) {
      const auto& set = game_.infosets[node.set];
      std::vector<std::string> actions;
      for (const std::size_t a : shown) actions.push_back(set.actions[a]);
      builder_.move(set.player, std::to_string(node.set), actions);
    }
    for (const std::size_t a : shown) grow(settling_.child(v, a), earned);
  }

  const TreeGame& game_;
  const Settling& settling_;
  std::vector<std::vector<std::size_t>> shown_;
  TreeBuilder builder_;
};

/// Every player's payoffs divided by their standard deviation over the ends.
void scale_payoffs(TreeGame& tree) {
  for (std::size_t p = 0; p < tree.players.size(); ++p) {
    double sum = 0.0, squares = 0.0;
    const auto n = static_cast<double>(tree.outcomes.size());
    for (const auto& o : tree.outcomes) sum += o.payoffs[p] / n;
    for (const auto& o : tree.outcomes) squares += (o.payoffs[p] - sum) * (o.payoffs[p] - sum);
    if (n < 2.0 || squares <= 0.0) continue;
    const double sd = std::sqrt(squares / (n - 1.0));
    for (auto& o : tree.outcomes) o.payoffs[p] /= sd;
  }
}

/// Beliefs by the logarithms of probabilities, and the most that one choice at one set gains.
void judge(const TreeGame& game, const std::vector<double>& logs, Sequential& s) {
  const std::size_t n = game.nodes.size(), players = game.players.size();
  const auto offset = game.offsets();
  const auto children = game.children();
  std::vector<double> reach(n, 0.0), worth(n * players, 0.0);
  for (std::uint32_t v = 1; v < n; ++v) {
    const TreeGame::Node& node = game.nodes[v];
    const TreeGame::Node& up = game.nodes[node.parent];
    reach[v] = reach[node.parent] + (up.kind == TreeGame::Kind::chance
                                         ? log(game.chance[up.set].p[node.action])
                                         : logs[offset[up.set] + node.action]);
  }
  for (auto v = static_cast<std::uint32_t>(n); v-- > 0;) {
    const TreeGame::Node& node = game.nodes[v];
    for (std::size_t p = 0; p < players; ++p) {
      double& own = worth[v * players + p];
      if (node.outcome != TreeGame::none) own += game.outcomes[node.outcome].payoffs[p];
      for (std::size_t a = 0; a < game.actions(v); ++a) {
        const double by = node.kind == TreeGame::Kind::chance ? game.chance[node.set].p[a]
                                                              : s.behaviour[offset[node.set] + a];
        own += by * worth[children.children[children.first[v] + a] * players + p];
      }
    }
  }
  s.belief.assign(n, 0.0);
  s.gain = 0.0;
  for (std::size_t h = 0; h < game.infosets.size(); ++h) {
    const auto& set = game.infosets[h];
    double top = reach[set.nodes.front()], total = 0.0, told = 0.0, best = 0.0;
    for (const std::uint32_t v : set.nodes) top = std::max(top, reach[v]);
    for (const std::uint32_t v : set.nodes)
      total += s.belief[v] = std::isinf(top) ? 1.0 : exp(reach[v] - top);
    for (const std::uint32_t v : set.nodes) s.belief[v] /= total;
    for (std::size_t a = 0; a < set.actions.size(); ++a) {
      double earned = 0.0;
      for (const std::uint32_t v : set.nodes) {
        earned +=
            s.belief[v] * worth[children.children[children.first[v] + a] * players + set.player];
      }
      told += s.behaviour[offset[h] + a] * earned;
      best = a == 0 ? earned : std::max(best, earned);
    }
    s.gain = std::max(s.gain, best - told);
  }
  const double range = TreeEvaluation(game).range();
  if (range > 0.0) s.gain /= range;
}

/// The same with what is played less than `least` left out.
std::vector<double> rounded(const TreeGame& game, std::vector<double> p, double least) {
  const auto offset = game.offsets();
  for (std::size_t h = 0; h + 1 < offset.size(); ++h) {
    double total = 0.0;
    for (std::size_t a = offset[h]; a < offset[h + 1]; ++a) total += p[a] < least ? 0.0 : p[a];
    for (std::size_t a = offset[h]; a < offset[h + 1]; ++a)
      p[a] = p[a] < least ? 0.0 : p[a] / total;
  }
  return p;
}

/// ln p of what is played; what is not trembles, `far` below its place on the branch.
std::vector<double> trembling(const std::vector<double>& p, std::vector<double> logs, double far) {
  for (std::size_t a = 0; a < p.size(); ++a) logs[a] = p[a] > 0.0 ? log(p[a]) : logs[a] + far;
  return logs;
}

}  // namespace

Sequential sequential_equilibrium(const TreeGame& game, const SequentialOptions& options) {
  if (game.absent_minded())
    throw ModelError(
        "no sequential equilibrium where a path passes through an information set "
        "twice");
  const Settling settling(game);
  const auto offset = game.offsets();
  Sequential s;
  s.behaviour.assign(offset.back(), 0.0);
  for (std::size_t h = 0; h < game.infosets.size(); ++h) {
    if (const auto sole = settling.sole(h)) {
      s.behaviour[offset[h] + *sole] = 1.0;
    } else {
      ++s.left;
    }
  }
  if (s.left == 0) {
    judge(game, trembling(s.behaviour, std::vector<double>(offset.back(), 0.0), settled), s);
    return s;
  }
  Rest rest(game, settling);
  scale_payoffs(rest.tree);
  const LogitBranch branch = logit_branch(rest.tree, {.regret = options.regret});
  const double far = settled + std::min(0.0, *std::ranges::min_element(branch.logs));
  std::vector<double> logs(offset.back(), far);  // of what is settled against: rarest of all
  const auto inner = rest.tree.offsets();
  for (std::size_t k = 0; k < rest.whole_set.size(); ++k) {
    const std::size_t h = rest.whole_set[k];
    const auto& shown = rest.shown(h);
    for (std::size_t a = 0; a < shown.size(); ++a) {
      const bool kept = settling.kept(h, shown[a]);
      logs[offset[h] + shown[a]] = branch.logs[inner[k] + a] + (kept ? 0.0 : far);
      if (kept && !settling.sole(h))
        s.behaviour[offset[h] + shown[a]] = branch.points.back().p[inner[k] + a];
    }
  }
  const std::vector<double> found = s.behaviour;
  for (const double small : {0.0, 1e-9, 1e-6, 1e-3}) {
    Sequential other = s;
    other.behaviour = rounded(game, found, small);
    judge(game, trembling(other.behaviour, logs, far), other);
    if (small == 0.0 || other.gain <= s.gain + 1e-15) s = other;
  }
  return s;
}

}  // namespace casus::game
