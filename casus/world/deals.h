// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "casus/world/law.h"

namespace casus::world {

/// Exchanges of arms and men for money and technology; a part of the economy's
/// week.
///
/// A new deal is struck with probability σ((worth·ψ − political cost)/τ) on
/// both sides. What is owed is paid off or defaulted on; technology comes in
/// three stages a milestone.
class Deals {
 public:
  explicit Deals(const Model& model);
  void step(State& state, const Now& now) const;

 private:
  struct Bargain {
    Pair owes;                                         ///< buyer (from) to supplier (to)
    Pair trusts;                                       ///< supplier of buyer
    bool running = false;                              ///< declared by the case
    bool technology = false;                           ///< the running deal pays in technology
    bool men = false;                                  ///< men who serve are paid for
    bool provisions = false;                           ///< food or oil is among the pay
    std::vector<std::pair<std::size_t, float>> flows;  ///< stock kind, count a week at as-of
    std::vector<std::uint32_t> offers;                 ///< entries arms_for_technology
    std::vector<std::uint32_t> labour;                 ///< entries send_labour
    std::vector<std::uint32_t> contingents;
  };
  [[nodiscard]] static M willing(const State& state, const Now& now, const Bargain& deal,
                                 std::size_t party);
  void strike(State& state, const Now& now, const Bargain& deal, std::uint32_t entry) const;
  void settle_debt(State& state, const Now& now, const Bargain& deal) const;
  void hand_over(State& state, const Now& now, const Bargain& deal) const;
  void dispatch(State& state, const Now& now, const Bargain& deal) const;

  std::vector<Bargain> bargains_;
  KnobRef default_{"economy.default"}, visible_{"economy.visible_return"},
      price_{"economy.shell_price"}, milestone_{"economy.milestone"}, tau_{"economy.deal_noise"},
      political_{"economy.political_cost"}, workers_{"economy.workers"}, wage_{"economy.wage"},
      need_{"economy.provisions"}, tie_{"economy.tie"};
};

}  // namespace casus::world
