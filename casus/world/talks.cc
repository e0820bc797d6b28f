// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/talks.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "casus/world/bargain.h"
#include "casus/world/law.h"
#include "casus/world/terms.h"

namespace casus::world {
namespace {

constexpr float no_envoys = 0.3F;  ///< of the rates up, lost while envoys are expelled
constexpr float witnessed = 0.5F;  ///< promises that a summit with observers counts for

/// Two actors that may talk, and what each does about it.
struct Table {
  Pair forth, back;
  bool leads = false;
  std::vector<std::uint32_t> channels, offers, summits, truces, expulsions;
};

class TalksProcess final : public Process {
 public:
  explicit TalksProcess(const Model& model)
      : bargain_(model), terms_(model), actors_(model.shape().actors) {
    if (model.has_war()) {
      table_of(model, model.lead(0), model.lead(1)).leads = true;
      vetoes_ = outside_powers(model);
    }
    for (const auto& start : model.given().talks) table_of(model, start.a, start.b);
    const auto gather = [&](Action action, std::vector<std::uint32_t> Table::*list) {
      for (const std::uint32_t e : model.entries_of(action)) {
        const Entry& entry = model.entries()[e];
        if (entry.target) (table_of(model, entry.actor, *entry.target).*list).push_back(e);
      }
    };
    gather(Action::back_channel, &Table::channels);
    gather(Action::offer_talks, &Table::offers);
    gather(Action::summit, &Table::summits);
    gather(Action::local_truce, &Table::truces);
    for (const std::uint32_t e : model.entries_of(Action::expel_envoys)) {
      const Entry& entry = model.entries()[e];
      if (!entry.target) continue;
      for (Table& t : tables_) {
        const bool between = (t.forth.from == entry.actor && t.forth.to == *entry.target) ||
                             (t.forth.to == entry.actor && t.forth.from == *entry.target);
        if (between) t.expulsions.push_back(e);
      }
    }
    if (!model.has_war()) return;
    for (const std::uint32_t e : model.entries_of(Action::offer_talks)) {
      const Entry& entry = model.entries()[e];
      const bool third = model.side_of(entry.actor) < 0 && entry.target &&
                         (*entry.target == model.lead(0) || *entry.target == model.lead(1));
      if (third) third_offers_.push_back(e);  // a third party brings the leads nearer the table
    }
    for (std::size_t a = 0; a < actors_; ++a) {
      const int side = sympathy(model, a);
      const bool great = model.given().actors[a].has(casefile::Role::great_power);
      if (model.side_of(a) >= 0 || side < 0 || !great) continue;
      sponsors_.push_back(a * actors_ + model.lead(static_cast<std::size_t>(1 - side)));
    }
    for (const std::uint32_t e : model.entries_of(Action::cut_aid)) {
      const auto& target = model.entries()[e].target;
      if (target && (*target == model.lead(0) || *target == model.lead(1))) cuts_.push_back(e);
    }
    for (const std::uint32_t e : model.entries_of(Action::mediate)) mediators_.push_back(e);
    for (const std::uint32_t e : model.entries_of(Action::sign_settlement)) signers_.push_back(e);
    for (const std::uint32_t e : model.entries_of(Action::table_package)) {
      if (model.entries()[e].package) tabled_.push_back(e);
    }
  }
  [[nodiscard]] std::string_view name() const override { return "talks"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::talks,
                                   Var::trust_kept,
                                   Var::trust_broken,
                                   Var::started,
                                   Var::active,
                                   Var::end_state,
                                   Var::table_package,
                                   Var::settled_package,
                                   Var::believed_trend,
                                   Var::believed_win,
                                   Var::pressure,
                                   Var::support,
                                   Var::rally,
                                   Var::chip,
                                   Var::gdp,
                                   Var::aid_received,
                                   Var::guarantee_credibility,
                                   Var::guarantee_level,
                                   Var::sanction,
                                   Var::withdrawing,
                                   Var::new_leader,
                                   Var::tension_base,
                                   Var::aid_leader,
                                   Var::ceasefire_age,
                                   Var::ordered,
                                   Var::men,
                                   Var::frontage,
                                   Var::area_shift,
                                   Var::force,
                                   Var::force_plan,
                                   Var::force_limit,
                                   Var::stock,
                                   Var::stock_limit,
                                   Var::captured,
                                   Var::breach,
                                   Var::rung_state,
                                   Var::entered,
                                   Var::expected_success,
                                   Var::regime_security,
                                   Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::talks,
                                   Var::trust_kept,
                                   Var::trust_broken,
                                   Var::end_state,
                                   Var::table_package,
                                   Var::settled_package,
                                   Var::guarantee_level,
                                   Var::sanction,
                                   Var::withdrawing,
                                   Var::tension_base,
                                   Var::chip,
                                   Var::ceasefire_age,
                                   Var::guarantee_credibility,
                                   Var::area_shift,
                                   Var::handed_over,
                                   Var::fort,
                                   Var::force,
                                   Var::force_limit,
                                   Var::manpower_pool,
                                   Var::troops,
                                   Var::stock,
                                   Var::stock_limit,
                                   Var::captured,
                                   Var::breach,
                                   Var::tension};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    for (const Table& table : tables_) ladder(state, now, table);
    if (!now.model.has_war()) return;
    terms_.step(state, now);
    for (const std::uint32_t e : tabled_) put_on_table(state, now, e);
    const Table& leads = tables_.front();
    const M ready = (state.at(Var::talks, leads.forth.index) > F(1.5F)) & fighting(state);
    if (lanes::any(ready)) negotiate(state, now, leads, ready);
  }

