// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "casus/random/draws.h"
#include "casus/world/knob.h"

/// How claims of losses follow the casualties of the world.
namespace casus::calibrate {

/// One draw of the law's parameters.
struct ClaimLaw {
  double noise = 0.06;   ///< log, of a week's claim about its course
  double swing = 0.06;   ///< log a week, of what passes
  double memory = 0.88;  ///< of what passes
  double wander = 0.03;  ///< log a week, of the lasting ratio of claims to casualties
  double follow = 0.3;   ///< share of a change of casualties that claims show
};

/// A bank of Kalman filters, a member for each of many draws of the parameters:
///
///   ln(claim + 1/2) = follow ln C + m + a + noise,   m' = m + wander e,   a' = memory a + swing e
///
/// C is what the world says (casualties of the week, thousands), m how claims stand to it, a what
/// passes. Noise holds a count's own (1 / mean). Surprises count as Student's t, so one odd week
/// moves little; weights of members fade (Raftery, Karny & Ettler 2010, Technometrics 52), so the
/// bank follows a war that changes its habits.
class ClaimBank {
 public:
  explicit ClaimBank(const std::vector<ClaimLaw>& laws);

  /// A week passes; then a claim comes, or `missing`. @returns log density of the claim.
  double week(double claim, double log_casualties);
  /// Claims so far are read as if ln C had been this.
  void casualties_were(double log_casualties);

  /// A member and its state drawn from the filter. @param future names the draw.
  struct Course {
    ClaimLaw law;
    double lasting = 0.0, passing = 0.0;
  };
  [[nodiscard]] Course draw(const Draws& draws, Stream stream, std::uint32_t future) const;

 private:
  struct Member {
    ClaimLaw law;
    double m = 0.0, a = 0.0;
    double mm = 0.0, ma = 0.0, aa = 0.0;  ///< covariance
    double weight = 1.0;
  };
  static double update(Member& member, double y, double world);

  std::vector<Member> members_;
  bool started_ = false;
};

/// The next weeks of a course, which moves on with them.
/// @returns claims, one for each of `log_casualties`; counts are Poisson about their mean where
///          `count`, else rounded to tens.
[[nodiscard]] std::vector<double> continue_course(ClaimBank::Course& course,
                                                  std::span<const double> log_casualties,
                                                  bool count, const Draws& draws, Stream stream,
                                                  std::uint32_t future);

/// Parameters of the law for persons or for items, drawn from their priors.
[[nodiscard]] std::vector<ClaimLaw> draw_claim_laws(bool persons, std::size_t members,
                                                    const Draws& draws);

[[nodiscard]] std::span<const world::Knob> claim_knobs();

}  // namespace casus::calibrate
