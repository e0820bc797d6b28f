// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include "casus/world/law.h"
#include "casus/world/reports.h"
#include "casus/world/theories.h"
#include "casus/world/types.h"

namespace casus::world {
namespace {

constexpr float surest = 9.0F;  ///< nats, 39 decibans: nobody is ever surer of what he only hears

/// A defensive act that a foe reads as hostile.
struct Misreading {
  std::uint32_t entry;
  std::size_t pair;  ///< foe of actor
};

class Beliefs final : public Process {
 public:
  explicit Beliefs(const Model& model)
      : record_(model), actors_(model.shape().actors), contingents_(model.shape().contingents) {
    watch_forces(model);
    for (const Action action : {Action::send_air_defence, Action::shift_posture,
                                Action::joint_exercise, Action::fortify}) {
      for (const std::uint32_t e : model.entries_of(action)) {
        const Entry& entry = model.entries()[e];
        for (std::size_t foe = 0; foe < actors_; ++foe) {
          const int a = sympathy(model, entry.actor);
          const bool enemy = a >= 0 && model.side_of(foe) == 1 - a;
          if (enemy || model.rivals(foe, entry.actor)) {
            misread_.push_back({e, foe * actors_ + entry.actor});
          }
        }
      }
    }
    if (!model.has_war()) return;
    for (std::size_t a = 0; a < actors_; ++a) side_.push_back(sympathy(model, a));
    for (std::size_t side = 0; side < 2; ++side) {
      optimism_[side] = pair_of(model, model.lead(side), model.lead(1 - side));
      for (std::uint32_t c = 0; c < contingents_; ++c) {
        const auto& k = model.given().contingents[c];
        const bool guest = k.side && *k.side == side && k.owner.index != k.host.index;
        if (guest && k.sector) guests_[side].push_back(c);
      }
    }
  }
  [[nodiscard]] std::string_view name() const override { return "beliefs"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::news_presence,
                                   Var::news_strength,
                                   Var::news_precision,
                                   Var::men,
                                   Var::in_combat,
                                   Var::acclimatising,
                                   Var::force,
                                   Var::dead,
                                   Var::area_week,
                                   Var::last_act,
                                   Var::started,
                                   Var::tension,
                                   Var::talks,
                                   Var::optimism,
                                   Var::aid_received,
                                   Var::believed_presence,
                                   Var::believed_strength,
                                   Var::believed_variance,
                                   Var::believed_force,
                                   Var::believed_trend,
                                   Var::believed_killed,
                                   Var::believed_win,
                                   Var::end_state,
                                   Var::intelligence,
                                   Var::gdp,
                                   Var::believed_type,
                                   Var::perceived_act,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {
        Var::news_presence,     Var::news_strength,     Var::news_precision, Var::believed_presence,
        Var::believed_strength, Var::believed_variance, Var::believed_force, Var::believed_trend,
        Var::believed_killed,   Var::believed_win,      Var::perceived_act,  Var::optimism,
        Var::believed_type};
    return vars;
  }

  [[nodiscard]] std::size_t lasting() const override { return 2 * forces_.size(); }

  /// A bias of each who counts men that stays, and what it makes of the dead he counts.
  void work_out(const State& state, const Now& now, std::span<F> out) const override {
    for (std::size_t i = 0; i < forces_.size(); ++i) {
      const Seen& seen = forces_[i];
      const F bias = now.draws.normal(Stream("bias"), 0, seen.pair.key);
      out[2 * i] = bias;
      out[2 * i + 1] = lanes::exp(F(seen.hostile) * enemy_dead_(state) + F(0.2F) * bias);
    }
  }

  void step(State& state, const Now& now) const override {
    const Lasting lasting(*this, state, now);
    const F keep = weekly_decay(stale_(state));
    for (std::uint32_t c = 0; c < contingents_; ++c) contingent(state, now, c, keep);
    forces(state, now, lasting);
    front(state, now);
    readings(state);
    record_.learn(state, eta_(state), hawkish_(state));
    if (side_.empty()) return;
    hopes(state, now);
    for (std::size_t a = 0; a < actors_; ++a) chances(state, a);
  }