 private:
  Table& table_of(const Model& model, std::size_t a, std::size_t b) {
    for (Table& t : tables_) {
      if ((t.forth.from == a && t.forth.to == b) || (t.forth.from == b && t.forth.to == a))
        return t;
    }
    const bool first = model.actor_key(a) < model.actor_key(b);
    Table fresh;
    fresh.forth = pair_of(model, first ? a : b, first ? b : a);
    fresh.back = pair_of(model, first ? b : a, first ? a : b);
    tables_.push_back(std::move(fresh));
    return tables_.back();
  }

  /// Where an actor would talk: a seat that somebody else holds does where it calls the other.
  M willing(const State& state, const Now& now, const Table& t, std::size_t who) const {
    M says = now.answers_for(who);
    for (const auto* calls : {&t.channels, &t.offers, &t.summits}) {
      for (const std::uint32_t e : *calls) {
        if (now.model.entries()[e].actor == who)
          says = says | (state.at(Var::ordered, e) > F(0.0F));
      }
    }
    return says;
  }
  /// Likewise where it would sign: its order to sign stands.
  M would_sign(const State& state, const Now& now, std::size_t who) const {
    M says = now.answers_for(who);
    for (const std::uint32_t e : signers_) {
      if (now.model.entries()[e].actor == who) says = says | (state.at(Var::ordered, e) > F(0.0F));
    }
    return says;
  }

  F trust_between(const State& state, const Table& t) const {
    return F(0.5F) * (trust_share(state, t.forth.index) + trust_share(state, t.back.index));
  }
  static F most(const State& state, const std::vector<std::uint32_t>& entries, Var v) {
    F value(0.0F);
    for (const std::uint32_t e : entries) value = lanes::max(value, state.at(v, e));
    return value;
  }

  /// A great power that talks with the lead it stands against: formally, or at a summit.
  F sponsored(const State& state) const {
    F pull(0.0F);
    for (const std::size_t i : sponsors_) {
      const F level = state.at(Var::talks, i);
      pull = lanes::max(
          pull, select(level > F(2.5F), F(0.8F), select(level > F(1.5F), F(0.35F), F(0.0F))));
    }
    return pull;
  }

  /// Stalemate, pain and a way out, standardised (ripeness).
  F ripeness(const State& state, const Table& t) const {
    const F trend = lanes::abs(state.at(Var::believed_trend, t.forth.from) +
                               state.at(Var::believed_trend, t.forth.to)) *
                    F(0.5F);
    const F stalemate = F(1.0F) - lanes::min(trend / F(150.0F), F(1.0F));
    F pain(0.0F);
    for (const std::size_t a : {t.forth.from, t.forth.to}) {
      pain += F(0.25F) * (state.at(Var::pressure, a) + F(1.0F) - shown_support(state, a));
    }
    const F way_out = lanes::one_if(state.at(Var::table_package, 0) >= F(0.0F));
    return F(0.8F) * (F(2.0F) * stalemate - F(1.0F)) + F(0.6F) * (F(2.0F) * pain - F(1.0F)) +
           F(0.5F) * (F(2.0F) * way_out - F(1.0F));
  }

