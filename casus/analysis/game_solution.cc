// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <optional>

#include "casus/analysis/escalation_game.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/game/evaluate.h"
#include "casus/game/logit.h"
#include "casus/game/tree_builder.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace {

using game::TreeGame;

constexpr double limit_tolerance = 1e-6;  ///< regret, as a share of the payoffs' range

/// Every player's payoffs divided by their standard deviation over the ends, so that one precision
/// means the same to all; a player to whom all ends are alike stays as it is.
std::vector<double> scale_payoffs(TreeGame& tree) {
  std::vector<double> scale(tree.players.size(), 1.0);
  for (std::size_t p = 0; p < scale.size(); ++p) {
    std::vector<double> pays;
    for (const auto& o : tree.outcomes) pays.push_back(o.payoffs[p]);
    if (const double sd = mean_error(pays).deviation; sd > 0.0) scale[p] = sd;
    for (auto& o : tree.outcomes) o.payoffs[p] /= scale[p];
  }
  return scale;
}

/// Probability of reaching each node, and expected payoffs below it, under a behaviour.
struct Walk {
  std::vector<double> reach;
  std::vector<std::vector<double>> below;  ///< [node][player]
};

Walk walk(const TreeGame& tree, std::span<const double> behaviour) {
  const std::size_t n = tree.nodes.size();
  const auto offset = tree.offsets();
  Walk w{std::vector<double>(n, 0.0),
         std::vector<std::vector<double>>(n, std::vector<double>(tree.players.size(), 0.0))};
  const auto step = [&](std::uint32_t v) {  // probability of the action that leads to v
    const TreeGame::Node& node = tree.nodes[v];
    const TreeGame::Node& parent = tree.nodes[node.parent];
    return parent.kind == TreeGame::Kind::chance ? tree.chance[parent.set].p[node.action]
                                                 : behaviour[offset[parent.set] + node.action];
  };
  w.reach[0] = 1.0;
  for (std::uint32_t v = 1; v < n; ++v) w.reach[v] = w.reach[tree.nodes[v].parent] * step(v);
  for (auto v = static_cast<std::uint32_t>(n); v-- > 0;) {
    const TreeGame::Node& node = tree.nodes[v];
    if (node.outcome != TreeGame::none) {
      for (std::size_t p = 0; p < tree.players.size(); ++p)
        w.below[v][p] += tree.outcomes[node.outcome].payoffs[p];
    }
    if (v == 0) break;
    for (std::size_t p = 0; p < tree.players.size(); ++p)
      w.below[node.parent][p] += step(v) * w.below[v][p];
  }
  return w;
}

/// What one solution of the game says, in the players' own units.
struct Solved {
  game::Behaviour behaviour;
  std::vector<double> payoffs;                    ///< by player
  std::vector<std::vector<double>> root_payoffs;  ///< [choice of the first move][player]
};

/// A tree without the last moves of players who then know all: they are taken by backward
/// induction, so that what is left is small and the answer there exact.
class Folded {
 public:
  explicit Folded(const TreeGame& tree)
      : tree_(tree),
        children_(tree.children()),
        ends_(tree.nodes.size(), TreeGame::none),
        builder_(tree.title, tree.players) {
    for (auto v = static_cast<std::uint32_t>(tree.nodes.size()); v-- > 0;) fold(v);
    grow(0);
  }
  [[nodiscard]] bool whole() const { return ends_[0] != TreeGame::none; }
  TreeGame rest() { return builder_.finish(""); }
  /// Behaviour of the whole tree from that of the rest.
  [[nodiscard]] game::Behaviour unfolded(const TreeGame& rest,
                                         const game::Behaviour& behaviour) const {
    game::Behaviour out;
    const auto offset = rest.offsets();
    for (const auto& set : tree_.infosets) {
      const auto found = std::ranges::find_if(rest.infosets, [&](const auto& other) {
        return other.player == set.player && other.label == set.label;
      });
      for (std::size_t a = 0; a < set.actions.size(); ++a) {
        if (found == rest.infosets.end()) {
          out.push_back(best(set.nodes.front()) == a ? 1.0 : 0.0);
        } else {
          out.push_back(
              behaviour[offset[static_cast<std::size_t>(found - rest.infosets.begin())] + a]);
        }
      }
    }
    return out;
  }

