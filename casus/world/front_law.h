// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "casus/world/week.h"

/// The front law's pieces, shared by its step, by the fit of its start and by the filter of
/// `calibrate`; nobody else's.
namespace casus::world::front {

/// Index of every knob of the block, looked up once.
struct Knobs {
  std::uint32_t v0, kappa_drone, kappa_shell, exposure, beta, theta, dispersion, rho_front,
      sd_front, rho_sector, sd_sector, season, density, breakthrough, shell_demand, drone_demand,
      shell_cover, drone_cover, jamming, intelligence, fort_growth, fort_depth, slow_rho, slow_sd,
      fade, offensive, concentration, reach, small_arms, killed, transit;
  Knobs();
};

/// What the sides bring to every sector this week.
struct Fires {
  std::array<F, 2> shells, drones;  ///< k per weighted kilometre
  std::array<F, 2> worth;           ///< quality times morale of own troops
};

/// One sector this week, before luck.
struct Meeting {
  std::array<F, 2> men;       ///< own troops and foreign men in combat, k
  std::array<F, 2> attack;    ///< intensity as it comes to bear
  std::array<F, 2> effect;    ///< casualties their fires would cause at full exposure, k
  std::array<F, 2> exposure;  ///< of each side's men to the other's fires
  std::array<F, 2> advance;   ///< expected advance of each side, km a week
};

class Law {
 public:
  explicit Law(const Model& model);

  /// Weight of a sector in the sharing of fires, km.
  [[nodiscard]] F weight(const State& state, std::size_t sector) const;
  [[nodiscard]] F total_weight(const State& state) const;
  [[nodiscard]] Fires fires(const State& state, F total_weight) const;
  /// Everything but luck in a sector; `drift` is side 0's advantage, `mud` the share of movement
  /// lost.
  [[nodiscard]] Meeting meet(const State& state, std::size_t sector, const Fires& fires, F drift,
                             F mud) const;
  /// Share of movement lost to mud in a week of the year.
  [[nodiscard]] F mud(const State& state, int week) const;
  /// Which lanes fight.
  [[nodiscard]] M fighting(const State& state) const;
  [[nodiscard]] F knob(const State& state, std::uint32_t index) const {
    return state.at(Var::knob, index);
  }
  [[nodiscard]] const Knobs& knobs() const { return knobs_; }
  [[nodiscard]] std::size_t lead(std::size_t side) const { return lead_[side]; }
  /// Foreign contingents that fight in a sector, by side.
  [[nodiscard]] std::span<const std::uint32_t> foreign(std::size_t sector, std::size_t side) const {
    return foreign_[sector * 2 + side];
  }
  [[nodiscard]] std::span<const std::uint32_t> offensives(std::size_t sector,
                                                          std::size_t side) const {
    return offensives_[sector * 2 + side];
  }
  /// Men of a foreign contingent that fight, k: those in combat, fewer while it is passive.
  [[nodiscard]] static F fighters(const State& state, std::uint32_t contingent);

 private:
  /// Quality times morale of a side's own troops.
  [[nodiscard]] F worth(const State& state, std::size_t side) const;

  Knobs knobs_;
  bool war_;
  WeekClock clock_;
  std::array<std::size_t, 2> lead_{};
  std::array<std::vector<std::uint32_t>, 2> own_;
  std::vector<std::vector<std::uint32_t>> foreign_, offensives_;
};

}  // namespace casus::world::front
