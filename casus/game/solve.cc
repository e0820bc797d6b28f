// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/solve.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "casus/base/error.h"
#include "casus/game/cfr.h"
#include "casus/game/evaluate.h"
#include "casus/game/logit.h"
#include "casus/game/pure.h"
#include "casus/game/sequential.h"
#include "casus/game/strategic_form.h"
#include "casus/game/zero_sum.h"

namespace casus::game {
namespace {

constexpr std::size_t enumerated_by_default = 24;  // strategies of both players

// Names that answers can tell apart: the label where it is the player's own only, else a number.
std::vector<std::string> unique_names(const std::vector<std::string>& labels) {
  std::multiset<std::string> seen(labels.begin(), labels.end());
  std::vector<std::string> out;
  for (std::size_t k = 0; k < labels.size(); ++k) {
    std::string name =
        labels[k].empty() || seen.count(labels[k]) > 1 ? fmt::format("{}", k + 1) : labels[k];
    while (seen.contains(name) && name != labels[k]) name = "#" + name;
    seen.insert(name);
    out.push_back(std::move(name));
  }
  return out;
}

// A matrix game, or the strategic form of a tree with the way back.
class Board {
 public:
  explicit Board(const Game& game)
      : tree_(std::get_if<TreeGame>(&game)), matrix_(std::get_if<MatrixGame>(&game)) {
    if (tree_ != nullptr) evaluation_.emplace(*tree_);
  }

  [[nodiscard]] const TreeGame* tree() const { return tree_; }
  [[nodiscard]] const std::vector<std::string>& players() const {
    return tree_ != nullptr ? tree_->players : matrix_->players;
  }
  [[nodiscard]] const MatrixGame& matrix() {
    if (tree_ == nullptr) return *matrix_;
    if (!form_) form_ = strategic_form(*tree_);
    return form_->matrix;
  }
  void need_recall() const {
    if (tree_ != nullptr && tree_->forgetful()) (void)sequence_form(*tree_);  // throws, says where
  }
  /// From a mixed profile of `matrix()`.
  [[nodiscard]] Equilibrium from_mixed(const Mixed& mixed) {
    return told(tree_ == nullptr ? mixed : behaviour(*form_, *tree_, mixed));
  }
  /// From a profile of the game itself.
  [[nodiscard]] Equilibrium told(std::vector<double> profile) const {
    Equilibrium out;
    out.payoffs =
        tree_ != nullptr ? evaluation_->payoffs(profile) : expected_payoffs(*matrix_, profile);
    out.regret =
        std::max(0.0, tree_ != nullptr ? evaluation_->regret(profile) : regret(*matrix_, profile));
    out.profile = std::move(profile);
    return out;
  }

  [[nodiscard]] std::vector<Decision> decisions() const {
    std::vector<Decision> out;
    if (tree_ == nullptr) {
      const auto names = unique_names(matrix_->players);
      for (std::size_t i = 0; i < names.size(); ++i) {
        out.push_back({i, names[i], unique_names(matrix_->strategies[i])});
      }
      return out;
    }
    std::vector<std::vector<std::string>> labels(tree_->players.size());
    for (const auto& set : tree_->infosets) labels[set.player].push_back(set.label);
    for (auto& own : labels) own = unique_names(own);
    std::vector<std::size_t> next(labels.size(), 0);
    for (const auto& set : tree_->infosets) {
      out.push_back(
          {set.player, labels[set.player][next[set.player]++], unique_names(set.actions)});
    }
    return out;
  }

