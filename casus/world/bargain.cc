// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/bargain.h"

#include <algorithm>
#include <optional>

namespace casus::world {
namespace {

using casefile::Feature;
using casefile::ForceLimits;
using casefile::Guarantee;

constexpr std::array<std::size_t, issues> levels_of(const Package& p) {
  return {static_cast<std::size_t>(p.line),
          static_cast<std::size_t>(p.status),
          static_cast<std::size_t>(p.guarantee),
          static_cast<std::size_t>(p.force_limits),
          static_cast<std::size_t>(p.sanctions),
          p.monitors ? 1U : 0U,
          p.foreign_out ? 1U : 0U,
          p.prisoners ? 1U : 0U};
}

/// Worth of the levels of each issue to the two sides, 0-1: zero-sum but for a little concavity, so
/// that swaps pay; monitors and prisoners are good for both. Levels in the order of the vocabulary.
constexpr float level_worth[2][issues][5] = {
    {{0.55F, 0.2F, 0.0F, 0.55F, 1.0F},  // line: current, pre-invasion, maximal, swap, demand
     {0.55F, 1.0F, 0.0F},               // status: open, neutral, member
     {1.0F, 0.8F, 0.45F, 0.0F},         // guarantee of side 1
     {0.0F, 0.55F, 1.0F},               // limits on side 1's forces
     {0.0F, 0.55F, 1.0F},               // sanctions: keep, ease, lift
     {0.45F, 0.55F},                    // monitors
     {0.6F, 0.4F},                      // foreign troops stay, leave
     {0.4F, 0.6F}},                     // prisoners stay, return
    {{0.5F, 0.8F, 1.0F, 0.5F, 0.0F},
     {0.5F, 0.0F, 1.0F},
     {0.0F, 0.25F, 0.6F, 1.0F},
     {1.0F, 0.5F, 0.0F},
     {1.0F, 0.5F, 0.0F},
     {0.35F, 0.65F},
     {0.4F, 0.6F},
     {0.35F, 0.65F}}};
/// A swap of held ground for held ground, at a chip of 500 km2: each regains
/// what it values more.
constexpr float swap_gain[2] = {0.12F, 0.12F};

}  // namespace

std::vector<OutsidePower> outside_powers(const Model& model) {
  std::vector<OutsidePower> out;
  for (std::size_t side = 0; side < 2; ++side) {
    std::optional<std::size_t> best;
    const std::size_t lead = model.lead(side);
    const auto rank = [&](std::size_t a) {
      const bool great = model.given().actors[a].has(casefile::Role::great_power);
      return model.alignment(a, lead) + (great ? 0.5F : 0.0F);
    };
    for (std::size_t a = 0; a < model.shape().actors; ++a) {
      if (model.side_of(a) >= 0 || model.alignment(a, lead) < 0.3F) continue;
      if (!best || rank(a) > rank(*best)) best = a;
    }
    if (best) out.push_back({*best, side, std::min(model.alignment(*best, lead), 0.8F), side == 1});
  }
  return out;
}

F outside_surplus(const OutsidePower& power, const State& state, const Stakes& stakes,
                  const std::array<F, 2>& value, F protection) {
  const F w(power.weight);
  const F mean_u = F(0.5F) * (value[0] + value[1]);
  const F mean_v = F(0.5F) * (stakes.war[0] + stakes.war[1]);
  F u = w * value[power.side] + (F(1.0F) - w) * mean_u;
  const F v = w * stakes.war[power.side] + (F(1.0F) - w) * mean_v;
  if (power.guarantor) {
    const F tired = F(1.0F) - lanes::min(state.at(Var::aid_leader, power.actor), F(1.0F));
    u += F(0.1F) * tired - F(0.1F) * (F(1.0F) + tired) * protection;
  }
  return u - v;
}

F Stakes::value(std::size_t side, const Package& p) const {
  const auto level = levels_of(p);
  F sum(0.0F);
  for (std::size_t k = 0; k < issues; ++k) sum += worth[side][k][level[k]];
  return sum - fear[side][level[2]][p.force_limits == ForceLimits::none ? 1 : 0];
}

Chosen nash_choice(const Stakes& stakes, std::span<const Package> packages, F tabled) {
  Chosen best{F(-1.0F), F(0.0F), {F(0.0F), F(0.0F)}};
  Chosen table = best;
  for (std::size_t i = 0; i < packages.size(); ++i) {
    const F u0 = stakes.value(0, packages[i]);
    const F u1 = stakes.value(1, packages[i]);
    const F product =
        lanes::max(u0 - stakes.war[0], F(0.0F)) * lanes::max(u1 - stakes.war[1], F(0.0F));
    const F index(static_cast<float>(i));
    const auto take = [&](Chosen& into, M where) {
      into.index = select(where, index, into.index);
      into.product = select(where, product, into.product);
      into.value[0] = select(where, u0, into.value[0]);
      into.value[1] = select(where, u1, into.value[1]);
    };
    take(best, product > best.product);
    take(table, (tabled == index) & (product > F(0.0F)));
  }
  const M prefer = (table.product > F(0.0F)) & (table.product >= F(0.6F) * best.product);
  return {select(prefer, table.index, best.index),
          select(prefer, table.product, best.product),
          {select(prefer, table.value[0], best.value[0]),
           select(prefer, table.value[1], best.value[1])}};
}

Bargain::Bargain(const Model& model) : branch_(model) {
  if (!model.has_war()) return;
  const auto& actors = model.given().actors;
  float closest = -1.0F;
  for (std::size_t a = 0; a < actors.size(); ++a) {
    if (model.side_of(a) >= 0) continue;
    const float rank = model.alignment(a, model.lead(1)) +
                       (actors[a].has(casefile::Role::great_power) ? 0.5F : 0.0F);
    if (rank > closest) guarantor_ = a;
    closest = std::max(closest, rank);
  }
  for (std::size_t side = 0; side < 2; ++side) {
    const auto& w = actors[model.lead(side)].wants;
    const auto want = [&](Feature f) { return static_cast<float>(w[static_cast<std::size_t>(f)]); };
    const std::array<float, issues> wish{
        1.5F * want(Feature::territory) + 0.5F * want(Feature::chips),
        0.6F * want(Feature::alliance) + 0.6F * want(Feature::guarantee),
        want(Feature::guarantee),
        want(Feature::balance),
        want(Feature::sanction_freedom) + 0.2F,
        0.3F + 0.3F * want(Feature::calm),
        0.4F * want(Feature::balance),
        0.2F + 0.3F * want(Feature::lives)};
    float sum = 0.0F;
    for (const float x : wish) sum += x;
    for (std::size_t k = 0; k < issues; ++k) {
      shape_[side][k] = std::max(1.5F * 8.0F * wish[k] / std::max(sum, 0.1F), 0.5F);
    }
  }
}

F Bargain::credence(const State& state, const Model& model) const {
  const std::size_t ward = model.lead(1);
  const F faith = trust_share(state, ward * model.shape().actors + guarantor_);
  return lanes::clamp(
      lanes::max(state.at(Var::guarantee_credibility, ward), F(1.3F) * belief_(state) * faith),
      F(0.0F), F(1.0F));
}

std::array<std::array<F, issues>, 2> Bargain::saliences(const State& state, const Now& now) const {
  static constexpr Stream stream("salience");
  std::array<std::array<F, issues>, 2> s{};
  for (std::size_t side = 0; side < 2; ++side) {
    const std::uint32_t key = now.model.actor_key(now.model.lead(side));
    F sum(1.0e-6F);
    for (std::size_t k = 0; k < issues; ++k) {
      const F shape(shape_[side][k]);
      s[side][k] =
          shape * now.draws.unit_gamma(shape, stream, 0, key, static_cast<std::uint32_t>(k));
      sum += s[side][k];
    }
    for (F& x : s[side]) x = x / sum;
  }
  // The second side cares in part about what the first cares about.
  const F r = correlation_(state);
  for (std::size_t k = 0; k < issues; ++k) s[1][k] = r * s[0][k] + (F(1.0F) - r) * s[1][k];
  return s;
}

F Bargain::protection(const State& state, Guarantee level) const {
  switch (level) {
    case Guarantee::none:
      return F(0.0F);
    case Guarantee::paper:
      return paper_(state);
    case Guarantee::monitored:
      return lanes::max(monitored_(state), paper_(state));
    case Guarantee::deployed_or_treaty:
      break;
  }
  return lanes::max(deployed_(state), lanes::max(monitored_(state), paper_(state)));
}

Stakes Bargain::stakes(const State& state, const Now& now) const {
  const Model& model = now.model;
  Stakes out{};
  const auto salience = saliences(state, now);
  F held(0.0F);
  for (const F& x : state[Var::chip]) held += x;
  const F years = years_(state);
  out.escalation = nuclear_loss_(state) * branch_.chance_while_fighting(state, model, years);
  const F swap = lanes::min(held / F(500.0F), F(1.0F));
  for (std::size_t side = 0; side < 2; ++side) {
    for (std::size_t k = 0; k < issues; ++k) {
      for (std::size_t level = 0; level < 5; ++level) {
        F worth(level_worth[side][k][level]);
        if (k == 0 && level == static_cast<std::size_t>(casefile::Line::chip_swap)) {
          worth += F(swap_gain[side]) * swap;
        }
        out.worth[side][k][level] = salience[side][k] * worth;
      }
    }
    const std::size_t lead = model.lead(side);
    const F cost = cost_(state) * (F(1.0F) + state.at(Var::pressure, lead)) * years / F(3.0F);
    // A leader who began or vowed to win the war pays at home for less (Croco 2015); a new one
    // half.
    const F pride = pride_(state) * (F(1.0F) - F(0.5F) * state.at(Var::new_leader, lead));
    out.war[side] = state.at(Var::believed_win, lead) - cost + pride - out.escalation;
  }
  const Rearming change = rearming(state, model);
  const std::size_t ward = model.lead(1);  // packages guarantee side 1
  const F credible = credence(state, model);
  const F aid = state.at(Var::aid_received, ward);
  const F armed = armed_(state) * aid / (aid + F(1.0F));
  const std::array<M, 2> rises{change.side_0_rises, !change.side_0_rises};
  for (std::size_t side = 0; side < 2; ++side) {
    const F weight = commitment_(state) * select(rises[side], rising_(state), F(1.0F));
    for (std::size_t g = 0; g < 4; ++g) {
      const F paper = protection(state, static_cast<Guarantee>(g)) * credible;
      out.fear[side][g][0] = fear(weight, change.shift, paper);
      out.fear[side][g][1] = fear(weight, change.shift, lanes::max(paper, armed));
    }
  }
  return out;
}

}  // namespace casus::world
