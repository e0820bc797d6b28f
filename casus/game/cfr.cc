// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/cfr.h"

#include <algorithm>

#include "casus/game/evaluate.h"

namespace casus::game {

CfrSolver::CfrSolver(const SequenceForm& form) : form_(form) {
  for (const auto& player : form.players) {
    auto& plan = current_.emplace_back(player.sequences, 1.0);
    for (const auto& set : player.sets) {
      for (std::uint32_t a = 0; a < set.actions; ++a) {
        plan[set.first + a] = plan[set.parent] / static_cast<double>(set.actions);
      }
    }
    sum_.emplace_back(player.sequences, 0.0);
    regrets_.emplace_back(player.sequences, 0.0);
  }
  if (form.players.size() != 2) return;
  for (std::size_t i = 0; i < 2; ++i) {
    auto& own = leaves_.emplace_back();
    for (std::size_t leaf = 0; leaf < form.leaves(); ++leaf) {
      own.push_back({form.leaf_payoffs[leaf * 2 + i], form.leaf_sequences[leaf * 2 + i],
                     form.leaf_sequences[leaf * 2 + 1 - i]});
    }
    std::stable_sort(own.begin(), own.end(),
                     [](const Leaf& a, const Leaf& b) { return a.own < b.own; });
  }
}

// What each own sequence earns where it ends: for two players, one sparse matrix times a vector.
void CfrSolver::earn(std::size_t player) {
  if (leaves_.empty()) {
    earned_ = sequence_payoffs(form_, player, current_);
    return;
  }
  earned_.assign(form_.players[player].sequences, 0.0);
  const double* const others = current_[1 - player].data();
  for (const Leaf& leaf : leaves_[player]) earned_[leaf.own] += leaf.payoff * others[leaf.other];
}

void CfrSolver::update(std::size_t player) {
  earn(player);
  const auto& own = form_.players[player];
  auto& plan = current_[player];
  auto& regrets = regrets_[player];
  for (std::size_t s = own.sets.size(); s-- > 0;) {  // from the last moves up
    const auto& set = own.sets[s];
    double* const earned = &earned_[set.first];
    double* const regret = &regrets[set.first];
    double total = 0.0, value = 0.0, even = 0.0;
    for (std::uint32_t a = 0; a < set.actions; ++a) {
      total += regret[a];
      value += regret[a] * earned[a];
      even += earned[a];
    }
    value = total > 0.0 ? value / total : even / static_cast<double>(set.actions);
    for (std::uint32_t a = 0; a < set.actions; ++a) {
      regret[a] = std::max(regret[a] + earned[a] - value, 0.0);
    }
    earned_[set.parent] += value;
  }
  const auto weight = static_cast<double>(iterations_);
  for (const auto& set : own.sets) {
    const double* const regret = &regrets[set.first];
    double* const next = &plan[set.first];
    double total = 0.0;
    for (std::uint32_t a = 0; a < set.actions; ++a) total += regret[a];
    const double parent = plan[set.parent];
    const double by = total > 0.0 ? parent / total : parent / static_cast<double>(set.actions);
    for (std::uint32_t a = 0; a < set.actions; ++a) {
      next[a] = total > 0.0 ? regret[a] * by : by;
      sum_[player][set.first + a] += weight * next[a];
    }
  }
}

void CfrSolver::iterate() {
  ++iterations_;
  for (std::size_t i = 0; i < form_.players.size(); ++i) update(i);
}

Plans CfrSolver::average() const {
  Plans out = sum_;
  for (std::size_t i = 0; i < out.size(); ++i) {
    out[i][0] = 1.0;
    for (const auto& set : form_.players[i].sets) {
      double total = 0.0;
      for (std::uint32_t a = 0; a < set.actions; ++a) total += sum_[i][set.first + a];
      for (std::uint32_t a = 0; a < set.actions; ++a) {
        double& p = out[i][set.first + a];
        p = out[i][set.parent] * (total > 0.0 ? p / total : 1.0 / static_cast<double>(set.actions));
      }
    }
  }
  return out;
}

CfrAnswer cfr(const TreeGame& game, const CfrOptions& options) {
  const auto form = sequence_form(game);
  const double enough = options.regret * TreeEvaluation(game).range();
  CfrSolver solver(form);
  CfrAnswer out;
  std::size_t look = 16;
  while (solver.iterations() < options.iterations) {
    solver.iterate();
    const bool last = solver.iterations() == options.iterations;
    if (solver.iterations() < look && !last) continue;
    look += look / 4;
    out.regret = regret(form, solver.average());
    if (options.progress) options.progress(solver.iterations(), options.iterations);
    if (out.regret <= enough) break;
  }
  out.iterations = solver.iterations();
  out.profile = behaviour(form, game, solver.average());
  return out;
}

}  // namespace casus::game
