// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/escalation_game.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"
#include "casus/game/tree_builder.h"

namespace casus::analysis {
namespace {

using casefile::GameMove;
using casefile::GamePlan;

std::vector<std::size_t> players_of(const GamePlan& plan) {
  std::vector<std::size_t> out;
  for (const GameMove& m : plan.moves) {
    if (std::ranges::find(out, m.player.index) == out.end()) out.push_back(m.player.index);
  }
  return out;
}

std::size_t place_of(const std::vector<std::size_t>& players, casefile::ActorId actor) {
  return static_cast<std::size_t>(std::ranges::find(players, actor.index) - players.begin());
}

const casefile::Values& values_of(const casefile::Case& given, std::size_t actor) {
  for (const casefile::Values& v : given.values) {
    if (v.actor == actor) return v;
  }
  throw ModelError("options.yaml gives no values for the player '" + given.actors[actor].id + "'");
}

/// What a player knows at a move, as the name of its information set.
std::string name_of_set(const GamePlan& plan, std::size_t move, std::size_t type,
                        const std::vector<std::size_t>& made) {
  const GameMove& m = plan.moves[move];
  std::string knows;
  for (const std::size_t s : m.sees) {
    const GameMove& seen = plan.moves[s];
    knows += fmt::format("{}{}: {}", knows.empty() ? "" : ", ", seen.id, seen.choices[made[s]].id);
  }
  if (!plan.type) return knows;
  if (std::ranges::find(plan.type->known_to, m.player) == plan.type->known_to.end()) return knows;
  return fmt::format("{}{}{}", knows, knows.empty() ? "" : "; ",
                     type == 0 ? plan.type->first : plan.type->second);
}

/// Puts the tree of a game together, branch by branch in the order of `branches_of`.
class Grower {
 public:
  Grower(const casefile::Case& given, const GamePlan& plan, const BranchPayoffs& payoffs,
         const std::vector<double>& weight)
      : plan_(plan),
        payoffs_(payoffs),
        players_(players_of(plan)),
        builder_(plan.name, ids(given)) {
    const std::size_t types = plan.type ? 2 : 1;
    mean_.assign(types * payoffs.branches * payoffs.players, 0.0);
    share_.assign(types, 0.0);
    for (std::size_t f = 0; f < payoffs.futures; ++f) share_[type(f)] += weight[f];
    for (const double s : share_) {
      if (s <= 0.0) throw ModelError("no future is of one of the types of game '" + plan.id + "'");
    }
    for (std::size_t b = 0; b < payoffs.branches; ++b) {
      for (std::size_t p = 0; p < payoffs.players; ++p) {
        for (std::size_t f = 0; f < payoffs.futures; ++f)
          mean(type(f), b, p) += weight[f] / share_[type(f)] * payoffs.at(b, p, f);
      }
    }
  }

  game::TreeGame grow() {
    std::vector<std::size_t> made(plan_.moves.size(), 0);
    if (plan_.type) {
      const double all = share_[0] + share_[1];
      builder_.chance(plan_.type->id.empty() ? "type" : plan_.type->id,
                      {plan_.type->first, plan_.type->second}, {share_[0] / all, share_[1] / all});
    }
    for (std::size_t t = 0; t < share_.size(); ++t) below(0, t, made);
    return builder_.finish("payoffs estimated from futures of the case");
  }

 private:
  std::vector<std::string> ids(const casefile::Case& given) const {
    std::vector<std::string> out;
    for (const std::size_t p : players_) out.push_back(given.actors[p].id);
    return out;
  }
  [[nodiscard]] std::size_t type(std::size_t f) const { return plan_.type ? payoffs_.type[f] : 0; }
  double& mean(std::size_t t, std::size_t b, std::size_t p) {
    return mean_[(t * payoffs_.branches + b) * payoffs_.players + p];
  }

  void below(std::size_t move, std::size_t type, std::vector<std::size_t>& made) {
    if (move == plan_.moves.size()) {
      std::size_t branch = 0;
      for (std::size_t m = 0; m < move; ++m)
        branch = branch * plan_.moves[m].choices.size() + made[m];
      std::vector<double> pays;
      for (std::size_t p = 0; p < payoffs_.players; ++p) pays.push_back(mean(type, branch, p));
      builder_.end(std::move(pays));
      return;
    }
    const GameMove& m = plan_.moves[move];
    std::vector<std::string> actions;
    for (const auto& c : m.choices) actions.push_back(c.id);
    const std::string set = fmt::format("{} | {}", m.id, name_of_set(plan_, move, type, made));
    builder_.move(static_cast<std::uint32_t>(place_of(players_, m.player)), set, actions);
    for (std::size_t c = 0; c < m.choices.size(); ++c) {
      made[move] = c;
      below(move + 1, type, made);
    }
  }

