// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/world/nuclear.h"
#include "casus/world/pacts.h"
#include "casus/world/theories.h"

namespace casus::world {

/// Clashes between rivals who are not at war, replies to limited strikes,
/// nuclear danger.
///
/// A pair of rivals clashes at a base rate that rises with their hostility; a
/// limited strike is answered within four weeks with probability B(4.5, 5.5); a
/// clash becomes open war rarely.
class Clashes {
 public:
  explicit Clashes(const Model& model);
  void step(State& state, const Now& now) const;

 private:
  struct Strike {
    std::uint32_t entry;
    Pair back;  ///< the struck of the striker
    Pair forth;
    bool at_war;  ///< both fight in the war of the case
  };
  struct Rivalry {
    Pair pair;
    float deterrence;  ///< power of the deterrence factor: 1 both armed, 0.5 by an ally, 0 none
    std::vector<std::uint32_t> postures;  ///< forces either moves into the region of the other
  };
  void strikes(State& state, const Now& now) const;
  [[nodiscard]] M answering(const State& state, const Now& now, const Strike& strike,
                            M where) const;
  void replies(State& state, const Now& now) const;
  void quarrel(State& state, const Now& now, const Rivalry& rivalry) const;
  void nuclear(State& state, const Now& now) const;
  /// Both sides of a pair fire: rung 6, or 8 where it becomes open war.
  void open_fire(State& state, const Now& now, const Pair& pair, M where,
                 std::string_view why) const;
  /// Open war puts the defence pacts of both to the test.
  void test_pacts(State& state, const Now& now, const Pair& pair, M where) const;

  std::size_t actors_;
  std::vector<Strike> strikes_;
  std::vector<Pair> pacts_;     ///< ally to partner
  std::vector<Pair> replying_;  ///< pairs with a reply that may be due
  std::vector<Rivalry> rivals_;
  NuclearBranch branch_;
  std::vector<float> closed_;
  KnobRef rate_{"operations.clash_rate"}, slope_{"operations.clash_slope"},
      deterrence_{"operations.deterrence"}, war_{"operations.war_given_clash"},
      reply_{"operations.reply"}, deniable_{"operations.deniable"},
      homeland_{"operations.rally_homeland"}, initiator_{"operations.rally_initiator"},
      closed_rally_{"operations.rally_closed"}, jump_{"operations.strike_tension"},
      posture_{"operations.posture"};
  SpiralTheory theory_;
};

}  // namespace casus::world
