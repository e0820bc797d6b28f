// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/policy.h"

#include <algorithm>
#include <array>
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
ReplyWorth worth_of_replies(std::span<const F> theta, F level) {
  static const std::array<Replies, world::type_count> expected = {
      expected_replies(0), expected_replies(1), expected_replies(2)};
  ReplyWorth worth{};
  const F deep = one_if(level > F(1.5F));
  if (!lanes::any(deep > F(0.0F))) return worth;
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

/// What one actor makes of its menu this week.
struct Policy::Scores {
  std::vector<F> act;                        ///< in the order of the actor's Menu
  std::array<F, family_count + 1> family{};  ///< inclusive value and base rate; the last is "wait"
  F nest = 1.0F;
};

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

void Policy::score_acts(const world::State& state, std::size_t actor, Scores& scores,
                        std::span<const std::uint8_t> muted) const {
  const View view(state, *model_, actor);
  const Menu& menu = menus_[actor];
  const Outlook outlook = look(view);
  std::array<F, feature_count> theta;
  for (std::size_t k = 0; k < feature_count; ++k) {
    theta[k] = view.at(Var::theta, actor * feature_count + k);
  }
  const F level = view.at(Var::level, actor);
  const auto replies = worth_of_replies(theta, level);
  const F caution = state.at(Var::knob, knobs_->caution);
  std::vector<F> promise(menu.size() + 1);
  promise.back() = F(0.0F);  // to wait changes nothing
  for (std::size_t a = 0; a < menu.size(); ++a) {
    const bool out = !muted.empty() && muted[menu[a].entry] != 0;
    const M can = out ? F(0.0F) > F(0.0F) : feasible(menu[a], view, outlook);
    promise[a] = lanes::any(can)
                     ? select(can, promise_of(menu[a], outlook, theta, replies), F(impossible))
                     : F(impossible);
  }
  // Level 0 does not think ahead: within a family all acts are alike to it.
  const F thinks = one_if(level > F(0.5F));
  const F lambda = view.at(Var::rationality, actor) * thinks;
  const F spread = menu_spread(promise);
  scores.act.resize(menu.size());
  for (std::size_t a = 0; a < menu.size(); ++a) {
    const F z = promise[a] / spread + F(menu[a].favour);
    const F score = lambda * z - caution * caution_over(menu[a], outlook);
    scores.act[a] = select(possible(promise[a]), score, F(impossible));
  }
  const auto openness = static_cast<std::size_t>(model_->given().actors[actor].openness);
  const F at_war = model_->side_of(actor) >= 0 ? outlook.fighting : F(0.0F);
  scores.family[wait_option] = state.at(Var::knob, knobs_->wait[openness]) -
                               at_war * state.at(Var::knob, knobs_->war_pace) -
                               outlook.provoked * state.at(Var::knob, knobs_->provoked);
  scores.family[static_cast<std::size_t>(Family::posture)] =
      outlook.provoked * state.at(Var::knob, knobs_->in_kind);
}

Policy::Scores Policy::score(const world::State& state, std::size_t actor,
                             std::span<const std::uint8_t> muted) const {
  Scores scores;
  score_acts(state, actor, scores, muted);
  scores.nest = state.at(Var::knob, knobs_->nest);
  const Menu& menu = menus_[actor];
  for (std::size_t f = 0; f < family_count; ++f) {
    const std::span<const F> acts(scores.act.data() + menu.first_of(f), menu.count_of(f));
    const F worth = inclusive_value(acts, scores.nest);
    const F total = scores.family[f] + worth + state.at(Var::knob, knobs_->family[f]);
    scores.family[f] = select(possible(worth), total, F(impossible));
  }
  if (assemblies_[actor]) {
    assemblies_[actor]->elect(scores.family, state.at(Var::knob, knobs_->voices),
                              model_->knob_prior(knobs_->votes).mean());
  }
  return scores;
}

void Policy::choose_for(const world::State& state, const world::Now& now, std::size_t actor,
                        std::span<F> orders, std::span<const std::uint8_t> muted) const {
  const Menu& menu = menus_[actor];
  if (menu.size() == 0) return;
  const Scores scores = score(state, actor, muted);
  const auto week = static_cast<std::uint32_t>(now.week);
  F best = impossible;
  F family = static_cast<float>(wait_option);
  // One call of the generator a week and actor; families and acts mix their keys into its words.
  const auto words = now.draws.words(Stream("choice"), week, model_->actor_key(actor), 0);
  for (std::size_t f = 0; f <= family_count; ++f) {
    if (!lanes::any(possible(scores.family[f]))) continue;
    const F luck = luck_of(words[0], family_keys[f]);
    const F s = scores.family[f] + luck;
    family = select(s > best, F(static_cast<float>(f)), family);
    best = max(best, s);
  }
  for (std::size_t f = 0; f < family_count; ++f) {
    const M here = family == F(static_cast<float>(f));
    if (!lanes::any(here)) continue;
    const std::size_t end = menu.first_of(f) + menu.count_of(f);
    F top = impossible;
    F pick = -1.0F;
    for (std::size_t a = menu.first_of(f); a < end; ++a) {
      if (!lanes::any(here & possible(scores.act[a]))) continue;
      const F luck = luck_of(words[1], menu[a].luck);
      const F s = scores.act[a] / scores.nest + luck;
      const M better = possible(scores.act[a]) & (s > top);
      pick = select(better, F(static_cast<float>(a)), pick);
      top = select(better, s, top);
    }
    for (std::size_t a = menu.first_of(f); a < end; ++a) {
      const M taken = here & (pick == F(static_cast<float>(a)));
      if (now.log != nullptr && now.log->asks_why()) note(state, now, actor, scores, a, taken);
      const F intensity = F(0.3F) + F(0.6F) * lanes::logistic(scores.act[a]);
      F& order = orders[menu[a].entry];
      order = select(taken, max(order, intensity), order);
    }
  }
}

void Policy::note(const world::State& state, const world::Now& now, std::size_t actor,
                  const Scores& scores, std::size_t act, M taken) const {
  const std::size_t lane = now.log->first_lane();
  if (!taken[lane]) return;
  const Menu& menu = menus_[actor];
  const auto f = static_cast<std::size_t>(menu[act].family);
  std::array<F, family_count + 1> family;
  quantal_response(scores.family, F(1.0F), family);
  const std::span<const F> acts(scores.act.data() + menu.first_of(f), menu.count_of(f));
  std::vector<F> within(acts.size());
  quantal_response(acts, F(1.0F) / scores.nest, within);
  const float chance = (family[f] * within[act - menu.first_of(f)])[lane];
  now.log->decide(menu[act].entry,
                  explain(menu[act], View(state, *model_, actor), now, lane, chance));
}

void Policy::choose(const world::State& state, const world::Now& now, std::span<F> orders,
                    std::span<const std::uint8_t> muted) const {
  CASUS_CHECK(orders.size() == model_->entries().size());
  CASUS_CHECK(muted.empty() || muted.size() == orders.size());
  for (std::size_t i = 0; i < menus_.size(); ++i) choose_for(state, now, i, orders, muted);
}

std::vector<F> Policy::probabilities(const world::State& state, const world::Now&,
                                     std::size_t actor) const {
  const Menu& menu = menus_[actor];
  const Scores scores = score(state, actor, {});
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