 private:
  /// Whose forces and dead matter to whom: belligerents to all, rivals to each
  /// other.
  void watch_forces(const Model& model) {
    for (std::size_t a = 0; a < actors_; ++a) {
      for (std::size_t b = 0; b < actors_; ++b) {
        if (model.side_of(b) < 0 && !model.rivals(a, b) && a != b) continue;
        const int s = sympathy(model, a);
        const bool foe = s >= 0 && model.side_of(b) == 1 - s;
        forces_.push_back({pair_of(model, a, b), a == b ? 0.0F : (foe ? 1.0F : 0.4F), a == b});
      }
    }
  }

  void contingent(State& state, const Now& now, std::uint32_t c, F keep) const {
    const auto& k = now.model.given().contingents[c];
    const F front = state.at(Var::in_combat, c) + state.at(Var::acclimatising, c);
    const F log_men = lanes::log(lanes::max(men_abroad(state, c), F(0.0004F)));
    const F eta = eta_(state);
    const F share = arrival_(state);
    for (std::size_t o = 0; o < actors_; ++o) {
      const std::size_t i = o * contingents_ + c;
      F& odds = state.at(Var::believed_presence, i);
      F& mean = state.at(Var::believed_strength, i);
      F& variance = state.at(Var::believed_variance, i);
      F& news = state.at(Var::news_presence, i);
      F& told = state.at(Var::news_strength, i);
      F& precision = state.at(Var::news_precision, i);
      if (o == k.owner.index || o == k.host.index) {  // own men are known
        odds = select(front > F(0.05F), F(6.0F), F(-6.0F));
        mean = log_men;
        variance = F(0.001F);
        continue;
      }
      odds = lanes::clamp(odds * keep + eta * share * news, F(-surest), F(surest));
      const F heard = share * precision;
      const F average = told / lanes::max(precision, F(1.0e-6F));
      const F gain = variance * heard / (F(1.0F) + variance * heard);
      mean += gain * (average - mean);
      variance = (F(1.0F) - gain) * variance + F(0.02F);
      news *= F(1.0F) - share;
      told *= F(1.0F) - share;
      precision *= F(1.0F) - share;
    }
  }

  void forces(State& state, const Now& now, const Lasting& lasting) const {
    const F sigma = force_noise_(state);
    for (std::size_t i = 0; i < forces_.size(); ++i) {
      const Seen& seen = forces_[i];
      F& force = state.at(Var::believed_force, seen.pair.index);
      F& dead = state.at(Var::believed_killed, seen.pair.index);
      const F truth = state.at(Var::force, seen.pair.to);
      const F killed = state.at(Var::dead, seen.pair.to);
      if (seen.own) {
        force = truth;
        dead = killed;
        continue;
      }
      const F bias = lasting[2 * i];
      const F told =
          truth * lanes::exp(sigma * (bias + noise(now, Stream("estimate"), seen.pair.key)));
      force = now.week == 0 ? told : force + F(0.1F) * (told - force);
      const F claim = killed * lasting[2 * i + 1];
      dead += F(0.5F) * (lanes::max(claim, dead) - dead);
    }
  }

  void front(State& state, const Now& now) const {
    F week(0.0F);
    for (const F& area : state[Var::area_week]) week += area;
    const F spread = trend_noise_(state) * lanes::max(lanes::abs(week), F(10.0F));
    for (std::size_t a = 0; a < actors_; ++a) {
      F& trend = state.at(Var::believed_trend, a);
      const F seen = week + spread * noise(now, Stream("own_view"), now.model.actor_key(a));
      trend = state.held(Var::believed_trend, trend + F(0.15F) * (seen - trend));
    }
  }

  /// Acts as they were meant, and as a foe reads the defensive ones among them.
  void readings(State& state) const {
    auto read = state[Var::perceived_act];
    const auto meant = std::as_const(state)[Var::last_act];
    for (std::size_t i = 0; i < read.size(); ++i) read[i] = meant[i];
    const F worse = misreading_(state) * theory_.at(state).second;
    for (const Misreading& m : misread_) {
      const F hostile = lanes::clamp(-state.at(Var::tension, m.pair) * F(0.1F), F(0.0F), F(1.0F));
      const F talk = F(1.0F) - F(0.5F) * lanes::one_if(state.at(Var::talks, m.pair) >= F(0.5F));
      read[m.pair] -= worse * hostile * talk * state.at(Var::started, m.entry);
    }
  }

