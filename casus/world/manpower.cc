// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/manpower.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace casus::world {
namespace {

using casefile::Tag;

constexpr Knob knob_rows[] = {
    {"manpower.training_open", "LN(6; 0.3)", 1, 40, "weeks",
     "training of recruits where calls-up are by open law", Tag::judgement,
     "basic training of a month and the unit's own after it", "2024-10-31"},
    {"manpower.training_managed", "LN(4; 0.4)", 1, 40, "weeks",
     "training of contract soldiers elsewhere", Tag::judgement, "two to six weeks were reported",
     "2024-10-31"},
    {"manpower.recovery", "LN(10; 0.4)", 2, 60, "weeks", "until wounded return", Tag::judgement,
     "judged: light wounds heal within a month, those operated on within half a year; a factor of "
     "2.2 either way",
     ""},
    {"manpower.return_share", "B(5, 5)", 0, 1, "share", "wounded who return to service",
     Tag::judgement,
     "Krivosheev (1997): about seven in ten Soviet wounded of 1941-45 returned; judged lower, "
     "since the gravely wounded now live, and wide",
     "1997-12-31"},
    {"manpower.absence_open", "LN(0.0015; 0.5)", 0, 0.02, "1/week",
     "absence without leave at full morale, open states", Tag::judgement,
     "tens of thousands of cases a year, prosecutors of Ukraine, January to September 2024",
     "2024-10-31"},
    {"manpower.absence_managed", "LN(0.0004; 0.6)", 0, 0.02, "1/week",
     "absence without leave at full morale, elsewhere", Tag::judgement,
     "some thousand verdicts a year", "2024-10-31"},
    {"manpower.drift", "N(-0.08, 0.25)", -1.5, 1.5, "1/year", "change of the intake by itself",
     Tag::judgement, "recruits a day fell while bonuses doubled in 2024", "2024-10-31"},
    {"manpower.need", "LN(3; 0.35)", 0, 10, "ratio",
     "elasticity of the intake to the force falling short of or passing that of the start",
     Tag::judgement,
     "bonuses and age limits followed losses, 2023 to 2024; a goal of 690,000 after 520,000 in "
     "July",
     "2024-10-31"},
    {"manpower.will", "N(0.6, 0.3)", -0.5, 2, "ratio", "elasticity of the intake to support",
     Tag::judgement,
     "judged: recruits follow support less than in proportion where pay draws most of them; may be "
     "nil",
     ""},
    {"manpower.wave", "LN(0.1; 0.4)", 0, 0.6, "share",
     "share of the pool a full mobilisation calls up", Tag::memory,
     "300,000 called up in autumn 2022", "2022-10-31"},
    {"manpower.flight", "U(0.5, 1)", 0, 2, "ratio", "men who flee per man mobilised", Tag::memory,
     "departures from Russia in autumn 2022", "2022-12-31"},
    {"manpower.shift", "LN(0.04; 0.4)", 0, 0.3, "1/week",
     "pace at which troops are moved toward busy sectors", Tag::judgement,
     "brigades moved between sectors within weeks", "2024-10-31"},
};

constexpr float wave_weeks = 6.0F;
constexpr float no_wave = 0.05F;       ///< thousand men a week called up: too few to be one
constexpr float absence_worst = 2.0F;  ///< added to the hazard's factor at no morale
constexpr float hurry = 0.7F;          ///< bound of the log response of the intake to the plan
constexpr float quiet_kilometre = 0.12F;
constexpr float loudest_alarm =
    3.0F;  ///< added weight of a sector that loses a kilometre of depth a week

class Manpower final : public Process {
 public:
  explicit Manpower(const Model& model)
      : recovery_(knob_index("manpower.recovery")),
        return_(knob_index("manpower.return_share")),
        drift_(knob_index("manpower.drift")),
        need_(knob_index("manpower.need")),
        will_(knob_index("manpower.will")),
        wave_(knob_index("manpower.wave")),
        flight_(knob_index("manpower.flight")),
        shift_(knob_index("manpower.shift")) {
    for (std::size_t a = 0; a < model.shape().actors; ++a) {
      const casefile::Actor& actor = model.given().actors[a];
      Army army;
      army.actor = a;
      const bool open = actor.openness == casefile::Openness::open;
      army.training = knob_index(open ? "manpower.training_open" : "manpower.training_managed");
      army.absence = knob_index(open ? "manpower.absence_open" : "manpower.absence_managed");
      army.fights = model.side_of(a) >= 0 && actor.has(casefile::Role::belligerent);
      if (army.fights && model.lead(static_cast<std::size_t>(model.side_of(a))) == a) {
        army.side = model.side_of(a);
      }
      for (std::uint32_t c = 0; c < model.shape().contingents; ++c) {
        const casefile::Contingent& k = model.given().contingents[c];
        if (k.owner.index == a && !k.foreign) army.own.push_back(c);
      }
      for (const std::uint32_t e : model.entries_of(Action::mobilise)) {
        if (model.entries()[e].actor == a) army.mobilise.push_back(e);
      }
      armies_.push_back(std::move(army));
    }
  }