 private:
  [[nodiscard]] std::uint32_t child(std::uint32_t v, std::size_t a) const {
    return children_.children[children_.first[v] + a];
  }
  [[nodiscard]] double pays(std::uint32_t end, std::size_t player) const {
    return tree_.outcomes[tree_.nodes[end].outcome].payoffs[player];
  }
  [[nodiscard]] std::size_t best(std::uint32_t v) const {
    const std::size_t player = tree_.infosets[tree_.nodes[v].set].player;
    std::size_t top = 0;
    for (std::size_t a = 1; a < tree_.actions(v); ++a) {
      if (pays(ends_[child(v, a)], player) > pays(ends_[child(v, top)], player)) top = a;
    }
    return top;
  }
  /// The end that play from here surely comes to, if its player knows all and so do those after.
  void fold(std::uint32_t v) {
    const TreeGame::Node& node = tree_.nodes[v];
    if (node.kind == TreeGame::Kind::terminal) ends_[v] = v;
    if (node.kind != TreeGame::Kind::personal || tree_.infosets[node.set].nodes.size() > 1) return;
    for (std::size_t a = 0; a < tree_.actions(v); ++a) {
      if (ends_[child(v, a)] == TreeGame::none) return;
    }
    ends_[v] = ends_[child(v, best(v))];
  }
  void grow(std::uint32_t v) {
    const TreeGame::Node& node = tree_.nodes[v];
    if (ends_[v] != TreeGame::none) {
      builder_.end(tree_.outcomes[tree_.nodes[ends_[v]].outcome].payoffs);
      return;
    }
    if (node.kind == TreeGame::Kind::chance) {
      const auto& set = tree_.chance[node.set];
      builder_.chance(set.label, set.actions, set.p);
    } else {
      const auto& set = tree_.infosets[node.set];
      builder_.move(set.player, set.label, set.actions);
    }
    for (std::size_t a = 0; a < tree_.actions(v); ++a) grow(child(v, a));
  }

  const TreeGame& tree_;
  TreeGame::Children children_;
  std::vector<std::uint32_t> ends_;
  game::TreeBuilder builder_;
};

/// The limit of the principal logit branch of what backward induction leaves; nothing where the
/// branch cannot be followed.
std::optional<game::Behaviour> equilibrium_of(const TreeGame& tree) {
  Folded folded(tree);
  TreeGame rest = folded.rest();
  if (folded.whole()) return folded.unfolded(rest, {});
  scale_payoffs(rest);
  try {
    const auto branch = game::logit_branch(rest, {.regret = limit_tolerance});
    if (!branch.arrived) return std::nullopt;
    return folded.unfolded(rest, branch.points.back().p);
  } catch (const ModelError&) {
    return std::nullopt;
  }
}

std::optional<Solved> solve_once(const TreeGame& own) {
  Solved s;
  auto behaviour = equilibrium_of(own);
  if (!behaviour) return std::nullopt;
  s.behaviour = std::move(*behaviour);
  const Walk w = walk(own, s.behaviour);
  s.payoffs = w.below[0];
  const std::uint32_t first =
      own.nodes[0].kind == TreeGame::Kind::chance ? own.nodes[1].set : own.nodes[0].set;
  // The first move knows the type or not; its payoffs are averaged over the sets it may be at.
  const auto children = own.children();
  std::vector<std::uint32_t> tops;
  if (own.nodes[0].kind == TreeGame::Kind::chance) {
    for (std::size_t a = 0; a < own.actions(0); ++a)
      tops.push_back(children.children[children.first[0] + a]);
  } else {
    tops.push_back(0);
  }
  s.root_payoffs.assign(own.infosets[first].actions.size(),
                        std::vector<double>(own.players.size(), 0.0));
  for (const std::uint32_t top : tops) {
    for (std::size_t c = 0; c < s.root_payoffs.size(); ++c) {
      const std::uint32_t below = children.children[children.first[top] + c];
      for (std::size_t p = 0; p < own.players.size(); ++p)
        s.root_payoffs[c][p] += w.reach[top] * w.below[below][p];
    }
  }
  return s;
}

