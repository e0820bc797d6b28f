// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "casus/world/start.h"
#include "casus/world/start_parts.h"

namespace casus::world {
namespace {

void start_tensions(Starting& s) {
  const Model& m = s.model;
  const std::size_t n = m.shape().actors;
  const F enmity = s.knob("start.tension_enemies");
  const F rivalry = s.knob("start.tension_rivals");
  const F kinship = s.knob("start.tension_kin");
  const F spread = s.knob("start.tension_spread");
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      const bool enemies = m.side_of(i) >= 0 && m.side_of(j) >= 0 && m.side_of(i) != m.side_of(j);
      const F mean = enemies ? enmity : m.rivals(i, j) ? rivalry : kinship * F(m.alignment(i, j));
      s.state.at(Var::tension, i * n + j) =
          mean + spread * s.normal(Stream("start.tension"), m.pair_key(i, j));
    }
  }
  for (const casefile::Tension& t : m.given().tensions) {
    s.state.at(Var::tension, t.from * n + t.to) =
        s.each(t.value.prior, Stream("start.tension"), m.pair_key(t.from, t.to));
  }
  for (std::size_t k = 0; k < n * n; ++k) {
    F& tension = s.state.at(Var::tension, k);
    tension = lanes::clamp(tension, F(-10.0F), F(10.0F));
    // Promises kept and broken: four remembered, the kept share after how the two see each other.
    const F kept = lanes::logistic(tension * F(0.35F));
    s.state.at(Var::trust_kept, k) = F(1.0F) + F(4.0F) * kept;
    s.state.at(Var::trust_broken, k) = F(1.0F) + F(4.0F) * (F(1.0F) - kept);
  }
}

void start_aid(Starting& s) {
  const std::size_t n = s.model.shape().actors;
  for (const casefile::Aid& aid : s.model.given().aid) {
    const std::size_t k = aid.from * n + aid.to;
    const F rate = lanes::max(
        s.each(aid.usd.prior, Stream("start.aid"), s.model.pair_key(aid.from, aid.to)) * F(1e-9F),
        F(0.0F));
    s.state.at(Var::aid_rate, k) = rate;
    s.state.at(Var::aid_start, k) = rate;
    for (const Var pipe : {Var::aid_pipe_1, Var::aid_pipe_2, Var::aid_pipe_3}) {
      s.state.at(pipe, k) = rate * s.knob("alliances.pipeline") / F(3.0F);
    }
    s.state.at(Var::aid_received, aid.to) += rate;
    const bool helped = s.model.side_of(aid.to) >= 0 &&
                        s.model.given().actors[aid.from].has(casefile::Role::great_power);
    if (helped) s.state.at(Var::intelligence, aid.to) = s.knob("start.intelligence");
  }
}

/// A defence pact in force with a stronger party is a guarantee at the top of the scale.
void start_guarantees(Starting& s) {
  const auto& given = s.model.given();
  for (std::size_t t = 0; t < given.treaties.size(); ++t) {
    const casefile::Treaty& treaty = given.treaties[t];
    if (!treaty.in_force || treaty.treaty_class != casefile::TreatyClass::defence) continue;
    const F honour = s.each(treaty.honour.prior, Stream("start.honour"), fold(treaty.key));
    for (const casefile::ActorId party : treaty.parties) {
      const bool covered = std::ranges::any_of(treaty.parties, [&](casefile::ActorId other) {
        return other != party && given.actors[other].nuclear;
      });
      if (!covered) continue;
      F& level = s.state.at(Var::guarantee_level, party);
      level = lanes::max(level, F(0.8F));
      F& credibility = s.state.at(Var::guarantee_credibility, party);
      credibility = lanes::max(credibility, honour);
    }
  }
}

}  // namespace

