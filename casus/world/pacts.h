// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/world/law.h"

namespace casus::world {

inline constexpr float pact_patience = 26.0F;  ///< weeks in which a tested pact must be honoured
inline constexpr float pact_settled = 30.0F;   ///< value of `pact_test` once it was judged

/// Both ways of every two parties of a defence pact in force: who must help whom.
[[nodiscard]] std::vector<Pair> defence_pacts(const Model& model);

/// Pacts under test, week by week: honoured by who comes to help, or not.
///
/// A pact is tested where open war reaches a party, or where a party's own land is held by the
/// enemy of the war of the case. Who honours it enters open war, or has a contingent in combat for
/// its partner. After 26 weeks without either it counts as broken: trust, honour and the belief in
/// guarantees suffer. docs/models/alliances.md.
/// @draws "pact" by pair.
/// @source Berkemeier and Fuhrmann (2018): defence pacts honoured in 41 % of tests.
class PactTests {
 public:
  explicit PactTests(const Model& model);
  void step(State& state, const Now& now) const;

 private:
  struct Pact {
    Pair pair;                               ///< ally to partner
    bool in_force = true;                    ///< else it comes into force in some week
    bool in_war = false;                     ///< the partner leads a side of the war of the case
    std::vector<std::uint32_t> contingents;  ///< of the ally that serve with the partner
  };
  /// Land of the partner held by its enemy puts a pact to the test.
  void invasion(State& state, const Now& now, const Pact& pact) const;
  void judge(State& state, const Now& now, const Pact& pact) const;

  std::size_t actors_;
  std::vector<Pact> pacts_;
  std::size_t lead_ = 0;  ///< of side 0, whose land is a chip
  KnobRef honour_{"alliances.honour"}, ratify_{"alliances.ratify"};
};

}  // namespace casus::world