Band band_of(double value, std::vector<double> draws) {
  Band b{value, value, value};
  if (draws.empty()) return b;
  std::ranges::sort(draws);
  b.low = quantile(draws, 0.05);
  b.high = quantile(draws, 0.95);
  return b;
}

/// Futures drawn with replacement: how often each comes.
std::vector<double> resampled(std::size_t futures, std::uint64_t seed, std::size_t draw) {
  const Draws draws(seed);
  std::vector<double> weight(futures, 0.0);
  for (std::size_t i = 0; i < futures; ++i) {
    const double u = draws.uniform(Stream("game.bootstrap"), static_cast<std::uint32_t>(draw), 0,
                                   static_cast<std::uint32_t>(i));
    weight[std::min(futures - 1, static_cast<std::size_t>(u * static_cast<double>(futures)))] +=
        1.0;
  }
  return weight;
}

constexpr std::size_t most_lines = 8;

/// How often play comes by every node, mean over draws.
std::vector<double> drawn_reach(const TreeGame& tree, const std::vector<Solved>& draws) {
  std::vector<double> out(tree.nodes.size(), 0.0);
  for (const Solved& s : draws) {
    const Walk w = walk(tree, s.behaviour);
    for (std::size_t v = 0; v < out.size(); ++v)
      out[v] += w.reach[v] / static_cast<double>(draws.size());
  }
  return out;
}

std::vector<GameLine> lines_of(const TreeGame& tree, const Walk& w,
                               const std::vector<Solved>& draws) {
  std::vector<GameLine> out;
  const std::vector<double> drawn = draws.empty() ? w.reach : drawn_reach(tree, draws);
  for (std::uint32_t v = 0; v < tree.nodes.size(); ++v) {
    if (tree.nodes[v].kind != TreeGame::Kind::terminal) continue;
    if (w.reach[v] < 1e-3 && drawn[v] < 1e-3) continue;
    GameLine line{{}, w.reach[v], drawn[v]};
    for (std::uint32_t at = v; at != 0; at = tree.nodes[at].parent) {
      const auto& parent = tree.nodes[tree.nodes[at].parent];
      const auto& actions = parent.kind == TreeGame::Kind::chance
                                ? tree.chance[parent.set].actions
                                : tree.infosets[parent.set].actions;
      line.choices.insert(line.choices.begin(), actions[tree.nodes[at].action]);
    }
    out.push_back(std::move(line));
  }
  std::ranges::stable_sort(out,
                           [](const GameLine& a, const GameLine& b) { return a.drawn > b.drawn; });
  if (out.size() > most_lines) out.resize(most_lines);
  return out;
}

void fill_decisions(GameStudy& study, const TreeGame& tree, const Solved& solved, const Walk& w,
                    const std::vector<Solved>& draws) {
  const auto offset = tree.offsets();
  for (std::size_t i = 0; i < tree.infosets.size(); ++i) {
    const auto& set = tree.infosets[i];
    GameDecision d;
    d.player = set.player;
    const std::size_t bar = set.label.find(" | ");
    d.move = set.label.substr(0, bar);
    d.knows = set.label.substr(bar + 3);
    for (const std::uint32_t v : set.nodes) d.reached += w.reach[v];
    const bool root = set.nodes.front() == 0 || (tree.nodes[0].kind == TreeGame::Kind::chance &&
                                                 tree.nodes[set.nodes.front()].parent == 0);
    for (std::size_t a = 0; a < set.actions.size(); ++a) {
      GameDecision::Choice c;
      c.id = set.actions[a];
      std::vector<double> ps;
      double best = 0.0;
      for (const Solved& s : draws) {
        const double* p = s.behaviour.data() + offset[i];
        ps.push_back(p[a]);
        best += static_cast<std::size_t>(std::max_element(p, p + set.actions.size()) - p) == a
                    ? 1.0
                    : 0.0;
      }
      if (!draws.empty()) c.best = best / static_cast<double>(draws.size());
      c.p = band_of(solved.behaviour[offset[i] + a], std::move(ps));
      for (std::size_t p = 0; root && p < tree.players.size(); ++p) {
        std::vector<double> values;
        for (const Solved& s : draws) values.push_back(s.root_payoffs[a][p]);
        c.payoffs.push_back(band_of(solved.root_payoffs[a][p], std::move(values)));
      }
      d.choices.push_back(std::move(c));
    }
    const auto surest = std::ranges::max_element(d.choices, {}, &GameDecision::Choice::best);
    d.undecided = !draws.empty() && surest->best < decided_share;
    study.decisions.push_back(std::move(d));
  }
}

}  // namespace

