// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "casus/policy/prospect.h"

namespace casus::policy {
namespace {

using casefile::StockKind;
using world::Var;

constexpr float least_purse_bn = 0.01F;
constexpr float own_force_to_send_k = 3.0F;  ///< men at home below which no contingent leaves

M always() { return F(0.0F) < F(1.0F); }
M yes(F flag) { return flag > F(0.5F); }

/// Where the case says nothing of the stock, the purse alone decides.
M has_stock(const Alternative& act, const View& view, StockKind kind) {
  if (!act.stock_known) return always();
  return view.at(Var::stock, view.actor() * 9 + static_cast<std::size_t>(kind)) > F(0.0F);
}

M talks_at(const Alternative& act, const View& view, float least, float below) {
  const std::size_t n = view.model().shape().actors;
  if (!act.target) return always();
  const F level = view.at(Var::talks, view.actor() * n + *act.target);
  return (level >= F(least)) & (level < F(below));
}

M can_send_men(const Alternative& act, const View& view) {
  const world::Entry& entry = view.model().entries()[act.entry];
  const M at_hand = view.at(Var::force, view.actor()) > F(own_force_to_send_k);
  if (!entry.contingent) return at_hand;
  const std::uint32_t c = *entry.contingent;
  if (view.model().given().contingents[c].owner.index != view.actor()) return !always();
  return at_hand & (view.at(Var::to_send, c) <= F(0.0F)) &
         (view.at(Var::withdrawing, c) <= F(0.0F));
}

M can_withdraw_men(const Alternative& act, const View& view) {
  const world::Entry& entry = view.model().entries()[act.entry];
  if (!entry.contingent) return !always();
  const std::uint32_t c = *entry.contingent;
  const std::size_t i = view.actor() * view.model().shape().contingents + c;
  return (view.at(Var::withdrawing, c) <= F(0.0F)) & (view.at(Var::believed_presence, i) > F(0.0F));
}

/// What the state of the war and of talks allows.
M allowed(const Alternative& act, const View& view, const Outlook& o) {
  const std::size_t i = view.actor();
  const std::size_t n = view.model().shape().actors;
  switch (act.action) {
    case Action::offensive:
    case Action::seize_ground:
    case Action::deep_strike:
    case Action::city_campaign:
    case Action::interdict:
    case Action::local_truce:
    case Action::approach_officer:
      return yes(o.fighting);
    case Action::fortify:
    case Action::mobilise:
      return yes(o.fighting) | yes(o.ceasefire);
    case Action::break_ceasefire:
      return yes(o.ceasefire);
    case Action::mediate:
      return yes(o.fighting) | yes(o.ceasefire);
    case Action::back_channel:
      return talks_at(act, view, 0.0F, 1.0F);
    case Action::offer_talks:
      return talks_at(act, view, 0.0F, 2.0F);
    case Action::summit:
      return talks_at(act, view, 1.0F, 3.0F);
    case Action::table_package:
      return talks_at(act, view, 2.0F, 9.0F) & yes(o.fighting);
    case Action::sign_settlement:
      return talks_at(act, view, 2.0F, 9.0F);
    case Action::ease_sanctions:
      return act.target ? view.at(Var::sanction, *act.target) > F(0.05F) : !always();
    case Action::sanction:
      return act.target ? view.at(Var::sanction, *act.target) < F(0.95F) : !always();
    case Action::lift_range:
      return act.target ? view.at(Var::range_permission, *act.target) < F(0.9F) : !always();
    case Action::cut_aid:
      return act.target ? view.at(Var::aid_rate, i * n + *act.target) > F(0.0F) : !always();
    case Action::nuclear_signal:
      return o.rung > F(4.0F);
    case Action::nuclear_use:
      return o.rung > F(7.9F);
    default:
      return always();
  }
}

M within_means(const Alternative& act, const View& view, const Outlook& o) {
  const world::Entry& entry = view.model().entries()[act.entry];
  switch (act.action) {
    case Action::send_arms:
      return has_stock(act, view, entry.kind.value_or(StockKind::shells));
    case Action::send_air_defence:
      return has_stock(act, view, StockKind::interceptors);
    case Action::deploy_contingent:
      return can_send_men(act, view);
    case Action::withdraw_contingent:
      return can_withdraw_men(act, view);
    case Action::mobilise:
      return (view.at(Var::manpower_pool, view.actor()) > F(50.0F)) &
             (o.purse > F(0.5F * act.cost_bn));
    default:
      return o.purse > F(std::max(least_purse_bn, 0.5F * act.cost_bn) - least_purse_bn);
  }
}

}  // namespace

M feasible(const Alternative& act, const View& view, const Outlook& outlook) {
  const M free = (view.at(Var::ordered, act.entry) <= F(0.0F)) &
                 (view.at(Var::cooldown, act.entry) <= F(0.0F));
  return free & allowed(act, view, outlook) & within_means(act, view, outlook);
}

}  // namespace casus::policy
