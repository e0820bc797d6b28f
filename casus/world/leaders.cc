// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/leaders.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "casus/world/law.h"

namespace casus::world {
namespace {

using casefile::CalendarEffect;
using casefile::CalendarKind;
using casefile::Openness;

constexpr int weeks_to_office = 11;  ///< where the calendar names no inauguration
constexpr int calendar_memory = 60;  ///< weeks before week 0 an election still matters
constexpr float challenger_spread = 0.6F;
constexpr int old_age_days = 65 * 1461 / 4;
constexpr int long_rule_days = 15 * 1461 / 4;

struct Ballot {
  std::size_t actor;
  int week;         ///< of the vote
  int office_week;  ///< of the inauguration
  std::optional<double> p;
  bool cuts_aid;
  std::uint32_t key;
};

std::vector<Ballot> ballots_of(const Model& model) {
  std::vector<Ballot> out;
  const auto& calendar = model.given().calendar;
  for (std::uint32_t i = 0; i < calendar.size(); ++i) {
    const auto& event = calendar[i];
    if (event.kind != CalendarKind::election || !event.actor) continue;
    Ballot b{event.actor->index,
             model.week_of(event.date),
             0,
             event.p,
             event.effect == CalendarEffect::aid_turnover,
             fold(event.key)};
    b.office_week = b.week + weeks_to_office;
    for (const auto& later : calendar) {
      if (later.kind == CalendarKind::inauguration && later.follows == i) {
        b.office_week = model.week_of(later.date);
        b.cuts_aid = b.cuts_aid || later.effect == CalendarEffect::aid_turnover;
      }
    }
    if (b.week >= -calendar_memory) out.push_back(b);
  }
  return out;
}

class Leaders final : public Process {
 public:
  explicit Leaders(const Model& model) : ballots_(ballots_of(model)) {
    for (std::size_t a = 0; a < model.shape().actors; ++a) {
      const auto& actor = model.given().actors[a];
      const bool votes =
          std::ranges::any_of(ballots_, [&](const Ballot& b) { return b.actor == a; });
      people_.push_back({model.actor_key(a), actor.openness, votes,
                         actor.kind == casefile::ActorKind::state, actor.leader});
    }
  }
  [[nodiscard]] std::string_view name() const override { return "leaders"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::support,
                                   Var::rally,
                                   Var::growth,
                                   Var::elite_cohesion,
                                   Var::pressure,
                                   Var::lame_duck,
                                   Var::line_lost,
                                   Var::expected_success,
                                   Var::theta,
                                   Var::aid_leader,
                                   Var::regime_security,
                                   Var::new_leader,
                                   Var::honour,
                                   Var::ruler_tie,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {
        Var::line_lost,      Var::lame_duck,       Var::new_leader, Var::theta, Var::aid_leader,
        Var::elite_cohesion, Var::regime_security, Var::honour,     Var::rally, Var::ruler_tie};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    for (F& weeks : state[Var::lame_duck]) weeks = lanes::max(weeks - F(1.0F), F(0.0F));
    for (const Ballot& ballot : ballots_) {
      if (ballot.week == now.week) vote(state, now, ballot);
      if (ballot.office_week == now.week) take_office(state, now, ballot);
    }
    for (std::size_t a = 0; a < people_.size(); ++a) {
      elites(state, a);
      if (people_[a].state) exits(state, now, a);
    }
  }

 private:
  struct Person {
    std::uint32_t key;
    Openness openness;
    bool votes, state;
    std::optional<casefile::Leader> leader;
  };

  F loss_chance(const State& state, const Ballot& b) const {
    if (b.p) return F(*b.p);
    const F gap = F(0.5F) - shown_support(state, b.actor);
    return lanes::logistic(loss_base_(state) + loss_approval_(state) * gap +
                           loss_growth_(state) * (state.at(Var::growth, b.actor) - F(2.0F)));
  }

