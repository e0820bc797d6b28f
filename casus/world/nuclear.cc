// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/nuclear.h"

namespace casus::world {
namespace {

constexpr float war_rung = 7.0F;  ///< where a party to a war comes to rest
constexpr float weeks_a_year = 52.0F;

}  // namespace

NuclearBranch::NuclearBranch(const Model& model) {
  for (std::size_t a = 0; a < model.shape().actors; ++a) {
    const auto& actor = model.given().actors[a];
    if (actor.nuclear && actor.kind == casefile::ActorKind::state) armed_.push_back(a);
  }
}

F NuclearBranch::rate(const State& state, std::size_t who) const {
  const F losing = lanes::one_if((state.at(Var::expected_success, who) < F(0.3F)) &
                                 (state.at(Var::regime_security, who) < F(0.8F)));
  return base_(state) * (F(1.0F) + losing * (losing_(state) - F(1.0F)));
}

F NuclearBranch::chance_while_fighting(const State& state, const Model& model, F years) const {
  const F forgets = F(0.0F) - lanes::log(memory_(state));
  F sum(0.0F);
  for (const std::size_t a : armed_) {
    const M entered = state.at(Var::entered, a) > F(0.5F);
    const F danger = state.at(Var::rung_state, a);
    M open = danger >= F(open_war_rung);
    if (model.side_of(a) < 0) open = open & entered;
    if (!lanes::any(open)) continue;
    const F above = lanes::max((danger - F(war_rung)) / F(open_war_rung - war_rung), F(1.0F));
    const F weeks = lanes::log(above) / forgets;
    const F stays = select(entered, years, lanes::min(weeks / F(weeks_a_year), years));
    sum += select(open, rate(state, a) * stays, F(0.0F));
  }
  return F(1.0F) - lanes::exp(F(0.0F) - sum);
}

}  // namespace casus::world
