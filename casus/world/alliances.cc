// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/alliances.h"

#include <algorithm>
#include <vector>

#include "casus/world/assent.h"

namespace casus::world {
namespace {

/// Entries of `action` by `actor` toward `target`.
std::vector<std::uint32_t> entries_between(const Model& model, Action action, std::size_t actor,
                                           std::size_t target) {
  std::vector<std::uint32_t> out;
  for (const std::uint32_t e : model.entries_of(action)) {
    const Entry& entry = model.entries()[e];
    if (entry.actor == actor && entry.target && *entry.target == target) out.push_back(e);
  }
  return out;
}

F strongest(const State& state, const std::vector<std::uint32_t>& entries, Var v) {
  F most(0.0F);
  for (const std::uint32_t e : entries) most = lanes::max(most, state.at(v, e));
  return most;
}

/// A donor whose legislature votes its aid.
struct House {
  std::size_t actor;
  float threshold, term;  ///< seats needed; weeks a vote gives
};

struct Flow {
  Pair pair;                                          ///< donor to recipient
  int side = -1;                                      ///< that the recipient fights on
  bool voted = false;                                 ///< the donor's legislature votes it
  std::vector<std::uint32_t> cuts, gifts;             ///< cut_aid, economic_aid
  std::vector<std::uint32_t> consults;                ///< consult_allies by or with the donor
  std::vector<std::pair<std::size_t, float>> others;  ///< other donors and their shares at first
  std::vector<std::uint32_t> enemy_help;  ///< deploy_contingent, send_arms for the other side
};

constexpr float vote_ahead = 26.0F;  ///< weeks before the end from which aid is voted anew
constexpr float joint = 0.3F;        ///< consultation multiplies the odds of joint acts by 1.3
constexpr float withheld = 1.0F;     ///< of the intelligence still held back that sharing adds
constexpr float own_eyes = 0.5F;     ///< that more collection adds to one's own knowledge

bool votes_aid(const Model& model, std::size_t actor) {
  const auto& house = model.given().actors[actor].legislature;
  return house && house->asked(Action::economic_aid);
}

class Aid final : public Process {
 public:
  explicit Aid(const Model& model) : actors_(model.shape().actors) {
    const auto add = [&](std::size_t from, std::size_t to) {
      const Pair pair = pair_of(model, from, to);
      const bool have =
          std::ranges::any_of(flows_, [&](const Flow& f) { return f.pair.index == pair.index; });
      if (have) return;
      Flow flow;
      flow.pair = pair;
      flow.side = model.side_of(to);
      flow.voted = votes_aid(model, from);
      flow.cuts = entries_between(model, Action::cut_aid, from, to);
      flow.gifts = entries_between(model, Action::economic_aid, from, to);
      for (const Action action : {Action::deploy_contingent, Action::send_arms}) {
        for (const std::uint32_t e : model.entries_of(action)) {
          const Entry& entry = model.entries()[e];
          const bool other =
              entry.target && flow.side >= 0 && model.side_of(*entry.target) == 1 - flow.side;
          // What runs already is answered already.
          const bool runs = action == Action::send_arms && other &&
                            std::ranges::any_of(model.given().flows, [&](const auto& f) {
                              return f.from == entry.actor && f.to == *entry.target;
                            });
          if (runs) continue;
          if (other) flow.enemy_help.push_back(e);
        }
      }
      for (const std::uint32_t e : model.entries_of(Action::consult_allies)) {
        const Entry& entry = model.entries()[e];
        if (entry.actor == from || entry.target == from) flow.consults.push_back(e);
      }
      double all = 0.0;
      for (const auto& a : model.given().aid) all += a.to == to ? a.usd.prior.median() : 0.0;
      for (const auto& a : model.given().aid) {
        if (a.to != to || a.from == from || all <= 0.0) continue;
        flow.others.emplace_back(a.from.index, static_cast<float>(a.usd.prior.median() / all));
      }
      flows_.push_back(std::move(flow));
    };
    for (std::size_t a = 0; a < actors_; ++a) {
      if (!votes_aid(model, a)) continue;
      const auto& house = *model.given().actors[a].legislature;
      houses_.push_back({a, static_cast<float>(house.threshold), static_cast<float>(house.term)});
    }
    for (const auto& aid : model.given().aid) add(aid.from, aid.to);
    for (const Action action : {Action::economic_aid, Action::cut_aid}) {
      for (const std::uint32_t e : model.entries_of(action)) {
        const Entry& entry = model.entries()[e];
        if (entry.target) add(entry.actor, *entry.target);
      }
    }
  }
  [[nodiscard]] std::string_view name() const override { return "aid"; }
  [[nodiscard]] std::span<const Var> reads() const override {
    static constexpr Var vars[] = {Var::aid_rate,     Var::aid_base,     Var::aid_pipe_1,
                                   Var::aid_pipe_2,   Var::aid_pipe_3,   Var::aid_total,
                                   Var::aid_leader,   Var::lame_duck,    Var::support,
                                   Var::rally,        Var::fiscal_room,  Var::believed_trend,
                                   Var::started,      Var::active,       Var::gdp,
                                   Var::spent,        Var::intelligence, Var::end_state,
                                   Var::trust_broken, Var::trust_kept,   Var::guarantee_credibility,
                                   Var::honour,       Var::vote_share,   Var::mandate,
                                   Var::ruler_tie,    Var::knob};
    return vars;
  }
  [[nodiscard]] std::span<const Var> writes() const override {
    static constexpr Var vars[] = {Var::aid_rate,
                                   Var::aid_base,
                                   Var::aid_pipe_1,
                                   Var::aid_pipe_2,
                                   Var::aid_pipe_3,
                                   Var::aid_total,
                                   Var::aid_received,
                                   Var::spent,
                                   Var::intelligence,
                                   Var::trust_broken,
                                   Var::trust_kept,
                                   Var::range_permission,
                                   Var::guarantee_credibility,
                                   Var::honour,
                                   Var::mandate};
    return vars;
  }

