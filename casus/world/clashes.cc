// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/clashes.h"

#include <algorithm>

#include "casus/world/acts.h"

namespace casus::world {
namespace {

constexpr float reply_window = 4.0F;  ///< weeks
constexpr float used = 4.0F;          ///< nuclear alert that stands for use

/// 1 for a nuclear power, 0.5 under the defence pact of one, 0 otherwise.
float umbrella(const Model& model, std::size_t actor) {
  const auto& actors = model.given().actors;
  if (actors[actor].nuclear) return 1.0F;
  for (const auto& treaty : model.given().treaties) {
    if (treaty.treaty_class != casefile::TreatyClass::defence || !treaty.in_force) continue;
    const bool party = std::ranges::any_of(treaty.parties, [&](auto p) { return p == actor; });
    const bool armed =
        std::ranges::any_of(treaty.parties, [&](auto p) { return actors[p].nuclear; });
    if (party && armed) return 0.5F;
  }
  return 0.0F;
}

}  // namespace

Clashes::Clashes(const Model& model)
    : actors_(model.shape().actors), pacts_(defence_pacts(model)), branch_(model) {
  for (const std::uint32_t e : model.entries_of(Action::limited_strike)) {
    const Entry& entry = model.entries()[e];
    if (!entry.target) continue;
    const int a = model.side_of(entry.actor);
    const int b = model.side_of(*entry.target);
    const Pair back = pair_of(model, *entry.target, entry.actor);
    strikes_.push_back(
        {e, back, pair_of(model, entry.actor, *entry.target), a >= 0 && b >= 0 && a != b});
    const bool have =
        std::ranges::any_of(replying_, [&](const Pair& p) { return p.index == back.index; });
    if (!have) replying_.push_back(back);
  }
  for (std::size_t a = 0; a < actors_; ++a) {
    const auto& actor = model.given().actors[a];
    closed_.push_back(actor.openness == casefile::Openness::open ? 0.0F : 1.0F);
    for (std::size_t b = 0; b < actors_; ++b) {
      if (!model.rivals(a, b) || model.actor_key(a) > model.actor_key(b) || a == b) continue;
      const bool at_war = model.side_of(a) >= 0 && model.side_of(b) >= 0;
      if (at_war) continue;
      // Who is at war already does not seek a second one.
      const bool busy = model.side_of(a) >= 0 || model.side_of(b) >= 0;
      const float cover = std::min(umbrella(model, a), umbrella(model, b)) + (busy ? 0.7F : 0.0F);
      Rivalry rivalry{pair_of(model, a, b), cover, {}};
      for (const std::uint32_t e : model.entries_of(Action::shift_posture)) {
        const Entry& entry = model.entries()[e];
        const bool here =
            (entry.actor == a && entry.target == b) || (entry.actor == b && entry.target == a);
        // An ally that moves forces against the same rival deters for both.
        const bool beside = (entry.target == a && model.alignment(entry.actor, b) > 0.8F) ||
                            (entry.target == b && model.alignment(entry.actor, a) > 0.8F);
        if (here || beside) rivalry.postures.push_back(e);
      }
      rivals_.push_back(std::move(rivalry));
    }
  }
}

void Clashes::step(State& state, const Now& now) const {
  replies(state, now);
  strikes(state, now);
  for (const Rivalry& rivalry : rivals_) quarrel(state, now, rivalry);
  nuclear(state, now);
}

void Clashes::strikes(State& state, const Now& now) const {
  for (const Strike& strike : strikes_) {
    const F size = state.at(Var::started, strike.entry);
    const M hit = size > F(0.0F);
    if (!lanes::any(hit)) continue;
    const std::size_t struck = strike.back.from;
    const std::size_t striker = strike.back.to;
    const F u = chance(now, Stream("raid"), strike.back.key);
    F& works = state.at(Var::infrastructure, struck);
    works = state.held(Var::infrastructure, works - F(0.03F) * size * (F(0.2F) + F(0.6F) * u));
    F& x = state.at(Var::tension, strike.back.index);
    x = state.held(Var::tension, x - jump_(state) * size);
    const F closed = F(closed_[struck]);
    const F rally = homeland_(state) * (F(1.0F) - closed + closed * closed_rally_(state)) * size;
    F& theirs = state.at(Var::rally, struck);
    theirs = state.held(Var::rally, theirs + rally);
    F& ours = state.at(Var::rally, striker);
    ours = state.held(Var::rally, ours + initiator_(state) * size);
    // A small strike is one by drone or agent that can be denied.
    const F odds = reply_(state) / (F(1.0F) - reply_(state)) *
                   select(size < F(0.4F), deniable_(state), F(1.0F));
    const F v = chance(now, Stream("reply"), strike.back.key);
    const M answers = answering(state, now, strike, hit & (v < odds / (F(1.0F) + odds)));
    const auto& house = now.model.given().actors[struck].legislature;
    const F vote(house && house->asked(Action::limited_strike) ? house->delay : 0.0);
    const F wait = F(1.0F) + vote + lanes::round(u * F(reply_window - 1.0F));
    F& due = state.at(Var::reply_due, strike.back.index);
    due = select(answers & (due <= F(0.0F)), wait, due);
    now.tell(hit, "struck", striker, struck, size, "act");
    if (strike.at_war) continue;
    now.tell(hit & (rally > F(0.1F)), "rally", struck, striker, rally, "limited_strike");
  }
}

/// A reply with force is an act as the strike was: the seat that somebody else holds orders its
/// own, and a legislature that votes on strikes votes on it.
M Clashes::answering(const State& state, const Now& now, const Strike& strike, M where) const {
  const std::size_t struck = strike.back.from;
  where = where & now.answers_for(struck);
  const auto& house = now.model.given().actors[struck].legislature;
  if (!house || !house->asked(Action::limited_strike) || !lanes::any(where)) return where;
  Entry reply;
  reply.actor = static_cast<std::uint32_t>(struck);
  reply.action = Action::limited_strike;
  reply.target = static_cast<std::uint32_t>(strike.back.to);
  reply.key = strike.back.key;
  return authorised(state, now, *house, {reply, where});
}

void Clashes::replies(State& state, const Now& now) const {
  for (const Pair& back : replying_) {
    F& due = state.at(Var::reply_due, back.index);
    const M waiting = due > F(0.0F);
    due = lanes::max(due - F(1.0F), F(0.0F));
    const M strikes = waiting & (due <= F(0.0F));
    if (!lanes::any(strikes)) continue;
    now.tell(strikes, "reply", back.from, back.to, F(6.0F), "limited_strike");
    open_fire(state, now, back, strikes, "reply");
  }
}

void Clashes::quarrel(State& state, const Now& now, const Rivalry& rivalry) const {
  const Pair& pair = rivalry.pair;
  const F calm = F(0.5F) * (state.at(Var::tension, pair.index) +
                            state.at(Var::tension, pair.to * actors_ + pair.from));
  const F heat = lanes::clamp(slope_(state) * (F(-5.0F) - calm), F(-4.0F), F(3.0F));
  F stands(0.0F);
  for (const std::uint32_t e : rivalry.postures) {
    stands = lanes::max(stands, state.at(Var::active, e));
  }
  const F deterred = lanes::exp(F(rivalry.deterrence) * lanes::log(deterrence_(state)) +
                                stands * theory_.at(state).first * lanes::log(posture_(state)));
  const M fires = happens(now, Stream("clash"), pair.key,
                          weekly_chance(rate_(state) * deterred * lanes::exp(heat)));
  if (!lanes::any(fires)) return;
  now.tell(fires, "clash", pair.from, pair.to, calm, "tension");
  open_fire(state, now, pair, fires, "clash");
}

void Clashes::open_fire(State& state, const Now& now, const Pair& pair, M where,
                        std::string_view why) const {
  const std::size_t mirror = pair.to * actors_ + pair.from;
  const bool at_war = now.model.side_of(pair.from) >= 0 && now.model.side_of(pair.to) >= 0 &&
                      now.model.side_of(pair.from) != now.model.side_of(pair.to);
  for (const std::size_t i : {pair.index, mirror}) {
    F& clash = state.at(Var::clash, i);
    if (!at_war) clash = select(where, F(1.0F), clash);
    F& x = state.at(Var::tension, i);
    x = state.held(Var::tension, select(where, x - F(2.0F), x));
  }
  const M war = where & happens(now, Stream("open_war"), pair.key, war_(state));
  for (const std::size_t who : {pair.from, pair.to}) {
    F& rung = state.at(Var::rung, who);
    rung = lanes::max(rung, select(war, F(8.0F), select(where, F(6.0F), rung)));
    F& alarm = state.at(Var::rung_state, who);
    alarm = select(war, lanes::max(alarm, F(8.0F)), alarm);
    F& rally = state.at(Var::rally, who);
    rally = state.held(Var::rally, select(where, rally + F(0.1F), rally));
  }
  now.tell(war, "open_war", pair.from, pair.to, F(8.0F), why);
  if (lanes::any(war)) test_pacts(state, now, pair, war);
}

void Clashes::test_pacts(State& state, const Now& now, const Pair& pair, M where) const {
  for (const Pair& pact : pacts_) {
    const bool tested = (pact.to == pair.from && pact.from != pair.to) ||
                        (pact.to == pair.to && pact.from != pair.from);
    if (!tested) continue;
    F& left = state.at(Var::pact_test, pact.index);
    const M fresh = where & (left <= F(0.0F));
    left = select(fresh, F(pact_patience), left);
    now.tell(fresh, "treaty_tested", pact.from, pact.to, F(1.0F), "open_war");
  }
}

void Clashes::nuclear(State& state, const Now& now) const {
  for (const auto& [action, level] :
       {std::pair{Action::nuclear_signal, 2.0F}, std::pair{Action::nuclear_use, used}}) {
    for (const std::uint32_t e : now.model.entries_of(action)) {
      const std::size_t who = now.model.entries()[e].actor;
      const F size = state.at(Var::started, e);
      F& alert = state.at(Var::nuclear_alert, who);
      const F goal = F(level) + (level < used ? size : F(0.0F));
      alert = select(size > F(0.0F), lanes::max(alert, goal), alert);
    }
  }
  for (const std::size_t who : branch_.armed()) {
    F& alert = state.at(Var::nuclear_alert, who);
    alert = select(alert > F(used - 0.5F), alert,
                   alert * F(0.917F));  // half-life of eight weeks
    const M open_war = state.at(Var::rung_state, who) >= F(open_war_rung);
    now.tell_seldom(open_war, "nuclear_gate", who, who, F(1.0F), "rung_state");
    const F rate = branch_.rate(state, who);
    const M uses = open_war & now.answers_for(who) &
                   happens(now, Stream("nuclear"), now.model.actor_key(who), weekly_chance(rate));
    alert = select(uses, F(used), alert);
    F& rung = state.at(Var::rung, who);
    rung = select(uses, F(10.0F), rung);
    now.tell(uses, "nuclear_use", who, who, rate, "open_war");
  }
}

}  // namespace casus::world