  void ladder(State& state, const Now& now, const Table& t) const {
    F& level = state.at(Var::talks, t.forth.index);
    const F trust = F(2.0F) * trust_between(state, t);
    F climb(0.0F);
    F mood(1.0F);
    if (t.leads) {
      const F ripe = lanes::clamp(ripeness(state, t), F(-2.0F), F(2.0F));
      const F others =
          lanes::max(F(0.3F) * most(state, third_offers_, Var::active), sponsored(state));
      const F offer = lanes::max(most(state, t.offers, Var::active), others);
      mood = wariness_(state) * lanes::exp(ripe);
      const F push =
          (F(1.0F) + (mediator_(state) - F(1.0F)) * most(state, mediators_, Var::active)) *
          (F(1.0F) + (offer_(state) - F(1.0F)) * offer);
      climb = mood * trust * push *
              (F(1.0F) + (cut_off_(state) - F(1.0F)) * most(state, cuts_, Var::active));
    } else {
      climb = F(2.0F) * trust * most(state, t.offers, Var::active);
    }
    const M at0 = level < F(0.5F);
    const M at1 = (level >= F(0.5F)) & (level < F(1.5F));
    const M at2 = (level >= F(1.5F)) & (level < F(2.5F));
    // Without envoys every step up is harder.
    climb *= F(1.0F) - F(no_envoys) * most(state, t.expulsions, Var::active);
    const F up = climb * select(at0, up_[0](state), select(at1, up_[1](state), up_[2](state)));
    const F down = select(at1, down_[0](state), select(at2, down_[1](state), down_[2](state)));
    const M may = (up > F(0.0F)) | !at0;
    const F u = lanes::any(may) ? chance(now, Stream("ladder"), t.forth.key) : F(1.0F);
    M rises = (u < lanes::min(up, F(0.9F))) & (level < F(2.5F));
    if (!now.seated.empty()) {
      rises = rises & willing(state, now, t, t.forth.from) & willing(state, now, t, t.forth.to);
    }
    const M falls = (u > F(1.0F) - down) & !at0;
    F next = level + lanes::one_if(rises) - lanes::one_if(falls & !rises);
    next = open(state, now, t, next, mood);
    if (now.log != nullptr && t.leads) {
      const F help = F(1.0F) + (mediator_(state) - F(1.0F)) * most(state, mediators_, Var::active);
      const M alone = u < lanes::min(up / help, F(0.9F));
      now.tell(rises & !alone, "mediated", t.forth.from, t.forth.to, next, "mediate");
    }
    const M up_now = next > level;
    const M down_now = next < level;
    now.tell(up_now, "talks_up", t.forth.from, t.forth.to, next, "ladder");
    if (t.leads) observe(state, now, t, up_now & (next > F(2.5F)));
    now.tell(down_now, "talks_down", t.forth.from, t.forth.to, next, "ladder");
    level = next;
    state.at(Var::talks, t.back.index) = level;
    keep_promises(state, now, t);
  }

  /// Who meets before observers is held to what was said.
  void observe(State& state, const Now& now, const Table& t, M meets) const {
    const M seen = meets & (most(state, mediators_, Var::active) > F(0.0F));
    if (!lanes::any(seen)) return;
    for (const std::size_t i : {t.forth.index, t.back.index}) {
      F& kept = state.at(Var::trust_kept, i);
      kept = state.held(Var::trust_kept, kept + select(seen, F(witnessed), F(0.0F)));
    }
    now.tell(seen, "summit_observed", t.forth.from, t.forth.to, F(3.0F), "mediate");
  }

  /// Acts of the two that open a channel or bring a summit, if they are answered; enemies at war
  /// answer as ripe as they are (`mood`).
  F open(const State& state, const Now& now, const Table& t, F level, F mood) const {
    const F answers = lanes::min(
        answer_(state) * mood * lanes::min(F(2.0F) * trust_between(state, t), F(1.6F)), F(0.95F));
    const auto answered = [&](const std::vector<std::uint32_t>& acts, F to) {
      for (const std::uint32_t e : acts) {
        const F size = state.at(Var::started, e);
        if (!lanes::any(size > F(0.0F))) continue;
        const F u = chance(now, Stream("answer"), fold(now.model.entries()[e].key));
        const M yes = (size > F(0.0F)) & (u < answers * (F(0.5F) + F(0.5F) * size)) &
                      willing(state, now, t, *now.model.entries()[e].target);
        level = select(yes, lanes::max(level, to), level);
      }
    };
    answered(t.channels, F(1.0F));
    answered(t.offers, F(2.0F));
    answered(t.summits, F(3.0F));
    return level;
  }

