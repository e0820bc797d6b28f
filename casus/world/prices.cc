// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/prices.h"

namespace casus::world {
namespace {

void displease(State& state, std::size_t actor, F by) {
  F& support = state.at(Var::support, actor);
  support = state.held(Var::support, support - by * state.at(Var::openness, actor));
}

}  // namespace

Prices::Prices(const Model& model) {
  const auto gather = [&](Action action, std::vector<Priced>& to) {
    for (const std::uint32_t e : model.entries_of(action)) {
      const Entry& entry = model.entries()[e];
      to.push_back({e, entry.actor, entry.target.value_or(entry.actor), fold(entry.key)});
    }
  };
  gather(Action::disclose, disclosures_);
  gather(Action::back_channel, channels_);
  gather(Action::offer_talks, offers_);
  gather(Action::sanction, sanctions_);
  gather(Action::ease_sanctions, eased_);
}

void Prices::step(State& state, const Now& now) const {
  for (const Priced& p : disclosures_) {
    F& reserve = state.at(Var::tasking, p.actor);
    const F lost = sources_(state) * F(info(Var::tasking).high) * state.at(Var::started, p.entry);
    reserve = lanes::max(reserve - lost, F(0.0F));
  }
  for (const Priced& p : channels_) {
    const M open = state.at(Var::active, p.entry) > F(0.0F);
    if (!lanes::any(open)) continue;
    const M leaks = open & happens(now, Stream("leak"), p.key, leak_(state));
    displease(state, p.actor, select(leaks, embarrassed_(state), F(0.0F)));
    now.tell(leaks, "channel_leaks", p.actor, p.target, leak_(state), "back_channel");
  }
  for (const Priced& p : offers_) {
    displease(state, p.actor, offered_(state) * state.at(Var::started, p.entry));
  }
  for (const Priced& p : eased_) {
    displease(state, p.actor, appeased_(state) * state.at(Var::started, p.entry));
  }
  for (const Priced& p : sanctions_) {
    F& growth = state.at(Var::growth, p.actor);
    growth = state.held(Var::growth, growth - forgone_(state) * state.at(Var::started, p.entry));
  }
}

}  // namespace casus::world
