// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "casus/world/law.h"
#include "casus/world/nuclear.h"
#include "casus/world/talks.h"

namespace casus::world {

inline constexpr std::size_t issues = 8;  ///< terms of a package

/// What both sides make of every package in one week: u = Σ salience·value −
/// fear of the future.
struct Stakes {
  std::array<std::array<std::array<F, 5>, issues>, 2> worth;  ///< side, issue, level
  std::array<std::array<std::array<F, 2>, 4>, 2> fear;        ///< side, guarantee, arms unlimited
  std::array<F, 2> war;                                       ///< V: what fighting on is worth
  F escalation;  ///< of V, what the danger of nuclear use takes from either side
  [[nodiscard]] F value(std::size_t side, const Package& p) const;
};

/// The bargain the Nash product chooses among the packages.
struct Chosen {
  F index, product;        ///< product 0 where nothing beats war for both
  std::array<F, 2> value;  ///< u of the chosen package for the two sides
};

/// @param tabled  index of a package on the table, -1 none: chosen when nearly
/// as good as the best.
[[nodiscard]] Chosen nash_choice(const Stakes& stakes, std::span<const Package> packages, F tabled);

/// The outside power closest to a side's lead, whose consent a bargain needs.
struct OutsidePower {
  std::size_t actor = 0, side = 0;
  float weight = 0.0F;     ///< how much it sees with the eyes of its side's lead
  bool guarantor = false;  ///< bears the burden of a guarantee
};
[[nodiscard]] std::vector<OutsidePower> outside_powers(const Model& model);

/// What a package that the leads value so is worth to an outside power, less the war: a patron
/// weighs it mostly as its protege does, a guarantor also its own burden.
/// @param protection  of the package's guarantee
[[nodiscard]] F outside_surplus(const OutsidePower& power, const State& state, const Stakes& stakes,
                                const std::array<F, 2>& value, F protection);

/// Draws and builds the stakes of the war's two leads.
class Bargain {
 public:
  explicit Bargain(const Model& model);
  [[nodiscard]] Stakes stakes(const State& state, const Now& now) const;
  /// Protection of a guarantee level, without its credibility.
  [[nodiscard]] F protection(const State& state, casefile::Guarantee level) const;
  /// How far side 1 believes that a promise to it would be kept, 0-1.
  [[nodiscard]] F credence(const State& state, const Model& model) const;
  /// Fear term: Λ·Δp·(1 − Gu·cred).
  [[nodiscard]] static F fear(F commitment, F shift, F guarded) {
    return commitment * shift * (F(1.0F) - guarded);
  }

 private:
  [[nodiscard]] std::array<std::array<F, issues>, 2> saliences(const State& state,
                                                               const Now& now) const;

  std::array<std::array<float, issues>, 2> shape_{};  ///< Dirichlet shapes by side
  std::size_t guarantor_ = 0;                         ///< closest power behind side 1
  KnobRef belief_{"talks.belief"}, pride_{"talks.pride"};
  KnobRef correlation_{"talks.correlation"}, commitment_{"talks.commitment"},
      rising_{"talks.rising_share"}, paper_{"talks.gu_paper"}, monitored_{"talks.gu_monitored"},
      armed_{"talks.gu_armed"}, deployed_{"talks.gu_deployed"}, cost_{"talks.war_cost"},
      years_{"talks.war_years"}, nuclear_loss_{"talks.nuclear_loss"};
  NuclearBranch branch_;
};

}  // namespace casus::world