BranchPayoffs BranchPayoffs::with_worths(std::uint64_t seed, std::size_t draw) const {
  BranchPayoffs out{branches, players, futures, value, type, {}};
  const Draws draws(seed);
  for (const Part& part : parts) {
    const double z =
        draws.normal(Stream("game.worth"), static_cast<std::uint32_t>(draw), 0, part.name);
    const double more = exp(part.sd * z) - 1.0;
    for (std::size_t b = 0; b < branches; ++b) {
      double* row = out.value.data() + (b * players + part.player) * futures;
      for (std::size_t f = 0; f < futures; ++f) row[f] += more * part.share[b * futures + f];
    }
  }
  return out;
}

GameStudy solve_game(const casefile::Case& given, const casefile::GamePlan& plan,
                     const BranchPayoffs& payoffs, const GameStudyOptions& options) {
  const TreeGame tree = tree_of(given, plan, payoffs, std::vector<double>(payoffs.futures, 1.0));
  const auto solved = solve_once(tree);
  if (!solved) {
    throw ModelError("the equilibria of game '" + plan.id +
                     "' could not be followed to the limit; 'casus solve' on its .efg has other "
                     "methods");
  }
  std::vector<std::optional<Solved>> drawn(options.bootstraps);
  parallel_for(drawn.size(), options.threads, [&](std::size_t b) {
    try {
      drawn[b] = solve_once(tree_of(given, plan, payoffs.with_worths(options.seed, b),
                                    resampled(payoffs.futures, options.seed, b)));
    } catch (const ModelError&) {
      drawn[b] = std::nullopt;  // no future of one type among those drawn
    }
  });
  std::vector<Solved> draws;
  for (auto& d : drawn) {
    if (d) draws.push_back(std::move(*d));
  }
  GameStudy study;
  study.id = plan.id;
  study.name = plan.name;
  study.players = tree.players;
  study.futures = payoffs.futures;
  study.branches = payoffs.branches;
  study.bootstraps = draws.size();
  study.weeks = plan.weeks;
  if (plan.type) {
    study.type = plan.type->name;
    study.p_first_type = tree.chance.front().p[0];
  }
  for (std::size_t p = 0; p < tree.players.size(); ++p) {
    std::vector<double> values;
    for (const Solved& s : draws) values.push_back(s.payoffs[p]);
    study.payoffs.push_back(band_of(solved->payoffs[p], std::move(values)));
  }
  const Walk w = walk(tree, solved->behaviour);
  fill_decisions(study, tree, *solved, w, draws);
  study.lines = lines_of(tree, w, draws);
  study.regret = game::TreeEvaluation(tree).regret(solved->behaviour);
  study.lambda = options.lambda;
  TreeGame even = tree;
  scale_payoffs(even);
  const auto noisy = game::logit_branch(even, {.lambda = options.lambda}).points.back().p;
  const auto offset = tree.offsets();
  study.noisy_root.assign(noisy.begin() + static_cast<std::ptrdiff_t>(offset[0]),
                          noisy.begin() + static_cast<std::ptrdiff_t>(offset[1]));
  study.note =
      "backward induction where a player knows all, else the limit of the principal branch of "
      "logit "
      "equilibria: one equilibrium; others were not sought";
  return study;
}

}  // namespace casus::analysis