  void step(State& state, const Now& now) const override {
    if (now.week == 0) anchor(state);
    for (F& x : state[Var::aid_received]) x = F(0.0F);
    for (const House& house : houses_) vote(state, now, house);
    for (const Flow& flow : flows_) {
      deliver(state, flow);  // what was decided before this week moves first: no
                             // effect at once
      decide(state, now, flow);
    }
    share(state, now);
  }

 private:
  /// What was voted runs out; from half a year before votes come about until one passes.
  void vote(State& state, const Now& now, const House& house) const {
    F& mandate = state.at(Var::mandate, house.actor);
    mandate = lanes::max(mandate - F(1.0F), F(0.0F));
    const M open = mandate <= F(vote_ahead);
    if (!lanes::any(open)) return;
    const auto& draws = now.draws;
    const auto key = now.model.actor_key(house.actor);
    const auto week = static_cast<std::uint32_t>(now.week);
    const M sits = open & (draws.uniform(Stream("vote_day"), week, key) < F(1.0F) / wait_(state));
    const F u = draws.uniform(Stream("vote"), week, key);
    const M passes = sits & (u < assent_(state, house.actor, house.threshold));
    mandate = state.held(Var::mandate, select(passes, mandate + F(house.term), mandate));
    now.tell(passes, "vote_passed", house.actor, house.actor, F(house.term), "vote");
    now.tell(sits & !passes, "vote_failed", house.actor, house.actor, u, "vote");
  }

  /// ln a* without the donor's willingness, and what hangs on acts of this
  /// week.
  F drivers(const State& state, const Flow& flow) const {
    F help(0.0F);
    for (const std::uint32_t e : flow.enemy_help) help += state.at(Var::active, e);
    return need_(state) * need(state, flow) +
           support_(state) * shown_support(state, flow.pair.from) +
           matching_(state) * lanes::min(help, F(1.5F)) *
               (F(1.0F) + F(joint) * strongest(state, flow.consults, Var::active)) +
           tie_(state) * state.at(Var::ruler_tie, flow.pair.index) +
           follow_(state) * turned(state, flow);
  }
  /// ln of how far the other donors' leaders turned away, by weight of what they gave at first:
  /// their aid is followed or made up for.
  static F turned(const State& state, const Flow& flow) {
    F sum(0.0F);
    for (const auto& [donor, share] : flow.others) {
      const F lead = lanes::clamp(state.at(Var::aid_leader, donor), F(0.05F), F(1.0F));
      sum += F(share) * lanes::log(lead);
    }
    return sum;
  }

