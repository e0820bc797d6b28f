// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/world/law.h"

namespace casus::world {

inline constexpr float open_war_rung = 7.75F;  ///< smoothed rung from which a nuclear power may use

/// The gated nuclear branch: how likely an armed state in open danger is to use a weapon.
///
/// Nothing below `open_war_rung`; from there a yearly rate, several times higher for whoever is
/// losing with its core threatened. docs/models/escalation.md.
/// @source Jeffreys' rate of no use in 81 years; a band, not a forecast.
class NuclearBranch {
 public:
  explicit NuclearBranch(const Model& model);
  [[nodiscard]] const std::vector<std::size_t>& armed() const { return armed_; }
  /// Rate of use by one armed state while the gate is open; 1/year.
  [[nodiscard]] F rate(const State& state, std::size_t who) const;
  /// Chance that the war of the case comes to nuclear use if it goes on for `years`.
  ///
  /// Over its armed parties, and those that entered it: their rate times how long their gate stays
  /// open. The smoothed rung falls back to that of a war (7; 8 where it entered), so
  /// min(years, ln((d - 7) / (7.75 - 7)) / -ln(memory) / 52) for d > 7.75, else nothing; an
  /// entrant's gate stays open throughout.
  /// @oracle nuclear_test.cc: the law of the smoothed rung stepped week by week.
  [[nodiscard]] F chance_while_fighting(const State& state, const Model& model, F years) const;

 private:
  std::vector<std::size_t> armed_;
  KnobRef base_{"operations.nuclear_base"}, losing_{"operations.nuclear_losing"},
      memory_{"escalation.rung_memory"};
};

}  // namespace casus::world
