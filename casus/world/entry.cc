// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "casus/world/alliances.h"
#include "casus/world/assent.h"
#include "casus/world/bargain.h"
#include "casus/world/pacts.h"

namespace casus::world {
namespace {

/// Covariates at which `alliances.honour` and `alliances.unbound` hold.
constexpr float usual_threat = 0.5F, usual_support = 0.5F, usual_tension = -5.0F, usual_cost = 0.5F;

struct Outsider {
  std::size_t actor = 0;
  int side = 0;            ///< that it leans to
  std::size_t ally = 0;    ///< lead of that side
  std::size_t enemy = 0;   ///< lead of the other side
  Pair sees;               ///< it to the enemy
  Pair bond;               ///< it to the ally
  float threshold = 0.0F;  ///< seats that must agree to force; 0 where nobody is asked
  bool pact = false;       ///< defence pact in force with a member of the side
  bool tested = false;     ///< and that member's core was attacked by the other side at first
  bool deal = false;
  bool guarantor = false;  ///< whom packages let guarantee the ally
  bool neutral = false;    ///< by role: may give up neutrality without fighting
  float openness_cost = 0.5F;
  std::vector<std::uint32_t> patrons;  ///< deploy_contingent for the enemy side
};

bool pact_with_side(const Model& model, std::size_t actor, int side) {
  for (const auto& treaty : model.given().treaties) {
    if (treaty.treaty_class != casefile::TreatyClass::defence || !treaty.in_force) continue;
    const bool own = std::ranges::any_of(treaty.parties, [&](auto p) { return p == actor; });
    const bool other = std::ranges::any_of(
        treaty.parties, [&](auto p) { return p != actor && model.side_of(p) == side; });
    if (own && other) return true;
  }
  return false;
}

class EntryToWar final : public Process {
 public:
  explicit EntryToWar(const Model& model) : pacts_(model), actors_(model.shape().actors) {
    if (!model.has_war()) return;
    for (std::size_t a = 0; a < actors_; ++a) {
      const int side = sympathy(model, a);
      if (model.side_of(a) >= 0 || side < 0) continue;
      if (model.given().actors[a].kind != casefile::ActorKind::state) continue;
      Outsider o;
      o.actor = a;
      o.side = side;
      o.ally = model.lead(static_cast<std::size_t>(side));
      o.enemy = model.lead(static_cast<std::size_t>(1 - side));
      o.sees = pair_of(model, a, o.enemy);
      o.bond = pair_of(model, a, o.ally);
      const auto& house = model.given().actors[a].legislature;
      if (house && house->asked(Action::deploy_contingent)) {
        o.threshold = static_cast<float>(house->threshold);
      }
      o.pact = pact_with_side(model, a, side);
      // Side 0 holds ground of side 1: side 1 was attacked at home, side 0 only
      // where it lost a chip.
      o.tested = o.pact && side == 1;
      for (const auto& deal : model.given().deals) {
        o.deal = o.deal || (deal.from == a && deal.to == o.ally);
      }
      for (const OutsidePower& power : outside_powers(model)) {
        o.guarantor = o.guarantor || (power.guarantor && power.actor == a);
      }
      o.neutral = model.given().actors[a].has(casefile::Role::neutral);
      o.openness_cost = model.given().actors[o.enemy].nuclear ? 0.9F : 0.5F;
      for (const std::uint32_t e : model.entries_of(Action::deploy_contingent)) {
        const Entry& entry = model.entries()[e];
        if (entry.target && model.side_of(*entry.target) == 1 - side) o.patrons.push_back(e);
      }
      outsiders_.push_back(std::move(o));
    }
  }
  [[nodiscard]] std::string_view name() const override { return "entry"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::entered,      Var::support,
                                   Var::rally,        Var::tension,
                                   Var::end_state,    Var::believed_trend,
                                   Var::active,       Var::rung,
                                   Var::air_defence,  Var::guarantee_credibility,
                                   Var::pact_test,    Var::in_combat,
                                   Var::chip,         Var::trust_kept,
                                   Var::trust_broken, Var::honour,
                                   Var::vote_share,   Var::ruler_tie,
                                   Var::force,        Var::troops,
                                   Var::recurred,     Var::guarantee_level,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::entered,      Var::tension,   Var::rung,
                                   Var::air_defence,  Var::pact_test, Var::trust_kept,
                                   Var::trust_broken, Var::honour,    Var::guarantee_credibility,
                                   Var::force,        Var::troops};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    for (const Outsider& o : outsiders_) {
      consider(state, now, o);
      reinforce(state, o);
    }
    pacts_.step(state, now);
  }

