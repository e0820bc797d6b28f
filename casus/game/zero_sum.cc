// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/zero_sum.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/game/linear_program.h"

namespace casus::game {
namespace {

[[noreturn]] void not_zero_sum() {
  throw ModelError(
      "zero-sum needs two players whose payoffs add up to one constant at every end; try enum, "
      "lemke-howson or qre");
}

// Probabilities that a solver left a hair outside [0, 1].
void tidy(double* p, std::size_t n) {
  double total = 0.0;
  for (std::size_t i = 0; i < n; ++i) total += p[i] = std::max(p[i] < 1e-13 ? 0.0 : p[i], 0.0);
  for (std::size_t i = 0; i < n; ++i) p[i] /= total;
}

// Where best replies are exactly the supports, equilibria differ only by solutions of one system.
bool only_one(const MatrixGame& game, const std::vector<double>& mixed) {
  const auto earned = deviation_payoffs(game, mixed);
  const auto begin = game.offsets();
  std::vector<std::size_t> support[2];
  for (std::size_t i = 0; i < 2; ++i) {
    const double range = std::max(payoff_range(game, i), 1e-300);
    const auto first = earned.begin() + static_cast<std::ptrdiff_t>(begin[i]);
    const double best =
        *std::max_element(first, earned.begin() + static_cast<std::ptrdiff_t>(begin[i + 1]));
    for (std::size_t s = begin[i]; s < begin[i + 1]; ++s) {
      if (mixed[s] > 1e-9) {
        support[i].push_back(s - begin[i]);
      } else if (best - earned[s] < 1e-9 * range) {
        return false;
      }
    }
  }
  const auto k = static_cast<Eigen::Index>(support[0].size());
  if (support[1].size() != support[0].size()) return false;
  Eigen::MatrixXd system = Eigen::MatrixXd::Zero(k + 1, k + 1);
  const double range = std::max(payoff_range(game, 0), 1e-300);
  for (Eigen::Index r = 0; r < k; ++r) {
    for (Eigen::Index c = 0; c < k; ++c) {
      system(r, c) =
          game.payoff(support[0][static_cast<std::size_t>(r)] +
                          support[1][static_cast<std::size_t>(c)] * game.strategies[0].size(),
                      0) /
          range;
    }
    system(r, k) = system(k, r) = 1.0;
  }
  return Eigen::FullPivLU<Eigen::MatrixXd>(system).rcond() > 1e-9;
}

// max q_0: q is what the second player can hold the first to after each of their own sets.
struct SequenceProgram {
  explicit SequenceProgram(const SequenceForm& form) {
    const auto& one = form.players[0];
    const auto& two = form.players[1];
    for (std::size_t s = 0; s < one.sequences; ++s) program.column(0.0);
    root = program.column(1.0, -unbounded);
    for (std::size_t h = 0; h < two.sets.size(); ++h) program.column(0.0, -unbounded);
    for (std::size_t s = 0; s < two.sequences; ++s) program.row(0.0, unbounded);
    for (std::size_t leaf = 0; leaf < form.leaves(); ++leaf) {
      program.entry(form.leaf_sequences[leaf * 2 + 1], form.leaf_sequences[leaf * 2],
                    form.leaf_payoffs[leaf * 2]);
    }
    program.entry(0, root, -1.0);
    for (std::uint32_t h = 0; h < two.sets.size(); ++h) {
      const auto& set = two.sets[h];
      program.entry(set.parent, root + 1 + h, 1.0);
      for (std::uint32_t a = 0; a < set.actions; ++a) {
        program.entry(set.first + a, root + 1 + h, -1.0);
      }
    }
    program.entry(program.row(1.0, 1.0), 0, 1.0);
    for (const auto& set : one.sets) {
      const auto row = program.row(0.0, 0.0);
      program.entry(row, set.parent, -1.0);
      for (std::uint32_t a = 0; a < set.actions; ++a) program.entry(row, set.first + a, 1.0);
    }
  }
  LinearProgram program;
  std::uint32_t root = 0;
};

// A plan made exact: every set shares out what its parent has.
void tidy(const SequenceForm::Player& player, std::vector<double>& plan) {
  plan[0] = 1.0;
  for (const auto& set : player.sets) {
    double total = 0.0;
    for (std::uint32_t a = 0; a < set.actions; ++a) {
      double& p = plan[set.first + a];
      total += p = p < 1e-13 ? 0.0 : p;
    }
    for (std::uint32_t a = 0; a < set.actions; ++a) {
      double& p = plan[set.first + a];
      p = total > 0.0 ? p / total * plan[set.parent]
                      : plan[set.parent] / static_cast<double>(set.actions);
    }
  }
}

}  // namespace

ZeroSum zero_sum(const MatrixGame& game) {
  double sum = 0.0;
  if (!constant_sum(game, sum)) not_zero_sum();
  const std::size_t m = game.strategies[0].size(), n = game.strategies[1].size();
  LinearProgram program;
  for (std::size_t i = 0; i < m; ++i) program.column(0.0);
  const auto value = program.column(1.0, -unbounded);
  for (std::size_t j = 0; j < n; ++j) {
    const auto row = program.row(0.0, unbounded);
    for (std::size_t i = 0; i < m; ++i) {
      program.entry(row, static_cast<std::uint32_t>(i), game.payoff(i + j * m, 0));
    }
    program.entry(row, value, -1.0);
  }
  const auto all = program.row(1.0, 1.0);
  for (std::uint32_t i = 0; i < m; ++i) program.entry(all, i, 1.0);
  const auto solution = program.maximise();
  ZeroSum out;
  out.profile.assign(solution.x.begin(), solution.x.begin() + static_cast<std::ptrdiff_t>(m));
  for (std::size_t j = 0; j < n; ++j) out.profile.push_back(-solution.duals[j]);
  tidy(out.profile.data(), m);
  tidy(out.profile.data() + m, n);
  out.value = expected_payoffs(game, out.profile)[0];
  out.unique = only_one(game, out.profile);
  return out;
}

ZeroSum zero_sum(const TreeGame& game) {
  double sum = 0.0;
  if (!constant_sum(game, sum)) not_zero_sum();
  const auto form = sequence_form(game);
  const auto solution = SequenceProgram(form).program.maximise();
  Plans found(2);
  found[0].assign(solution.x.begin(),
                  solution.x.begin() + static_cast<std::ptrdiff_t>(form.players[0].sequences));
  for (std::size_t s = 0; s < form.players[1].sequences; ++s) {
    found[1].push_back(-solution.duals[s]);
  }
  tidy(form.players[0], found[0]);
  tidy(form.players[1], found[1]);
  ZeroSum out;
  out.profile = behaviour(form, game, found);
  out.value = expected_payoffs(form, found)[0];
  return out;
}

}  // namespace casus::game
