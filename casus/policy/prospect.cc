// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/prospect.h"

#include <algorithm>
#include <tuple>

#include "casus/base/numeric.h"

namespace casus::policy {
namespace {

constexpr double weekly_discount = 0.97;  // judgement (docs/models/decisions.md)
constexpr int horizon = 26;
constexpr double curvature = 0.88;  // Tversky & Kahneman (1992)
constexpr double loss_aversion = 2.25;

/// Does the case say what the actor holds of the kind it would send?
bool stock_known(const casefile::Case& given, const world::Entry& entry) {
  const bool shield = entry.action == Action::send_air_defence;
  const auto kind =
      shield ? casefile::StockKind::interceptors : entry.kind.value_or(casefile::StockKind::shells);
  return std::ranges::any_of(given.stocks, [&](const casefile::Stock& s) {
    return s.actor.index == entry.actor && s.kind == kind;
  });
}

Alternative prepared(const world::Model& model, std::uint32_t index, ValueForm form) {
  const world::Entry& entry = model.entries()[index];
  const world::ActionInfo& row = world::info(entry.action);
  Alternative act;
  act.entry = index;
  act.action = entry.action;
  act.family = family_of(entry.action);
  act.stake = stake_of(entry.action);
  act.target = entry.target;
  act.rung = row.rung;
  act.cost_bn = row.cost_bn;
  act.favour = static_cast<float>(
      model.given().actors[entry.actor].favour[static_cast<std::size_t>(entry.action)]);
  act.stock_known = stock_known(model.given(), entry);
  act.luck = fold(entry.key);
  const double share = discounted_share(row.lag);
  for (std::uint32_t k = 0; k < feature_count; ++k) {
    if (row.effect[k] == 0.0F) continue;
    const auto value = static_cast<float>(share * value_of(row.effect[k], form));
    (value > 0.0F ? act.gains : act.costs).push_back({k, value});
  }
  return act;
}

Scale at_home(Action action, const Outlook& o) {
  switch (action) {
    case Action::deny:
      return {F(0.1F) + F(1.9F) * o.accused, F(1.0F)};
    case Action::rally_speech:
      return {F(0.4F) + (F(1.0F) - o.support), F(1.0F)};
    case Action::repress:
      return {F(0.2F) + F(1.6F) * o.pressure, F(1.0F)};
    default:
      return {F(0.3F) + F(0.7F) * o.fighting, F(1.0F)};
  }
}

Scale against(const Alternative& act, const Outlook& o) {
  if (!act.target) return {F(0.35F) + F(0.65F) * o.provoked, F(1.0F)};
  const std::size_t j = *act.target;
  const F reason = o.at_war[j] ? F(0.8F) * o.fighting : F(0.25F) + F(0.75F) * o.provocation[j];
  F gain = o.hostility[j] * reason;
  if (act.action == Action::threaten)
    gain *= lanes::clamp(F(0.7F) + F(0.3F) * o.honour, 0.1F, 1.6F);
  return {gain, F(1.0F) + F(2.0F) * o.kinship[j]};
}

Scale toward_friend(const Alternative& act, const Outlook& o) {
  if (!act.target) return {F(0.5F), F(1.0F)};
  const std::size_t j = *act.target;
  const F need = F(0.4F) + o.fighting * (F(0.9F) - F(0.6F) * o.win);
  return {o.kinship[j] * need, F(1.0F) + F(0.5F) * o.hostility[j]};
}

Scale by_words(const Alternative& act, const Outlook& o) {
  const bool of_the_war = !act.target || o.at_war[*act.target];
  if (of_the_war) return {F(0.15F) + F(0.85F) * o.ripe, F(0.5F) + o.win};
  const F strain =
      F(0.2F) + F(0.5F) * o.hostility[*act.target] + F(0.3F) * o.provocation[*act.target];
  return {F(0.6F) * strain, F(1.0F) + F(0.5F) * o.hostility[*act.target]};
}

Scale in_strength(Action action, const Outlook& o) {
  if (action == Action::nuclear_signal || action == Action::nuclear_use) {
    return {F(0.2F) + o.fighting * (F(1.3F) - o.win), F(1.0F) - F(0.4F) * o.fighting};
  }
  const F reason = max(F(0.6F) * o.hottest, o.provoked);
  return {F(0.25F) + F(0.75F) * reason, F(1.0F)};
}

}  // namespace

double discounted_share(int lag) {
  const double far = power(weekly_discount, horizon);
  return (power(weekly_discount, std::min(lag, horizon)) - far) / (1.0 - far);
}

double value_of(double change, ValueForm form) {
  if (form == ValueForm::linear || change == 0.0) return change;
  const double bent = power(change > 0.0 ? change : -change, curvature);
  return change > 0.0 ? bent : -loss_aversion * bent;
}

Menu::Menu(const world::Model& model, std::size_t actor, ValueForm form) {
  for (const std::uint32_t e : model.menu_of(actor)) {
    if (model.entries()[e].chosen_freely) alternatives_.push_back(prepared(model, e, form));
  }
  std::ranges::stable_sort(alternatives_, {}, [](const Alternative& a) {
    return std::tuple(a.family, a.action, a.luck);
  });
  for (std::size_t f = 0; f <= family_count; ++f) {
    const auto before = std::ranges::count_if(alternatives_, [f](const Alternative& a) {
      return static_cast<std::size_t>(a.family) < f;
    });
    first_[f] = static_cast<std::size_t>(before);
  }
}

Scale scale_of(const Alternative& act, const Outlook& o) {
  switch (act.stake) {
    case Stake::home:
      return at_home(act.action, o);
    case Stake::hostile:
      return against(act, o);
    case Stake::helpful:
      return toward_friend(act, o);
    case Stake::company:
      return {F(0.3F) + F(0.4F) * o.hottest + F(0.6F) * o.provoked, F(1.0F)};
    case Stake::talking:
      return by_words(act, o);
    case Stake::attacking:
      return {F(1.0F) + F(0.7F) * o.trend, F(1.5F) - o.support};
    case Stake::holding:
      if (act.action == Action::mobilise) return {F(1.4F) - o.win, F(1.0F)};
      return {F(1.0F) - F(0.7F) * o.trend, F(1.0F)};
    case Stake::showing:
      return in_strength(act.action, o);
    case Stake::leaving:
      break;
  }
  if (act.action != Action::cut_aid || !act.target) return {F(1.2F) - o.win, F(1.0F)};
  return {F(1.3F) - F(0.8F) * o.support, F(0.5F) + o.kinship[*act.target]};
}

Worth worth_of(const Alternative& act, std::span<const F> theta) {
  Worth worth{0.0F, 0.0F};
  for (const auto& e : act.gains) worth.gain += theta[e.feature] * F(e.value);
  for (const auto& e : act.costs) worth.cost += theta[e.feature] * F(e.value);
  return worth;
}

F promise_of(const Alternative& act, const Outlook& outlook, const Worth& worth,
             const ReplyWorth* replies) {
  const Scale scale = scale_of(act, outlook);
  const F own = scale.gain * worth.gain + scale.cost * worth.cost;
  if (replies == nullptr) return own;
  const F rival = act.target ? outlook.hostility[*act.target] : F(0.5F) * outlook.hottest;
  const auto& of_type = (*replies)[static_cast<std::size_t>(act.family)];
  F reply = 0.0F;
  for (std::size_t t = 0; t < world::type_count; ++t) {
    const F share = act.target ? outlook.type[*act.target * world::type_count + t] : F(1.0F / 3.0F);
    reply += share * of_type[t];
  }
  return own + rival * reply;
}

}  // namespace casus::policy