  const GamePlan& plan_;
  const BranchPayoffs& payoffs_;
  std::vector<std::size_t> players_;
  game::TreeBuilder builder_;
  std::vector<double> mean_, share_;
};

void withhold(const casefile::GameChoice& choice, std::vector<casefile::Order>& orders) {
  for (casefile::Order order : choice.orders) {
    order.intensity = 0.0;
    orders.push_back(order);
  }
}

casefile::Option branch_option(const casefile::Case& given, const GamePlan& plan,
                               const std::vector<std::size_t>& made) {
  casefile::Option option = given.options[plan.base];
  option.id = plan.id;
  for (std::size_t m = 0; m < plan.moves.size(); ++m) {
    const auto& choices = plan.moves[m].choices;
    for (std::size_t c = 0; c < choices.size(); ++c) {
      if (c != made[m]) withhold(choices[c], option.orders);
    }
    const auto& taken = choices[made[m]].orders;
    option.orders.insert(option.orders.end(), taken.begin(), taken.end());
    option.id += "_" + choices[made[m]].id;
  }
  option.key = key_of(option.id);
  option.name = option.id;
  option.gated = false;
  return option;
}

std::vector<std::uint8_t> types_of(const casefile::Case& given, const GamePlan& plan,
                                   const ensemble::Futures& futures) {
  std::vector<std::uint8_t> out(futures.futures, 0);
  if (!plan.type) return out;
  if (plan.type->hypothesis) {
    const std::size_t hypotheses = given.hypotheses.size();
    for (std::size_t f = 0; f < out.size(); ++f) {
      const std::uint8_t state = futures.truth[f * hypotheses + plan.type->hypothesis->index];
      out[f] = plan.type->states[state] ? 0 : 1;
    }
    return out;
  }
  const auto found = std::ranges::find(futures.knobs, plan.type->knob);
  if (found == futures.knobs.end())
    throw ModelError(
        fmt::format("game '{}' has the knob '{}', which the engine does not have; "
                    "'casus model --knobs' lists them",
                    plan.id, plan.type->knob));
  const auto k = static_cast<std::size_t>(found - futures.knobs.begin());
  std::vector<double> drawn;
  for (std::size_t f = 0; f < out.size(); ++f)
    drawn.push_back(futures.knob[f * futures.knobs.size() + k]);
  std::vector<double> sorted = drawn;
  std::ranges::sort(sorted);
  const double middle = quantile(sorted, 0.5);
  for (std::size_t f = 0; f < out.size(); ++f) out[f] = drawn[f] > middle ? 0 : 1;
  return out;
}

/// What every worth with a spread adds to the payoffs.
std::vector<BranchPayoffs::Part> parts_of(const casefile::Case& given,
                                          const std::vector<std::size_t>& players,
                                          const ensemble::Futures& futures) {
  std::vector<BranchPayoffs::Part> out;
  for (std::size_t p = 0; p < players.size(); ++p) {
    for (const casefile::Worth& w : values_of(given, players[p]).worth) {
      if (w.sd <= 0.0) continue;
      const std::string name = given.actors[players[p]].id + " " + futures.measures[w.measure];
      BranchPayoffs::Part part{p, fold(key_of(name)), w.sd, {}};
      for (std::size_t b = 0; b < futures.options.size(); ++b) {
        for (std::size_t f = 0; f < futures.futures; ++f)
          part.share.push_back(w.worth / w.per *
                               static_cast<double>(futures.outcome_at(b, f, w.measure)));
      }
      out.push_back(std::move(part));
    }
  }
  return out;
}

}  // namespace

Branches branches_of(const casefile::Case& given, const GamePlan& plan) {
  Branches out;
  out.given = given;
  out.given.options.clear();
  out.given.gates.clear();
  out.given.questions.clear();
  std::vector<std::size_t> made(plan.moves.size(), 0);
  while (true) {
    out.given.options.push_back(branch_option(given, plan, made));
    out.choices.push_back(made);
    std::size_t m = plan.moves.size();
    while (m > 0 && ++made[m - 1] == plan.moves[m - 1].choices.size()) made[--m] = 0;
    if (m == 0) return out;
  }
}

game::TreeGame tree_of(const casefile::Case& given, const GamePlan& plan,
                       const BranchPayoffs& payoffs, const std::vector<double>& weight) {
  return Grower(given, plan, payoffs, weight).grow();
}

PlayedGame play_game(const casefile::Case& given, const GamePlan& plan, const intel::Belief& belief,
                     const GameStudyOptions& options) {
  const Branches branches = branches_of(given, plan);
  ensemble::PlayOptions how;
  how.futures = options.futures;
  how.weeks = std::min(plan.weeks, given.horizon_weeks);
  how.seed = options.seed;
  how.threads = options.threads;
  how.trajectories = 0;
  how.every = *how.weeks;
  how.cancelled = options.cancelled;
  if (options.progress)
    how.progress = [&](const ensemble::Progress& p) { options.progress(p.done, p.total); };
  const ensemble::Futures futures = ensemble::play(branches.given, belief, how);
  const std::vector<std::size_t> players = players_of(plan);
  BranchPayoffs payoffs{futures.options.size(), players.size(), futures.futures, {}, {}, {}};
  payoffs.value.resize(payoffs.branches * payoffs.players * payoffs.futures);
  for (std::size_t p = 0; p < players.size(); ++p) {
    const ValueTable table = value_table(values_of(given, players[p]), futures);
    for (std::size_t b = 0; b < payoffs.branches; ++b) {
      const auto row = table.of(b);
      std::ranges::copy(
          row, payoffs.value.begin() +
                   static_cast<std::ptrdiff_t>((b * payoffs.players + p) * payoffs.futures));
    }
  }
  payoffs.type = types_of(given, plan, futures);
  payoffs.parts = parts_of(given, players, futures);
  PlayedGame out{solve_game(given, plan, payoffs, options),
                 tree_of(given, plan, payoffs, std::vector<double>(payoffs.futures, 1.0))};
  out.study.weeks = *how.weeks;
  return out;
}

}  // namespace casus::analysis