  void keep_promises(State& state, const Now& now, const Table& t) const {
    const F talking = lanes::one_if(state.at(Var::talks, t.forth.index) >= F(0.5F));
    F truce(0.0F);
    for (const std::uint32_t e : t.truces) truce = lanes::max(truce, state.at(Var::started, e));
    const M holds =
        happens(now, Stream("truce"), t.forth.key, select(truce > F(0.0F), F(0.8F), F(0.0F)));
    for (const std::size_t i : {t.forth.index, t.back.index}) {
      F& kept = state.at(Var::trust_kept, i);
      F& broken = state.at(Var::trust_broken, i);
      kept = state.held(Var::trust_kept, kept + F(0.02F) * talking + select(holds, truce, F(0.0F)));
      broken = state.held(Var::trust_broken, broken + select(holds, F(0.0F), truce));
    }
    now.tell((truce > F(0.0F)) & holds, "truce_holds", t.forth.from, t.forth.to, truce, "act");
    now.tell((truce > F(0.0F)) & !holds, "truce_broken", t.forth.from, t.forth.to, truce, "draw");
  }

  void put_on_table(State& state, const Now& now, std::uint32_t e) const {
    const Entry& entry = now.model.entries()[e];
    const M puts = (state.at(Var::started, e) > F(0.0F)) & fighting(state);
    F& table = state.at(Var::table_package, 0);
    table = select(puts, F(static_cast<float>(*entry.package)), table);
    now.tell(puts, "package_tabled", entry.actor, entry.target.value_or(entry.actor), table, "act");
  }

  void negotiate(State& state, const Now& now, const Table& leads, M ready) const {
    const Stakes stakes = bargain_.stakes(state, now);
    const Chosen chosen =
        nash_choice(stakes, now.model.packages(), state.at(Var::table_package, 0));
    const F root = lanes::sqrt(chosen.product);
    F p = sign_(state) * lanes::logistic((root - F(0.02F)) / F(0.02F));
    p = p * (F(1.0F) + F(0.5F) * lanes::one_if(state.at(Var::talks, leads.forth.index) > F(2.5F)));
    p = p * (F(1.0F) + F(0.5F) * most(state, signers_, Var::active));
    const M focal = (chosen.index == state.at(Var::table_package, 0)) & (chosen.index >= F(0.0F));
    p = p * select(focal, F(1.5F), F(1.0F));
    const F u = chance(now, Stream("signature"), leads.forth.key);
    const M would = ready & (chosen.product > F(0.0F)) & would_sign(state, now, leads.forth.from) &
                    would_sign(state, now, leads.forth.to);
    const F protection = guarantee_of(state, now.model, chosen.index);
    for (const OutsidePower& veto : vetoes_) {
      const F before = p;
      const F surplus = outside_surplus(veto, state, stakes, chosen.value, protection);
      const F consent = lanes::logistic(surplus / veto_(state));
      p = p * select(now.answers_for(veto.actor), consent, F(1.0F));  // nobody vetoes for a seat
      const M stops = would & (u < lanes::min(before, F(0.9F))) & (u >= lanes::min(p, F(0.9F)));
      now.tell(stops, "vetoed", veto.actor, leads.forth.from, p / lanes::max(before, F(1e-6F)),
               "consent");
    }
    if (now.log != nullptr) tell_fear(state, now, stakes, ready & (chosen.product <= F(0.0F)));
    const M signs = would & (u < lanes::min(p, F(0.9F)));
    if (lanes::any(signs)) conclude(state, now, leads, signs, chosen);
  }

  /// Would there be a bargain if nobody feared what the other does once it is stronger?
  void tell_fear(const State& state, const Now& now, Stakes stakes, M without) const {
    stakes.fear = {};
    const Chosen calm = nash_choice(stakes, now.model.packages(), F(-1.0F));
    const M rises = rearming(state, now.model).side_0_rises;
    const M blocked = without & (calm.product > F(0.0F));
    const std::size_t a = now.model.lead(0);
    const std::size_t b = now.model.lead(1);
    now.tell_seldom(blocked & rises, "fear_blocks", b, a, lanes::sqrt(calm.product), "commitment");
    now.tell_seldom(blocked & !rises, "fear_blocks", a, b, lanes::sqrt(calm.product), "commitment");
  }