 private:
  const TreeGame* tree_;
  const MatrixGame* matrix_;
  std::optional<TreeEvaluation> evaluation_;
  std::optional<StrategicForm> form_;
};

bool same(const Equilibrium& a, const Equilibrium& b) {
  return std::equal(a.profile.begin(), a.profile.end(), b.profile.begin(),
                    [](double x, double y) { return std::abs(x - y) < 1e-9; });
}

// Mixed profiles as equilibria of the game; of a tree, several may be the same behaviour.
void take(Board& board, const Equilibria& found, Solution& out) {
  std::vector<std::size_t> place;
  for (const Mixed& mixed : found.profiles) {
    auto fresh = board.from_mixed(mixed);
    const auto known = std::find_if(out.equilibria.begin(), out.equilibria.end(),
                                    [&](const Equilibrium& old) { return same(old, fresh); });
    place.push_back(static_cast<std::size_t>(known - out.equilibria.begin()));
    if (known == out.equilibria.end()) out.equilibria.push_back(std::move(fresh));
  }
  for (const auto& component : found.components) {
    std::set<std::size_t> members;
    for (const std::size_t k : component) members.insert(place[k]);
    out.components.emplace_back(members.begin(), members.end());
  }
  out.complete = found.complete;
  out.note = found.why;
}

void solve_pure(Board& board, Solution& out) {
  const auto& matrix = board.matrix();
  for (const std::size_t k : pure_equilibria(matrix)) {
    out.equilibria.push_back(board.from_mixed(pure_profile(matrix, k)));
  }
  out.note = "these are all equilibria in which nobody mixes; others are not looked for";
}

// Of a zero-sum game fewer bases are walked unasked: if they are not all, a linear program tells
// the value at once, and every equilibrium pays it.
void solve_enumerate(Board& board, const Game& game, const SolveOptions& options, Solution& out) {
  board.need_recall();
  double sum = 0.0;
  const bool opposed = std::visit([&](const auto& g) { return constant_sum(g, sum); }, game);
  const std::size_t bases = options.most_bases.value_or(opposed ? 50'000 : 2'000'000);
  take(board, enumerate(board.matrix(), {bases, options.progress}), out);
  if (opposed && !out.complete)
    out.note +=
        "; the game is zero-sum: the method zero-sum solves it at once, and all its "
        "equilibria pay the same";
  const bool isolated = std::all_of(out.components.begin(), out.components.end(),
                                    [](const auto& component) { return component.size() == 1; });
  if (!isolated && out.complete) {
    out.note =
        "the game is degenerate: the extreme equilibria are listed, and every other is a mixture "
        "of those of one component";
  }
}

void solve_zero_sum(const Board& board, const Game& game, Solution& out) {
  const auto answer = std::visit([](const auto& g) { return zero_sum(g); }, game);
  out.equilibria.push_back(board.told(answer.profile));
  out.complete = answer.unique;
  if (!answer.unique) {
    out.note = "other equilibria may exist; all of them pay the same";
  }
}

void solve_qre(const Board& board, const Game& game, const SolveOptions& options, Solution& out) {
  LogitOptions walk;
  walk.lambda = options.lambda;
  walk.progress = options.progress;
  if (options.tolerance) walk.regret = *options.tolerance;
  const auto branch = std::visit([&](const auto& g) { return logit_branch(g, walk); }, game);
  const auto point = [&](const LogitPoint& p) {
    auto told = board.told(p.p);
    told.lambda = p.lambda;
    return told;
  };
  out.equilibria.push_back(point(branch.points.back()));
  if (options.branch) {
    for (const LogitPoint& p : branch.points) out.branch.push_back(point(p));
  }
  out.note = options.lambda
                 ? "a quantal response equilibrium of this lambda on the principal branch; its "
                   "regret is what noise costs"
                 : "the limit of the principal branch; other equilibria are not looked for";
  if (!branch.arrived) {
    out.note = fmt::format("the walk stopped at lambda {:.6g} before it arrived; {}",
                           branch.points.back().lambda, out.note);
  }
}

void solve_sequential(const Board& board, const SolveOptions& options, Solution& out) {
  if (board.tree() == nullptr)
    throw ModelError("sequential takes trees (.efg); nothing follows the moves of a matrix");
  SequentialOptions how;
  if (options.tolerance) how.regret = *options.tolerance;
  auto answer = sequential_equilibrium(*board.tree(), how);
  out.equilibria.push_back(board.told(std::move(answer.behaviour)));
  out.note = fmt::format("one choice at one set gains at most {:.3g} of the range of payoffs; {}",
                         answer.gain,
                         answer.only() ? "no other equilibrium is sequential"
                                       : "other sequential equilibria are not looked for");
}

void solve_cfr(const Board& board, const SolveOptions& options, Solution& out) {
  if (board.tree() == nullptr) {
    throw ModelError("cfr takes trees (.efg); a matrix is solved at once by zero-sum");
  }
  CfrOptions run;
  run.iterations = options.iterations;
  run.progress = options.progress;
  if (options.tolerance) run.regret = *options.tolerance;
  const auto answer = cfr(*board.tree(), run);
  out.equilibria.push_back(board.told(answer.profile));
  double sum = 0.0;
  const bool promised = constant_sum(*board.tree(), sum);
  out.note = fmt::format("the average of {} iterations, an equilibrium up to its regret; {}",
                         answer.iterations,
                         promised ? "more iterations lower it"
                                  : "this game is not two-player zero-sum, so it need "
                                    "not fall with more");
}

void solve_correlated(Board& board, const SolveOptions& options, Solution& out) {
  board.need_recall();
  const auto& matrix = board.matrix();
  std::size_t player = 0;
  if (options.aim == Aim::player) {
    const auto found = std::find(matrix.players.begin(), matrix.players.end(), options.aim_player);
    if (found == matrix.players.end()) {
      throw ModelError(fmt::format("no player is called '{}'", options.aim_player));
    }
    player = static_cast<std::size_t>(found - matrix.players.begin());
  }
  const auto answer = correlated(matrix, options.aim, player);
  const auto begin = matrix.offsets();
  Mixed own(begin.back(), 0.0);
  Equilibrium told;
  std::vector<std::vector<std::string>> names;
  for (const auto& labels : matrix.strategies) names.push_back(unique_names(labels));
  for (std::size_t k = 0; k < answer.p.size(); ++k) {
    if (answer.p[k] == 0.0) continue;
    auto& draw = told.draws.emplace_back();
    draw.second = answer.p[k];
    for (std::size_t i = 0; i < matrix.players.size(); ++i) {
      const std::size_t s = k / matrix.stride(i) % matrix.strategies[i].size();
      own[begin[i] + s] += answer.p[k];
      draw.first.push_back(names[i][s]);
    }
  }
  told.profile = board.from_mixed(own).profile;
  told.payoffs = answer.payoffs;
  told.regret = std::max(0.0, answer.regret);
  out.equilibria.push_back(std::move(told));
  out.note =
      "correlated: players are told their part of a profile drawn from `draws`; `strategies` "
      "are each one's own share and not an equilibrium by themselves";
}

Method chosen(Board& board, const Game& game) {
  double sum = 0.0;
  if (std::visit([&](const auto& g) { return constant_sum(g, sum); }, game) &&
      (board.tree() == nullptr || !board.tree()->forgetful())) {
    return Method::zero_sum;
  }
  if (board.players().size() == 2 && (board.tree() == nullptr || !board.tree()->forgetful())) {
    try {
      if (board.matrix().offsets().back() <= enumerated_by_default) return Method::enumerate;
    } catch (const ModelError&) {  // a tree with too many strategies
      return Method::qre;
    }
  }
  return Method::qre;
}

}  // namespace

const std::vector<MethodText>& methods() {
  static const std::vector<MethodText> all{
      {Method::automatic, "auto", "zero-sum, enum or qre, whichever suits the game"},
      {Method::pure, "pure", "all equilibria without mixing; any number of players"},
      {Method::enumerate, "enum", "all extreme equilibria of two players; says if it has all"},
      {Method::lemke_howson, "lemke-howson", "two players: the ends of all Lemke-Howson paths"},
      {Method::zero_sum, "zero-sum", "two players of opposite interest, by linear programming"},
      {Method::qre, "qre", "logit quantal response, principal branch; any number of players"},
      {Method::sequential, "sequential",
       "a tree: dominance and backward induction, else the logit limit; held at every set"},
      {Method::cfr, "cfr", "CFR+ on the sequence form of a larger tree"},
      {Method::correlated, "correlated", "a best correlated equilibrium, by linear programming"},
  };
  return all;
}

Solution solve(const Game& game, const SolveOptions& options) {
  Board board(game);
  Solution out;
  out.title = std::visit([](const auto& g) { return g.title; }, game);
  out.players = unique_names(board.players());
  out.decisions = board.decisions();
  const Method method = options.method == Method::automatic ? chosen(board, game) : options.method;
  out.method = std::find_if(methods().begin(), methods().end(), [&](const MethodText& m) {
                 return m.method == method;
               })->name;
  switch (method) {
    case Method::pure:
      solve_pure(board, out);
      break;
    case Method::enumerate:
      solve_enumerate(board, game, options, out);
      break;
    case Method::lemke_howson:
      board.need_recall();
      take(board, lemke_howson(board.matrix(), options.progress), out);
      break;
    case Method::zero_sum:
      solve_zero_sum(board, game, out);
      break;
    case Method::automatic:
    case Method::qre:
      solve_qre(board, game, options, out);
      break;
    case Method::sequential:
      solve_sequential(board, options, out);
      break;
    case Method::cfr:
      solve_cfr(board, options, out);
      break;
    case Method::correlated:
      solve_correlated(board, options, out);
      break;
  }
  return out;
}

}  // namespace casus::game
