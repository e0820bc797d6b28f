// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "casus/world/bargain.h"
#include "casus/world/law.h"
#include "casus/world/talks.h"
#include "casus/world/terms.h"

namespace casus::world {
namespace {

constexpr float frozen_after = 24.0F;  ///< weeks a ceasefire has held when it counts as frozen
constexpr float floor_patience = 4.0F;

class Ends final : public Process {
 public:
  explicit Ends(const Model& model) : bargain_(model), actors_(model.shape().actors) {
    if (!model.has_war()) return;
    for (std::size_t side = 0; side < 2; ++side) lead_[side] = model.lead(side);
    leads_ = pair_of(model, lead_[0], lead_[1]);
    for (const std::uint32_t e : model.entries_of(Action::break_ceasefire)) {
      if (model.side_of(model.entries()[e].actor) >= 0) breakers_.push_back(e);
    }
  }
  [[nodiscard]] std::string_view name() const override { return "ends"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::end_state,       Var::ceasefire_age,
                                   Var::recurred,        Var::collapsed_side,
                                   Var::settled_package, Var::war_weeks,
                                   Var::talks_weeks,     Var::floor_weeks,
                                   Var::troops,          Var::frontage,
                                   Var::force,           Var::support,
                                   Var::rally,           Var::elite_cohesion,
                                   Var::talks,           Var::gdp,
                                   Var::aid_received,    Var::guarantee_credibility,
                                   Var::started,         Var::trust_broken,
                                   Var::tension_base,    Var::trust_kept,
                                   Var::breach,          Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::end_state,      Var::ceasefire_age,   Var::recurred,
                                   Var::collapsed_side, Var::war_weeks,       Var::talks_weeks,
                                   Var::floor_weeks,    Var::settled_package, Var::win_chance,
                                   Var::trust_broken,   Var::tension_base};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    if (!now.model.has_war()) return;
    count(state);
    peace(state, now);
    for (std::size_t side = 0; side < 2; ++side) collapse(state, now, side);
  }

 private:
  void count(State& state) const {
    F& war = state.at(Var::war_weeks, 0);
    war = state.held(Var::war_weeks, war + lanes::one_if(fighting(state)));
    F& talk = state.at(Var::talks_weeks, 0);
    talk =
        lanes::min(talk + lanes::one_if(state.at(Var::talks, leads_.index) > F(1.5F)), F(600.0F));
    const F ratio = lanes::max(state.at(Var::force, lead_[0]), F(1.0F)) /
                    lanes::max(state.at(Var::force, lead_[1]), F(1.0F));
    const F p = lanes::logistic(F(1.2F) * lanes::log(ratio));
    state.at(Var::win_chance, 0) = p;
    state.at(Var::win_chance, 1) = F(1.0F) - p;
  }

  /// A ceasefire or settlement ages, freezes, or breaks.
  void peace(State& state, const Now& now) const {
    F& end = state.at(Var::end_state, 0);
    const M truce = (end > F(0.5F)) & (end < F(1.5F));
    const M settled = (end > F(1.5F)) & (end < F(2.5F));
    const M frozen = (end > F(2.5F)) & (end < F(3.5F));
    const M quiet = truce | settled | frozen;
    if (!lanes::any(quiet)) return;
    F& age = state.at(Var::ceasefire_age, 0);
    age = state.held(Var::ceasefire_age, select(quiet, age + F(1.0F), age));
    const F years = age / F(52.0F);
    const F base = select(years <= F(1.0F), first_(state),
                          later_(state) * select(years > F(5.0F), F(0.37F), F(1.0F)));
    const RecurrenceLaw law{guarantee_(state), shift_(state), imposed_(state)};
    const Clauses clauses = clauses_of(state.at(Var::settled_package, 0), now.model.packages());
    const F conduct =
        lanes::exp(broken_(state) * state.at(Var::breach, 0) - apart_(state) * clauses.buffer);
    const F guard = protection(state, now.model, clauses);
    const F dictated =
        lanes::one_if(clauses.has(casefile::Line::demand) | clauses.has(casefile::Line::maximal));
    const F rate = recurrence_rate(law, base, guard, rearming(state, now.model).shift, dictated) *
                   select(settled, calm_(state), F(1.0F)) * conduct;
    const F u = chance(now, Stream("recurrence"), leads_.key);
    F ordered(0.0F);
    for (const std::uint32_t e : breakers_)
      ordered = lanes::max(ordered, state.at(Var::started, e));
    const M breaks = quiet & ((u < weekly_chance(rate)) | (ordered > F(0.0F)));
    const M freezes = truce & !breaks & (age >= F(frozen_after));
    end = select(breaks, F(0.0F), select(freezes, F(3.0F), end));
    age = select(breaks, F(0.0F), age);
    F& recurred = state.at(Var::recurred, 0);
    recurred = select(breaks, F(1.0F), recurred);
    F& package = state.at(Var::settled_package, 0);
    package = select(breaks, F(-1.0F), package);
    for (const std::size_t i : {leads_.index, lead_[1] * actors_ + lead_[0]}) {
      F& broken = state.at(Var::trust_broken, i);
      broken = state.held(Var::trust_broken, select(breaks, broken + F(2.0F), broken));
      F& calm = state.at(Var::tension_base, i);
      calm = state.held(Var::tension_base, select(breaks, calm - F(3.0F), calm));
    }
    now.tell(breaks & (ordered > F(0.0F)), "recurrence", lead_[0], lead_[1], rate, "act");
    now.tell(breaks & (ordered <= F(0.0F)), "recurrence", lead_[0], lead_[1], rate, "draw");
    now.tell(freezes, "frozen", lead_[0], lead_[1], age, "ceasefire_age");
  }

