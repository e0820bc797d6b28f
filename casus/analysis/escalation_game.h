// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "casus/casefile/games.h"
#include "casus/ensemble/futures.h"
#include "casus/game/tree_game.h"
#include "casus/intel/belief.h"

/// Games of a case whose payoffs are estimated from futures run down every branch
/// (docs/models/escalation_game.md).
namespace casus::analysis {

struct Band {
  double value = 0.0;
  double low = 0.0, high = 0.0;  ///< 5 % and 95 % over draws of the futures and of the worths
};

/// What a player does where it cannot tell what else has happened.
struct GameDecision {
  std::size_t player = 0;  ///< index into GameStudy::players
  std::string move;        ///< id of the move
  std::string knows;       ///< `arms: lethal, reply: test; generous`; empty: nothing
  double reached = 0.0;    ///< probability that play comes here
  struct Choice {
    std::string id;
    Band p;
    double best = 0.0;          ///< share of draws in which it is chosen most
    std::vector<Band> payoffs;  ///< by player, where it is chosen and play goes on; root move only
  };
  std::vector<Choice> choices;
  /// The choice told comes first in less than `decided_share` of the draws: it is within chance and
  /// the judged worths.
  bool undecided = false;
};
inline constexpr double decided_share = 0.95;

/// One way through the game.
struct GameLine {
  std::vector<std::string> choices;  ///< `type=…` first where there is one
  double p = 0.0;                    ///< in the equilibrium of the means
  double drawn = 0.0;                ///< mean over draws of the futures and of the worths
};

struct GameStudy {
  std::string id, name;
  std::vector<std::string> players;  ///< ids of actors
  std::size_t futures = 0;           ///< run down every branch
  std::size_t branches = 0, bootstraps = 0;
  int weeks = 0;
  std::string type;  ///< what is hidden; empty where nothing is
  double p_first_type = 0.0;
  std::vector<Band> payoffs;            ///< of the equilibrium, by player
  std::vector<GameDecision> decisions;  ///< in order of moves
  std::vector<GameLine> lines;          ///< largest `drawn` first, at most eight
  double regret = 0.0;  ///< of the equilibrium, the most a player gains alone, in units of payoff
  /// Probabilities at the root where everybody chooses with the noise of governments (docs).
  std::vector<double> noisy_root;
  double lambda = 0.0;  ///< that noise, per standard deviation of a player's payoffs
  std::string note;     ///< what was not looked for
};

struct GameStudyOptions {
  std::size_t futures = 256;
  std::size_t bootstraps = 100;
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  double lambda = 2.0;
  std::function<void(std::size_t done, std::size_t total)> progress = {};
  std::function<bool()> cancelled = {};
};

/// Futures of every branch: an option a branch, the first move's choice running slowest. What a
/// choice orders, the other choices of its move withhold.
struct Branches {
  casefile::Case given;                           ///< its options are the branches
  std::vector<std::vector<std::size_t>> choices;  ///< [branch][move]
};
[[nodiscard]] Branches branches_of(const casefile::Case& given, const casefile::GamePlan& plan);

/// Payoffs of one game: [branch][player][future], from the values of options.yaml, and the type
/// each future is of (0 first, 1 second).
struct BranchPayoffs {
  /// What a measure adds to a player's values, by a worth that is a judgement.
  struct Part {
    std::size_t player = 0;
    std::uint32_t name = 0;     ///< key of player and measure
    double sd = 0.0;            ///< log-sd of the worth
    std::vector<double> share;  ///< [branch][future]
  };
  std::size_t branches = 0, players = 0, futures = 0;
  std::vector<double> value;
  std::vector<std::uint8_t> type;
  std::vector<Part> parts = {};  ///< of worths with a spread; none: they are taken as they stand
  [[nodiscard]] double at(std::size_t b, std::size_t p, std::size_t f) const {
    return value[(b * players + p) * futures + f];
  }
  /// The same where every worth with a spread is drawn: times e^{sd z}, z standard normal.
  [[nodiscard]] BranchPayoffs with_worths(std::uint64_t seed, std::size_t draw) const;
};

/// The game as a tree: chance draws the type, then the moves in turn; an end pays the mean over the
/// futures of its type, future f counting `weight[f]` times.
/// @throws ModelError no future of one of the types.
[[nodiscard]] game::TreeGame tree_of(const casefile::Case& given, const casefile::GamePlan& plan,
                                     const BranchPayoffs& payoffs,
                                     const std::vector<double>& weight);

/// Solves the game of given payoffs, and again in draws of the futures and of the worths.
/// @oracle escalation_game_test.cc: backward induction; payoffs made up so that the answer is
/// known.
[[nodiscard]] GameStudy solve_game(const casefile::Case& given, const casefile::GamePlan& plan,
                                   const BranchPayoffs& payoffs, const GameStudyOptions& options);

/// A game of the case run, solved and bootstrapped. Branches share luck future by future.
/// @throws ensemble::Cancelled  `options.cancelled` said so.
struct PlayedGame {
  GameStudy study;
  game::TreeGame tree;  ///< in the players' own units
};
[[nodiscard]] PlayedGame play_game(const casefile::Case& given, const casefile::GamePlan& plan,
                                   const intel::Belief& belief, const GameStudyOptions& options);

}  // namespace casus::analysis
