// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/pacts.h"

#include <algorithm>

#include "casus/world/alliances.h"

namespace casus::world {
namespace {

constexpr float land_that_counts = 100.0F;   ///< km2 of a partner's land in enemy hands
constexpr float fighters_that_count = 0.2F;  ///< thousand men in combat that honour a pact

/// Calls `visit` for both ways of every two parties of a defence pact.
template <class Visit>
void each_pact(const Model& model, const Visit& visit) {
  for (const auto& treaty : model.given().treaties) {
    if (treaty.treaty_class != casefile::TreatyClass::defence) continue;
    for (const auto ally : treaty.parties) {
      for (const auto partner : treaty.parties) {
        if (ally != partner) visit(treaty, pair_of(model, ally, partner));
      }
    }
  }
}

}  // namespace

std::vector<Pair> defence_pacts(const Model& model) {
  std::vector<Pair> out;
  each_pact(model, [&](const casefile::Treaty& treaty, const Pair& pair) {
    const bool have =
        std::ranges::any_of(out, [&](const Pair& p) { return p.index == pair.index; });
    if (treaty.in_force && !have) out.push_back(pair);
  });
  return out;
}

PactTests::PactTests(const Model& model) : actors_(model.shape().actors) {
  if (model.has_war()) lead_ = model.lead(0);
  each_pact(model, [&](const casefile::Treaty& treaty, const Pair& pair) {
    const auto have =
        std::ranges::find(pacts_, pair.index, [](const Pact& p) { return p.pair.index; });
    if (have != pacts_.end()) {
      have->in_force = have->in_force || treaty.in_force;
      return;
    }
    Pact pact{pair, treaty.in_force, false, {}};
    pact.in_war = model.has_war() && (pair.to == model.lead(0) || pair.to == model.lead(1));
    for (std::uint32_t c = 0; c < model.shape().contingents; ++c) {
      const auto& k = model.given().contingents[c];
      if (k.foreign && k.sector && k.owner == pair.from && k.host == pair.to) {
        pact.contingents.push_back(c);
      }
    }
    pacts_.push_back(std::move(pact));
  });
}

void PactTests::step(State& state, const Now& now) const {
  for (const Pact& pact : pacts_) {
    if (pact.in_war) invasion(state, now, pact);
    if (lanes::any(state.at(Var::pact_test, pact.pair.index) > F(0.0F))) judge(state, now, pact);
  }
}

void PactTests::invasion(State& state, const Now& now, const Pact& pact) const {
  F held(2.0F * land_that_counts);  // side 0 holds land of side 1 from the start
  if (pact.pair.to == lead_) {
    held = F(0.0F);
    for (const F& chip : state[Var::chip]) held += chip;
  }
  F& left = state.at(Var::pact_test, pact.pair.index);
  const F ready = pact.in_force ? F(1.0F) : F(1.0F) / ratify_(state);
  const M comes = chance(now, Stream("pact_in_force"), pact.pair.key) < ready;
  const M tested = fighting(state) & comes & (left <= F(0.0F)) & (held > F(land_that_counts));
  left = select(tested, F(pact_patience), left);
  now.tell(tested, "treaty_tested", pact.pair.from, pact.pair.to, held, "chip");
}

void PactTests::judge(State& state, const Now& now, const Pact& pact) const {
  const Pair& pair = pact.pair;
  F& left = state.at(Var::pact_test, pair.index);
  const M runs = (left > F(0.0F)) & (left < F(pact_settled - 0.5F));
  M helps = runs;
  if (pact.in_war) {
    F fights = state.at(Var::entered, pair.from);
    for (const std::uint32_t c : pact.contingents) {
      fights =
          lanes::max(fights, lanes::one_if(state.at(Var::in_combat, c) > F(fighters_that_count)));
    }
    helps = runs & (fights > F(0.5F));
  } else {
    const F hazard = tested_hazard(honour_(state));
    helps = runs & happens(now, Stream("pact"), pair.key, F(1.0F) - lanes::exp(-hazard));
    F& rung = state.at(Var::rung, pair.from);
    rung = select(helps, lanes::max(rung, F(8.0F)), rung);
  }
  left = select(runs, lanes::max(left - F(1.0F), F(0.0F)), left);
  const M breaks = runs & !helps & (left <= F(0.0F));
  left = select(helps | breaks, F(pact_settled), left);
  const std::size_t back = pair.to * actors_ + pair.from;  // how the partner sees its ally
  F& kept = state.at(Var::trust_kept, back);
  kept = state.held(Var::trust_kept, kept + select(helps, F(2.0F), F(0.0F)));
  F& broken = state.at(Var::trust_broken, back);
  broken = state.held(Var::trust_broken, broken + select(breaks, F(2.0F), F(0.0F)));
  F& honour = state.at(Var::honour, pair.from);
  honour =
      state.held(Var::honour, honour + select(helps, F(0.2F), select(breaks, F(-0.3F), F(0.0F))));
  F& faith = state.at(Var::guarantee_credibility, pair.to);
  faith = state.held(Var::guarantee_credibility,
                     faith + select(helps, F(0.1F), select(breaks, F(-0.2F), F(0.0F))));
  now.tell(helps, "treaty_honoured", pair.from, pair.to, F(1.0F), "treaty");
  now.tell(breaks, "treaty_not_honoured", pair.from, pair.to, F(1.0F), "treaty");
}

}  // namespace casus::world
