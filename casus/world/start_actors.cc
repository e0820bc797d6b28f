// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "casus/base/numeric.h"
#include "casus/world/start.h"
#include "casus/world/start_parts.h"
#include "casus/world/types.h"

namespace casus::world {
namespace {

using casefile::ActorStart;
using casefile::Openness;
using casefile::Quantity;
using enum Prior::Kind;

/// How an actor lies about what is typical of its kind.
enum class About : std::uint8_t { share, size, growth };

/// What the engine assumes of an actor where its case is silent: a knob by openness.
struct Silent {
  std::optional<Quantity> ActorStart::*given;
  Var variable;
  double scale;  ///< case unit to state unit
  bool logit;    ///< the state holds the logit of the share
  About about;
  std::array<std::string_view, 3> knobs;  ///< open, managed, closed; in the state's unit
};

constexpr Silent silent[] = {
    {&ActorStart::support,
     Var::support,
     1,
     true,
     About::share,
     {"start.support_open", "start.support_managed", "start.support_closed"}},
    {&ActorStart::elite_cohesion,
     Var::elite_cohesion,
     1,
     false,
     About::share,
     {"start.elites_open", "start.elites_managed", "start.elites_closed"}},
    {&ActorStart::regime_security,
     Var::regime_security,
     1,
     false,
     About::share,
     {"start.regime_open", "start.regime_managed", "start.regime_closed"}},
    {&ActorStart::expected_success,
     Var::expected_success,
     1,
     false,
     About::share,
     {"start.success_open", "start.success_managed", "start.success_closed"}},
    {&ActorStart::fiscal_room,
     Var::fiscal_room,
     100,
     false,
     About::size,
     {"start.room_open", "start.room_managed", "start.room_closed"}},
    {&ActorStart::growth,
     Var::growth,
     1,
     false,
     About::growth,
     {"start.growth", "start.growth", "start.growth"}},
    {&ActorStart::gdp,
     Var::gdp,
     1e-9,
     false,
     About::size,
     {"start.gdp", "start.gdp", "start.gdp_closed"}},
    {&ActorStart::sanctions,
     Var::sanction,
     1,
     false,
     About::size,
     {"start.sanctions_open", "start.sanctions_managed", "start.sanctions_closed"}},
    {&ActorStart::pressure,
     Var::pressure,
     1,
     false,
     About::share,
     {"start.pressure_open", "start.pressure_managed", "start.pressure_closed"}},
    {&ActorStart::manpower_pool,
     Var::manpower_pool,
     1e-3,
     false,
     About::size,
     {"start.manpower_pool", "start.manpower_pool", "start.manpower_pool"}},
    {&ActorStart::force,
     Var::force,
     1e-3,
     false,
     About::size,
     {"start.force_open", "start.force_managed", "start.force_closed"}},
    {&ActorStart::technology,
     Var::tech_progress,
     1,
     false,
     About::size,
     {"start.technology", "start.technology", "start.technology"}},
};

/// The value of a row in state units, before its logit.
F value_of(const Starting& s, std::size_t a, const Silent& what, std::uint32_t entity) {
  const casefile::Actor& actor = s.model.given().actors[a];
  constexpr auto name = Stream("start.actor");
  if (const auto& given = actor.start.*what.given) {
    return s.each(given->prior, name, entity) * F(what.scale);
  }
  const F typical = s.knob(what.knobs[static_cast<std::size_t>(actor.openness)]);
  switch (what.about) {
    case About::share:
      return s.own_share(typical, name, entity);
    case About::size:
      return s.own_size(typical, name, entity);
    case About::growth:
      return typical + s.knob("start.scatter_growth") * s.normal(name, entity);
  }
  return typical;
}

F openness_of(const Starting& s, std::size_t a) {
  switch (s.model.given().actors[a].openness) {
    case Openness::open:
      return F(1.0F);
    case Openness::managed:
      return s.knob("start.openness_managed");
    case Openness::closed:
      return s.knob("start.openness_closed");
  }
  return F(1.0F);
}

void start_people(Starting& s, std::size_t a, bool belligerent) {
  State& state = s.state;
  const auto& start = s.model.given().actors[a].start;
  const std::uint32_t key = s.model.actor_key(a);
  F intake(0.0F);
  if (start.intake) {
    intake = s.each(start.intake->prior, Stream("start.intake"), key) * F(1e-3F);
  } else if (belligerent) {
    intake = s.own_size(s.knob("start.intake"), Stream("start.intake"), key);
  }
  state.at(Var::intake, a) = lanes::max(intake, F(0.0F));
  if (!belligerent) return;
  const bool open = s.model.given().actors[a].openness == Openness::open;
  const F training = s.knob(open ? "manpower.training_open" : "manpower.training_managed");
  state.at(Var::training_1, a) = state.at(Var::intake, a) * training * F(0.5F);
  state.at(Var::training_2, a) = state.at(Var::training_1, a);
  const F wounded = state.at(Var::force, a) * s.knob("start.wounding_rate");
  state.at(Var::wounded_1, a) = wounded * s.knob("manpower.recovery") * F(0.5F);
  state.at(Var::wounded_2, a) = state.at(Var::wounded_1, a);
}

void start_standing(Starting& s, std::size_t a, bool belligerent) {
  State& state = s.state;
  const casefile::Actor& actor = s.model.given().actors[a];
  const std::uint32_t key = s.model.actor_key(a);
  state.at(Var::openness, a) = openness_of(s, a);
  state.at(Var::evasion, a) = s.own_share(s.knob("start.evasion"), Stream("start.evasion"), key) *
                              lanes::one_if(state.at(Var::sanction, a) > F(0.02F));
  state.at(Var::air_defence, a) =
      s.own_share(s.knob("start.air_defence"), Stream("start.air_defence"), key);
  state.at(Var::infrastructure, a) =
      belligerent ? s.own_share(s.knob("start.infrastructure"), Stream("start.infrastructure"), key)
                  : F(0.97F);
  state.at(Var::learning, a) = s.own_share(s.knob("start.learning"), Stream("start.learning"), key);
  state.at(Var::credibility, a) =
      s.knob("start.credibility_spread") * s.normal(Stream("start.credibility"), key);
  state.at(Var::aid_leader, a) = F(1.0F);
  state.at(Var::tasking, a) = F(info(Var::tasking).high);
  state.at(Var::latency, a) =
      actor.nuclear ? F(1.0F) : s.own_share(s.knob("start.latency"), Stream("start.latency"), key);
  state.at(Var::nuclear_alert, a) = F(actor.nuclear && belligerent ? 1.0F : 0.0F);
  state.at(Var::rung_state, a) = F(belligerent ? 7.0F : 2.0F);
  constexpr std::string_view plans[3] = {"start.conceals", "start.displays", "start.doubles"};
  for (std::size_t p = 0; p < 3; ++p) {
    state.at(Var::deception, a * 3 + p) = s.own_share(s.knob(plans[p]), Stream("start.deception"),
                                                      key + static_cast<std::uint32_t>(p));
  }
}

/// Seats that back the government, and the weeks for which aid is voted already.
void start_legislature(Starting& s, std::size_t a) {
  s.state.at(Var::mandate, a) = F(600.0F);
  const auto& house = s.model.given().actors[a].legislature;
  if (!house) return;
  s.state.at(Var::vote_share, a) = lanes::clamp(
      s.each(house->support.prior, Stream("start.vote"), s.model.actor_key(a)), F(0.0F), F(1.0F));
  if (!house->voted) return;
  const auto weeks = static_cast<float>(s.model.week_of(*house->voted) + 1);
  s.state.at(Var::mandate, a) = F(std::clamp(weeks, 0.0F, 600.0F));
}

}  // namespace

void start_actors(Starting& s) {
  for (std::size_t a = 0; a < s.model.shape().actors; ++a) {
    const casefile::Actor& actor = s.model.given().actors[a];
    const bool belligerent = s.model.side_of(a) >= 0 && actor.has(casefile::Role::belligerent);
    for (std::size_t row = 0; row < std::size(silent); ++row) {
      const Silent& what = silent[row];
      const auto entity = s.model.actor_key(a) + static_cast<std::uint32_t>(row) * 0x9E3779B9U;
      F x = value_of(s, a, what, entity);
      if (what.logit) x = lanes::logit(lanes::clamp(x, F(0.01F), F(0.99F)));
      s.state.at(what.variable, a) = x;
    }
    start_people(s, a, belligerent);
    start_standing(s, a, belligerent);
    start_legislature(s, a);
  }
}

void start_minds(Starting& s) {
  State& state = s.state;
  const F spread = s.knob("start.wants_spread");
  // Shares of those who think no step, one and two ahead: a Poisson cut at two.
  const F depth = s.knob("start.depth");
  const F none = F(1.0F) / (F(1.0F) + depth + F(0.5F) * depth * depth);
  const F one = none * (F(1.0F) + depth);
  for (std::size_t a = 0; a < s.model.shape().actors; ++a) {
    const casefile::Actor& actor = s.model.given().actors[a];
    const std::uint32_t key = s.model.actor_key(a);
    const double all = actor.types[0] + actor.types[1] + actor.types[2];
    const F u = s.each(Prior(uniform, 0, 1), Stream("start.type"), key);
    const M hawk = u < F(actor.types[0] / all);
    const M survivor = u >= F((actor.types[0] + actor.types[1]) / all);
    const M trader = !(hawk | survivor);
    const M types[3] = {hawk, trader, survivor};
    for (std::size_t t = 0; t < 3; ++t) {
      state.at(Var::type, a * 3 + t) = lanes::one_if(types[t]);
      for (std::size_t o = 0; o < s.model.shape().actors; ++o) {
        state.at(Var::believed_type, (o * s.model.shape().actors + a) * 3 + t) =
            F(actor.types[t] / all);
      }
    }
    F sum(0.0F);
    for (std::size_t f = 0; f < casefile::feature_count; ++f) {
      const F eps =
          s.normal(Stream("start.theta"), key + static_cast<std::uint32_t>(f) * 0x9E3779B9U);
      F w = lanes::exp(spread * eps) * F(actor.wants[f]);
      for (std::size_t t = 0; t < 3; ++t) w = lanes::select(types[t], w * F(type_bend(t, f)), w);
      state.at(Var::theta, a * casefile::feature_count + f) = w;
      sum += w;
    }
    const F mean = lanes::max(sum / F(static_cast<float>(casefile::feature_count)), F(1e-6F));
    for (std::size_t f = 0; f < casefile::feature_count; ++f) {
      state.at(Var::theta, a * casefile::feature_count + f) /= mean;
    }
    const bool given = actor.rationality.prior.median() > 0.0;
    state.at(Var::rationality, a) =
        given ? s.each(actor.rationality.prior, Stream("start.rationality"), key)
              : s.own_size(s.knob("start.rationality"), Stream("start.rationality"), key);
    const F level = s.each(Prior(uniform, 0, 1), Stream("start.level"), key);
    state.at(Var::level, a) = lanes::one_if(level >= none) + lanes::one_if(level >= one);
  }
}

void start_stocks(Starting& s) {
  State& state = s.state;
  const F transit = s.knob("materiel.transit");
  const auto at = [](std::size_t actor, casefile::StockKind kind) {
    return actor * 9 + static_cast<std::size_t>(kind);
  };
  for (const casefile::Stock& stock : s.model.given().stocks) {
    const std::size_t i = at(stock.actor, stock.kind);
    const auto entity = s.model.actor_key(stock.actor) + static_cast<std::uint32_t>(stock.kind);
    state.at(Var::stock, i) =
        lanes::max(s.each(stock.amount.prior, Stream("start.stock"), entity), F(0.0F));
    if (stock.production) {
      state.at(Var::production, i) =
          lanes::max(s.each(stock.production->prior, Stream("start.production"), entity), F(0.0F));
    }
  }
  for (const casefile::Flow& flow : s.model.given().flows) {
    const std::size_t i = at(flow.to, flow.kind);
    const auto entity =
        s.model.pair_key(flow.from, flow.to) + static_cast<std::uint32_t>(flow.kind);
    F rate = lanes::max(s.each(flow.amount.prior, Stream("start.flow"), entity), F(0.0F));
    const bool prone =
        flow.kind == casefile::StockKind::shells || flow.kind == casefile::StockKind::missiles;
    const bool closed = s.model.given().actors[flow.from].openness == Openness::closed;
    if (prone && closed) rate *= F(1.0F) - s.knob("materiel.duds");
    state.at(Var::inflow, i) += rate;
    for (const Var pipe : {Var::pipe_1, Var::pipe_2, Var::pipe_3}) {
      state.at(pipe, i) += rate * transit / F(3.0F);
    }
  }
}

}  // namespace casus::world
