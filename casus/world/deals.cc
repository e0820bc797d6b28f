// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/deals.h"

#include <algorithm>

namespace casus::world {
namespace {

using casefile::StockKind;

constexpr std::size_t kinds = 9;
constexpr std::size_t shells = static_cast<std::size_t>(StockKind::shells);
constexpr std::size_t drones = static_cast<std::size_t>(StockKind::one_way_drones);
/// Price of one piece against a shell's, by stock kind. @source order of
/// magnitude, judgement.
constexpr float price_ratio[kinds] = {1500, 800, 600, 900, 1, 1, 40, 1500, 800};
constexpr float labour_bn_per_year = 0.23F;  ///< 25,000 workers at 2.5 dollars an hour, 12 hours
constexpr float provisions_pace = 0.1F;      ///< a week, toward what the pay of the week buys
constexpr float most_shells = 200000.0F;     ///< handed over when one deal is struck

bool pays_in_technology(const casefile::Deal& deal) {
  return std::ranges::any_of(deal.gets, [](const std::string& good) {
    return good.find("technology") != std::string::npos || good == "aircraft" ||
           good == "air_defence";
  });
}

bool among(const std::vector<std::string>& goods, std::string_view good) {
  return std::ranges::find(goods, good) != goods.end();
}

}  // namespace

Deals::Deals(const Model& model) {
  const auto& given = model.given();
  const auto bargain = [&](std::size_t supplier, std::size_t buyer) -> Bargain& {
    for (Bargain& b : bargains_) {
      if (b.owes.from == buyer && b.owes.to == supplier) return b;
    }
    Bargain fresh;
    fresh.owes = pair_of(model, buyer, supplier);
    fresh.trusts = pair_of(model, supplier, buyer);
    bargains_.push_back(std::move(fresh));
    return bargains_.back();
  };
  for (const auto& deal : given.deals) {
    Bargain& b = bargain(deal.from, deal.to);
    b.running = true;
    b.technology = b.technology || pays_in_technology(deal);
    b.men = b.men || among(deal.gives, "men");
    b.provisions = b.provisions || among(deal.gets, "food") || among(deal.gets, "oil");
  }
  for (const Action action : {Action::arms_for_technology, Action::send_labour}) {
    for (const std::uint32_t e : model.entries_of(action)) {
      const Entry& entry = model.entries()[e];
      if (!entry.target) continue;
      Bargain& b = bargain(entry.actor, *entry.target);
      (action == Action::send_labour ? b.labour : b.offers).push_back(e);
    }
  }
  for (Bargain& b : bargains_) {
    for (const auto& flow : given.flows) {
      if (flow.from == b.owes.to && flow.to == b.owes.from) {
        b.flows.emplace_back(static_cast<std::size_t>(flow.kind),
                             static_cast<float>(flow.amount.prior.median()));
      }
    }
    for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
      const auto& k = given.contingents[c];
      if (k.owner == b.owes.to && k.host == b.owes.from) b.contingents.push_back(c);
    }
  }
}

void Deals::step(State& state, const Now& now) const {
  for (const Bargain& deal : bargains_) {
    for (const std::uint32_t e : deal.offers) strike(state, now, deal, e);
    settle_debt(state, now, deal);
    hand_over(state, now, deal);
    dispatch(state, now, deal);
  }
}

/// A seat that somebody else holds takes a deal only where it offers one itself.
M Deals::willing(const State& state, const Now& now, const Bargain& deal, std::size_t party) {
  M says = now.answers_for(party);
  for (const std::uint32_t e : deal.offers) {
    if (now.model.entries()[e].actor == party) says = says | (state.at(Var::ordered, e) > F(0.0F));
  }
  return says;
}

void Deals::strike(State& state, const Now& now, const Bargain& deal, std::uint32_t entry) const {
  const F offered = state.at(Var::started, entry);
  if (!lanes::any(offered > F(0.0F))) return;
  const std::size_t supplier = deal.owes.to;
  const std::size_t buyer = deal.owes.from;
  const F fight = lanes::one_if(fighting(state)) * F(now.model.side_of(buyer) >= 0 ? 1.0F : 0.0F);
  // Worth to each in points, discounted by trust that the other delivers (psi).
  const F psi_buyer = trust_share(state, deal.owes.index);
  const F psi_supplier = trust_share(state, deal.trusts.index) * F(0.9F);
  // Rulers who know each other are less shy of the company.
  const F shame = F(1.0F) - tie_(state) * state.at(Var::ruler_tie, deal.owes.index);
  const F to_buyer = (F(1.0F) + F(1.5F) * fight) * offered * psi_buyer * F(2.0F);
  const F to_supplier = F(4.0F) * offered * psi_supplier;
  const F tau = tau_(state);
  const F cost = political_(state) * shame;
  const F u_buyer = (to_buyer - cost) / tau;
  const F u_supplier = (to_supplier - cost) / tau;
  const F p = lanes::logistic(u_buyer) * lanes::logistic(u_supplier) *
              lanes::one_if((u_buyer > F(-4.0F)) & (u_supplier > F(-4.0F)));
  const M both = willing(state, now, deal, supplier) & willing(state, now, deal, buyer);
  const M yes = (offered > F(0.0F)) & both & happens(now, Stream("deal"), deal.owes.key, p);
  F& stock = state.at(Var::stock, supplier * kinds + shells);
  const F moved = select(yes, lanes::min(stock * F(0.03F), F(most_shells)) * offered, F(0.0F));
  stock -= moved;
  state.at(Var::pipe_1, buyer * kinds + shells) += moved;
  F& owed = state.at(Var::deal_owed, deal.owes.index);
  owed =
      lanes::min(owed + moved * price_(state) * F(0.001F) + select(yes, F(0.1F) * offered, F(0.0F)),
                 F(500.0F));
  now.tell(yes, "deal_struck", supplier, buyer, moved, "act");
  now.tell((offered > F(0.0F)) & !yes, "deal_refused", supplier, buyer, p, "draw");
}

