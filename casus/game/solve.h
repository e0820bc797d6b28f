// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "casus/game/bimatrix.h"
#include "casus/game/correlated.h"
#include "casus/game/game.h"

namespace casus::game {

enum class Method {
  automatic,
  pure,
  enumerate,
  lemke_howson,
  zero_sum,
  qre,
  sequential,
  cfr,
  correlated
};

/// A method, its name on the command line, and what it takes and finds.
struct MethodText {
  Method method;
  std::string_view name, text;
};
[[nodiscard]] const std::vector<MethodText>& methods();

struct SolveOptions {
  Method method = Method::automatic;
  std::optional<double> lambda;           ///< qre: the precision; none: the limit
  bool branch = false;                    ///< qre: keep every point of the branch
  std::optional<double> tolerance;        ///< cfr, qre: regret as a share of the payoffs' range
  std::size_t iterations = 100'000;       ///< cfr
  std::optional<std::size_t> most_bases;  ///< enum; none: 2,000,000, of a zero-sum game 50,000
  Aim aim = Aim::welfare;                 ///< correlated
  std::string aim_player;                 ///< correlated, `Aim::player`
  Progress progress = {};
};

/// One player's choice among actions: an information set, or the whole of a matrix game.
struct Decision {
  std::size_t player = 0;
  std::string name;  ///< unique among the player's
  std::vector<std::string> actions;
};

struct Equilibrium {
  std::vector<double> profile;   ///< probabilities, decision after decision
  std::vector<double> payoffs;   ///< by player
  double regret = 0.0;           ///< the most one player gains by changing alone
  std::optional<double> lambda;  ///< of a quantal response equilibrium
  /// Of a correlated equilibrium: the profiles drawn (a strategy a player) and their probabilities.
  std::vector<std::pair<std::vector<std::string>, double>> draws;
};

struct Solution {
  std::string title;
  std::string method;
  std::vector<std::string> players;
  std::vector<Decision> decisions;
  std::vector<Equilibrium> equilibria;
  /// Whether there are no other Nash equilibria than these and, where a component below has more
  /// than one, mixtures of those of a component.
  bool complete = false;
  std::string note;  ///< what was not looked for or cannot be told; empty if all was
  std::vector<std::vector<std::size_t>> components;  ///< enum alone
  std::vector<Equilibrium> branch;                   ///< qre, where asked for
};

/// Solves a game by the method asked for; `automatic`: zero-sum where it applies, else enum for two
/// players up to 24 strategies in all, else qre.
/// @throws ModelError the method does not take this game; says which does.
[[nodiscard]] Solution solve(const Game& game, const SolveOptions& options = {});

/// `{players, method, equilibria: [{strategies: {player: {infoset: {action: p}}}, payoffs,
/// regret}], complete}` as JSON; schema/solution.schema.json.
[[nodiscard]] std::string to_json(const Solution& solution);

}  // namespace casus::game
