// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/will.h"

#include <vector>

#include "casus/world/law.h"
#include "casus/world/theories.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr Knob rows[] = {
    {"will.casualties", "N(0.7, 0.35)", 0.0, 2.5, "logit per decade",
     "support lost as casualties grow tenfold (b_c)", Tag::prototype,
     "after Mueller (1973); 73, 63 and 38 % for fighting on in Ukraine, "
     "2022-24 (Gallup)",
     "2024-10-31"},
    {"will.time", "N(0.15, 0.1)", 0.0, 0.8, "logit per year", "support lost with time (b_t)",
     Tag::prototype,
     "after Mueller (1973), with 73, 63 and 38 % for fighting on in Ukraine, 2022-24 (Gallup); "
     "casualties and success take most of it",
     "2024-10-31"},
    {"will.success", "N(3.5, 1.5)", 0.0, 8.0, "logit per share",
     "support follows expected success (b_s)", Tag::prototype,
     "Gelpi, Feaver and Reifler (2005/06): success dominates; fit to the same "
     "polls",
     "2024-10-31"},
    {"will.elites", "N(0.3, 0.15)", 0.0, 1.0, "logit per share and year",
     "support follows elites (b_e)", Tag::judgement,
     "Berinsky (2009): publics follow the split or unity of their elites; judged: a full split "
     "costs 0.3 logit a year, seven points",
     "2009-09-01"},
    {"will.pressure", "N(-0.5, 0.2)", -1.5, 0.0, "logit per share",
     "support lost to economic pressure (b_pi)", Tag::judgement,
     "judged: full want against none costs half a logit, twelve points at even support", ""},
    {"will.noise", "LN(0.03; 0.3)", 0.0, 0.15, "logit/week", "weekly innovation", Tag::judgement,
     "judged: 0.2 logit in a year, five points at even support, the scatter between waves of one "
     "house",
     ""},
    {"will.rally_half", "LN(9; 0.4)", 2.0, 30.0, "weeks", "half-life of a rally", Tag::memory,
     "rallies last months, not years", "2024-10-31"},
    {"will.speech", "N(0.05, 0.05)", -0.1, 0.3, "logit", "rally by speech", Tag::verified,
     "Baker and Oneal (2001): small without headlines and consensus", "2001-10-01"},
    {"will.mobilisation", "N(-0.25, 0.1)", -0.8, 0.0, "logit", "shock of a mobilisation wave",
     Tag::verified,
     "Levada: support of the operation 76 to 72 %, approval of the president 83 to 77 %, August to "
     "September 2022: -0.21 and -0.38 logit",
     "2022-09-29"},
    {"will.prior_toll", "LN(0.8; 0.3)", 0.1, 2.5, "ratio",
     "casualties before week 0 against the force in theatre", Tag::derived,
     "about 600,000 claimed against 650,000 men, fewer on the other side", "2024-09-17"},
    {"will.morale_pull", "LN(0.08; 0.3)", 0.01, 0.3, "1/week", "pull of morale to its rest",
     Tag::judgement,
     "judged: half of the way back in nine weeks of rest, mail and full rations; a factor of 1.8 "
     "either way",
     ""},
    {"will.morale_rest", "N(0.3, 0.3)", -1.0, 1.5, "logit", "morale at rest", Tag::judgement,
     "judged: 57 % at rest, willing and no more, anything between 43 and 71 %", ""},
    {"will.news", "LN(0.25; 0.5)", 0.02, 1.2, "logit", "what believed bad news does (eta)",
     Tag::judgement,
     "judged: a full blow that is believed costs a quarter of a logit, six points at even morale; "
     "a factor of 2.7 either way",
     ""},
    {"will.losses", "LN(0.5; 0.2)", 0.1, 1.2, "logit per log", "morale follows the loss rate",
     Tag::judgement,
     "judged: twice the losses of the week before cost a third of a logit, eight points at even "
     "morale",
     ""},
    {"will.relief", "LN(0.3; 0.3)", 0.05, 1.0, "logit", "men out of the line recover",
     Tag::judgement,
     "judged: a unit out of the line gains 0.3 logit in four weeks, a quarter of it a week", ""},
    {"will.censorship", "B(3, 7)", 0.0, 0.9, "share",
     "of what reaches support that full censorship keeps back", Tag::judgement,
     "judged: full control of news keeps back three tenths, since the dead are known in their "
     "towns; between a tenth and six tenths",
     ""},
    {"will.ground", "LN(0.3; 0.4)", 0.02, 2.0, "1 per km",
     "bad news of a kilometre lost in a week, to the men who lost it", Tag::judgement,
     "judged: three kilometres lost in a week are bad news without a doubt; a factor of 2.2 either "
     "way",
     ""},
    {"will.aid_at_home", "LN(0.2; 0.5)", 0.0, 1.0, "logit per year",
     "public of a donor tires of a war that lasts", Tag::judgement,
     "polls in donor countries "
     "drifted down 2022-24",
     "2024-10-31"},
};

