// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/programmes.h"

#include "casus/world/law.h"

namespace casus::world {
namespace {

using casefile::Role;
using casefile::Tag;

constexpr float known = 2.0F;
constexpr float friendly = 0.3F;  ///< alignment from which a great power is a friend that minds

constexpr Knob rows[] = {
    {"programmes.begin", "LN(0.01; 0.7)", 0.0005, 0.1, "1/year",
     "a state under full nuclear threat that nobody shields begins a hidden weapons programme",
     Tag::judgement,
     "some twenty states pursued weapons since 1945, mostly those with nuclear or stronger rivals "
     "(Jo and Gartzke 2007, Bleek 2010, from memory)",
     "2010-06-01"},
    {"programmes.plain_threat", "B(4, 6)", 0.0, 1.0, "share",
     "threat of a rival without nuclear weapons against one that has them", Tag::judgement,
     "judged: without nuclear arms a rival counts two fifths, by what drew states to weapons since "
     "1945 (as of begin)",
     "2010-06-01"},
    {"programmes.found", "LN(0.25; 0.5)", 0.02, 2.0, "1/year", "a hidden programme is found out",
     Tag::judgement,
     "known cases came to light within two to ten years: four in the mean is judged", ""},
    {"programmes.alarm", "U(1, 3)", 0.0, 5.0, "points",
     "how much worse rivals see a state whose programme is found; friends half as much",
     Tag::judgement,
     "judged: one to three points of ten, the harm of a missile test to that of a limited strike",
     ""},
};

class Programmes final : public Process {
 public:
  explicit Programmes(const Model& model) {
    const std::size_t n = model.shape().actors;
    const auto& actors = model.given().actors;
    for (std::size_t a = 0; a < n; ++a) {
      if (actors[a].nuclear || actors[a].has(Role::organisation)) continue;
      Candidate s{a, model.actor_key(a), {}, {}};
      for (std::size_t b = 0; b < n; ++b) {
        if (b == a) continue;
        const bool at_war = model.side_of(a) >= 0 && model.side_of(b) == 1 - model.side_of(a);
        if (at_war || model.rivals(a, b)) {
          s.rivals.push_back(
              {pair_of(model, a, b).index, pair_of(model, b, a).index, actors[b].nuclear});
        } else if (actors[b].has(Role::great_power) && model.alignment(a, b) > friendly) {
          s.friends.push_back(pair_of(model, b, a).index);
        }
      }
      states_.push_back(std::move(s));
    }
  }
  [[nodiscard]] std::string_view name() const override { return "programmes"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::programme,
                                   Var::latency,
                                   Var::tension,
                                   Var::guarantee_level,
                                   Var::guarantee_credibility,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::programme, Var::latency, Var::tension};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    for (const Candidate& s : states_) {
      begin(state, now, s);
      work(state, now, s);
      come_to_light(state, now, s);
    }
  }

 private:
  struct Rival {
    std::size_t seen, sees;  ///< pairs: the state to the rival, the rival to the state
    bool nuclear;
  };
  struct Candidate {
    std::size_t actor;
    std::uint32_t key;
    std::vector<Rival> rivals;
    std::vector<std::size_t> friends;  ///< pairs: the friend to the state
  };

  [[nodiscard]] F threat(const State& state, const Candidate& s) const {
    F most(0.0F);
    for (const Rival& r : s.rivals) {
      const F hostile = lanes::clamp(state.at(Var::tension, r.seen) * F(-0.1F), F(0.0F), F(1.0F));
      most = lanes::max(most, r.nuclear ? hostile : hostile * plain_(state));
    }
    return most;
  }

  void begin(State& state, const Now& now, const Candidate& s) const {
    F& stage = state.at(Var::programme, s.actor);
    const F shield =
        state.at(Var::guarantee_level, s.actor) * state.at(Var::guarantee_credibility, s.actor);
    const F rate = begin_(state) * (F(1.0F) - shield) * threat(state, s);
    const M begins = (stage <= F(0.0F)) & (state.at(Var::latency, s.actor) < F(1.0F)) &
                     now.answers_for(s.actor) &
                     happens(now, Stream("programme"), s.key, weekly_chance(rate));
    stage = select(begins, F(1.0F), stage);
    now.tell(begins, "programme_begun", s.actor, s.actor, rate, "threat");
  }

  void work(State& state, const Now& now, const Candidate& s) const {
    const M runs = state.at(Var::programme, s.actor) > F(0.0F);
    F& done = state.at(Var::latency, s.actor);
    const F before = done;
    const F pace = lanes::one_if(runs) / (F(52.0F) * years_(state));
    done = lanes::min(done + pace, F(1.0F));
    now.tell(runs & (before < F(1.0F)) & (done >= F(1.0F)), "nuclear_latency", s.actor, s.actor,
             done, "programme");
  }

  void come_to_light(State& state, const Now& now, const Candidate& s) const {
    F& stage = state.at(Var::programme, s.actor);
    const M hidden = (stage > F(0.0F)) & (stage < F(known));
    const M found =
        hidden & happens(now, Stream("programme_found"), s.key, weekly_chance(found_(state)));
    if (!lanes::any(found)) return;
    stage = select(found, F(known), stage);
    const F alarm = select(found, alarm_(state), F(0.0F));
    for (const Rival& r : s.rivals) worsen(state, r.sees, alarm);
    for (const std::size_t pair : s.friends) worsen(state, pair, F(0.5F) * alarm);
    now.tell(found, "programme_found", s.actor, s.actor, state.at(Var::latency, s.actor), "draw");
  }

  static void worsen(State& state, std::size_t pair, F points) {
    F& x = state.at(Var::tension, pair);
    x = state.held(Var::tension, x - points);
  }

  std::vector<Candidate> states_;
  KnobRef begin_{"programmes.begin"}, plain_{"programmes.plain_threat"}, found_{"programmes.found"},
      alarm_{"programmes.alarm"}, years_{"operations.latency"};
};

}  // namespace

std::span<const Knob> programme_knobs() { return rows; }

std::unique_ptr<Process> make_programmes(const Model& model) {
  return std::make_unique<Programmes>(model);
}

void step_programmes(const Process& programmes, State& state, const Now& now) {
  static_cast<const Programmes&>(programmes).step(state, now);
}

}  // namespace casus::world
