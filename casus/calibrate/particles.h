// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "casus/calibrate/claims.h"
#include "casus/calibrate/misfit.h"
#include "casus/calibrate/weekly.h"
#include "casus/world/week.h"

/// Worlds of the front side by side: what the filter carries and how a week moves it.
namespace casus::calibrate {

/// What the weekly tables give and forecasts are asked of, by place in `Group::claims`.
inline constexpr std::array<const char*, 3> claim_names = {"personnel", "tank", "artillery"};

/// Monday of the first week whose claims are used: before, they stood in coarse steps.
inline constexpr Date first_claims{2022, 3, 28};

/// Whether the world goes on from week to week, or stays as it starts: no men come, no stock is
/// fired, nothing drifts, no mud; only the laws of error move. To show what the world adds.
enum class World : std::uint8_t { moves, stands };

/// The case, its world and the processes the front needs: men, things, combat, whose losses.
class Theatre {
 public:
  /// @param given  its as-of day is the one before week 0.
  explicit Theatre(const casefile::Case& given, World world = World::moves);
  ~Theatre();
  Theatre(const Theatre&) = delete;
  Theatre& operator=(const Theatre&) = delete;

  struct Law;  ///< the world's front law; hides lanes of its header
  [[nodiscard]] const world::Model& model() const { return model_; }
  [[nodiscard]] const Law& law() const { return *law_; }
  [[nodiscard]] const Fitted& fitted() const { return fitted_; }
  [[nodiscard]] std::size_t sectors() const { return model_.shape().sectors; }
  [[nodiscard]] World world() const { return world_; }
  /// One week of them.
  void step(world::State& state, int week, std::uint64_t seed, std::uint32_t first_future) const;

 private:
  world::Model model_;
  World world_;
  Fitted fitted_;
  std::unique_ptr<Law> law_;
  std::vector<std::unique_ptr<world::Process>> processes_;
};

/// What the law expects of a week, before luck, for every lane of some blocks.
struct Expected {
  std::vector<double> gain, loss;  ///< [sector][lane], km2 that side 0 and side 1 take
  std::vector<double> casualties;  ///< [lane], thousands of side 0
};

/// Worlds that share parameters and what is common to the whole front, and differ sector by sector.
///
/// Given the common course, sectors do not touch each other, so their states are chosen apart: a
/// particle filter in a space of nine sectors that needs no more lanes than one.
struct Group {
  std::vector<world::State> blocks;
  std::vector<double> misfit, base;  ///< [sector][lane], log
  Scores z;
  Misfit law;
  MapLaw map;
  std::vector<ClaimBank> claims;
  double log_weight = 0.0;

  [[nodiscard]] std::size_t lanes() const { return blocks.size() * world_lanes; }
  static constexpr std::size_t world_lanes = 16;
};

/// @param blocks  of sixteen lanes.
[[nodiscard]] Group start_group(const Theatre& theatre, std::uint64_t seed, std::uint32_t index,
                                std::size_t blocks, Scores z);
/// Takes new scores: laws are made anew, the world's own parameters written.
void set_scores(const Theatre& theatre, Group& group, Scores z);
/// Parameters move a little, and back to their priors: half of what sets a score apart in 34 weeks.
/// Were they constants, few draws would soon stand for all, and none be left that could be right.
/// @draws "calibrate.move" by index, week and parameter.
void move_parameters(const Theatre& theatre, Group& group, const Draws& draws, std::uint32_t index,
                     std::uint32_t week);
[[nodiscard]] Expected expect(const Theatre& theatre, const Group& group, int week);
/// A week passes: the world steps, the misfits move; `booked` replaces what the world's luck gave.
/// @param booked  km2 by [sector] or [sector][lane], `missing` where unknown; empty: the world's
/// own.
void pass_week(const Theatre& theatre, Group& group, int week, std::uint64_t seed,
               std::uint32_t first_future, std::span<const double> booked);
/// What is common to the whole front follows lane 0 of the group.
void share_common(Group& group);
/// Gives lane j of one sector the state of lane `from[j]`.
void choose(Group& group, std::size_t sector, std::span<const std::uint32_t> from);
/// Copies lane `lane` of `from` into lane `to_lane` of `to`; sector s from lane `by_sector[s]`.
void assemble(const Group& from, std::span<const std::uint32_t> by_sector, Group& to,
              std::size_t to_lane);

}  // namespace casus::calibrate
