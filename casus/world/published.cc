// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/published.h"

#include <array>

#include "casus/base/error.h"
#include "casus/world/law.h"

namespace casus::world {
namespace {

using casefile::VariableUse;
using Reader = F (*)(const State&, const Model&, const VariableUse&);

constexpr float thousand = 1000.0F;
constexpr float billion = 1.0e9F;

F flag(M m) { return lanes::one_if(m); }
M ended(const State& s, float code) {
  const F e = s.at(Var::end_state, 0);
  return (e > F(code - 0.5F)) & (e < F(code + 0.5F));
}
F total(const State& s, Var v) {
  F sum(0.0F);
  for (const F& x : s[v]) sum += x;
  return sum;
}
template <Var v>
F one(const State& s, const Model&, const VariableUse&) {
  return s.at(v, 0);
}
template <Var v, int scale = 1>
F by(const State& s, const Model&, const VariableUse& u) {
  return s.at(v, u.entity[0]) * F(static_cast<float>(scale));
}
template <Var v, int scale = 1>
F by_sector_side(const State& s, const Model&, const VariableUse& u) {
  return s.at(v, u.entity[0] * 2 + u.entity[1]) * F(static_cast<float>(scale));
}
template <Var v>
F by_pair(const State& s, const Model&, const VariableUse& u) {
  return s.at(v, u.entity[0] * s.shape().actors + u.entity[1]);
}
F war_end(const State& s, const Model& m, float code) {
  return m.has_war() ? flag(ended(s, code)) : F(0.0F);
}
F any_clash(const State& s) {
  F most(0.0F);
  for (const F& c : s[Var::clash]) most = lanes::max(most, c);
  return most;
}
F in_region(const State& s, const Model& m, const VariableUse& u) {
  const std::size_t nodes = s.shape().path_nodes;
  const auto& places = m.path(u.entity[0]).places;
  F sum(0.0F);
  for (std::size_t n = 0; n < places.size() && n < nodes; ++n) {
    const auto& region = m.given().places[places[n]].region;
    if (region && region->index == u.entity[1]) sum += s.at(Var::men, u.entity[0] * nodes + n);
  }
  return sum * F(thousand);
}
F on_the_way(const State& s, const Model& m, const VariableUse& u) {
  const std::size_t nodes = s.shape().path_nodes;
  F sum(0.0F);
  for (std::size_t n = 1; n < m.path(u.entity[0]).last(); ++n) {
    sum += s.at(Var::men, u.entity[0] * nodes + n);
  }
  return sum * F(thousand);
}

struct Row {
  std::string_view name;
  Reader read;
};

/// In the order of casefile::variables(); a test holds the two together.
constexpr Row rows[] = {
    {"fighting",
     [](const State& s, const Model& m, const VariableUse&) { return war_end(s, m, 0); }},
    {"ceasefire",
     [](const State& s, const Model& m, const VariableUse&) {
       return m.has_war() ? flag(ended(s, 1) | ended(s, 3)) : F(0.0F);
     }},
    {"end_settlement",
     [](const State& s, const Model& m, const VariableUse&) { return war_end(s, m, 2); }},
    {"end_frozen",
     [](const State& s, const Model& m, const VariableUse&) { return war_end(s, m, 3); }},
    {"end_protracted",
     [](const State& s, const Model& m, const VariableUse&) { return war_end(s, m, 0); }},
    {"end_collapse",
     [](const State& s, const Model& m, const VariableUse&) { return war_end(s, m, 4); }},
    {"new_war", [](const State& s, const Model&, const VariableUse&) { return any_clash(s); }},
    {"area_km2", by<Var::area_shift>},
    {"area_total_km2",
     [](const State& s, const Model&, const VariableUse&) { return total(s, Var::area_shift); }},
    {"chip_km2",
     [](const State& s, const Model&, const VariableUse&) { return total(s, Var::chip); }},
    {"intensity", by_sector_side<Var::intensity>},
    {"troops", by_sector_side<Var::troops, 1000>},
    {"fortification", by_sector_side<Var::fort>},
    {"killed", by<Var::killed, 1000>},
    {"casualties", by<Var::casualties, 1000>},
    {"strength", [](const State& s, const Model&,
                    const VariableUse& u) { return men_abroad(s, u.entity[0]) * F(thousand); }},
    {"in_combat", by<Var::in_combat, 1000>},
    {"in_transit", on_the_way},
    {"contingent_killed", by<Var::contingent_killed, 1000>},
    {"morale", by<Var::morale>},
    {"quality", by<Var::quality>},
    {"presence", in_region},
    {"force", by<Var::force, 1000>},
    {"support", [](const State& s, const Model&,
                   const VariableUse& u) { return shown_support(s, u.entity[0]); }},
    {"elite_cohesion", by<Var::elite_cohesion>},
    {"pressure", by<Var::pressure>},
    {"fiscal_room",
     [](const State& s, const Model&, const VariableUse& u) {
       return s.at(Var::fiscal_room, u.entity[0]) * F(0.01F);
     }},
    {"sanctions", by<Var::sanction>},
    {"technology", by<Var::technology>},
    {"aid_usd_per_week", by<Var::aid_received, 1000000000>},
    {"guarantee",
     [](const State& s, const Model&, const VariableUse& u) {
       return s.at(Var::guarantee_level, u.entity[0]) *
              s.at(Var::guarantee_credibility, u.entity[0]);
     }},
    {"rung", by<Var::rung>},
    {"stock", [](const State& s, const Model&,
                 const VariableUse& u) { return s.at(Var::stock, u.entity[0] * 9 + u.entity[1]); }},
    {"tension", by_pair<Var::tension>},
    {"talks", by_pair<Var::talks>},
    {"trust",
     [](const State& s, const Model&, const VariableUse& u) {
       return trust_share(s, u.entity[0] * s.shape().actors + u.entity[1]);
     }},
    {"clash", by_pair<Var::clash>},
    {"act",
     [](const State& s, const Model& m, const VariableUse& u) {
       return activity(s, m, static_cast<Action>(u.entity[1]), u.entity[0]);
     }},
    {"line_lost", by<Var::line_lost>},
    {"oil_price", one<Var::oil_price>},
};

/// How the decision maker's friends see it, 0-1, weighed by closeness.
F standing(const State& s, const Model& m, std::size_t who) {
  const std::size_t n = s.shape().actors;
  F sum(0.0F);
  float weight = 0.0F;
  for (std::size_t a = 0; a < n; ++a) {
    const float w = a == who ? 0.0F : m.alignment(a, who);
    if (w < 0.3F) continue;
    sum += F(w) * (s.at(Var::tension, a * n + who) + F(10.0F)) * F(0.05F);
    weight += w;
  }
  return weight > 0.0F ? sum / F(weight) : F(0.5F);
}

F over_foreign(const State& s, const Model& m, Var v) {
  F sum(0.0F);
  const auto& contingents = m.given().contingents;
  for (std::size_t c = 0; c < contingents.size(); ++c) {
    if (contingents[c].foreign) sum += s.at(v, c);
  }
  return sum;
}

F technology_of_owners(const State& s, const Model& m) {
  F sum(0.0F);
  for (std::size_t a = 0; a < s.shape().actors; ++a) {
    bool owns = false;
    for (const auto& c : m.given().contingents) owns = owns || (c.foreign && c.owner == a);
    if (owns) sum += s.at(Var::technology, a);
  }
  return sum;
}

F aid_to_side_1(const State& s, const Model& m) {
  F sum(0.0F);
  for (std::size_t a = 0; a < s.shape().actors; ++a) {
    if (m.side_of(a) == 1) sum += s.at(Var::aid_total, a);
  }
  return sum * F(billion);
}

M swapped(const State& s, const Model& m) {
  const F index = s.at(Var::settled_package, 0);
  M any = F(0.0F) > F(1.0F);
  for (std::size_t i = 0; i < m.packages().size(); ++i) {
    if (m.packages()[i].line != casefile::Line::chip_swap) continue;
    any = any | (index == F(static_cast<float>(i)));
  }
  return any;
}

}  // namespace

std::string_view published_name(std::size_t variable) { return rows[variable].name; }

F published(const State& state, const Model& model, const casefile::VariableUse& use) {
  static_assert(std::size(rows) == 40);
  CASUS_CHECK(use.variable < std::size(rows));
  return rows[use.variable].read(state, model, use);
}

Outcome::Outcome(const Model& model)
    : model_(&model),
      foreign_peak_(0.0F),
      rung_peak_(0.0F),
      nuclear_signal_(0.0F),
      nuclear_use_(0.0F),
      chip_held_(0.0F) {}

void Outcome::observe(const State& state, int) {
  foreign_peak_ = lanes::max(foreign_peak_, over_foreign(state, *model_, Var::in_combat));
  for (const F& rung : state[Var::rung]) rung_peak_ = lanes::max(rung_peak_, rung);
  for (const F& alert : state[Var::nuclear_alert]) {
    nuclear_signal_ = lanes::max(nuclear_signal_, flag(alert >= F(1.9F)));
    nuclear_use_ = lanes::max(nuclear_use_, flag(alert >= F(3.9F)));
  }
  chip_held_ = select(ended(state, 0), total(state, Var::chip), chip_held_);
}

F Outcome::measure(std::size_t measure, const State& s) const {
  const Model& m = *model_;
  const bool war = m.has_war();
  const std::size_t who = m.given().decision_maker;
  const auto if_war = [&](F x) { return war ? x : F(0.0F); };
  switch (measure) {
    case 0:
      return war_end(s, m, 2);
    case 1:
      return if_war(flag(ended(s, 1) | ended(s, 3)));
    case 2:
      return war_end(s, m, 0);
    case 3:
      return war_end(s, m, 4);
    case 4:
      return s.at(Var::war_weeks, 0);
    case 5:
      return total(s, Var::area_shift);
    case 6:
      return select(swapped(s, m), chip_held_, total(s, Var::chip));
    case 7:
      return s.at(Var::killed, 0) * F(thousand);
    case 8:
      return s.at(Var::killed, 1) * F(thousand);
    case 9:
      return foreign_peak_ * F(thousand);
    case 10:
      return over_foreign(s, m, Var::contingent_killed) * F(thousand);
    case 11:
      return rung_peak_;
    case 12:
      return any_clash(s);
    case 13:
      return nuclear_signal_;
    case 14:
      return nuclear_use_;
    case 15:
      return aid_to_side_1(s, m);
    case 16:
      return s.at(Var::spent, who) * F(billion);
    case 17:
      return shown_support(s, who);
    case 18:
      return standing(s, m, who);
    case 19:
      return technology_of_owners(s, m);
    case 20:
      return if_war(s.at(Var::guarantee_level, m.lead(1)) *
                    s.at(Var::guarantee_credibility, m.lead(1)));
    case 21:
      return s.at(Var::recurred, 0);
    case 22:
      return s.at(Var::talks_weeks, 0);
    default:
      break;
  }
  throw InternalError("no measure " + std::to_string(measure));
}

}  // namespace casus::world