  /// Protection of the package in force.
  F protection(const State& state, const Model& model, const Clauses& clauses) const {
    using casefile::Guarantee;
    F guard(0.0F);
    for (const Guarantee g :
         {Guarantee::paper, Guarantee::monitored, Guarantee::deployed_or_treaty}) {
      guard = select(clauses.guarantee == F(static_cast<float>(g)), bargain_.protection(state, g),
                     guard);
    }
    return guard * bargain_.credence(state, model);
  }

  void collapse(State& state, const Now& now, std::size_t side) const {
    F troops(0.0F), line(0.0F);
    for (std::size_t s = 0; s < state.shape().sectors; ++s) {
      troops += state.at(Var::troops, s * 2 + side);
      line += state.at(Var::frontage, s);
    }
    const M thin = troops < floor_(state) * line;
    const M weary = (shown_support(state, lead_[side]) < F(0.12F)) &
                    (state.at(Var::elite_cohesion, lead_[side]) < F(0.3F));
    F& weeks = state.at(Var::floor_weeks, side);
    const M low = (thin | weary) & fighting(state);
    weeks = state.held(Var::floor_weeks, select(low, weeks + F(1.0F), F(0.0F)));
    const M falls =
        (weeks > F(floor_patience)) &
        happens(now, Stream("collapse"), now.model.actor_key(lead_[side]), collapse_(state));
    F& end = state.at(Var::end_state, 0);
    F& who = state.at(Var::collapsed_side, 0);
    const M first = falls & (end < F(0.5F));
    end = select(first, F(4.0F), end);
    who = select(first, F(static_cast<float>(side)), who);
    now.tell(first, "collapse", lead_[side], lead_[1 - side], weeks, "floor_weeks");
  }

  Bargain bargain_;
  std::size_t actors_;
  std::array<std::size_t, 2> lead_{};
  Pair leads_;
  std::vector<std::uint32_t> breakers_;
  KnobRef first_{"talks.recur_first"}, later_{"talks.recur_later"},
      guarantee_{"talks.recur_guarantee"}, shift_{"talks.recur_shift"},
      imposed_{"talks.recur_imposed"}, broken_{"talks.recur_breach"}, apart_{"talks.recur_buffer"},
      calm_{"talks.recur_settled"}, floor_{"talks.floor_density"}, collapse_{"talks.collapse"};
};

}  // namespace

F recurrence_rate(const RecurrenceLaw& law, F base, F guarantee, F shift, F imposed) {
  return base * lanes::exp(-law.guarantee_weight * guarantee + law.shift_weight * shift +
                           law.imposed_weight * imposed);
}

std::unique_ptr<Process> make_ends(const Model& model) { return std::make_unique<Ends>(model); }

void step_ends(const Process& ends, State& state, const Now& now) {
  static_cast<const Ends&>(ends).step(state, now);
}

}  // namespace casus::world
