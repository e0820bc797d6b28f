// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "casus/world/bargain.h"
#include "casus/world/law.h"

namespace casus::world {

/// What packages say, future by future; every flag is 0 where there is no package.
struct Clauses {
  F line;                                      ///< place in casefile::Line, -1 without a package
  F limits;                                    ///< place in casefile::ForceLimits
  F sanctions;                                 ///< place in casefile::SanctionsTerm
  F status;                                    ///< place in casefile::LegalStatus
  F guarantee;                                 ///< place in casefile::Guarantee
  F monitors, buffer, foreign_out, prisoners;  ///< 0 or 1; buffer: monitors beyond the guarantee's
  [[nodiscard]] M any() const { return line >= F(0.0F); }
  [[nodiscard]] M has(casefile::Line at) const { return line == F(static_cast<float>(at)); }
};
/// @param index  of a package, -1 for none.
[[nodiscard]] Clauses clauses_of(F index, std::span<const Package> packages);

/// A signed package at work, until fighting breaks out again (docs/models/talks.md).
///
/// The line moves to where it was agreed, week by week, and what was dug there is given up; men and
/// heavy arms of side 1 beyond the limits go home and to scrap; prisoners come home; foreign
/// contingents leave; sanctions are eased. Who keeps more men than the limits allow, calls men up,
/// or still hosts foreign troops breaks the package: `breach` rises, and with it hostility,
/// distrust and the hazard of renewed war (world/ends.cc).
/// @conserves people: who is sent home or exchanged goes back to the pool he came from. Land that
/// one side leaves is what the other gains.
/// @source Fortna (2004); Korea 1953 and Sinai 1974 for the pace; sizes judged.
class Terms {
 public:
  explicit Terms(const Model& model);
  /// What is done on the day of signature.
  void sign(State& state, const Now& now, M signs, const Clauses& clauses) const;
  /// One week of the package in force.
  void step(State& state, const Now& now) const;

 private:
  struct Sector {
    std::uint32_t index;
    bool chip;
    std::optional<std::array<float, 2>> room;
  };
  struct Guest {
    std::uint32_t contingent;
    std::size_t side;
  };
  [[nodiscard]] F gap(const State& state, const Sector& s, const Clauses& clauses) const;
  void announce_line(const State& state, const Now& now, M signs, const Clauses& clauses) const;
  void limit(State& state, const Now& now, M signs, const Clauses& clauses) const;
  void ease(State& state, const Now& now, M signs, const Clauses& clauses) const;
  void hand_over(State& state, const Now& now, M on, const Clauses& clauses) const;
  struct Move {
    M on, swap, all_gone;
    F left;  ///< km2
  };
  void leave(State& state, const Now& now, const Sector& s, const Move& move) const;
  void demobilise(State& state, const Now& now, M on) const;
  void exchange(State& state, M on) const;
  void watch(State& state, const Now& now, M on, const Clauses& clauses) const;

  std::array<std::size_t, 2> lead_{};
  std::vector<Sector> sectors_;
  std::vector<Guest> guests_;        ///< foreign contingents with a side
  std::array<float, 3> line_km2_{};  ///< pre_invasion, maximal, demand, from the line of the start
  std::vector<std::uint32_t> wave_;  ///< entries of mobilisation of side 1's lead
  KnobRef handover_{"talks.handover"}, mild_{"talks.limit_mild"}, hard_{"talks.limit_hard"},
      home_{"talks.demobilise"}, exchange_{"talks.exchange"}, alarm_{"talks.breach_tension"};
};

}  // namespace casus::world
