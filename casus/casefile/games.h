// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "casus/casefile/load.h"

/// The escalation games and the settlement of a case: `games.yaml`. It is no part of the `Case`.
namespace casus::casefile {

/// One way to answer at a move, and what it orders.
struct GameChoice : Named {
  std::vector<Order> orders;
};

/// A move of one player; made in every branch, after the moves before it.
struct GameMove : Named {
  ActorId player{0};
  std::vector<std::size_t> sees;  ///< earlier moves whose choice the player knows
  std::vector<GameChoice> choices;
};

/// What some players know and others only have chances of: a fact in dispute or a hidden number.
struct GameType : Named {
  std::vector<ActorId> known_to;
  std::optional<HypothesisId> hypothesis;
  std::vector<bool> states;   ///< by state of the hypothesis: whether the first type holds
  std::string knob;           ///< else: the first type is a value above the knob's median
  std::string first, second;  ///< labels of the two types
};

struct GamePlan : Named {
  std::string text;
  int weeks = 52;    ///< how long a branch is run
  OptionId base{0};  ///< whose orders stand in every branch
  std::optional<GameType> type;
  std::vector<GameMove> moves;
};

/// Something that is tried on the settlement: orders beside those of the first option.
struct Trial : Named {
  std::vector<Order> orders;
};

struct Games {
  Case given;  ///< the case itself; the expressions of orders are in it
  std::vector<GamePlan> games;
  std::vector<Trial> trials;
  std::string digest;  ///< of `games.yaml`; empty where there is none
};

/// Reads a case with the `games.yaml` beside its `case.yaml`, if there is one.
/// @throws CaseError every problem of every file at once. @throws IoError a file cannot be read.
[[nodiscard]] Games load_games(const std::filesystem::path& path, const LoadOptions& options = {});

}  // namespace casus::casefile
