// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "casus/analysis/escalation_game.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/game/evaluate.h"
#include "casus/game/logit.h"
#include "casus/game/sequential.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace {

using game::TreeGame;

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
  double gain = 0.0;  ///< the most one choice at any move gains there, a share of the range
  bool only = false;  ///< no other equilibrium is sequential
  std::vector<double> payoffs;                    ///< by player
  std::vector<std::vector<double>> root_payoffs;  ///< [choice of the first move][player]
};

Solved solve_once(const TreeGame& own) {
  Solved s;
  auto found = game::sequential_equilibrium(own);
  s.gain = found.gain;
  s.only = found.only();
  s.behaviour = std::move(found.behaviour);
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
    const auto told = std::ranges::max_element(
        d.choices, {}, [](const GameDecision::Choice& c) { return c.p.value; });
    d.undecided = !draws.empty() && told->best < decided_share;
    study.decisions.push_back(std::move(d));
  }
}

/// What was found, and what was not looked for.
std::string note_of(const Solved& solved) {
  if (solved.gain >= 1e-9) {
    return fmt::format(
        "no equilibrium could be followed to its limit; at some move one choice still gains {:.2g} "
        "of the range of payoffs",
        solved.gain);
  }
  return solved.only
             ? "the only sequential equilibrium: dominance and backward induction settle every "
               "move; other Nash equilibria rest on threats that nobody would carry out"
             : "one sequential equilibrium: dominance and backward induction, then the limit of "
               "the principal branch of logit equilibria; no choice at any move gains; others were "
               "not sought";
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
  const Solved solved = solve_once(tree);
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
    study.payoffs.push_back(band_of(solved.payoffs[p], std::move(values)));
  }
  const Walk w = walk(tree, solved.behaviour);
  fill_decisions(study, tree, solved, w, draws);
  study.lines = lines_of(tree, w, draws);
  study.regret = game::TreeEvaluation(tree).regret(solved.behaviour);
  study.lambda = options.lambda;
  TreeGame even = tree;
  scale_payoffs(even);
  const auto noisy = game::logit_branch(even, {.lambda = options.lambda}).points.back().p;
  const auto offset = tree.offsets();
  study.noisy_root.assign(noisy.begin() + static_cast<std::ptrdiff_t>(offset[0]),
                          noisy.begin() + static_cast<std::ptrdiff_t>(offset[1]));
  study.note = note_of(solved);
  return study;
}

}  // namespace casus::analysis