void Deals::settle_debt(State& state, const Now& now, const Bargain& deal) const {
  const std::size_t supplier = deal.owes.to;
  const std::size_t buyer = deal.owes.from;
  F& owed = state.at(Var::deal_owed, deal.owes.index);
  if (deal.running) {
    F worth(0.0F);
    for (const auto& [kind, count] : deal.flows) worth += F(count * price_ratio[kind]);
    owed = state.held(Var::deal_owed, owed + worth * price_(state) * F(0.001F));
  }
  if (deal.men) {
    F serving(0.0F);
    for (const std::uint32_t c : deal.contingents) serving += men_abroad(state, c);
    owed = state.held(Var::deal_owed, owed + serving * wage_(state) * F(0.001F));
  }
  // The visible share is paid over half a year; the rest waits for technology
  // or is never paid.
  const F paid = owed * visible_(state) * F(1.0F / 26.0F);
  owed -= paid;
  const auto share = [&](std::size_t who) {
    return paid * F(100.0F) / lanes::max(state.at(Var::gdp, who), F(1.0F));
  };
  F& gain = state.at(Var::fiscal_room, supplier);
  F& cost = state.at(Var::fiscal_room, buyer);
  gain = state.held(Var::fiscal_room, gain + share(supplier));
  cost = lanes::max(cost - share(buyer), F(0.0F));
  state.at(Var::spent, buyer) += paid;
  if (deal.provisions) {
    const F year = paid * F(52.0F);
    const F share_of_need = lanes::min(
        year / lanes::max(state.at(Var::gdp, supplier) * need_(state), F(1e-3F)), F(1.0F));
    F& stores = state.at(Var::provisions, supplier);
    const F before = stores;
    stores += F(provisions_pace) * (share_of_need - stores);
    now.tell((before < F(0.25F)) & (stores >= F(0.25F)), "provisions", supplier, buyer, stores,
             "deal");
  }
  now.tell_seldom(paid > F(0.0005F), "deal_paid", buyer, supplier, paid, "deal");
  const M due = owed > F(0.02F);
  const M fails = due & happens(now, Stream("deal_default"), deal.owes.key, default_(state));
  owed = select(fails, owed * F(0.5F), owed);
  F& broken = state.at(Var::trust_broken, deal.trusts.index);
  F& kept = state.at(Var::trust_kept, deal.trusts.index);
  broken += select(fails, F(1.0F), F(0.0F));
  kept += select(due & !fails, F(0.03F), F(0.0F));
  for (const std::uint32_t c : deal.contingents) {
    F& pay = state.at(Var::pay_trust, c);
    pay = state.held(Var::pay_trust,
                     pay - select(fails, F(0.25F), F(0.0F)) + F(0.01F) * (F(0.7F) - pay));
  }
  now.tell(fails, "deal_default", buyer, supplier, owed, "draw");
}

void Deals::hand_over(State& state, const Now& now, const Bargain& deal) const {
  F live = deal.technology ? F(1.0F) : F(0.0F);
  for (const std::uint32_t e : deal.offers) live = lanes::max(live, state.at(Var::active, e));
  if (!lanes::any(live > F(0.0F))) return;
  const std::size_t supplier = deal.owes.to;
  const F faith = lanes::min(F(2.0F) * trust_share(state, deal.trusts.index), F(1.2F));
  const F p = F(3.0F) / milestone_(state) * live * faith;
  const M moves = happens(now, Stream("milestone"), deal.owes.key, p);
  F& progress = state.at(Var::tech_progress, supplier);
  progress += select(moves, F(1.0F / 3.0F), F(0.0F));
  const M reached = progress > F(0.999F);
  F& done = state.at(Var::technology, supplier);
  done = state.held(Var::technology, done + lanes::one_if(reached));
  progress = state.held(Var::tech_progress, select(reached, F(0.0F), progress));
  F& owed = state.at(Var::deal_owed, deal.owes.index);
  owed = select(reached, owed * F(0.5F), owed);
  now.tell(reached, "technology_given", deal.owes.from, supplier, done, "deal");
}

void Deals::dispatch(State& state, const Now& now, const Bargain& deal) const {
  for (const std::uint32_t e : deal.labour) {
    const F working = state.at(Var::active, e);
    if (!lanes::any(working > F(0.0F))) continue;
    const std::size_t supplier = deal.owes.to;
    F& room = state.at(Var::fiscal_room, supplier);
    const F earned = working * F(labour_bn_per_year / 52.0F * 100.0F) /
                     lanes::max(state.at(Var::gdp, supplier), F(1.0F));
    room = state.held(Var::fiscal_room, room + earned);
    F& made = state.at(Var::production, deal.owes.from * kinds + drones);
    made =
        state.held(Var::production, made * (F(1.0F) + workers_(state) * state.at(Var::started, e)));
    now.tell(state.at(Var::started, e) > F(0.0F), "workers_arrived", supplier, deal.owes.from,
             working * F(25.0F), "act");
  }
}

}  // namespace casus::world