class PublicWill final : public Process {
 public:
  explicit PublicWill(const Model& model) : actors_(model.shape().actors) {
    for (std::size_t a = 0; a < actors_; ++a) {
      bool pays = model.side_of(a) >= 0;
      for (const auto& k : model.given().contingents) pays = pays || (k.owner == a && k.side);
      people_.push_back({model.actor_key(a), pays, sympathy(model, a) >= 0});
    }
  }
  [[nodiscard]] std::string_view name() const override { return "public_will"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::support,      Var::rally,          Var::expected_success,
                                   Var::success_base, Var::pressure,       Var::pressure_seen,
                                   Var::openness,     Var::elite_cohesion, Var::believed_win,
                                   Var::dead,         Var::force,          Var::casualties,
                                   Var::end_state,    Var::started,        Var::active,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::support,      Var::rally,         Var::expected_success,
                                   Var::success_base, Var::pressure_seen, Var::elite_cohesion};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    if (now.week == 0) anchor(state);
    for (std::size_t a = 0; a < actors_; ++a) {
      public_of(state, now, a);
      acts(state, now, a);
    }
  }

 private:
  struct Person {
    std::uint32_t key;
    bool pays, cares;
  };

  void anchor(State& state) const {
    for (std::size_t a = 0; a < actors_; ++a) {
      state.at(Var::success_base, a) = state.held(
          Var::success_base, state.at(Var::expected_success, a) - state.at(Var::believed_win, a));
      state.at(Var::pressure_seen, a) = state.at(Var::pressure, a);
    }
  }

  void public_of(State& state, const Now& now, std::size_t a) const {
    const Person& who = people_[a];
    const F open = state.at(Var::openness, a) * uncensored(state, now.model, a);
    const Rivals by = theory_.at(state);
    const F war = lanes::one_if(fighting(state));
    F& expected = state.at(Var::expected_success, a);
    const F seen = lanes::clamp(state.at(Var::success_base, a) + state.at(Var::believed_win, a),
                                F(0.0F), F(1.0F));
    const F hope = who.cares ? (seen - expected) * F(1.0F / 8.0F) : F(0.0F);
    expected = state.held(Var::expected_success, expected + hope);
    F& felt = state.at(Var::pressure_seen, a);
    const F squeeze = state.at(Var::pressure, a) - felt;
    felt = state.at(Var::pressure, a);
    // Costs reach support by openness; the rest by a little more (G-5).
    F costs = who.cares && !who.pays ? home_(state) * war / F(52.0F) * F(0.5F) : F(0.0F);
    if (who.pays)
      costs += (toll_(state) * decades(state, now.model, a) + time_(state) / F(52.0F)) * war;
    costs *= by.first;
    const F rest = by.second * success_(state) * hope +
                   elites_(state) * (state.at(Var::elite_cohesion, a) - F(0.5F)) / F(52.0F) +
                   pressure_(state) * squeeze +
                   noise_(state) * noise(now, Stream("support"), who.key);
    F& support = state.at(Var::support, a);
    support = state.held(Var::support, support - open * costs + reach(open) * rest);
    F& rally = state.at(Var::rally, a);
    rally *= weekly_decay(half_(state));
  }

  /// Growth of log10 of own casualties this week, as the public believes them.
  F decades(const State& state, const Model& model, std::size_t a) const {
    const int side = model.side_of(a);
    const bool leads = side >= 0 && model.lead(static_cast<std::size_t>(side)) == a;
    const F week = leads ? state.at(Var::casualties, static_cast<std::size_t>(side)) : F(0.0F);
    const F before = prior_(state) * state.at(Var::force, a) + F(4.0F) * state.at(Var::dead, a);
    return lanes::log(F(1.0F) + week / lanes::max(before, F(1.0F))) * F(0.43429448F);
  }

  F uncensored(const State& state, const Model& model, std::size_t a) const {
    return F(1.0F) - censorship_(state) * activity(state, model, Action::repress, a);
  }

  void acts(State& state, const Now& now, std::size_t a) const {
    F speech(0.0F), wave(0.0F), fist(0.0F);
    for (const std::uint32_t e : now.model.menu_of(a)) {
      const Action action = now.model.entries()[e].action;
      if (action == Action::rally_speech) speech += state.at(Var::started, e);
      if (action == Action::mobilise) wave += state.at(Var::started, e);
      if (action == Action::repress) fist += state.at(Var::active, e);
    }
    F& rally = state.at(Var::rally, a);
    rally = state.held(Var::rally, rally + speech_(state) * speech + F(0.005F) * fist);
    F& support = state.at(Var::support, a);
    const F open = reach(state.at(Var::openness, a));
    support = state.held(Var::support,
                         support + mobilisation_(state) * wave * (F(0.5F) + F(0.5F) * open));
    F& elite = state.at(Var::elite_cohesion, a);
    elite = state.held(Var::elite_cohesion, elite - F(0.002F) * fist);
    now.tell_seldom(fist > F(0.0F), "censored", a, a, censorship_(state) * fist, "repress");
  }

  std::size_t actors_;
  std::vector<Person> people_;
  KnobRef toll_{"will.casualties"}, time_{"will.time"}, success_{"will.success"},
      elites_{"will.elites"}, pressure_{"will.pressure"}, noise_{"will.noise"},
      half_{"will.rally_half"}, speech_{"will.speech"}, mobilisation_{"will.mobilisation"},
      prior_{"will.prior_toll"}, home_{"will.aid_at_home"}, censorship_{"will.censorship"};
  WillTheory theory_;
};

}  // namespace

F reach(F openness) { return F(0.1F) + F(0.9F) * lanes::clamp(openness, F(0.0F), F(1.0F)); }

std::span<const Knob> will_knobs() { return rows; }

std::unique_ptr<Process> make_public_will(const Model& model) {
  return std::make_unique<PublicWill>(model);
}

void step_public_will(const Process& public_will, State& state, const Now& now) {
  static_cast<const PublicWill&>(public_will).step(state, now);
}

}  // namespace casus::world
