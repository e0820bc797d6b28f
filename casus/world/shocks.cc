// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "casus/world/law.h"
#include "casus/world/leaders.h"

namespace casus::world {
namespace {

using casefile::Openness;

constexpr float tense = -5.0F;  ///< rivals who see each other below this are tense

class Shocks final : public Process {
 public:
  explicit Shocks(const Model& model) {
    const auto& given = model.given();
    for (std::size_t a = 0; a < given.actors.size(); ++a) {
      const auto openness = given.actors[a].openness;
      people_.push_back(
          {model.actor_key(a), openness == Openness::open, openness == Openness::managed,
           model.side_of(a),
           model.side_of(a) >= 0 || given.actors[a].has(casefile::Role::great_power)});
      for (std::size_t b = 0; b < a; ++b) {
        if (model.rivals(a, b)) {
          const bool first = model.actor_key(a) < model.actor_key(b);
          rivals_.push_back(pair_of(model, first ? a : b, first ? b : a));
        }
      }
    }
  }
  [[nodiscard]] std::string_view name() const override { return "shocks"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::oil_price,      Var::tension,       Var::support,
                                   Var::elite_cohesion, Var::pressure_base, Var::infrastructure,
                                   Var::rally,          Var::end_state,     Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::oil_price, Var::support,       Var::elite_cohesion,
                                   Var::rally,     Var::pressure_base, Var::infrastructure,
                                   Var::tension};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    oil(state, now);
    for (std::size_t a = 0; a < people_.size(); ++a) at_home(state, now, a);
    for (const Pair& pair : rivals_) between(state, now, pair);
  }

 private:
  struct Person {
    std::uint32_t key;
    bool open, managed;
    int side;
    bool told;  ///< shocks elsewhere happen too but make no story
  };

  void oil(State& state, const Now& now) const {
    static constexpr Stream stream("oil");
    const auto z = now.draws.normals(stream, static_cast<std::uint32_t>(now.week), 0);
    F& price = state.at(Var::oil_price, 0);
    const F p = weekly_chance(oil_shock_(state));
    const F u = chance(now, Stream("shock_oil"), 0);
    const M up = u < p * F(0.5F);
    const M down = u > F(1.0F) - p * F(0.5F);
    const F jump = select(up, F(0.18232F), select(down, F(-0.18232F), F(0.0F)));
    const F pull = F(0.01F) * (lanes::log(oil_anchor_(state)) - lanes::log(price));
    price = state.held(Var::oil_price, price * lanes::exp(pull + oil_week_(state) * z[0] + jump));
    now.tell(up | down, "shock_oil", 0, 0, price, "draw");
  }

  void at_home(State& state, const Now& now, std::size_t a) const {
    const Person& who = people_[a];
    const auto w =
        now.draws.words(Stream("shock_home"), static_cast<std::uint32_t>(now.week), who.key, 0);
    // Four separate kinds from one block of words; each word is a uniform of
    // its own.
    const auto hit = [&](std::size_t i, F rate) { return lanes::unit(w[i]) < weekly_chance(rate); };
    F& support = state.at(Var::support, a);
    F& elite = state.at(Var::elite_cohesion, a);
    F& works = state.at(Var::infrastructure, a);
    F& pressure = state.at(Var::pressure_base, a);
    if (who.open) {
      const M scandal = hit(0, scandal_(state));
      support -= select(scandal, F(0.06F), F(0.0F));
      elite -= select(scandal, F(0.02F), F(0.0F));
      if (who.told) now.tell(scandal, "shock_scandal", a, a, F(0.06F), "draw");
    }
    if (who.managed) {
      const M mutiny = hit(0, mutiny_(state));
      elite -= select(mutiny, F(0.12F), F(0.0F));
      now.tell(mutiny, "shock_mutiny", a, a, F(0.12F), "draw");
    }
    const M disaster = hit(1, disaster_(state));
    works -= select(disaster, F(0.03F), F(0.0F));
    if (who.told) now.tell(disaster, "shock_disaster", a, a, F(0.03F), "draw");
    const M harvest = hit(2, harvest_(state));
    pressure += select(harvest, F(0.35F), F(0.0F));
    if (who.told) now.tell(harvest, "shock_harvest", a, a, F(0.35F), "draw");
    const M outage = hit(3, outage_(state));
    works -= select(outage, F(0.015F), F(0.0F));
    pressure += select(outage, F(0.03F), F(0.0F));
    if (who.told) now.tell(outage, "shock_outage", a, a, F(0.015F), "draw");
    if (who.side >= 0 && now.model.has_war() &&
        now.model.lead(static_cast<std::size_t>(who.side)) == a) {
      massacre(state, now, a);
    }
    elite = state.held(Var::elite_cohesion, elite);
    works = state.held(Var::infrastructure, works);
    support = state.held(Var::support, support);
    pressure = state.held(Var::pressure_base, pressure);
  }

