// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/logit_system.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "casus/base/error.h"
#include "casus/base/numeric.h"
#include "casus/game/evaluate.h"

namespace casus::game {
namespace {

class MatrixSystem final : public LogitSystem {
 public:
  explicit MatrixSystem(const MatrixGame& game) : game_(game) {
    begin_ = game.offsets();
    range_ = 0.0;
    for (std::size_t i = 0; i < game.players.size(); ++i) {
      range_ = std::max(range_, payoff_range(game, i));
    }
  }

  void earnings(const Eigen::VectorXd& logs, Eigen::VectorXd& u,
                Eigen::MatrixXd& by_log) const override {
    const auto n = static_cast<Eigen::Index>(game_.players.size());
    u.setZero(logs.size());
    by_log.setZero(logs.size(), logs.size());
    std::vector<double> p(static_cast<std::size_t>(logs.size()));
    for (std::size_t k = 0; k < p.size(); ++k) p[k] = exp(logs[static_cast<Eigen::Index>(k)]);
    std::vector<Eigen::Index> at(static_cast<std::size_t>(n));
    std::vector<std::size_t> digit(static_cast<std::size_t>(n), 0);
    const std::size_t profiles = game_.profiles();
    for (std::size_t k = 0; k < profiles; ++k) {
      for (std::size_t i = 0; i < digit.size(); ++i) {
        at[i] = static_cast<Eigen::Index>(begin_[i] + digit[i]);
      }
      for (std::size_t i = 0; i < digit.size(); ++i) {
        double others = game_.payoff(k, i);
        for (std::size_t j = 0; j < digit.size(); ++j) {
          if (j != i) others *= p[static_cast<std::size_t>(at[j])];
        }
        u[at[i]] += others;
        for (std::size_t j = 0; j < digit.size(); ++j) {
          if (j != i) by_log(at[i], at[j]) += others;
        }
      }
      for (std::size_t i = 0; i < digit.size(); ++i) {
        if (++digit[i] < game_.strategies[i].size()) break;
        digit[i] = 0;
      }
    }
  }

  [[nodiscard]] double regret(const std::vector<double>& p) const override {
    return game::regret(game_, p);
  }

 private:
  const MatrixGame& game_;
};

// Every information set is an agent of its own.
class AgentSystem final : public LogitSystem {
 public:
  explicit AgentSystem(const TreeGame& game) : game_(game), evaluate_(game) {
    begin_ = game.offsets();
    range_ = evaluate_.range();
    children_ = game.children();
  }

  void earnings(const Eigen::VectorXd& logs, Eigen::VectorXd& u,
                Eigen::MatrixXd& by_log) const override {
    const auto size = static_cast<std::size_t>(logs.size());
    State state(game_, size);
    for (std::size_t k = 0; k < size; ++k) state.p[k] = exp(logs[static_cast<Eigen::Index>(k)]);
    reach(logs, state);
    values(state);
    u.setZero(logs.size());
    for (std::size_t h = 0; h < game_.infosets.size(); ++h) {
      for (const std::uint32_t v : game_.infosets[h].nodes) {
        for (std::size_t a = begin_[h]; a < begin_[h + 1]; ++a) {
          u[static_cast<Eigen::Index>(a)] += state.belief[v] * below(state, v, a - begin_[h], h);
        }
      }
    }
    by_log.setZero(logs.size(), logs.size());
    for (std::size_t k = 0; k < size; ++k) derive(k, state, u, by_log);
  }

  [[nodiscard]] double regret(const std::vector<double>& p) const override {
    return evaluate_.regret(p);
  }
  [[nodiscard]] bool unseen() const override { return true; }

 private:
  struct State {
    State(const TreeGame& game, std::size_t size)
        : p(size),
          log_reach(game.nodes.size(), 0.0),
          belief(game.nodes.size(), 0.0),
          value(game.nodes.size() * game.players.size(), 0.0) {}
    std::vector<double> p, log_reach, belief;
    std::vector<double> value;  ///< [node][player]: earned from here on
  };

  [[nodiscard]] double below(const State& s, std::uint32_t v, std::size_t action,
                             std::size_t h) const {
    const std::uint32_t child = children_.children[children_.first[v] + action];
    return s.value[child * game_.players.size() + game_.infosets[h].player];
  }

  [[nodiscard]] double probability(const State& s, std::uint32_t v, std::size_t a) const {
    const auto& node = game_.nodes[v];
    return node.kind == TreeGame::Kind::chance ? game_.chance[node.set].p[a]
                                               : s.p[begin_[node.set] + a];
  }