  /// 0-1: shortfall of money and of the front, as the donor believes.
  F need(const State& state, const Flow& flow) const {
    const F poor = poverty(state, flow);
    if (flow.side < 0) return poor;
    const float sign = flow.side == 1 ? 1.0F : -1.0F;  // the trend counts side 0's gains
    const F trend = F(sign) * state.at(Var::believed_trend, flow.pair.from) / F(100.0F);
    const F losing = lanes::logistic(lanes::clamp(trend, F(-3.0F), F(3.0F)));
    return (F(0.5F) * poor + F(0.5F) * losing) * select(fighting(state), F(1.0F), F(0.6F));
  }

  /// 0-1: how short of money the recipient is; who has room is given less.
  static F poverty(const State& state, const Flow& flow) {
    return lanes::exp(-state.at(Var::fiscal_room, flow.pair.to) / F(4.0F));
  }

  void anchor(State& state) const {
    for (const Flow& flow : flows_) {
      const F rate = state.at(Var::aid_rate, flow.pair.index);
      F& base = state.at(Var::aid_base, flow.pair.index);
      const F x = lanes::log(lanes::max(rate, F(1.0e-9F))) - drivers(state, flow);
      base = state.held(Var::aid_base, x);
      const F stage = rate * pipeline_(state) / F(3.0F);
      for (const Var v : {Var::aid_pipe_1, Var::aid_pipe_2, Var::aid_pipe_3}) {
        F& pipe = state.at(v, flow.pair.index);
        pipe = select(pipe > F(0.0F), pipe, lanes::min(stage, F(300.0F)));
      }
    }
  }

  void deliver(State& state, const Flow& flow) const {
    const F speed = lanes::min(F(3.0F) / pipeline_(state), F(1.0F));
    F& one = state.at(Var::aid_pipe_1, flow.pair.index);
    F& two = state.at(Var::aid_pipe_2, flow.pair.index);
    F& three = state.at(Var::aid_pipe_3, flow.pair.index);
    const F arrives = three * speed;
    const F to_three = two * speed;
    const F to_two = one * speed;
    three = three - arrives + to_three;
    two = two - to_three + to_two;
    one = one - to_two + state.at(Var::aid_rate, flow.pair.index);
    F& got = state.at(Var::aid_received, flow.pair.to);
    got = state.held(Var::aid_received, got + arrives);
    F& total = state.at(Var::aid_total, flow.pair.to);
    total = state.held(Var::aid_total, total + arrives);
    state.at(Var::spent, flow.pair.from) += state.at(Var::aid_rate, flow.pair.index);
  }

  void decide(State& state, const Now& now, const Flow& flow) const {
    const std::size_t donor = flow.pair.from;
    const F years = F(static_cast<float>(now.week) / 52.0F);
    const F gift = economic_(state) * poverty(state, flow) *
                   strongest(state, flow.gifts, Var::active) * state.at(Var::gdp, donor) /
                   (state.at(Var::gdp, donor) + F(5000.0F));
    const F cut = F(1.0F) - (F(1.0F) - cut_(state)) * strongest(state, flow.cuts, Var::active);
    const F duck = select(state.at(Var::lame_duck, donor) > F(0.5F), lame_duck_(state), F(1.0F));
    const F wish = lanes::exp(lanes::clamp(state.at(Var::aid_base, flow.pair.index) +
                                               drivers(state, flow) - fatigue_(state) * years,
                                           F(-30.0F), F(3.0F))) *
                   state.at(Var::aid_leader, donor) * duck * cut * voted(state, flow);
    // No donor gives more than 3 % of its output a year.
    const F most = lanes::min(state.at(Var::gdp, donor) * F(0.03F / 52.0F), F(10.0F));
    F& rate = state.at(Var::aid_rate, flow.pair.index);
    // Cuts bite at once, new promises grow over tau_a.
    const F goal = lanes::min(wish + gift, most);
    const M turned_away = (state.at(Var::aid_leader, donor) < F(0.999F)) & (goal < rate);
    const M cuts_now = (strongest(state, flow.cuts, Var::started) > F(0.0F)) | turned_away;
    rate = state.held(Var::aid_rate, select(cuts_now, lanes::min(goal, rate),
                                            rate + (goal - rate) / adjust_(state)));
    now.tell_seldom(rate > F(0.005F), "aid_flows", donor, flow.pair.to, rate, "need");
    broken_promise(state, flow, strongest(state, flow.cuts, Var::started));
  }

