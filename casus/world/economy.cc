// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/economy.h"

#include <algorithm>
#include <vector>

#include "casus/world/deals.h"
#include "casus/world/law.h"

namespace casus::world {
namespace {

constexpr float ample_room = 5.0F;  ///< % of GDP a state at war would not leave unspent

class Economy final : public Process {
 public:
  explicit Economy(const Model& model) : deals_(model), actors_(model.shape().actors) {
    for (const auto& actor : model.given().actors) {
      exporter_.push_back(actor.oil_exporter ? 1.0F : 0.0F);
    }
    lead_.assign(actors_, -1);
    if (model.has_war()) {
      for (std::size_t side = 0; side < 2; ++side) lead_[model.lead(side)] = static_cast<int>(side);
    }
  }
  [[nodiscard]] std::string_view name() const override { return "economy"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {
        Var::gdp,        Var::growth,        Var::growth_base,    Var::sanction,
        Var::evasion,    Var::oil_price,     Var::fiscal_room,    Var::war_budget,
        Var::pressure,   Var::pressure_base, Var::infrastructure, Var::aid_received,
        Var::force,      Var::intensity,     Var::end_state,      Var::started,
        Var::active,     Var::stock,         Var::pipe_1,         Var::production,
        Var::deal_owed,  Var::trust_kept,    Var::trust_broken,   Var::pay_trust,
        Var::technology, Var::tech_progress, Var::tension,        Var::spent,
        Var::men,        Var::provisions,    Var::ruler_tie,      Var::ordered,
        Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {
        Var::gdp,           Var::growth,        Var::growth_base,  Var::sanction,
        Var::evasion,       Var::fiscal_room,   Var::war_budget,   Var::pressure,
        Var::pressure_base, Var::stock,         Var::pipe_1,       Var::production,
        Var::deal_owed,     Var::trust_kept,    Var::trust_broken, Var::pay_trust,
        Var::technology,    Var::tech_progress, Var::spent,        Var::provisions};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    if (now.week == 0) anchor(state);
    sanctions(state, now);
    for (std::size_t a = 0; a < actors_; ++a) {
      grow(state, now, a);
      pay(state, now, a);
    }
    deals_.step(state, now);
    for (std::size_t a = 0; a < actors_; ++a) {
      const F logit = state.at(Var::pressure_base, a) + pressure_of(state, a);
      state.at(Var::pressure, a) = lanes::logistic(lanes::clamp(logit, F(-20.0F), F(20.0F)));
    }
  }

 private:
  /// Solves the unseen rest so that week 0 starts where the case says.
  void anchor(State& state) const {
    for (std::size_t a = 0; a < actors_; ++a) {
      state.at(Var::growth_base, a) =
          lanes::clamp(state.at(Var::growth, a) - pull_on_growth(state, a), F(-40.0F), F(60.0F));
      const F p = lanes::clamp(state.at(Var::pressure, a), F(0.01F), F(0.99F));
      state.at(Var::pressure_base, a) =
          lanes::clamp(lanes::logit(p) - pressure_of(state, a), F(-20.0F), F(20.0F));
      const F deficit = lead_[a] >= 0 ? deficit_(state) : F(0.0F);
      state.at(Var::war_budget, a) =
          lanes::clamp(war_cost(state, a) - aid_share(state, a) - deficit, F(-100.0F), F(300.0F));
    }
  }

  void sanctions(State& state, const Now& now) const {
    const F step = step_(state);
    for (const auto& [action, sign] :
         {std::pair{Action::sanction, 1.0F}, std::pair{Action::ease_sanctions, -1.0F}}) {
      for (const std::uint32_t e : now.model.entries_of(action)) {
        const Entry& entry = now.model.entries()[e];
        if (!entry.target) continue;
        const F size = state.at(Var::gdp, entry.actor);
        const F weight = size / (size + F(5000.0F));
        F& s = state.at(Var::sanction, *entry.target);
        s = state.held(Var::sanction, s + F(sign) * step * weight * state.at(Var::started, e));
      }
    }
  }

  F pull_on_growth(const State& state, std::size_t a) const {
    const F bite = state.at(Var::sanction, a) * (F(1.0F) - state.at(Var::evasion, a));
    const F oil =
        F(100.0F * exporter_[a]) * (state.at(Var::oil_price, 0) / anchor_(state) - F(1.0F));
    return oil_growth_(state) * oil - sanction_growth_(state) * bite;
  }

  void grow(State& state, const Now& now, std::size_t a) const {
    F& evasion = state.at(Var::evasion, a);
    const F goal = lanes::max(evasion_end_(state), evasion);
    evasion += (goal - evasion) / evasion_weeks_(state);
    // The boom counts what is spent beyond what was spent when the story began.
    const F extra = lanes::clamp(gap(state, a), F(-5.0F), F(5.0F));
    const F target = state.at(Var::growth_base, a) + pull_on_growth(state, a) +
                     boom_(state) * (lead_[a] >= 0 ? extra : F(0.0F));
    F& g = state.at(Var::growth, a);
    g += (target - g) / growth_weeks_(state) +
         growth_noise_(state) * noise(now, Stream("growth"), now.model.actor_key(a));
    g = state.held(Var::growth, g);
    F& gdp = state.at(Var::gdp, a);
    gdp = state.held(Var::gdp, gdp * (F(1.0F) + g * F(1.0F / 5200.0F)));
  }

  /// Cost of the war, % of GDP a year; leads pay it.
  F war_cost(const State& state, std::size_t a) const {
    if (lead_[a] < 0) return F(0.0F);
    const std::size_t sectors = state.shape().sectors;
    F intensity(0.0F);
    for (std::size_t s = 0; s < sectors; ++s) {
      intensity += state.at(Var::intensity, s * 2 + static_cast<std::size_t>(lead_[a]));
    }
    intensity = intensity / F(static_cast<float>(std::max<std::size_t>(sectors, 1)));
    const F heat = F(0.4F) + F(0.6F) * lanes::one_if(fighting(state)) *
                                 (F(0.5F) + lanes::min(intensity, F(1.0F)));
    return war_cost_(state) * state.at(Var::force, a) * heat /
           lanes::max(state.at(Var::gdp, a), F(1.0F)) * F(100.0F);
  }
  F aid_share(const State& state, std::size_t a) const {
    return state.at(Var::aid_received, a) * F(5200.0F) / lanes::max(state.at(Var::gdp, a), F(1.0F));
  }
  /// What the war costs beyond budget, aid and the deficit of old, % of GDP a
  /// year.
  F gap(const State& state, std::size_t a) const {
    const F deficit = lead_[a] >= 0 ? deficit_(state) : F(0.0F);
    return war_cost(state, a) - aid_share(state, a) - state.at(Var::war_budget, a) - deficit;
  }

  void pay(State& state, const Now& now, std::size_t a) const {
    const F oil = F(exporter_[a]) * oil_budget_(state) *
                  (state.at(Var::oil_price, 0) / anchor_(state) - F(1.0F));
    const F deficit = lead_[a] >= 0 ? deficit_(state) : F(0.0F);
    F& room = state.at(Var::fiscal_room, a);
    const F before = room;
    // Nobody spends what is not there: at nothing spending is cut (below).
    const F next = room - (gap(state, a) + deficit - oil) / F(52.0F);
    room = state.held(Var::fiscal_room, lanes::max(next, F(0.0F)));
    const F short_of = lanes::max(F(2.0F) - room, F(0.0F)) * F(0.5F);
    F& budget = state.at(Var::war_budget, a);
    // What is found for the war when room is short goes back to other uses when it is ample.
    const F idle = lanes::max(room - F(ample_room), F(0.0F)) * F(0.5F);
    budget =
        lanes::clamp(budget + (lead_[a] >= 0 ? new_taxes_(state) * (short_of - idle) : F(0.0F)),
                     F(-100.0F), F(300.0F));
    // With no room left spending is cut: arms plants run down instead of cash
    // going below zero.
    const F cut = F(1.0F) - F(0.01F) * lanes::max(F(1.0F) - room * F(2.0F), F(0.0F));
    for (std::size_t k = 0; k < 9; ++k) state.at(Var::production, a * 9 + k) *= cut;
    now.tell((before >= F(0.25F)) & (room < F(0.25F)), "money_gone", a, a, room, "fiscal_room");
  }

  /// What growth, money and ration add to the logit of pressure.
  F pressure_of(const State& state, std::size_t a) const {
    const F ration = F(2.0F) * (F(1.0F) - state.at(Var::infrastructure, a));
    return pressure_ration_(state) * ration - pressure_growth_(state) * state.at(Var::growth, a) -
           pressure_money_(state) * state.at(Var::fiscal_room, a) -
           relief_(state) * state.at(Var::provisions, a);
  }

  Deals deals_;
  std::size_t actors_;
  std::vector<float> exporter_;
  std::vector<int> lead_;
  KnobRef anchor_{"leaders.oil_anchor"}, sanction_growth_{"economy.sanction_growth"},
      evasion_end_{"economy.evasion_end"}, evasion_weeks_{"economy.evasion_weeks"},
      step_{"economy.sanction_step"}, boom_{"economy.boom"}, oil_growth_{"economy.oil_growth"},
      oil_budget_{"economy.oil_budget"}, growth_weeks_{"economy.growth_weeks"},
      growth_noise_{"economy.growth_noise"}, war_cost_{"economy.war_cost"},
      deficit_{"economy.deficit"}, new_taxes_{"economy.new_taxes"},
      pressure_growth_{"economy.pressure_growth"}, pressure_money_{"economy.pressure_money"},
      pressure_ration_{"economy.pressure_ration"}, relief_{"economy.relief"};
};

}  // namespace

std::unique_ptr<Process> make_economy(const Model& model) {
  return std::make_unique<Economy>(model);
}

void step_economy(const Process& economy, State& state, const Now& now) {
  static_cast<const Economy&>(economy).step(state, now);
}

}  // namespace casus::world
