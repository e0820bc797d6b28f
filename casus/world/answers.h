// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "casus/world/law.h"

namespace casus::world {

/// Acts that are likely answered by a certain act, beyond what policies choose of themselves.
///
/// A permission to strike at long range by the enemy's lead with a nuclear display or a campaign
/// against cities; arms from a donor that gave none before by the enemy's patrons with arms of
/// their own or a missile test; a drill on the doorstep by a missile test; a foreign contingent's
/// first combat by the other side's great powers with a permission, and that by their allies. The
/// answer is an order as any other (`order_act`): it takes its lag, is voted on where acts are, is
/// seen, and costs what it costs; a seat that somebody else holds gives its own.
class Answers {
 public:
  explicit Answers(const Model& model);
  void step(State& state, const Now& now) const;

 private:
  struct Reply {
    std::uint32_t trigger, response;
    std::uint32_t key;
    std::uint32_t odds;  ///< knob: share of full acts that are answered
    bool as_log_ratio;   ///< the knob is a log ratio on the usual rate of tests
    bool in_war;         ///< answered only while the war is fought
  };
  void add(const Model& model, std::uint32_t trigger, std::size_t who, Action action,
           std::string_view knob, bool in_war);
  void permissions(const Model& model);
  void new_donors(const Model& model);
  void drills(const Model& model);
  void followers(const Model& model);
  void first_blood(const Model& model);
  void alarm(State& state, const Now& now) const;

  /// A friend of the other side that may answer a foreign contingent's first combat.
  struct Alarm {
    std::uint32_t contingent, response, key;
  };
  std::vector<Reply> replies_;
  std::vector<Alarm> alarms_;
  KnobRef answer_range_{"operations.answer_range"};
};

/// Military targets in the homeland struck by the side that has permission: depots and the
/// trains that feed the front, missiles and drones on the ground, the pace of attacks.
class Reach {
 public:
  explicit Reach(const Model& model);
  void step(State& state, const Now& now) const;

 private:
  void strike(State& state, const Now& now, std::size_t side) const;
  std::size_t lead_[2] = {0, 0};
  bool war_ = false;
  KnobRef share_{"operations.reach_missiles"}, shells_{"operations.reach_shells"},
      pause_{"operations.reach_pause"}, leak_{"operations.leak_missiles"};
};

/// What consultations, postures, drills, permissions and quiet channels do to how others see an
/// actor.
class Footing {
 public:
  explicit Footing(const Model& model);
  void step(State& state, const Now& now) const;

 private:
  struct Warmth {
    std::uint32_t entry;
    std::size_t pair;  ///< who comes to see whom better
    float weight;
  };
  struct Chill {
    std::uint32_t entry;
    std::size_t pair;
  };
  struct Drill {
    std::uint32_t entry;
    std::size_t actor;
    float weight;
  };
  std::vector<Drill> drills_;     ///< who is readier for a drill: its host, and half as much allies
  std::vector<Warmth> company_;   ///< allies of one who consults them or stands by them
  std::vector<Chill> permitted_;  ///< an enemy and the giver of a permission
  std::vector<Warmth> channels_;  ///< both ends of a back channel
  KnobRef consult_{"operations.consult"}, permission_{"operations.range_tension"},
      trust_{"operations.channel_trust"}, drill_{"operations.drill"},
      ready_half_{"operations.ready_half"};
};

}  // namespace casus::world