  void vote(State& state, const Now& now, const Ballot& b) const {
    // Keyed by the entry of the calendar alone: the same luck under every
    // option.
    const F u = now.draws.uniform(Stream("election"), 0, b.key);
    const M lost = u < loss_chance(state, b);
    state.at(Var::line_lost, b.actor) = lanes::one_if(lost);
    const int wait = std::max(b.office_week - b.week, 0);
    F& duck = state.at(Var::lame_duck, b.actor);
    duck = select(lost, F(wait), duck);
    now.tell(lost, "election_lost", b.actor, b.actor, F(1.0F), "election");
    now.tell(!lost, "election_won", b.actor, b.actor, F(0.0F), "election");
  }

  void take_office(State& state, const Now& now, const Ballot& b) const {
    const M turn = state.at(Var::line_lost, b.actor) > F(0.5F);
    new_line(state, now, b.actor, turn, "inauguration");
    F& duck = state.at(Var::lame_duck, b.actor);
    duck = select(turn, lanes::round(settling_in_(state)), duck);
    if (!b.cuts_aid) return;
    const F tired = F(1.0F) + (F(0.5F) - shown_support(state, b.actor));
    const F u = now.draws.uniform(Stream("aid_turnover"), 0, b.key);
    const M cut = turn & (u < lanes::clamp(aid_cut_(state) * tired, F(0.0F), F(1.0F)));
    F& lead = state.at(Var::aid_leader, b.actor);
    lead = select(cut, lanes::min(aid_factor_(state), lead), lead);
    now.tell(cut, "aid_cut_by_turnover", b.actor, b.actor, lead, "inauguration");
  }

  /// Wants move part of the way to a challenger's, who weighs the same things
  /// otherwise.
  void new_line(State& state, const Now& now, std::size_t a, M where, std::string_view why) const {
    if (!lanes::any(where)) return;
    F& fresh = state.at(Var::new_leader, a);
    fresh = select(where, F(1.0F), fresh);
    const F keep = people_[a].openness == Openness::open ? keep_open_(state) : keep_closed_(state);
    const auto& wants = now.model.given().actors[a].wants;
    for (std::size_t f = 0; f < casefile::feature_count; ++f) {
      const F z =
          now.draws.normal(Stream("challenger"), 0, people_[a].key, static_cast<std::uint32_t>(f));
      F& weight = state.at(Var::theta, a * casefile::feature_count + f);
      const F other = F(wants[f]) * lanes::exp(F(challenger_spread) * z);
      weight =
          state.held(Var::theta, select(where, keep * weight + (F(1.0F) - keep) * other, weight));
    }
    F& honour = state.at(Var::honour, a);
    honour = select(where, honour * F(0.5F), honour);
    F& rally = state.at(Var::rally, a);
    rally = state.held(Var::rally, rally + select(where, F(0.1F), F(0.0F)));
    end_ties(state, now.model, a, where);
    now.tell(where, "new_leader", a, a, keep, why);
  }

  /// What two rulers had between them mostly goes with one of them.
  void end_ties(State& state, const Model& model, std::size_t a, M where) const {
    const std::size_t n = people_.size();
    for (const auto& tie : model.given().ties) {
      if (tie.a != a && tie.b != a) continue;
      for (const std::size_t i : {tie.a * n + tie.b, tie.b * n + tie.a}) {
        F& bond = state.at(Var::ruler_tie, i);
        bond = select(where, bond * heir_(state), bond);
      }
    }
  }

  void elites(State& state, std::size_t a) const {
    const float rest = people_[a].openness == Openness::open      ? 0.55F
                       : people_[a].openness == Openness::managed ? 0.70F
                                                                  : 0.78F;
    F& elite = state.at(Var::elite_cohesion, a);
    const F goal = F(rest) + F(0.25F) * (state.at(Var::expected_success, a) - F(0.5F)) -
                   F(0.3F) * (state.at(Var::pressure, a) - F(0.4F));
    elite = state.held(Var::elite_cohesion, elite + elite_pull_(state) * (goal - elite));
    F& regime = state.at(Var::regime_security, a);
    const F safe = lanes::clamp(F(1.0F) - F(5.0F) * irregular(state, a), F(0.0F), F(1.0F));
    regime += F(0.05F) * (safe - regime);
  }

