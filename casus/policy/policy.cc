// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/policy.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "casus/base/error.h"
#include "casus/policy/assembly.h"
#include "casus/policy/choice.h"
#include "casus/policy/explain.h"
#include "casus/policy/prospect.h"

namespace casus::policy {
namespace {

using world::Var;

constexpr std::size_t wait_option = family_count;  ///< beside the eight families
constexpr float war_rungs = 7.0F;                  ///< rungs that are daily bread between enemies
constexpr std::array<std::uint32_t, family_count + 1> family_keys = {
    fold(key_of("words")),    fold(key_of("diplomacy")), fold(key_of("economic")),
    fold(key_of("material")), fold(key_of("posture")),   fold(key_of("covert")),
    fold(key_of("kinetic")),  fold(key_of("restraint")), fold(key_of("wait"))};
constexpr float calm_rungs = 3.0F;  ///< rungs that are daily bread between states

using Replies = std::array<std::array<float, feature_count>, family_count>;

/// Worth of the replies expected to each family by a rival of each type; 0 in the lanes of shallow
/// thinkers.
ReplyWorth worth_of_replies(std::span<const F> theta, F deep) {
  static const std::array<Replies, world::type_count> expected = {
      expected_replies(0), expected_replies(1), expected_replies(2)};
  ReplyWorth worth{};
  for (std::size_t f = 0; f < family_count; ++f) {
    for (std::size_t t = 0; t < world::type_count; ++t) {
      F sum = 0.0F;
      for (std::size_t k = 0; k < feature_count; ++k) {
        if (expected[t][f][k] != 0.0F) sum += theta[k] * F(expected[t][f][k]);
      }
      worth[f][t] = deep * sum;
    }
  }
  return worth;
}

/// What an actor's wants make of its menu: worked out anew only where a leader has changed them.
struct Weighed {
  std::array<F, feature_count> theta;
  F level;
  bool deep = false;  ///< in any lane
  ReplyWorth replies;
  std::vector<Worth> acts;

  void weigh(const View& view, const Menu& menu) {
    const auto wants = view.row(Var::theta, view.actor() * feature_count, feature_count);
    const F thinks = view.at(Var::level, view.actor());
    // NOLINTBEGIN(bugprone-suspicious-memory-comparison): another bit pattern is worked out again
    const bool same = !acts.empty() && std::memcmp(&thinks, &level, sizeof(F)) == 0 &&
                      std::memcmp(wants.data(), theta.data(), sizeof(theta)) == 0;
    // NOLINTEND(bugprone-suspicious-memory-comparison)
    if (same) return;
    std::ranges::copy(wants, theta.begin());
    level = thinks;
    const M deep_lanes = level > F(1.5F);
    deep = lanes::any(deep_lanes);
    if (deep) replies = worth_of_replies(theta, one_if(deep_lanes));
    acts.clear();
    for (std::size_t a = 0; a < menu.size(); ++a) acts.push_back(worth_of(menu[a], theta));
  }
};

/// Rungs above the usual, halved by a grave provocation or for a friend at war; a nuclear signal is
/// a sign, not yet an act, and counts a third.
F caution_over(const Alternative& act, const Outlook& o) {
  const bool enemy = act.target ? o.at_war[*act.target] : act.stake == Stake::attacking;
  const float usual = enemy ? war_rungs : calm_rungs;
  if (act.rung <= usual) return 0.0F;
  const float weight = act.action == Action::nuclear_signal ? 1.0F / 3.0F : 1.0F;
  F spur = act.target ? o.provocation[*act.target] : o.provoked;
  if (act.target && act.stake == Stake::helpful)
    spur = max(spur, o.fighting * o.kinship[*act.target]);
  return F(weight * (act.rung - usual)) * (F(1.0F) - F(0.5F) * spur);
}

}  // namespace

struct Policy::Knobs {
  std::array<std::uint32_t, 3> wait{};
  std::array<std::uint32_t, family_count> family{};
  std::uint32_t war_pace = 0, provoked = 0, in_kind = 0, caution = 0, nest = 0, votes = 0,
                voices = 0;

