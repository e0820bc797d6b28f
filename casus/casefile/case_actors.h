// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "casus/casefile/case_base.h"

/// Who decides, and who fights whom.
namespace casus::casefile {

struct Side : Named {
  ActorId lead;
  std::vector<ActorId> members;
};

struct War {
  Date began;
  std::array<Side, 2> sides;
};

struct Voice {  ///< one voice of a collective
  std::optional<ActorId> actor;
  std::string name;
  double weight = 0.0;
  double position = 0.0;  ///< -1 against ... +1 for action
};

/// State of an actor at the start; what a case leaves out the engine fills in by openness.
struct ActorStart {
  std::optional<Quantity> support, elite_cohesion, regime_security, expected_success, fiscal_room,
      growth, gdp, sanctions, pressure, manpower_pool, intake, force, technology, tension_bias;
};

struct Actor : Named {
  ActorKind kind = ActorKind::state;
  std::vector<Role> roles;
  Openness openness = Openness::open;
  bool nuclear = false;
  std::string country;  ///< ISO 3166 alpha-3, empty for collectives
  std::vector<Voice> members;
  std::string seat;
  ActorStart start;
  std::array<double, feature_count> wants{};
  std::array<double, 3> types{2, 2, 2};  ///< hawk, trader, survivor
  Quantity rationality;
  std::vector<Action> never;
  std::array<double, action_count> favour{};
  [[nodiscard]] bool has(Role role) const {
    for (const Role r : roles) {
      if (r == role) return true;
    }
    return false;
  }
};

}  // namespace casus::casefile
