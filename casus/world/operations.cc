// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/operations.h"

#include <algorithm>
#include <vector>

#include "casus/world/answers.h"
#include "casus/world/clashes.h"
#include "casus/world/law.h"
#include "casus/world/prices.h"

namespace casus::world {
namespace {

using casefile::StockKind;

constexpr std::size_t kinds = 9;
constexpr std::size_t missiles = static_cast<std::size_t>(StockKind::missiles);
constexpr std::size_t drones = static_cast<std::size_t>(StockKind::one_way_drones);
constexpr std::size_t interceptors = static_cast<std::size_t>(StockKind::interceptors);
constexpr float drone_wave = 400.0F;  ///< launches a week that saturate (cap_k)
constexpr float missile_wave = 40.0F;
constexpr float usual_mastery = 0.6F;  ///< of kit at which the knob of leaking drones holds
constexpr float test_lesson =
    0.01F;  ///< of a milestone, from a test; most are drills of known types

class Operations final : public Process {
 public:
  explicit Operations(const Model& model)
      : clashes_(model),
        answers_(model),
        reach_(model),
        footing_(model),
        prices_(model),
        actors_(model.shape().actors) {
    const auto gather = [&](Action action, std::vector<Sabotage>& into) {
      for (const std::uint32_t e : model.entries_of(action)) {
        const auto& target = model.entries()[e].target;
        into.push_back({e, target ? lines_of(model, *target) : std::vector<std::uint32_t>{}});
      }
    };
    gather(Action::interdict, sabotage_);
    gather(Action::cyber, networks_);
  }
  [[nodiscard]] std::string_view name() const override { return "operations"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::started,
                                   Var::active,
                                   Var::stock,
                                   Var::air_defence,
                                   Var::infrastructure,
                                   Var::range_permission,
                                   Var::rally,
                                   Var::support,
                                   Var::tension,
                                   Var::rung,
                                   Var::rung_state,
                                   Var::reply_due,
                                   Var::clash,
                                   Var::nuclear_alert,
                                   Var::expected_success,
                                   Var::regime_security,
                                   Var::intelligence,
                                   Var::evasion,
                                   Var::passive,
                                   Var::morale,
                                   Var::pay_trust,
                                   Var::tech_progress,
                                   Var::latency,
                                   Var::route_damage,
                                   Var::trust_kept,
                                   Var::trust_broken,
                                   Var::openness,
                                   Var::fiscal_room,
                                   Var::elite_cohesion,
                                   Var::believed_presence,
                                   Var::experience,
                                   Var::ordered,
                                   Var::due,
                                   Var::cooldown,
                                   Var::end_state,
                                   Var::talks,
                                   Var::tension_base,
                                   Var::intensity,
                                   Var::pipe_3,
                                   Var::learning,
                                   Var::pact_test,
                                   Var::readiness,
                                   Var::growth,
                                   Var::tasking,
                                   Var::vote_share,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {
        Var::stock,       Var::infrastructure, Var::rally,        Var::support,
        Var::tension,     Var::rung,           Var::rung_state,   Var::reply_due,
        Var::clash,       Var::nuclear_alert,  Var::intelligence, Var::evasion,
        Var::passive,     Var::tech_progress,  Var::latency,      Var::route_damage,
        Var::fiscal_room, Var::ordered,        Var::due,          Var::intensity,
        Var::pipe_3,      Var::tension_base,   Var::trust_kept,   Var::morale,
        Var::pact_test,   Var::readiness,      Var::growth,       Var::tasking,
        Var::cooldown};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    repair(state, now);
    launches(state, now, Action::deep_strike);
    launches(state, now, Action::city_campaign);
    for (const Sabotage& s : sabotage_) sabotage(state, now, s);
    collect(state, now);
    networks(state, now);
    officers(state, now);
    tests(state, now);
    reach_.step(state, now);
    clashes_.step(state, now);
    footing_.step(state, now);
    answers_.step(state, now);
    prices_.step(state, now);
  }

 private:
  struct Sabotage {
    std::uint32_t entry;
    std::vector<std::uint32_t> routes;
  };