  /// Optimism: reverts slowly, wavers, and shrinks with each surprise of the
  /// front.
  void hopes(State& state, const Now& now) const {
    F week(0.0F);
    for (const F& area : state[Var::area_week]) week += area;
    for (std::size_t side = 0; side < 2; ++side) {
      F& hope = state.at(Var::optimism, optimism_[side].index);
      const std::size_t lead = optimism_[side].from;
      const F surprise = lanes::abs(week - state.at(Var::believed_trend, lead)) / F(100.0F);
      const F rest = F(0.5F) * rest_(state);
      const F z = noise(now, Stream("optimism"), optimism_[side].key);
      const F learned = surprise_(state) * lanes::min(surprise, F(3.0F)) *
                        lanes::one_if(fighting(state)) * lanes::max(hope, F(0.0F));
      hope = state.held(Var::optimism, rest + F(0.985F) * (hope - rest) + F(0.012F) * z - learned);
    }
  }

  /// Chance that the actor's side prevails: balance of forces, trend, aid,
  /// optimism (docs/models/talks.md).
  void chances(State& state, std::size_t a) const {
    const std::size_t side = side_[a] >= 0 ? static_cast<std::size_t>(side_[a]) : 1;
    const std::size_t own = optimism_[side].from;
    const std::size_t foe = optimism_[side].to;
    const F ours = state.at(Var::believed_force, a * actors_ + own) + guests(state, a, side);
    const F theirs = state.at(Var::believed_force, a * actors_ + foe) + guests(state, a, 1 - side);
    const F balance = lanes::log(lanes::max(ours, F(1.0F)) / lanes::max(theirs, F(1.0F)));
    const float sign = side == 0 ? 1.0F : -1.0F;
    const F trend =
        F(sign) * lanes::clamp(state.at(Var::believed_trend, a) / F(300.0F), F(-1.5F), F(1.5F));
    const F aid = cover(state, own) - cover(state, foe);
    const F x = F(1.2F) * balance + F(0.8F) * trend + aid_cover_(state) * aid;
    const F hope = a == own ? state.at(Var::optimism, optimism_[side].index) : F(0.0F);
    const F p = lanes::logistic(lanes::clamp(x, F(-6.0F), F(6.0F))) + hope;
    state.at(Var::believed_win, a) = lanes::clamp(p, F(0.01F), F(0.99F));
  }
  F guests(const State& state, std::size_t a, std::size_t side) const {
    F men(0.0F);
    for (const std::uint32_t c : guests_[side]) {
      const std::size_t i = a * contingents_ + c;
      men += lanes::logistic(state.at(Var::believed_presence, i)) *
             lanes::exp(lanes::clamp(state.at(Var::believed_strength, i), F(-8.0F), F(5.0F)));
    }
    return men;
  }
  /// Aid against what the war costs, 0-1.
  static F cover(const State& state, std::size_t a) {
    const F aid = state.at(Var::aid_received, a);
    return aid / (aid + F(1.0F));
  }

  struct Seen {
    Pair pair;
    float hostile;
    bool own;
  };
  TypeRecord record_;
  std::size_t actors_, contingents_;
  std::vector<Seen> forces_;
  std::vector<Misreading> misread_;
  std::vector<int> side_;
  std::array<Pair, 2> optimism_{};
  std::array<std::vector<std::uint32_t>, 2> guests_;
  KnobRef eta_{"beliefs.conservatism"}, stale_{"beliefs.stale"}, arrival_{"beliefs.arrival"},
      trend_noise_{"beliefs.trend_noise"}, force_noise_{"beliefs.force_noise"},
      enemy_dead_{"beliefs.enemy_dead"}, rest_{"beliefs.optimism_rest"},
      surprise_{"beliefs.surprise"}, misreading_{"beliefs.misreading"},
      aid_cover_{"beliefs.aid_cover"}, hawkish_{"beliefs.hawk_reading"};
  SpiralTheory theory_;
};

}  // namespace

std::unique_ptr<Process> make_beliefs(const Model& model) {
  return std::make_unique<Beliefs>(model);
}

void step_beliefs(const Process& beliefs, State& state, const Now& now) {
  static_cast<const Beliefs&>(beliefs).step(state, now);
}

}  // namespace casus::world
