// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "casus/intel/tracking_sighting.h"
#include "casus/intel/tracking_trajectory.h"
#include "casus/random/draws.h"

/// The filter: many trajectories of one contingent, weighed by what was told of places.
namespace casus::intel {

/// How a contingent's strength is drawn where no hypothesis speaks of it.
struct FreeStrength {
  Prior men;
  double front_share = 0.0;  ///< of them at the destination, median; ln sd .5, never above 1
  std::optional<Prior> planned;
  bool standing = false;  ///< long there; else built up in one of observe's ways
};

/// What one day's reports leave to be tracked.
struct TrackingTarget {
  std::vector<Anchor> anchors;        ///< by member, or empty: strength is free
  std::vector<std::uint32_t> strata;  ///< first member of each; resampling stays within
  std::vector<double> weights;        ///< by look: P(it measures), 0 before it is told
};

struct TrackingOptions {
  std::uint64_t seed = 1;
  std::uint64_t key = 0;  ///< of the contingent: names its luck
  std::uint32_t members = 2048;
  int sweeps = 4;  ///< moves of every member on a day with news
  std::size_t threads = 0;
};

/// A resample-move filter on whole trajectories; every day it holds what was known that day of all
/// days, so its last day is the smoother.
///
/// A member is an anchor and a vector x of standard normals. On a day with news its log weight
/// gains ln L(now) - ln L(before); a stratum whose effective number falls below half is resampled
/// (systematic), members keeping their anchors; then every member makes moves
/// x' = r x + sqrt(1 - r^2) n, accepted with min(1, L(x') / L(x)), which leave its target
/// unchanged.
/// @source Gordon, Salmond & Smith (1993); moves: Gilks & Berzuini (2001), JRSS B 63; Cotter et al.
///         (2013), Statistical Science 28.
/// @oracle tracking_ensemble_test.cc: coverage and hindsight on synthetic worlds.
class Ensemble {
 public:
  Ensemble(const casefile::Case& given, const Way& way, std::vector<Look> looks,
           std::optional<FreeStrength> free, const TrackingOptions& options);

  /// Goes on to the next state of knowledge.
  void step(const TrackingTarget& target);

  [[nodiscard]] std::uint32_t members() const { return options_.members; }
  [[nodiscard]] const std::vector<Look>& looks() const { return looks_; }
  [[nodiscard]] const Anchor& anchor(std::size_t member) const { return anchors_[member]; }
  /// [day][cell] of a member.
  [[nodiscard]] std::span<const double> men(std::size_t member) const {
    return {&men_[member * size_], size_};
  }
  /// As many members as there are, repeated by weight (systematic within strata): all count alike.
  [[nodiscard]] std::vector<std::uint32_t> alike() const;

 private:
  /// Those of [from, to) alone.
  void draw(std::uint32_t member, std::uint32_t occasion, std::span<double> normals,
            std::size_t from, std::size_t to) const;
  [[nodiscard]] Anchor free_anchor(std::span<const double> normals) const;
  [[nodiscard]] double log_likelihood(std::span<const double> men) const;
  void evaluate(const TrackingTarget& target, const std::vector<bool>* only);
  std::vector<bool> resample(std::span<const std::uint32_t> strata);
  void move(std::uint32_t member, std::uint32_t occasion, int kind, Mover& mover,
            std::span<double> scratch);
  void by_chunks(const std::function<void(std::uint32_t, Mover&, std::span<double>)>& work);
  [[nodiscard]] std::vector<std::uint32_t> pick(std::uint32_t first, std::uint32_t end) const;

  const Way& way_;
  std::vector<Look> looks_;
  std::vector<std::size_t> told_;  ///< looks in use
  std::optional<FreeStrength> free_;
  TrackingOptions options_;
  std::vector<std::uint32_t> who_;  ///< draw entities: the contingent's, then one a ground
  std::size_t normals_ = 0, rates_each_ = 0, size_ = 0;
  std::uint32_t occasion_ = 0;
  std::vector<Anchor> anchors_;
  std::vector<std::uint8_t> stale_;  ///< by member: what stems from its normals is to be made anew
  std::vector<double> x_, rates_, men_, log_likelihood_, log_weight_, weights_;
  std::vector<std::uint32_t> strata_;
  std::vector<std::unique_ptr<Mover>> movers_;
};

}  // namespace casus::intel