  /// Guarantee level of a package by its index, 0-1; 0 for none.
  F guarantee_of(const State& state, const Model& model, F index) const {
    F level(0.0F);
    const auto packages = model.packages();
    for (std::size_t i = 0; i < packages.size(); ++i) {
      if (packages[i].guarantee == casefile::Guarantee::none) continue;
      level = select(index == F(static_cast<float>(i)),
                     bargain_.protection(state, packages[i].guarantee), level);
    }
    return level;
  }

  void conclude(State& state, const Now& now, const Table& leads, M signs,
                const Chosen& chosen) const {
    const Model& model = now.model;
    const Clauses clauses = clauses_of(select(signs, chosen.index, F(-1.0F)), model.packages());
    const M truce = signs & (clauses.status < F(0.5F));
    F& end = state.at(Var::end_state, 0);
    end = select(truce, F(1.0F), select(signs, F(2.0F), end));
    F& age = state.at(Var::ceasefire_age, 0);
    age = select(signs, F(0.0F), age);
    F& settled = state.at(Var::settled_package, 0);
    settled = select(signs, chosen.index, settled);
    F& table = state.at(Var::table_package, 0);
    table = select(signs, F(-1.0F), table);
    terms_.sign(state, now, signs, clauses);
    F& guarantee = state.at(Var::guarantee_level, model.lead(1));
    guarantee =
        select(signs, lanes::max(guarantee, guarantee_of(state, model, chosen.index)), guarantee);
    F& faith = state.at(Var::guarantee_credibility, model.lead(1));
    faith = select(signs, bargain_.credence(state, model), faith);
    for (const std::size_t i : {leads.forth.index, leads.back.index}) {
      F& base = state.at(Var::tension_base, i);
      base = state.held(Var::tension_base, select(signs, base + F(3.0F), base));
      F& kept = state.at(Var::trust_kept, i);
      kept = state.held(Var::trust_kept, select(signs, kept + F(1.0F), kept));
    }
    now.tell(truce, "ceasefire", model.lead(0), model.lead(1), chosen.index, "nash_product");
    now.tell(signs & !truce, "package_signed", model.lead(0), model.lead(1), chosen.index,
             "nash_product");
  }

  Bargain bargain_;
  Terms terms_;
  std::size_t actors_;
  std::vector<Table> tables_;  ///< the leads' first
  std::vector<OutsidePower> vetoes_;
  std::vector<std::size_t> sponsors_;  ///< pairs of a great power and the lead it is against
  std::vector<std::uint32_t> third_offers_, mediators_, signers_, tabled_, cuts_;
  KnobRef up_[3] = {KnobRef("talks.up_back"), KnobRef("talks.up_formal"),
                    KnobRef("talks.up_summit")};
  KnobRef down_[3] = {KnobRef("talks.down_back"), KnobRef("talks.down_formal"),
                      KnobRef("talks.down_summit")};
  KnobRef wariness_{"talks.wariness"}, answer_{"talks.answer"}, mediator_{"talks.mediator"},
      offer_{"talks.offer"}, sign_{"talks.sign"}, veto_{"talks.veto"}, cut_off_{"talks.cut_off"};
};

}  // namespace

Rearming rearming(const State& state, const Model& model) {
  const auto means = [&](std::size_t side) {
    const std::size_t lead = model.lead(side);
    return lanes::max(state.at(Var::gdp, lead) + F(156.0F) * state.at(Var::aid_received, lead),
                      F(1.0F));
  };
  const F ratio = lanes::log(means(0) / means(1));
  const F x = lanes::min(lanes::abs(ratio) * F(0.3F), F(3.0F));
  const F wide = lanes::exp(F(2.0F) * x);
  return {F(0.5F) * (wide - F(1.0F)) / (wide + F(1.0F)), ratio > F(0.0F)};
}

std::unique_ptr<Process> make_talks(const Model& model) {
  return std::make_unique<TalksProcess>(model);
}

void step_talks(const Process& talks, State& state, const Now& now) {
  static_cast<const TalksProcess&>(talks).step(state, now);
}

}  // namespace casus::world