  [[nodiscard]] std::string_view name() const override { return "manpower"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {
        Var::intake,    Var::manpower_pool, Var::training_1, Var::training_2, Var::wounded_1,
        Var::wounded_2, Var::force,         Var::morale,     Var::support,    Var::mobilising,
        Var::started,   Var::troops,        Var::intensity,  Var::frontage,   Var::area_week,
        Var::post,      Var::force_limit,   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {
        Var::intake,    Var::manpower_pool, Var::training_1, Var::training_2, Var::wounded_1,
        Var::wounded_2, Var::force,         Var::awol,       Var::disabled,   Var::mobilising,
        Var::troops,    Var::post,          Var::force_plan};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    if (now.week == 0) remember(state);
    for (const Army& army : armies_) {
      recruit(state, army);
      const F before = state.at(Var::force, army.actor);
      heal(state, army);
      if (army.fights) {
        train(state, army);
        desert(state, army);
      }
      if (army.side >= 0) replace(state, army, state.at(Var::force, army.actor) - before);
    }
  }

 private:
  struct Army {
    std::size_t actor = 0;
    std::uint32_t training = 0, absence = 0;
    bool fights = false;
    int side = -1;  ///< of which it is the lead
    std::vector<std::uint32_t> own, mobilise;
  };

  void recruit(State& state, const Army& army) const {
    const std::size_t a = army.actor;
    if (!army.fights) return;
    F& pool = state.at(Var::manpower_pool, a);
    F& wave = state.at(Var::mobilising, a);
    F call(0.0F);
    for (const std::uint32_t e : army.mobilise) call = lanes::max(call, state.at(Var::started, e));
    wave = wave * F(1.0F - 1.0F / wave_weeks) +
           call * state.at(Var::knob, wave_) * pool * F(1.0F / wave_weeks);
    const F fled = lanes::min(wave * state.at(Var::knob, flight_), pool);
    pool -= fled;
    state.at(Var::awol, a) += fled;
    F& intake = state.at(Var::intake, a);
    intake *= lanes::exp(state.at(Var::knob, drift_) * F(1.0F / 52.0F));
    const F backing = lanes::logistic(state.at(Var::support, a));
    const F ready = lanes::exp(state.at(Var::knob, will_) * (backing - F(0.6F)));
    // Limits that a package sets close the recruiting offices, unless men are called up all the
    // same.
    const F& most = state.at(Var::force_limit, a);
    const M full = (most > F(0.0F)) & (state.at(Var::force, a) >= most) & (wave < F(no_wave));
    const F wanted = select(full, F(0.0F), intake * ready * urgency(state, a) + wave);
    const F came = lanes::min(wanted, pool);
    pool -= came;
    state.at(Var::training_1, a) += came;
  }

  /// A force below plan is paid and searched for harder, one above it less.
  F urgency(const State& state, std::size_t a) const {
    const F plan = lanes::max(state.at(Var::force_plan, a), F(1.0F));
    const F short_of = lanes::log(plan / lanes::max(state.at(Var::force, a), F(1.0F)));
    return lanes::exp(lanes::clamp(state.at(Var::knob, need_) * short_of, F(-hurry), F(hurry)));
  }

  /// Both stages of recovery move on; a share returns, the rest leaves service.
  void heal(State& state, const Army& army) const {
    const std::size_t a = army.actor;
    const F rate = lanes::min(F(2.0F) / state.at(Var::knob, recovery_), F(1.0F));
    const F out = state.at(Var::wounded_2, a) * rate;
    const F on = state.at(Var::wounded_1, a) * rate;
    state.at(Var::wounded_1, a) -= on;
    state.at(Var::wounded_2, a) += on - out;
    const F back = out * state.at(Var::knob, return_);
    state.at(Var::force, a) += back;
    state.at(Var::disabled, a) += out - back;
  }

  void train(State& state, const Army& army) const {
    const std::size_t a = army.actor;
    const F rate = lanes::min(F(2.0F) / state.at(Var::knob, army.training), F(1.0F));
    const F out = state.at(Var::training_2, a) * rate;
    const F on = state.at(Var::training_1, a) * rate;
    state.at(Var::training_1, a) -= on;
    state.at(Var::training_2, a) += on - out;
    state.at(Var::force, a) += out;
  }

  void desert(State& state, const Army& army) const {
    const std::size_t a = army.actor;
    F morale(0.6F);
    if (!army.own.empty()) {
      F sum(0.0F);
      for (const std::uint32_t c : army.own) sum += lanes::logistic(state.at(Var::morale, c));
      morale = sum / F(static_cast<float>(army.own.size()));
    }
    const F hazard =
        state.at(Var::knob, army.absence) * (F(1.0F) + F(absence_worst) * (F(1.0F) - morale));
    const F gone = state.at(Var::force, a) * lanes::min(hazard, F(0.2F));
    state.at(Var::force, a) -= gone;
    state.at(Var::awol, a) += gone;
  }

  /// Shares what the force gained or lost behind the line among its sectors, and shifts troops
  /// toward the sectors with the most fighting; the share of the force in contact stays as it is.
  void replace(State& state, const Army& army, F change) const {
    const auto side = static_cast<std::size_t>(army.side);
    const std::size_t sectors = state.shape().sectors;
    F contact(1e-6F);
    F busy(1e-6F);
    for (std::size_t s = 0; s < sectors; ++s) {
      contact += state.at(Var::troops, s * 2 + side);
      busy += importance(state, s, side);
    }
    const F share =
        lanes::min(contact / lanes::max(state.at(Var::force, army.actor), F(1e-3F)), F(1.0F));
    const F after = lanes::max(contact + change * share, F(0.0F));
    const F pace = state.at(Var::knob, shift_);
    const F keep = (F(1.0F) - pace) * after / contact;
    for (std::size_t s = 0; s < sectors; ++s) {
      F& troops = state.at(Var::troops, s * 2 + side);
      troops = troops * keep + pace * after * importance(state, s, side) / busy;
    }
  }

  /// The deployment of the start is what the commands hold right for that bustle: shifts answer
  /// what changes since, they do not strip quiet lines for a rule of ours.
  void remember(State& state) const {
    std::ranges::copy(std::as_const(state)[Var::force], state[Var::force_plan].begin());
    for (F& post : state[Var::post]) post = F(0.0F);
    for (const Army& army : armies_) {
      if (army.side < 0) continue;
      const auto side = static_cast<std::size_t>(army.side);
      for (std::size_t s = 0; s < state.shape().sectors; ++s) {
        const F ratio = lanes::max(state.at(Var::troops, s * 2 + side), F(1e-3F)) /
                        lanes::max(importance(state, s, side), F(1e-3F));
        state.at(Var::post, s * 2 + side) = state.held(Var::post, lanes::log(ratio));
      }
    }
  }

  /// Busy kilometres as the command sees them, those where the side gives ground most of all.
  static F importance(const State& state, std::size_t s, std::size_t side) {
    const F length = state.at(Var::frontage, s);
    const F given = state.at(Var::area_week, s) * F(side == 0 ? -1.0F : 1.0F) / length;
    const F alarm = F(1.0F) + F(loudest_alarm) * lanes::clamp(given, F(0.0F), F(1.0F));
    return length * alarm * lanes::exp(state.at(Var::post, s * 2 + side)) *
           (F(quiet_kilometre) + state.at(Var::intensity, s * 2) +
            state.at(Var::intensity, s * 2 + 1));
  }

  std::uint32_t recovery_, return_, drift_, need_, will_, wave_, flight_, shift_;
  std::vector<Army> armies_;
};

}  // namespace

std::span<const Knob> manpower_knobs() { return knob_rows; }

F people(const State& state, const Model& model) {
  F sum(0.0F);
  for (const Var v :
       {Var::manpower_pool, Var::training_1, Var::training_2, Var::force, Var::wounded_1,
        Var::wounded_2, Var::dead, Var::disabled, Var::captured, Var::awol}) {
    for (const F& x : state[v]) sum += x;
  }
  const std::size_t nodes = state.shape().path_nodes;
  for (std::size_t c = 0; c < model.shape().contingents; ++c) {
    if (!model.given().contingents[c].foreign) continue;
    for (std::size_t n = 0; n < nodes; ++n) sum += state.at(Var::men, c * nodes + n);
  }
  return sum;
}

std::unique_ptr<Process> make_manpower(const Model& model) {
  return std::make_unique<Manpower>(model);
}

void step_manpower(const Process& manpower, State& state, const Now& now) {
  static_cast<const Manpower&>(manpower).step(state, now);
}

}  // namespace casus::world
