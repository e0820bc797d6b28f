// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/front_law.h"

#include <numbers>

#include "casus/base/numeric.h"

namespace casus::world::front {
namespace {

constexpr float fort_cover = 0.4F;    ///< share of a defender's exposure a full fort takes away
constexpr float fastest = 80.0F;      ///< km a week
constexpr float quiet_share = 0.25F;  ///< weight of a quiet kilometre in the sharing of fires
constexpr float thin_line = 0.1F;     ///< k per km below which an attack thins out
constexpr float plenty =
    0.15F;  ///< more is fired than wanted where stocks are many times the cover
constexpr float even_attack = 0.05F;  ///< intensity that counts as no attack in who attacks whom

std::size_t stock_at(std::size_t actor, casefile::StockKind kind) {
  return actor * 9 + static_cast<std::size_t>(kind);
}

/// cos(2 pi x) by the C library is not the same everywhere: a short even series in double is.
double cosine_turn(double x) {
  x -= static_cast<double>(static_cast<long>(x + (x < 0 ? -0.5 : 0.5)));
  const double a = 2.0 * std::numbers::pi * x;
  double term = 1.0;
  double sum = 1.0;
  for (int k = 1; k <= 12; ++k) {
    term *= -a * a / static_cast<double>((2 * k - 1) * (2 * k));
    sum += term;
  }
  return sum;
}

}  // namespace

Knobs::Knobs()
    : v0(knob_index("front.v0")),
      kappa_drone(knob_index("front.kappa_drone")),
      kappa_shell(knob_index("front.kappa_shell")),
      exposure(knob_index("front.exposure")),
      beta(knob_index("front.beta")),
      theta(knob_index("front.theta")),
      dispersion(knob_index("front.dispersion")),
      rho_front(knob_index("front.rho_front")),
      sd_front(knob_index("front.sd_front")),
      rho_sector(knob_index("front.rho_sector")),
      sd_sector(knob_index("front.sd_sector")),
      season(knob_index("front.season")),
      density(knob_index("front.density")),
      breakthrough(knob_index("front.breakthrough")),
      shell_demand(knob_index("front.shell_demand")),
      drone_demand(knob_index("front.drone_demand")),
      shell_cover(knob_index("front.shell_cover")),
      drone_cover(knob_index("front.drone_cover")),
      jamming(knob_index("front.jamming")),
      intelligence(knob_index("front.intelligence")),
      fort_growth(knob_index("front.fort_growth")),
      fort_depth(knob_index("front.fort_depth")),
      slow_rho(knob_index("front.slow_rho")),
      slow_sd(knob_index("front.slow_sd")),
      fade(knob_index("front.fade")),
      offensive(knob_index("front.offensive")),
      concentration(knob_index("front.concentration")),
      reach(knob_index("front.reach")),
      small_arms(knob_index("front.small_arms")),
      killed(knob_index("front.killed")),
      transit(knob_index("materiel.transit")) {}

Law::Law(const Model& model) : war_(model.has_war()), clock_(model.given().clock()) {
  const auto& given = model.given();
  const std::size_t sectors = given.sectors.size();
  foreign_.resize(sectors * 2);
  offensives_.resize(sectors * 2);
  if (!war_) return;
  lead_ = {model.lead(0), model.lead(1)};
  for (std::uint32_t c = 0; c < given.contingents.size(); ++c) {
    const casefile::Contingent& k = given.contingents[c];
    if (!k.side) continue;
    if (!k.foreign) own_[*k.side].push_back(c);
    if (k.foreign && k.sector) foreign_[k.sector->index * 2 + *k.side].push_back(c);
  }
  for (const Action action : {Action::offensive, Action::seize_ground}) {
    for (const std::uint32_t e : model.entries_of(action)) {
      const Entry& entry = model.entries()[e];
      const int side = model.side_of(entry.actor);
      if (side < 0) continue;
      for (std::size_t s = 0; s < sectors; ++s) {
        const bool here = !entry.sector || *entry.sector == s;
        if (here) offensives_[s * 2 + static_cast<std::size_t>(side)].push_back(e);
      }
    }
  }
}

M Law::fighting(const State& state) const {
  const F end = state.at(Var::end_state, 0);
  return war_ ? end < F(0.5F) : end < F(-1.0F);
}

F Law::mud(const State& state, int week) const {
  const Date monday = clock_.monday_of(week);
  const Date first =
      WeekClock(
          Date(static_cast<int>(std::chrono::year_month_day(monday.plus(3).sys()).year()), 1, 3))
          .monday_of(0);
  const double turn = (static_cast<double>(monday - first) / 7.0 - 10.0) / 52.0;
  const double wet = cosine_turn(turn);
  return knob(state, knobs_.season) * F(wet > 0.0 ? wet : 0.0);
}

F Law::weight(const State& state, std::size_t sector) const {
  const F busiest =
      lanes::max(state.at(Var::intensity, sector * 2), state.at(Var::intensity, sector * 2 + 1));
  return state.at(Var::frontage, sector) * (F(quiet_share) + F(1.0F - quiet_share) * busiest);
}

F Law::total_weight(const State& state) const {
  F sum(1e-6F);
  for (std::size_t s = 0; s < state.shape().sectors; ++s) sum += weight(state, s);
  return sum;
}

Fires Law::fires(const State& state, F total_weight) const {
  Fires out;
  for (std::size_t side = 0; side < 2; ++side) {
    out.worth[side] = worth(state, side);
    const auto ration = [&](casefile::StockKind kind, std::uint32_t demand, std::uint32_t cover) {
      const F want = knob(state, demand);
      const std::size_t i = stock_at(lead_[side], kind);
      const F arriving =
          state.at(Var::pipe_3, i) * lanes::min(F(3.0F) / knob(state, knobs_.transit), F(1.0F));
      const F stock = state.at(Var::stock, i);
      const F running = state.at(Var::production, i) + arriving + stock / knob(state, cover);
      const F had = lanes::min(running, stock) * F(1e-3F);
      const F ample = had / lanes::max(want * total_weight, F(1e-6F));
      return want * lanes::min(ample, F(1.0F) + F(plenty) * lanes::log(lanes::max(ample, F(1.0F))));
    };
    out.shells[side] = ration(casefile::StockKind::shells, knobs_.shell_demand, knobs_.shell_cover);
    out.drones[side] =
        ration(casefile::StockKind::attack_drones, knobs_.drone_demand, knobs_.drone_cover);
  }
  return out;
}

F Law::fighters(const State& state, std::uint32_t c) {
  const F passive = lanes::one_if(state.at(Var::passive, c) > F(0.0F));
  return state.at(Var::in_combat, c) * (F(1.0F) - F(0.7F) * passive);
}

F Law::worth(const State& state, std::size_t side) const {
  F men(1e-3F);
  F sum(0.5e-3F);
  const std::size_t nodes = state.shape().path_nodes;
  for (const std::uint32_t c : own_[side]) {
    F strength(0.0F);
    for (std::size_t node = 0; node < nodes; ++node)
      strength += state.at(Var::men, c * nodes + node);
    men += strength;
    sum += strength * state.at(Var::quality, c) * lanes::logistic(state.at(Var::morale, c));
  }
  return sum / men;
}

Meeting Law::meet(const State& state, std::size_t sector, const Fires& fires, F drift,
                  F mud) const {
  Meeting m;
  const F length = state.at(Var::frontage, sector);
  const F km = weight(state, sector);
  const F slow = lanes::exp(F(0.5F) * state.at(Var::slow_intensity, 0));
  std::array<F, 2> power;
  for (std::size_t side = 0; side < 2; ++side) {
    const F own = state.at(Var::troops, sector * 2 + side);
    m.men[side] = own;
    power[side] = own * fires.worth[side];
    for (const std::uint32_t c : foreign(sector, side)) {
      const F men = fighters(state, c);
      m.men[side] += men;
      power[side] += men * state.at(Var::quality, c) * lanes::logistic(state.at(Var::morale, c));
    }
    const F thin = lanes::min(F(1.0F), m.men[side] / (F(thin_line) * length));
    m.attack[side] = lanes::min(state.at(Var::intensity, sector * 2 + side) * slow * thin, F(1.0F));
    const F sight =
        F(1.0F) + knob(state, knobs_.intelligence) * state.at(Var::intelligence, lead_[side]);
    const F skill = F(0.85F) + F(0.15F) * state.at(Var::learning, lead_[side]);
    m.effect[side] = (knob(state, knobs_.kappa_drone) * fires.drones[side] *
                          (F(1.0F) - knob(state, knobs_.jamming)) +
                      knob(state, knobs_.kappa_shell) * fires.shells[side]) *
                     km * sight * skill;
  }
  // Who is at grips with whom is as many on either side as the lesser side has.
  const F at_grips = lanes::max(m.attack[0], m.attack[1]) * lanes::min(m.men[0], m.men[1]);
  for (F& effect : m.effect) effect += knob(state, knobs_.small_arms) * at_grips;
  // Land that a package moved stretches nobody's lines.
  const F deep = (state.at(Var::area_shift, sector) - state.at(Var::handed_over, sector)) / length;
  const F balance = F(0.5F) * lanes::log((power[0] + F(1e-3F)) * (m.effect[0] + F(1e-3F)) /
                                         ((power[1] + F(1e-3F)) * (m.effect[1] + F(1e-3F)))) -
                    deep / knob(state, knobs_.reach);
  const F both = m.attack[0] + m.attack[1] + F(even_attack);
  for (std::size_t side = 0; side < 2; ++side) {
    const std::size_t other = 1 - side;
    const F role = m.attack[side] / both;
    const F dug_in = knob(state, knobs_.exposure) *
                     (F(1.0F) - F(fort_cover) * state.at(Var::fort, sector * 2 + side));
    m.exposure[side] = dug_in + role * (F(0.35F) + F(0.9F) * m.attack[side] - dug_in);
    const F z = (side == 0 ? balance + drift : -balance - drift) -
                knob(state, knobs_.theta) * state.at(Var::fort, sector * 2 + other);
    const F rho = lanes::max(m.men[other], F(0.05F)) / length;
    const F gap = lanes::logistic(lanes::log(knob(state, knobs_.density) / rho) / F(0.3F));
    const F v = knob(state, knobs_.v0) * m.attack[side] * m.attack[side] *
                lanes::exp(knob(state, knobs_.beta) * z) * (F(1.0F) - mud) *
                (F(1.0F) + knob(state, knobs_.breakthrough) * m.attack[side] * gap);
    m.advance[side] = lanes::min(v, F(fastest));
  }
  return m;
}

}  // namespace casus::world::front
