// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/answers.h"

#include <algorithm>

#include "casus/world/acts.h"

namespace casus::world {
namespace {

constexpr float reply_window = 4.0F;     ///< weeks
constexpr float reply_size = 0.6F;       ///< intensity of an act given in answer
constexpr float tests_in_window = 0.3F;  ///< usual missile tests in four weeks
constexpr std::size_t kinds = 9;
constexpr std::size_t shells = static_cast<std::size_t>(casefile::StockKind::shells);
constexpr std::size_t missiles = static_cast<std::size_t>(casefile::StockKind::missiles);
constexpr float salvo = 40.0F;         ///< missiles a week that saturate
constexpr float most_paused = 0.03F;   ///< of attack intensity, a week
constexpr float lost_on_bases = 0.5F;  ///< enemy missiles lost with their carriers, per hit
constexpr float base_follows = 0.5F;   ///< of a warming that lasts

bool outsider_for(const Model& model, const Entry& entry) {
  return entry.target && model.has_war() && model.side_of(*entry.target) >= 0 &&
         model.side_of(entry.actor) < 0;
}

bool gives_arms_already(const Model& model, std::size_t from, std::size_t to) {
  return std::ranges::any_of(
      model.given().flows, [&](const auto& f) { return f.from.index == from && f.to.index == to; });
}

}  // namespace

Answers::Answers(const Model& model) {
  permissions(model);
  new_donors(model);
  drills(model);
  followers(model);
  first_blood(model);
}

void Answers::add(const Model& model, std::uint32_t trigger, std::size_t who, Action action,
                  std::string_view knob, bool in_war) {
  const Entry& cause = model.entries()[trigger];
  std::optional<std::uint32_t> best;
  for (const std::uint32_t e : model.entries_of(action)) {
    const Entry& entry = model.entries()[e];
    if (entry.actor != who) continue;
    const bool aimed = entry.target == cause.actor;
    if (!best || aimed) best = e;
  }
  if (!best) return;
  const std::uint32_t key = fold(cause.key) * 0x9E3779B9U ^ fold(model.entries()[*best].key);
  const bool ratio = knob == "operations.drill_tests";
  replies_.push_back({trigger, *best, key, knob_index(knob), ratio, in_war});
}

void Answers::permissions(const Model& model) {
  for (const std::uint32_t e : model.entries_of(Action::lift_range)) {
    const Entry& entry = model.entries()[e];
    if (!outsider_for(model, entry)) continue;
    const std::size_t enemy =
        model.lead(static_cast<std::size_t>(1 - model.side_of(*entry.target)));
    add(model, e, enemy, Action::nuclear_signal, "operations.reach_signal", true);
    add(model, e, enemy, Action::city_campaign, "operations.reach_revenge", true);
  }
}

void Answers::new_donors(const Model& model) {
  for (const Action action : {Action::send_arms, Action::send_air_defence}) {
    for (const std::uint32_t e : model.entries_of(action)) {
      const Entry& entry = model.entries()[e];
      if (!outsider_for(model, entry)) continue;
      if (gives_arms_already(model, entry.actor, *entry.target)) continue;
      const auto side = static_cast<std::size_t>(1 - model.side_of(*entry.target));
      for (std::size_t who = 0; who < model.shape().actors; ++who) {
        const bool patron = who != model.lead(side) &&
                            model.alignment(who, model.lead(side)) > 0.3F &&
                            model.rivals(who, entry.actor);
        if (!patron) continue;
        add(model, e, who, Action::send_arms, "operations.answer_arms", true);
        add(model, e, who, Action::missile_test, "operations.answer_test", false);
      }
    }
  }
}

void Answers::drills(const Model& model) {
  for (const Action action : {Action::joint_exercise, Action::shift_posture}) {
    for (const std::uint32_t e : model.entries_of(action)) {
      const auto& target = model.entries()[e].target;
      if (target) add(model, e, *target, Action::missile_test, "operations.drill_tests", false);
    }
  }
}

void Answers::followers(const Model& model) {
  for (const std::uint32_t e : model.entries_of(Action::lift_range)) {
    const Entry& first = model.entries()[e];
    if (!outsider_for(model, first)) continue;
    if (!model.given().actors[first.actor].has(casefile::Role::great_power)) continue;
    for (const std::uint32_t f : model.entries_of(Action::lift_range)) {
      const Entry& second = model.entries()[f];
      const bool follows = second.actor != first.actor && second.target == first.target &&
                           model.alignment(second.actor, first.actor) > 0.9F;
      if (follows) add(model, e, second.actor, Action::lift_range, "operations.follow_range", true);
    }
  }
}

void Answers::first_blood(const Model& model) {
  for (std::uint32_t c = 0; c < model.shape().contingents; ++c) {
    const auto& k = model.given().contingents[c];
    if (!k.foreign || !k.side || !k.sector) continue;
    for (const std::uint32_t e : model.entries_of(Action::lift_range)) {
      const Entry& entry = model.entries()[e];
      if (!outsider_for(model, entry)) continue;
      if (!model.given().actors[entry.actor].has(casefile::Role::great_power)) continue;
      if (model.side_of(*entry.target) != 1 - static_cast<int>(*k.side)) continue;
      alarms_.push_back({c, e, model.contingent_key(c) ^ fold(entry.key)});
    }
  }
}

void Answers::alarm(State& state, const Now& now) const {
  for (const Alarm& a : alarms_) {
    const std::size_t who = now.model.entries()[a.response].actor;
    const F odds = state.at(Var::believed_presence, who * state.shape().contingents + a.contingent);
    const M first =
        (odds > F(0.0F)) & (state.at(Var::experience, a.contingent) < F(0.5F)) & fighting(state);
    if (!lanes::any(first)) continue;
    const F u = chance(now, Stream("first_blood"), a.key);
    const F p = answer_range_(state);
    const F wait = F(1.0F) + lanes::round(u / p * F(reply_window - 1.0F));
    const M yes = order_act(state, now, a.response, first & (u < p), F(reply_size), wait);
    const std::size_t owner = now.model.given().contingents[a.contingent].owner;
    now.tell(yes, "answer", who, owner, wait, "believed_presence");
  }
}

void Answers::step(State& state, const Now& now) const {
  alarm(state, now);
  for (const Reply& r : replies_) {
    const F size = state.at(Var::started, r.trigger);
    if (!lanes::any(size > F(0.0F))) continue;
    const F knob = state.at(Var::knob, r.odds);
    const F odds = r.as_log_ratio
                       ? F(tests_in_window) * lanes::max(lanes::exp(knob) - F(1.0F), F(0.0F))
                       : knob;
    const F u = chance(now, Stream("answer_act"), r.key);
    const M war = r.in_war ? fighting(state) : F(0.0F) < F(1.0F);
    const F p = odds * size;
    const M would = war & (size > F(0.0F)) & (u < p);
    // What is left of the draw says when, within four weeks.
    const F wait = F(1.0F) + lanes::round(u / lanes::max(p, F(1e-6F)) * F(reply_window - 1.0F));
    const M answers = order_act(state, now, r.response, would, F(reply_size), wait);
    const Entry& cause = now.model.entries()[r.trigger];
    now.tell(answers, "answer", now.model.entries()[r.response].actor, cause.actor, wait,
             casefile::name_of(cause.action));
  }
}

Reach::Reach(const Model& model) : war_(model.has_war()) {
  for (std::size_t side = 0; side < 2 && war_; ++side) lead_[side] = model.lead(side);
}

void Reach::step(State& state, const Now& now) const {
  if (!war_) return;
  for (std::size_t side = 0; side < 2; ++side) strike(state, now, side);
}

void Reach::strike(State& state, const Now& now, std::size_t side) const {
  const std::size_t a = lead_[side];
  const std::size_t t = lead_[1 - side];
  const F permitted = state.at(Var::range_permission, a) * lanes::one_if(fighting(state));
  if (!lanes::any(permitted > F(0.01F))) return;
  F& own = state.at(Var::stock, a * kinds + missiles);
  const F sent = lanes::min(own * share_(state), F(2.0F * salvo)) * permitted;
  own -= sent;
  const F crowd = F(0.6F) * lanes::log(lanes::max(sent, F(1.0F)) / F(salvo));
  const F x = leak_(state) + lanes::clamp(crowd, F(-3.0F), F(3.0F)) -
              F(1.5F) * state.at(Var::air_defence, t);
  const F hits = sent * lanes::logistic(x);
  // A depot's loss is taken from what is stored and what is on rails, as each has it.
  F burnt = hits * shells_(state);
  const std::size_t place = t * kinds + shells;
  for (const Var v : {Var::pipe_3, Var::stock}) {
    F& store = state.at(v, place);
    const F gone = lanes::min(burnt * F(v == Var::stock ? 1.0F : 0.5F), store * F(0.2F));
    store -= gone;
    burnt -= gone;
  }
  F& theirs = state.at(Var::stock, t * kinds + missiles);
  theirs = state.held(Var::stock, theirs - F(lost_on_bases) * hits);
  const F pause = F(1.0F) - lanes::min(pause_(state) * hits, F(most_paused));
  for (std::size_t s = 0; s < state.shape().sectors; ++s) {
    state.at(Var::intensity, s * 2 + 1 - side) *= pause;
  }
  F& works = state.at(Var::infrastructure, t);
  works = state.held(Var::infrastructure, works - F(0.0005F) * hits);
  F& rung = state.at(Var::rung, a);
  rung = select(sent > F(0.5F), lanes::max(rung, F(7.0F)), rung);
  now.tell(hits > F(3.0F), "depot_hit", a, t, hits, "lift_range");
}

Footing::Footing(const Model& model) {
  const std::size_t n = model.shape().actors;
  const auto with_allies = [&](std::uint32_t e, const Entry& entry, float weight) {
    for (std::size_t b = 0; b < n; ++b) {
      if (b == entry.actor || model.alignment(b, entry.actor) < 0.3F) continue;
      const bool stands_by = entry.action != Action::consult_allies;
      // Who consults names one ally or all; who stands by others does so for the foe's rivals.
      if (stands_by ? !(entry.target && (model.rivals(b, *entry.target) ||
                                         model.side_of(b) == 1 - sympathy(model, *entry.target)))
                    : entry.target && *entry.target != b) {
        continue;
      }
      company_.push_back({e, b * n + entry.actor, weight});
    }
  };
  for (const std::uint32_t e : model.entries_of(Action::consult_allies)) {
    const Entry& entry = model.entries()[e];
    with_allies(e, entry, entry.target ? 1.0F : 0.5F);
  }
  for (const Action action : {Action::shift_posture, Action::joint_exercise}) {
    for (const std::uint32_t e : model.entries_of(action)) {
      if (model.entries()[e].target) with_allies(e, model.entries()[e], 1.5F);
    }
  }
  for (const std::uint32_t e : model.entries_of(Action::joint_exercise)) {
    drills_.push_back({e, model.entries()[e].actor, 1.0F});
  }
  for (const Warmth& w : company_) {
    const bool drill = model.entries()[w.entry].action == Action::joint_exercise;
    if (drill) drills_.push_back({w.entry, w.pair / n, 0.5F});
  }
  for (const std::uint32_t e : model.entries_of(Action::lift_range)) {
    const Entry& entry = model.entries()[e];
    if (!entry.target || !model.has_war() || model.side_of(*entry.target) < 0) continue;
    const auto side = static_cast<std::size_t>(1 - model.side_of(*entry.target));
    permitted_.push_back({e, model.lead(side) * n + entry.actor});
  }
  for (const std::uint32_t e : model.entries_of(Action::back_channel)) {
    const Entry& entry = model.entries()[e];
    if (!entry.target) continue;
    channels_.push_back({e, entry.actor * n + *entry.target, 1.0F});
    channels_.push_back({e, *entry.target * n + entry.actor, 1.0F});
  }
}

void Footing::step(State& state, const Now&) const {
  const F kept_ready = weekly_decay(ready_half_(state));
  for (F& ready : state[Var::readiness]) ready *= kept_ready;
  for (const Drill& d : drills_) {
    F& ready = state.at(Var::readiness, d.actor);
    ready += drill_(state) * F(d.weight) * state.at(Var::active, d.entry) * (F(1.0F) - ready);
  }
  for (const Warmth& w : company_) {
    const F size = state.at(Var::started, w.entry);
    if (!lanes::any(size > F(0.0F))) continue;
    F& x = state.at(Var::tension, w.pair);
    F& base = state.at(Var::tension_base, w.pair);
    const F gain = consult_(state) * F(w.weight) * size * (F(1.0F) - x * F(0.1F));
    x = state.held(Var::tension, x + gain);
    base = state.held(Var::tension_base, base + F(base_follows) * gain);
  }
  for (const Chill& c : permitted_) {
    const F size = state.at(Var::started, c.entry);
    F& x = state.at(Var::tension, c.pair);
    x = state.held(Var::tension, x - permission_(state) * size);
  }
  // A channel that works keeps small promises, week by week.
  for (const Warmth& w : channels_) {
    const F open =
        state.at(Var::active, w.entry) * lanes::one_if(state.at(Var::talks, w.pair) >= F(0.5F));
    F& kept = state.at(Var::trust_kept, w.pair);
    kept = state.held(Var::trust_kept, kept + trust_(state) * open);
  }
}

}  // namespace casus::world