  Knobs() {
    for (std::size_t i = 0; i < 3; ++i) {
      const auto openness = casefile::name_of(static_cast<casefile::Openness>(i));
      wait[i] = world::knob_index("choice.wait_" + std::string(openness));
    }
    for (std::size_t f = 0; f < family_count; ++f) {
      family[f] = world::knob_index("choice." + std::string(name_of(static_cast<Family>(f))));
    }
    war_pace = world::knob_index("choice.war_pace");
    provoked = world::knob_index("choice.provoked");
    in_kind = world::knob_index("choice.in_kind");
    caution = world::knob_index("choice.caution");
    nest = world::knob_index("choice.nest");
    votes = world::knob_index("choice.votes");
    voices = world::knob_index("choice.voices");
  }
};

/// What one actor makes of its menu this week, and what lasts longer.
struct Desk::Papers {
  std::vector<Weighed> weighed;  ///< by actor
  Outlook outlook;
  std::vector<F> promise;
  std::vector<F> act;                        ///< scores in the order of the actor's Menu
  std::array<F, family_count + 1> family{};  ///< inclusive value and base rate; the last is "wait"
  F nest = 1.0F;
  Assembly::Room election;
};

Desk::Desk() : papers_(std::make_unique<Papers>()) {}
Desk::~Desk() = default;

Policy::Policy(const world::Model& model, const PolicyOptions& options)
    : model_(&model), knobs_(std::make_unique<Knobs>()) {
  const std::size_t n = model.shape().actors;
  for (std::size_t i = 0; i < n; ++i) {
    menus_.emplace_back(model, i, options.value);
    const bool collective = model.given().actors[i].kind == casefile::ActorKind::collective;
    assemblies_.push_back(collective ? std::make_unique<Assembly>(model, menus_.back(), i)
                                     : nullptr);
  }
}

Policy::~Policy() = default;

void Policy::score_acts(const world::State& state, std::size_t actor, const Muted& muted,
                        Desk& desk) const {
  Desk::Papers& papers = *desk.papers_;
  const View view(state, *model_, actor);
  const Menu& menu = menus_[actor];
  look(view, papers.outlook);
  const Outlook& outlook = papers.outlook;
  papers.weighed.resize(menus_.size());
  Weighed& weighed = papers.weighed[actor];
  weighed.weigh(view, menu);
  const F caution = state.at(Var::knob, knobs_->caution);
  papers.promise.resize(menu.size() + 1);
  const std::span<F> promise = papers.promise;
  promise.back() = F(0.0F);  // to wait changes nothing
  for (std::size_t a = 0; a < menu.size(); ++a) {
    promise[a] = F(impossible);
    const bool some = muted.any(menu[a].entry);
    if (some && !lanes::any(!muted.of(menu[a].entry))) continue;
    M can = feasible(menu[a], view, outlook);
    if (some) can = can & !muted.of(menu[a].entry);
    if (!lanes::any(can)) continue;
    const F dU =
        promise_of(menu[a], outlook, weighed.acts[a], weighed.deep ? &weighed.replies : nullptr);
    promise[a] = select(can, dU, F(impossible));
  }
  // Level 0 does not think ahead: within a family all acts are alike to it.
  const F thinks = one_if(weighed.level > F(0.5F));
  const F lambda = view.at(Var::rationality, actor) * thinks;
  const F spread = menu_spread(promise);
  papers.act.resize(menu.size());
  for (std::size_t a = 0; a < menu.size(); ++a) {
    const M can = possible(promise[a]);
    papers.act[a] = F(impossible);
    if (!lanes::any(can)) continue;
    const F z = promise[a] / spread + F(menu[a].favour);
    const F score = lambda * z - caution * caution_over(menu[a], outlook);
    papers.act[a] = select(can, score, F(impossible));
  }
  const auto openness = static_cast<std::size_t>(model_->given().actors[actor].openness);
  const F at_war = model_->side_of(actor) >= 0 ? outlook.fighting : F(0.0F);
  papers.family.fill(F(0.0F));
  papers.family[wait_option] = state.at(Var::knob, knobs_->wait[openness]) -
                               at_war * state.at(Var::knob, knobs_->war_pace) -
                               outlook.provoked * state.at(Var::knob, knobs_->provoked);
  papers.family[static_cast<std::size_t>(Family::posture)] =
      outlook.provoked * state.at(Var::knob, knobs_->in_kind);
}

void Policy::score(const world::State& state, std::size_t actor, const Muted& muted,
                   Desk& desk) const {
  Desk::Papers& papers = *desk.papers_;
  score_acts(state, actor, muted, desk);
  papers.nest = state.at(Var::knob, knobs_->nest);
  const Menu& menu = menus_[actor];
  for (std::size_t f = 0; f < family_count; ++f) {
    const std::span<const F> acts(papers.act.data() + menu.first_of(f), menu.count_of(f));
    const F worth = inclusive_value(acts, papers.nest);
    const F total = papers.family[f] + worth + state.at(Var::knob, knobs_->family[f]);
    papers.family[f] = select(possible(worth), total, F(impossible));
  }
  if (assemblies_[actor]) {
    assemblies_[actor]->elect(papers.family, state.at(Var::knob, knobs_->voices),
                              state.at(Var::knob, knobs_->votes), papers.election);
  }
}

void Policy::choose_for(const world::State& state, const world::Now& now, std::size_t actor,
                        std::span<F> orders, Desk& desk) const {
  const Desk::Papers& papers = *desk.papers_;
  const auto week = static_cast<std::uint32_t>(now.week);
  F best = impossible;
  F family = static_cast<float>(wait_option);
  // One call of the generator a week and actor; families and acts mix their keys into its words.
  const auto words = now.draws.words(Stream("choice"), week, model_->actor_key(actor), 0);
  for (std::size_t f = 0; f <= family_count; ++f) {
    if (!lanes::any(possible(papers.family[f]))) continue;
    const F luck = luck_of(words[0], family_keys[f]);
    const F s = papers.family[f] + luck;
    family = select(s > best, F(static_cast<float>(f)), family);
    best = max(best, s);
  }
  for (std::size_t f = 0; f < family_count; ++f) {
    const M here = family == F(static_cast<float>(f));
    if (lanes::any(here)) choose_act(state, now, actor, f, here, words[1], orders, desk);
  }
}

/// The act within the family, in the lanes that chose the family.
void Policy::choose_act(const world::State& state, const world::Now& now, std::size_t actor,
                        std::size_t family, M here, lanes::U luck, std::span<F> orders,
                        Desk& desk) const {
  const Desk::Papers& papers = *desk.papers_;
  const Menu& menu = menus_[actor];
  const std::size_t first = menu.first_of(family);
  const std::size_t end = first + menu.count_of(family);
  F top = impossible;
  F pick = -1.0F;
  for (std::size_t a = first; a < end; ++a) {
    const M can = possible(papers.act[a]);
    if (!lanes::any(here & can)) continue;
    const F s = papers.act[a] / papers.nest + luck_of(luck, menu[a].luck);
    const M better = can & (s > top);
    pick = select(better, F(static_cast<float>(a)), pick);
    top = select(better, s, top);
  }
  for (std::size_t a = first; a < end; ++a) {
    const M taken = here & (pick == F(static_cast<float>(a)));
    if (!lanes::any(taken)) continue;
    if (now.log != nullptr && now.log->asks_why()) note(state, now, actor, a, taken, desk);
    const F intensity = F(0.3F) + F(0.6F) * lanes::logistic(papers.act[a]);
    F& order = orders[menu[a].entry];
    order = select(taken, max(order, intensity), order);
  }
}

void Policy::note(const world::State& state, const world::Now& now, std::size_t actor,
                  std::size_t act, M taken, const Desk& desk) const {
  const Desk::Papers& papers = *desk.papers_;
  const std::size_t lane = now.log->first_lane();
  if (!taken[lane]) return;
  const Menu& menu = menus_[actor];
  const auto f = static_cast<std::size_t>(menu[act].family);
  std::array<F, family_count + 1> family;
  quantal_response(papers.family, F(1.0F), family);
  const std::span<const F> acts(papers.act.data() + menu.first_of(f), menu.count_of(f));
  std::vector<F> within(acts.size());
  quantal_response(acts, F(1.0F) / papers.nest, within);
  const float chance = (family[f] * within[act - menu.first_of(f)])[lane];
  now.log->decide(menu[act].entry,
                  explain(menu[act], View(state, *model_, actor), now, lane, chance));
}

void Policy::choose(const world::State& state, const world::Now& now, std::span<F> orders,
                    const Muted& muted, Desk& desk) const {
  CASUS_CHECK(orders.size() == model_->entries().size());
  CASUS_CHECK(muted.by.empty() || muted.by.size() == orders.size());
  for (std::size_t i = 0; i < menus_.size(); ++i) {
    if (menus_[i].size() == 0) continue;
    score(state, i, muted, desk);
    choose_for(state, now, i, orders, desk);
  }
}

void Policy::choose(const world::State& state, const world::Now& now, std::span<F> orders,
                    const Muted& muted) const {
  Desk desk;
  choose(state, now, orders, muted, desk);
}

std::vector<F> Policy::probabilities(const world::State& state, const world::Now&,
                                     std::size_t actor) const {
  const Menu& menu = menus_[actor];
  Desk desk;
  score(state, actor, {}, desk);
  const Desk::Papers& scores = *desk.papers_;
  std::array<F, family_count + 1> family;
  quantal_response(scores.family, F(1.0F), family);
  const auto listed = model_->menu_of(actor);
  std::vector<F> out(listed.size() + 1, F(0.0F));
  for (std::size_t f = 0; f < family_count; ++f) {
    const std::span<const F> acts(scores.act.data() + menu.first_of(f), menu.count_of(f));
    std::vector<F> within(acts.size());
    quantal_response(acts, F(1.0F) / scores.nest, within);
    for (std::size_t a = 0; a < acts.size(); ++a) {
      const std::uint32_t entry = menu[menu.first_of(f) + a].entry;
      const auto place = std::find(listed.begin(), listed.end(), entry) - listed.begin();
      out[static_cast<std::size_t>(place)] = family[f] * within[a];
    }
  }
  out.back() = family[wait_option];
  return out;
}

}  // namespace casus::policy