  /// Many civilians of a side die: its public rallies, and those who lean to it
  /// harden.
  void massacre(State& state, const Now& now, std::size_t a) const {
    const F rate = weekly_chance(massacre_(state)) * F(0.5F) * lanes::one_if(fighting(state));
    const M hit = happens(now, Stream("shock_massacre"), people_[a].key, rate);
    if (!lanes::any(hit)) return;
    const auto side = static_cast<std::size_t>(people_[a].side);
    const std::size_t enemy = now.model.lead(1 - side);
    F& rally = state.at(Var::rally, a);
    rally = state.held(Var::rally, rally + select(hit, F(0.1F), F(0.0F)));
    for (std::size_t b = 0; b < people_.size(); ++b) {
      if (sympathy(now.model, b) != people_[a].side || b == enemy) continue;
      F& x = state.at(Var::tension, b * people_.size() + enemy);
      x = state.held(Var::tension, x - select(hit, F(0.8F), F(0.0F)));
    }
    now.tell(hit, "shock_massacre", a, enemy, F(0.1F), "draw");
  }

  void between(State& state, const Now& now, const Pair& pair) const {
    F& x = state.at(Var::tension, pair.index);
    F& y = state.at(Var::tension, pair.to * people_.size() + pair.from);
    const F calm = (x + y) * F(0.5F);
    const F share = lanes::one_if(calm < F(tense));
    const F p = weekly_chance(border_(state)) * share;
    const F q = weekly_chance(accident_(state)) * share;
    const F u = chance(now, Stream("shock_border"), pair.key);
    const M border = u < p;
    const M accident = u > F(1.0F) - q;
    const F drop = select(border, F(1.0F), select(accident, F(1.5F), F(0.0F)));
    x = state.held(Var::tension, x - drop);
    y = state.held(Var::tension, y - drop);
    now.tell(border, "shock_border", pair.from, pair.to, drop, "draw");
    now.tell(accident, "shock_accident", pair.from, pair.to, drop, "draw");
  }

  std::vector<Person> people_;
  std::vector<Pair> rivals_;
  KnobRef oil_anchor_{"leaders.oil_anchor"}, oil_week_{"leaders.oil_week"},
      oil_shock_{"leaders.oil_shock"}, scandal_{"leaders.scandal"}, mutiny_{"leaders.mutiny"},
      massacre_{"leaders.massacre"}, disaster_{"leaders.disaster"}, harvest_{"leaders.harvest"},
      outage_{"leaders.outage"}, border_{"leaders.border"}, accident_{"leaders.accident"};
};

}  // namespace

std::unique_ptr<Process> make_shocks(const Model& model) { return std::make_unique<Shocks>(model); }

void step_shocks(const Process& shocks, State& state, const Now& now) {
  static_cast<const Shocks&>(shocks).step(state, now);
}

}  // namespace casus::world