void start_relations(Starting& s) {
  const std::size_t n = s.model.shape().actors;
  start_tensions(s);
  start_aid(s);
  start_guarantees(s);
  for (const casefile::TalksStart& t : s.model.given().talks) {
    const F level(static_cast<float>(t.state));
    s.state.at(Var::talks, t.a * n + t.b) = level;
    s.state.at(Var::talks, t.b * n + t.a) = level;
  }
  for (const casefile::RulerTie& tie : s.model.given().ties) {
    const bool first = s.model.actor_key(tie.a) < s.model.actor_key(tie.b);
    const std::uint32_t key =
        first ? s.model.pair_key(tie.a, tie.b) : s.model.pair_key(tie.b, tie.a);
    const F bond =
        lanes::clamp(s.each(tie.bond.prior, Stream("start.ruler_tie"), key), F(0.0F), F(1.0F));
    s.state.at(Var::ruler_tie, tie.a * n + tie.b) = bond;
    s.state.at(Var::ruler_tie, tie.b * n + tie.a) = bond;
  }
  if (!s.model.has_war()) return;
  const std::size_t x = s.model.lead(0);
  const std::size_t y = s.model.lead(1);
  const F half = s.knob("start.optimism") * F(0.5F);
  s.state.at(Var::optimism, x * n + y) = half;
  s.state.at(Var::optimism, y * n + x) = half;
}

void start_beliefs(Starting& s) {
  const Model& m = s.model;
  State& state = s.state;
  const std::size_t n = m.shape().actors;
  const std::size_t contingents = m.shape().contingents;
  const F blur_force = s.knob("start.blur_force");
  const F blur_men = s.knob("start.blur_contingent");
  F trend(0.0F);
  for (const casefile::Sector& sector : m.given().sectors) {
    trend += F(sector.weekly_gain.prior.mean());
  }
  for (std::size_t i = 0; i < n; ++i) {
    state.at(Var::believed_trend, i) = trend;
    state.at(Var::believed_win, i) = F(0.5F);
    for (std::size_t j = 0; j < n; ++j) {
      const F error = i == j
                          ? F(0.0F)
                          : blur_force * s.normal(Stream("start.believed_force"), m.pair_key(i, j));
      state.at(Var::believed_force, i * n + j) = state.at(Var::force, j) * lanes::exp(error);
    }
    for (std::size_t c = 0; c < contingents; ++c) {
      const casefile::Contingent& k = m.given().contingents[c];
      const bool knows = k.owner.index == i || k.host.index == i;
      const std::size_t at = i * contingents + c;
      const std::size_t last = c * m.shape().path_nodes + m.path(c).last();
      F men(0.0F);
      for (std::size_t node = 0; node < m.path(c).places.size(); ++node) {
        men += state.at(Var::men, c * m.shape().path_nodes + node);
      }
      const F own = lanes::log(lanes::max(men, F(0.01F)));
      const F eps = blur_men * s.normal(Stream("start.believed_strength"),
                                        m.pair_key(i, i) ^ m.contingent_key(c));
      state.at(Var::believed_strength, at) = knows ? own : own + eps;
      state.at(Var::believed_variance, at) = F(knows ? 0.01F : 0.15F);
      const F there = lanes::one_if(state.at(Var::men, last) > F(0.2F)) * F(2.0F) - F(1.0F);
      const F sure(knows ? 4.0F : k.foreign ? 1.0F : 4.0F);
      state.at(Var::believed_presence, at) = there * sure;
    }
  }
  if (!m.has_war()) return;
  for (std::size_t i = 0; i < n; ++i) {
    if (m.side_of(i) < 0) continue;
    const auto side = static_cast<std::size_t>(m.side_of(i));
    const F own = state.at(Var::believed_force, i * n + m.lead(side));
    const F other = state.at(Var::believed_force, i * n + m.lead(1 - side));
    state.at(Var::believed_win, i) = lanes::logistic(
        F(1.2F) * lanes::log(lanes::max(own, F(1.0F)) / lanes::max(other, F(1.0F))));
  }
  const F ratio = lanes::log(lanes::max(state.at(Var::force, m.lead(0)), F(1.0F)) /
                             lanes::max(state.at(Var::force, m.lead(1)), F(1.0F)));
  state.at(Var::win_chance, 0) = lanes::logistic(F(1.2F) * ratio);
  state.at(Var::win_chance, 1) = lanes::logistic(F(-1.2F) * ratio);
}

}  // namespace casus::world