  /// What is left of aid while a donor's legislature has voted nothing.
  F voted(const State& state, const Flow& flow) const {
    if (!flow.voted) return F(1.0F);
    return select(state.at(Var::mandate, flow.pair.from) > F(0.0F), F(1.0F), lapse_(state));
  }

  void broken_promise(State& state, const Flow& flow, F cut) const {
    const std::size_t back = flow.pair.to * actors_ + flow.pair.from;  // recipient of donor
    F& broken = state.at(Var::trust_broken, back);
    broken = state.held(Var::trust_broken, broken + cut);
    F& kept = state.at(Var::trust_kept, back);
    const F delivers = lanes::one_if(state.at(Var::aid_rate, flow.pair.index) > F(0.001F));
    kept = state.held(Var::trust_kept, kept + F(0.02F) * delivers);
    F& faith = state.at(Var::guarantee_credibility, flow.pair.to);
    faith = state.held(Var::guarantee_credibility, faith - F(0.1F) * cut);
    F& honour = state.at(Var::honour, flow.pair.from);
    honour = state.held(Var::honour, honour - F(0.1F) * cut);
  }

  /// Intelligence shared by friends, permissions for long range.
  void share(State& state, const Now& now) const {
    const Model& model = now.model;
    for (std::size_t a = 0; a < actors_; ++a) {
      F base(0.0F);
      for (const Flow& flow : flows_) {
        if (flow.pair.to != a) continue;
        const auto& donor = model.given().actors[flow.pair.from];
        if (!donor.has(casefile::Role::great_power)) continue;
        const F will = lanes::min(state.at(Var::aid_leader, flow.pair.from) + F(0.3F), F(1.0F));
        base = lanes::max(base, F(0.6F * model.alignment(flow.pair.from, a)) * will);
      }
      const F act = activity_on(state, model, Action::share_intelligence, a);
      F& known = state.at(Var::intelligence, a);
      const F own = F(own_eyes) * activity(state, model, Action::task_collection, a);
      const F goal = lanes::max(base + F(withheld) * act * (F(1.0F) - base), own);
      known += (lanes::min(goal, F(1.0F)) - known) / F(6.0F);
      // Only who lives on the arms of others needs their leave.
      const bool lives_on_aid = std::ranges::any_of(
          model.given().aid, [&](const auto& aid) { return aid.to == a && model.side_of(a) >= 0; });
      state.at(Var::range_permission, a) =
          lives_on_aid ? activity_on(state, model, Action::lift_range, a) : F(0.0F);
    }
  }

  std::size_t actors_;
  std::vector<Flow> flows_;
  std::vector<House> houses_;
  Assent assent_;
  KnobRef tie_{"alliances.tie_aid"}, lapse_{"alliances.lapse"}, wait_{"alliances.vote_wait"};
  KnobRef need_{"alliances.need"}, support_{"alliances.support"}, fatigue_{"alliances.fatigue"},
      adjust_{"alliances.adjust"}, matching_{"alliances.matching"}, follow_{"alliances.follow"},
      pipeline_{"alliances.pipeline"}, lame_duck_{"alliances.lame_duck"}, cut_{"alliances.cut"},
      economic_{"alliances.economic"};
};

}  // namespace

std::unique_ptr<Process> make_aid(const Model& model) { return std::make_unique<Aid>(model); }

void step_aid(const Process& aid, State& state, const Now& now) {
  static_cast<const Aid&>(aid).step(state, now);
}

}  // namespace casus::world
