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

/// Where the line would run under a package: km² that side 0 would hold beyond the line of the
/// start; below zero where it would give land up.
struct Lines {
  std::optional<Quantity> pre_invasion, maximal, demand;
};

/// Side 0 holds, and gains or loses, land that packages are about; side 1 is the one that
/// guarantees protect and force limits bind. What a side claims, and who is whose friend, follows
/// from that order and from nothing else.
struct War {
  Date began;
  std::array<Side, 2> sides;
  Lines lines;
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

/// A parliament whose vote the government needs for some of its acts.
struct Legislature {
  std::string name;
  Quantity support;           ///< share of the seats that back the government on aid and force
  double threshold = 0.5;     ///< share of the seats that must agree
  double delay = 0.0;         ///< weeks from asking to the vote
  double term = 52.0;         ///< weeks of aid that one vote gives
  std::optional<Date> voted;  ///< until when aid is voted; as long as the story lasts if absent
  std::vector<Action> votes_on;
  [[nodiscard]] bool asked(Action action) const {
    for (const Action a : votes_on) {
      if (a == action) return true;
    }
    return false;
  }
};

/// Who rules at the start, as far as chances of staying in office hang on it.
struct Leader {
  Date born;
  Date since;  ///< in power
};

struct Actor : Named {
  ActorKind kind = ActorKind::state;
  std::vector<Role> roles;
  Openness openness = Openness::open;
  bool nuclear = false;
  bool oil_exporter = false;  ///< its budget leans on sold crude and gas
  std::string country;        ///< ISO 3166 alpha-3, empty for collectives
  std::vector<Voice> members;
  std::optional<Legislature> legislature;
  std::optional<Leader> leader;
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