  /// Irregular exits a year.
  F irregular(const State& state, std::size_t a) const {
    const F loose = elite_exit_(state) * (F(0.4F) - state.at(Var::elite_cohesion, a));
    const F defeat = defeat_exit_(state) *
                     lanes::max(F(0.5F) - state.at(Var::expected_success, a), F(0.0F)) * F(2.0F);
    return irregular_(state) * lanes::exp(lanes::clamp(loose + defeat, F(-4.0F), F(4.0F)));
  }

  /// Where the first leader is old and long in power, as the record has it of such.
  F seasoned(const State& state, const Now& now, std::size_t a) const {
    const Person& who = people_[a];
    const Date today = now.model.given().clock().monday_of(now.week);
    const bool old = who.leader && today - who.leader->born >= old_age_days &&
                     today - who.leader->since >= long_rule_days;
    return old ? F(1.0F) - state.at(Var::new_leader, a) : F(0.0F);
  }

  /// Regular exits a year outside of elections.
  F handover(const State& state, const Person& who, F old) const {
    if (who.votes) return F(0.0F);
    if (who.openness == Openness::open) return regular_(state);
    const F usual = who.openness == Openness::managed ? managed_(state) : closed_(state);
    return usual * (F(1.0F) + old * (old_handover_(state) - F(1.0F)));
  }

  void exits(State& state, const Now& now, std::size_t a) const {
    const Person& who = people_[a];
    const F u = chance(now, Stream("exit"), who.key);
    const F old = seasoned(state, now, a);
    const F natural =
        weekly_chance(natural_(state) * (F(1.0F) + old * (old_natural_(state) - F(1.0F))));
    const F coup =
        weekly_chance(irregular(state, a) * (F(1.0F) + old * (old_coup_(state) - F(1.0F))));
    const F regular = weekly_chance(handover(state, who, old));
    const M dies = u < natural;
    const M falls = (u >= natural) & (u < natural + coup);
    const M leaves = u > F(1.0F) - regular;
    now.tell(dies, "leader_dies", a, a, F(1.0F), "draw");
    now.tell(falls, who.openness == Openness::open ? "leader_ousted" : "leader_falls", a, a,
             F(1.0F), "elite_cohesion");
    now.tell(leaves, who.openness == Openness::open ? "leader_leaves" : "leader_hands_over", a, a,
             F(1.0F), "draw");
    new_line(state, now, a, dies | falls | leaves, "exit");
    F& elite = state.at(Var::elite_cohesion, a);
    elite = select(falls, elite * F(0.8F), elite);
  }

  std::vector<Ballot> ballots_;
  std::vector<Person> people_;
  KnobRef regular_{"leaders.regular_exit"}, irregular_{"leaders.irregular_exit"},
      natural_{"leaders.natural_exit"}, elite_exit_{"leaders.elite_exit"},
      defeat_exit_{"leaders.defeat_exit"}, loss_base_{"leaders.loss_base"},
      loss_approval_{"leaders.loss_approval"}, loss_growth_{"leaders.loss_growth"},
      managed_{"leaders.handover"}, closed_{"leaders.handover_closed"},
      old_handover_{"leaders.old_handover"}, old_natural_{"leaders.old_natural"},
      old_coup_{"leaders.old_coup"}, keep_open_{"leaders.keep_open"},
      keep_closed_{"leaders.keep_closed"}, settling_in_{"leaders.settling_in"},
      aid_cut_{"leaders.aid_cut"}, heir_{"alliances.tie_heir"}, aid_factor_{"leaders.aid_factor"},
      elite_pull_{"leaders.elite_pull"};
};

}  // namespace

std::unique_ptr<Process> make_leaders(const Model& model) {
  return std::make_unique<Leaders>(model);
}

void step_leaders(const Process& leaders, State& state, const Now& now) {
  static_cast<const Leaders&>(leaders).step(state, now);
}

}  // namespace casus::world