 private:
  void consider(State& state, const Now& now, const Outsider& o) const {
    F& entered = state.at(Var::entered, o.actor);
    const M may = fighting(state) & (entered < F(0.5F)) & now.answers_for(o.actor);
    const F u = chance(now, Stream("entry"), now.model.actor_key(o.actor));
    const M joins = may & (u < hazard(state, o));
    if (o.neutral) turn(state, now, o, may & !joins, u);
    if (!lanes::any(joins)) return;
    entered = select(joins, F(1.0F), entered);
    F& x = state.at(Var::tension, o.sees.index);
    F& y = state.at(Var::tension, o.enemy * actors_ + o.actor);
    x = select(joins, F(-10.0F), x);
    y = select(joins, F(-10.0F), y);
    F& rung = state.at(Var::rung, o.actor);
    rung = select(joins, lanes::max(rung, F(8.0F)), rung);
    F& faith = state.at(Var::guarantee_credibility, o.ally);
    faith = select(joins, lanes::max(faith, F(0.9F)), faith);
    now.tell(joins, "enters_war", o.actor, o.enemy, F(1.0F), o.tested ? "treaty" : "threat");
  }

  /// Who has entered sends a share of what it has every half year; its men fight in the ally's
  /// ranks.
  void reinforce(State& state, const Outsider& o) const {
    const M in = (state.at(Var::entered, o.actor) > F(0.5F)) & fighting(state);
    if (!lanes::any(in)) return;
    F& home = state.at(Var::force, o.actor);
    const F sent = select(in, home * expedition_(state) / F(26.0F), F(0.0F));
    F& force = state.at(Var::force, o.ally);
    const F grows = sent / lanes::max(force, F(1.0F));
    home -= sent;
    force += sent;
    for (std::size_t s = 0; s < state.shape().sectors; ++s) {
      F& troops = state.at(Var::troops, s * 2 + static_cast<std::size_t>(o.side));
      troops += troops * grows;
    }
  }

  F hazard(const State& state, const Outsider& o) const {
    const float sign = o.side == 1 ? 1.0F : -1.0F;
    const F threat = lanes::logistic(lanes::clamp(
        F(sign) * state.at(Var::believed_trend, o.actor) / F(100.0F), F(-3.0F), F(3.0F)));
    const F x = threat_(state) * (threat - F(usual_threat)) +
                support_(state) * (shown_support(state, o.actor) - F(usual_support)) +
                deal_(state) * F(o.deal ? 1.0F : 0.0F) +
                tension_(state) * (state.at(Var::tension, o.sees.index) - F(usual_tension)) -
                tie_(state) * state.at(Var::ruler_tie, o.bond.index) -
                cost_(state) * F(o.openness_cost - usual_cost);
    const F base = o.tested
                       ? tested_hazard(honour_(state))
                       : unbound_(state) / F(52.0F) * lanes::exp(treaty_(state) * bound(state, o));
    F rate = base * lanes::exp(lanes::clamp(x, F(-5.0F), F(5.0F)));
    if (o.threshold > 0.0F) rate *= assent_(state, o.actor, o.threshold);
    return F(1.0F) - lanes::exp(-rate);
  }

  /// A pact binds; so does a guarantee that failed to deter, as far as it is believed.
  static F bound(const State& state, const Outsider& o) {
    if (o.pact) return F(1.0F);
    if (!o.guarantor) return F(0.0F);
    return state.at(Var::recurred, 0) * state.at(Var::guarantee_level, o.ally) *
           state.at(Var::guarantee_credibility, o.ally);
  }

  /// A neutral begins to help: air defence for the ally. The upper end of the
  /// same draw decides.
  void turn(State& state, const Now& now, const Outsider& o, M may, F u) const {
    F patrons(0.0F);
    for (const std::uint32_t e : o.patrons) patrons += state.at(Var::active, e);
    const F push = lanes::exp(lanes::log(push_(state)) * lanes::min(patrons, F(2.0F)));
    const F p = weekly_chance(turn_(state) * push);
    const M turns = may & (u > F(1.0F) - p);
    F& shield = state.at(Var::air_defence, o.ally);
    shield = state.held(Var::air_defence, shield + select(turns, F(0.03F), F(0.0F)));
    now.tell(turns, "neutral_helps", o.actor, o.ally, F(0.03F), "enemy_patrons");
  }

  PactTests pacts_;
  std::size_t actors_;
  std::vector<Outsider> outsiders_;
  Assent assent_;
  KnobRef honour_{"alliances.honour"}, unbound_{"alliances.unbound"},
      threat_{"alliances.entry_threat"}, support_{"alliances.entry_support"},
      deal_{"alliances.entry_deal"}, tension_{"alliances.entry_tension"},
      cost_{"alliances.entry_cost"}, treaty_{"alliances.entry_treaty"}, tie_{"alliances.entry_tie"},
      turn_{"alliances.neutral_turn"}, push_{"alliances.neutral_push"},
      expedition_{"alliances.expedition"};
};

}  // namespace

F tested_hazard(F joins_in_half_year) {
  return -lanes::log(F(1.0F) - lanes::min(joins_in_half_year, F(0.999F))) / F(26.0F);
}

std::unique_ptr<Process> make_entry(const Model& model) {
  return std::make_unique<EntryToWar>(model);
}

void step_entry(const Process& entry, State& state, const Now& now) {
  static_cast<const EntryToWar&>(entry).step(state, now);
}

}  // namespace casus::world