  // Logarithms, since far along the branch products of probabilities vanish.
  void reach(const Eigen::VectorXd& logs, State& s) const {
    for (std::size_t v = 1; v < game_.nodes.size(); ++v) {
      const auto& node = game_.nodes[v];
      const auto& up = game_.nodes[node.parent];
      const double by = up.kind == TreeGame::Kind::chance
                            ? log(game_.chance[up.set].p[node.action])
                            : logs[static_cast<Eigen::Index>(begin_[up.set] + node.action)];
      s.log_reach[v] = s.log_reach[node.parent] + by;
    }
    for (const auto& set : game_.infosets) {
      double top = -std::numeric_limits<double>::infinity(), total = 0.0;
      for (const std::uint32_t v : set.nodes) top = std::max(top, s.log_reach[v]);
      const bool never = std::isinf(top);  // chance rules the set out
      for (const std::uint32_t v : set.nodes) {
        total += s.belief[v] = never ? 1.0 : exp(s.log_reach[v] - top);
      }
      for (const std::uint32_t v : set.nodes) s.belief[v] /= total;
    }
  }

  void values(State& s) const {
    const std::size_t n = game_.players.size();
    for (std::uint32_t v = static_cast<std::uint32_t>(game_.nodes.size()); v-- > 0;) {
      const auto& node = game_.nodes[v];
      if (node.outcome != TreeGame::none) {
        for (std::size_t i = 0; i < n; ++i) {
          s.value[v * n + i] += game_.outcomes[node.outcome].payoffs[i];
        }
      }
      if (node.parent == TreeGame::none) continue;
      const double p = probability(s, node.parent, node.action);
      for (std::size_t i = 0; i < n; ++i) s.value[node.parent * n + i] += p * s.value[v * n + i];
    }
  }

  // Derivatives of all earnings by the logarithm of one choice: of what is reached and of values.
  void derive(std::size_t choice, const State& s, const Eigen::VectorXd& u,
              Eigen::MatrixXd& by_log) const {
    const std::size_t n = game_.players.size();
    const auto column = static_cast<Eigen::Index>(choice);
    const std::size_t own = static_cast<std::size_t>(
        std::upper_bound(begin_.begin(), begin_.end(), choice) - begin_.begin() - 1);
    std::vector<double> slope(game_.nodes.size() * n, 0.0);
    std::vector<char> passed(game_.nodes.size(), 0);
    for (std::size_t v = 1; v < game_.nodes.size(); ++v) {
      const auto& node = game_.nodes[v];
      const auto& up = game_.nodes[node.parent];
      passed[v] = passed[node.parent];
      if (up.kind == TreeGame::Kind::personal && up.set == own &&
          begin_[own] + node.action == choice) {
        passed[v] = 1;
      }
    }
    for (std::uint32_t v = static_cast<std::uint32_t>(game_.nodes.size()); v-- > 1;) {
      const auto& node = game_.nodes[v];
      const double p = probability(s, node.parent, node.action);
      const bool here = passed[v] != 0 && passed[node.parent] == 0;
      for (std::size_t i = 0; i < n; ++i) {
        slope[node.parent * n + i] += p * (slope[v * n + i] + (here ? s.value[v * n + i] : 0.0));
      }
    }
    for (std::size_t h = 0; h < game_.infosets.size(); ++h) {
      const std::uint32_t player = game_.infosets[h].player;
      double through = 0.0;
      for (const std::uint32_t v : game_.infosets[h].nodes) {
        if (passed[v] != 0) through += s.belief[v];
      }
      for (const std::uint32_t v : game_.infosets[h].nodes) {
        const double tilt = (passed[v] != 0 ? 1.0 : 0.0) - through;
        for (std::size_t a = begin_[h]; a < begin_[h + 1]; ++a) {
          const std::uint32_t child = children_.children[children_.first[v] + (a - begin_[h])];
          by_log(static_cast<Eigen::Index>(a), column) +=
              s.belief[v] * (slope[child * n + player] + tilt * (s.value[child * n + player] -
                                                                 u[static_cast<Eigen::Index>(a)]));
        }
      }
    }
  }

  const TreeGame& game_;
  TreeEvaluation evaluate_;
  TreeGame::Children children_;
};

}  // namespace

std::unique_ptr<LogitSystem> logit_system(const MatrixGame& game) {
  return std::make_unique<MatrixSystem>(game);
}

std::unique_ptr<LogitSystem> logit_system(const TreeGame& game) {
  if (game.absent_minded()) {
    throw ModelError("qre is not defined where a path passes through an information set twice");
  }
  return std::make_unique<AgentSystem>(game);
}

}  // namespace casus::game