  /// Routes that the target's own and guest contingents use, in order of index.
  static std::vector<std::uint32_t> lines_of(const Model& model, std::size_t target) {
    std::vector<std::uint32_t> out;
    for (std::uint32_t c = 0; c < model.shape().contingents; ++c) {
      const auto& k = model.given().contingents[c];
      if (k.host != target && k.owner != target) continue;
      for (const std::uint32_t r : model.path(c).routes) out.push_back(r);
    }
    std::ranges::sort(out, {}, [&](std::uint32_t r) { return model.route_key(r); });
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  void repair(State& state, const Now& now) const {
    const F keep = weekly_decay(repair_(state));
    for (F& works : state[Var::infrastructure]) works = F(1.0F) - (F(1.0F) - works) * keep;
    const F left = lanes::exp(F(-1.0F) / line_repair_(state));
    for (std::size_t r = 0; r < state.shape().routes; ++r) {
      F& damage = state.at(Var::route_damage, r);
      const F before = damage;
      damage *= left;
      now.tell((before > F(0.1F)) & (damage <= F(0.1F)), "line_repaired", r, r, before, "repair");
    }
  }

  /// Drones and missiles against air defence; city campaigns send more and hit
  /// will.
  void launches(State& state, const Now& now, Action action) const {
    const bool cities = action == Action::city_campaign;
    for (const std::uint32_t e : now.model.entries_of(action)) {
      const Entry& entry = now.model.entries()[e];
      if (!entry.target) continue;
      const std::size_t a = entry.actor;
      const std::size_t t = *entry.target;
      const bool at_war = now.model.side_of(a) >= 0 && now.model.side_of(t) >= 0;
      const M on = at_war ? fighting(state) : F(0.0F) < F(1.0F);
      const F size = select(on, state.at(Var::active, e), F(0.0F));
      if (!lanes::any(size > F(0.0F))) continue;
      const F reach = cities ? F(1.0F) : F(0.5F) + F(0.5F) * state.at(Var::range_permission, a);
      const F share = size * reach * F(cities ? 0.25F : 0.08F);
      F& drone_stock = state.at(Var::stock, a * kinds + drones);
      F& missile_stock = state.at(Var::stock, a * kinds + missiles);
      const F d = lanes::min(drone_stock * share, size * F(2.0F * drone_wave));
      const F m = lanes::min(missile_stock * share * F(0.5F), size * F(2.0F * missile_wave));
      drone_stock -= d;
      missile_stock -= m;
      // Crews that master their drones bring more of them through.
      const F crew = crew_(state) * (state.at(Var::learning, a) - F(usual_mastery));
      const F leakers =
          leak(state, now.model, t, d, F(drone_wave), leak_drones_(state) + crew) +
          F(5.0F) * leak(state, now.model, t, m, F(missile_wave), leak_missiles_(state));
      F& works = state.at(Var::infrastructure, t);
      const F hit = lanes::min(damage_(state) * leakers, F(0.2F)) * works;
      works -= hit;
      const M begins = (state.at(Var::started, e) > F(0.0F)) & (size > F(0.0F));
      F& rally = state.at(Var::rally, t);
      rally = state.held(Var::rally, rally + select(begins, F(0.3F) * homeland_(state), F(0.0F)));
      if (cities) {
        F& support = state.at(Var::support, t);
        support = state.held(Var::support, support - F(0.5F) * hit * state.at(Var::openness, t));
      } else {
        F& room = state.at(Var::fiscal_room, t);
        room = lanes::max(room - F(2.0F) * hit, F(0.0F));
      }
      now.tell(hit > F(0.02F), "infrastructure_hit", a, t, hit, casefile::name_of(action));
    }
  }

  /// Of `launched`, how many get through; interceptors spent come off the
  /// stock.
  F leak(State& state, const Model& model, std::size_t target, F launched, F wave, F base) const {
    F& stock = state.at(Var::stock, target * kinds + interceptors);
    const F lent = batteries_(state) * activity_on(state, model, Action::send_air_defence, target);
    const F held = lanes::min(state.at(Var::air_defence, target) + lent, F(1.0F));
    const F wanted = F(0.3F) * launched * held;
    const F spent = lanes::min(stock, wanted);
    stock -= spent;
    const F armed = spent / lanes::max(wanted, F(1.0e-6F));
    const F shield = select(wanted > F(0.0F), held * armed, F(0.0F));
    const F crowd = F(0.6F) * lanes::log(lanes::max(launched, F(1.0F)) / wave);
    const F x = base + lanes::clamp(crowd, F(-3.0F), F(3.0F)) - F(1.5F) * shield;
    return launched * lanes::logistic(x);
  }

  void sabotage(State& state, const Now& now, const Sabotage& s) const {
    const F size = state.at(Var::started, s.entry);
    if (s.routes.empty() || !lanes::any(size > F(0.0F))) return;
    const Entry& entry = now.model.entries()[s.entry];
    const std::uint32_t key = fold(entry.key);
    const M works =
        (size > F(0.0F)) & happens(now, Stream("sabotage"), key, success_(state) * size);
    const F u = chance(now, Stream("sabotage_where"), key) * F(static_cast<float>(s.routes.size()));
    for (std::size_t i = 0; i < s.routes.size(); ++i) {
      const F at = F(static_cast<float>(i));
      const M here = works & (u >= at) & (u < at + F(1.0F));
      F& damage = state.at(Var::route_damage, s.routes[i]);
      damage = select(here, lanes::max(damage, hit_(state)), damage);
    }
    now.tell(works, "sabotage", entry.actor, *entry.target, hit_(state), "act");
    now.tell((size > F(0.0F)) & !works, "sabotage_fails", entry.actor, *entry.target, size, "draw");
  }

  void collect(State& state, const Now& now) const {
    for (const std::uint32_t e : now.model.entries_of(Action::covert_collection)) {
      const Entry& entry = now.model.entries()[e];
      const F size = state.at(Var::active, e);
      if (!entry.target || !lanes::any(size > F(0.0F))) continue;
      const M caught =
          (size > F(0.0F)) & happens(now, Stream("capture"), fold(entry.key), capture_(state));
      F& x = state.at(Var::tension, *entry.target * actors_ + entry.actor);
      x = state.held(Var::tension, select(caught, x - F(1.5F), x));
      F& known = state.at(Var::intelligence, entry.actor);
      known = state.held(Var::intelligence, select(!caught, known + F(0.05F) * size, known));
      now.tell(caught, "collectors_caught", entry.actor, *entry.target, size, "draw");
      const M home = (size > F(0.0F)) & !caught;
      now.tell_seldom(home, "collected", entry.actor, *entry.target, size, "covert_collection");
    }
  }

  void networks(State& state, const Now& now) const {
    for (const Sabotage& network : networks_) {
      const Entry& entry = now.model.entries()[network.entry];
      const F size = state.at(Var::started, network.entry);
      if (!entry.target || !lanes::any(size > F(0.0F))) continue;
      F& evasion = state.at(Var::evasion, *entry.target);
      evasion = state.held(Var::evasion, evasion - F(0.02F) * size);
      F& works = state.at(Var::infrastructure, *entry.target);
      works = state.held(Var::infrastructure, works - F(0.01F) * size);
      // Trains that stand still for half a week are a line that carries half as much.
      for (const std::uint32_t r : network.routes) {
        F& damage = state.at(Var::route_damage, r);
        damage = lanes::max(damage, F(0.5F) * size);
      }
      now.tell(size > F(0.0F), "networks_hit", entry.actor, *entry.target, size, "cyber");
    }
  }

  /// Persuading an officer of a foreign contingent (docs/models/operations.md).
  void officers(State& state, const Now& now) const {
    for (const std::uint32_t e : now.model.entries_of(Action::approach_officer)) {
      const Entry& entry = now.model.entries()[e];
      const F size = state.at(Var::started, e);
      if (!entry.contingent || !lanes::any(size > F(0.0F))) continue;
      const std::uint32_t c = *entry.contingent;
      const std::size_t owner = now.model.given().contingents[c].owner;
      const F m = lanes::logistic(state.at(Var::morale, c));
      const F trust = trust_share(state, owner * actors_ + entry.actor) - F(0.5F);
      const F watched = lanes::one_if(state.at(Var::openness, owner) < F(0.3F));
      const F x = officer_(state) + F(2.0F) * (F(1.0F) - m) +
                  F(1.5F) * (F(1.0F) - state.at(Var::pay_trust, c)) + trust - F(1.5F) * watched;
      // An approach at intensity 1 is several contacts, each with its own small chance.
      const F contacts = contacts_(state) * size;
      const F p = F(1.0F) - lanes::exp(contacts * lanes::log(F(1.0F) - lanes::logistic(x)));
      const F u = chance(now, Stream("officer"), fold(entry.key));
      const M reachable = (size > F(0.0F)) & (men_abroad(state, c) > F(0.05F));
      const M yes = reachable & (u < p);
      // Who says yes may have been sent to say so.
      const M plant = yes & (chance(now, Stream("officer"), fold(entry.key), 1) < planted_(state));
      const M won = yes & !plant;
      const M caught = (size > F(0.0F)) & !yes & (u > F(1.0F) - exposed_(state));
      const M exposed = caught | plant;
      F& passive = state.at(Var::passive, c);
      passive = select(won, lanes::max(passive, F(4.0F)), passive);
      F& morale = state.at(Var::morale, c);
      morale = state.held(Var::morale, select(won, morale - F(0.2F), morale));
      F& tension = state.at(Var::tension, owner * actors_ + entry.actor);
      tension = state.held(Var::tension, select(exposed, tension - F(1.0F), tension));
      now.tell(won, "officer_won", entry.actor, c, p, "morale");
      now.tell(plant, "officer_planted", entry.actor, c, planted_(state), "draw");
      now.tell(caught, "officer_approach_exposed", entry.actor, c, exposed_(state), "draw");
    }
  }

  void tests(State& state, const Now& now) const {
    for (const std::uint32_t e : now.model.entries_of(Action::missile_test)) {
      F& progress = state.at(Var::tech_progress, now.model.entries()[e].actor);
      progress =
          state.held(Var::tech_progress, progress + F(test_lesson) * state.at(Var::started, e));
    }
    for (const std::uint32_t e : now.model.entries_of(Action::nuclear_step)) {
      const std::size_t who = now.model.entries()[e].actor;
      F& latency = state.at(Var::latency, who);
      const F before = latency;
      latency =
          lanes::min(latency + state.at(Var::active, e) / (F(52.0F) * latency_(state)), F(1.0F));
      now.tell((before < F(1.0F)) & (latency >= F(1.0F)), "nuclear_latency", who, who, latency,
               "nuclear_step");
    }
  }

  Clashes clashes_;
  Answers answers_;
  Reach reach_;
  Footing footing_;
  Prices prices_;
  std::size_t actors_;
  std::vector<Sabotage> sabotage_, networks_;
  KnobRef repair_{"operations.repair"}, leak_drones_{"operations.leak_drones"},
      leak_missiles_{"operations.leak_missiles"}, damage_{"operations.damage"},
      homeland_{"operations.rally_homeland"}, success_{"operations.sabotage"},
      hit_{"operations.sabotage_hit"}, capture_{"operations.capture"},
      officer_{"operations.officer_base"}, exposed_{"operations.officer_exposed"},
      planted_{"operations.planted"}, line_repair_{"operations.line_repair"},
      batteries_{"operations.batteries"}, crew_{"operations.crew"},
      contacts_{"operations.contacts"}, latency_{"operations.latency"};
};

}  // namespace

std::unique_ptr<Process> make_operations(const Model& model) {
  return std::make_unique<Operations>(model);
}

void step_operations(const Process& operations, State& state, const Now& now) {
  static_cast<const Operations&>(operations).step(state, now);
}

}  // namespace casus::world
