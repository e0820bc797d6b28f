// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "casus/intel/tracking_way.h"
#include "casus/observe/count.h"

/// One way the men may have moved: strength in every cell on every day.
namespace casus::intel {

inline constexpr int tracked_days = 31;  ///< the last one is the as-of day

/// What a trajectory is held to: how many there are in all and at the front, and since when.
struct Anchor {
  double men = 0.0;         ///< on the as-of day
  std::uint32_t built = 0;  ///< index of observe::build_up_shapes
  double front = 0.0;
  std::uint32_t front_built = 0;
  double planned = 0.0;
  bool operator==(const Anchor&) const = default;
};

/// The uncertain rest as standard normals: speed, dwell, [men, built, front, front_built, plan],
/// then for every ground how many stay there, how that shifts in time, and how readily it empties.
inline constexpr std::size_t own_normals = 7;
inline constexpr std::size_t normals_per_ground = 3;

/// Makes trajectories; keeps scratch, so one per thread.
///
/// Forward: men come into being at the first node abroad as N b(t) grows, run along the linear
/// chain and stop at grounds. Backward: those who reach the front as F b_F(t) grows are followed
/// back along the chain to the grounds they left. Every day: in all = on the way + in training + at
/// the front.
class Mover {
 public:
  explicit Mover(const Way& way);
  /// @param men [day][cell], tracked_days x cells.
  void run(const Anchor& anchor, std::span<const double> normals, std::span<double> men);

  [[nodiscard]] std::size_t normals() const {
    return own_normals + normals_per_ground * way_.grounds();
  }

  /// `run` in two steps, since most moves leave most of the first as it was: what the normals say
  /// of the legs and of each ground; and the trajectory.
  [[nodiscard]] std::size_t rates() const {
    return way_.legs() + rates_per_ground * way_.grounds();
  }
  void rates_of_legs(std::span<const double> normals, std::span<double> rates) const;
  void rates_of_ground(std::span<const double> normals, std::size_t ground,
                       std::span<double> rates) const;
  void rates_of_all(std::span<const double> normals, std::span<double> rates) const;
  void run_at(const Anchor& anchor, std::span<const double> rates, std::span<double> men);

 private:
  static constexpr std::size_t rates_per_ground = 3;  // staying, its drift, leaving
  void stocks(const Anchor& anchor);
  void weigh(std::span<const double> rates);
  void backwards();
  void arrive(std::size_t node, double men);
  void forwards(int day);
  void settle(int day, std::span<double> row);
  double* on_way(int day) { return &onward_[static_cast<std::size_t>(day) * way_.legs()]; }

  const Way& way_;
  std::size_t last_node_ = 0;  ///< the furthest with a ground
  std::array<std::array<double, tracked_days>, observe::build_ups> built_{};
  std::array<double, tracked_days> all_{}, there_{};
  std::vector<double> chance_, staying_, drift_, leaving_, stay_at_, leave_at_;
  std::vector<double> stays_, leaves_;  ///< by node: share of those who reach it, or came from it

  std::vector<std::size_t> first_ground_;  ///< by node, and one past the last
  std::vector<double> inbound_, onward_, left_, training_;
};

}  // namespace casus::intel
