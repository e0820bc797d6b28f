// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/series.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "casus/base/error.h"

namespace casus::ensemble {
namespace {

using casefile::Case;
using casefile::Dimension;

/// Which entities of a variable's dimensions are kept.
enum class Keep : std::uint8_t {
  whole,     ///< it has no dimension
  all,       ///< every entity (every combination)
  leading,   ///< leading actors
  warring,   ///< leads of the war's sides and leading actors with a force abroad
  foreign,   ///< foreign contingents
  strained,  ///< pairs of leading actors that are rivals, at war or allied in the war
  weapons    ///< shells, tanks, missiles and interceptors of members of a side
};

struct Row {
  std::string_view variable;
  Keep keep;
};

constexpr Row rows[] = {
    {"fighting", Keep::whole},
    {"ceasefire", Keep::whole},
    {"end_settlement", Keep::whole},
    {"end_frozen", Keep::whole},
    {"end_protracted", Keep::whole},
    {"end_collapse", Keep::whole},
    {"new_war", Keep::whole},
    {"area_km2", Keep::all},
    {"area_total_km2", Keep::whole},
    {"chip_km2", Keep::whole},
    {"intensity", Keep::all},
    {"troops", Keep::all},
    {"killed", Keep::all},
    {"casualties", Keep::all},
    {"strength", Keep::all},
    {"in_combat", Keep::foreign},
    {"in_transit", Keep::foreign},
    {"contingent_killed", Keep::foreign},
    {"morale", Keep::foreign},
    {"force", Keep::warring},
    {"support", Keep::leading},
    {"elite_cohesion", Keep::warring},
    {"pressure", Keep::warring},
    {"fiscal_room", Keep::warring},
    {"sanctions", Keep::warring},
    {"technology", Keep::warring},
    {"aid_usd_per_week", Keep::warring},
    {"guarantee", Keep::warring},
    {"rung", Keep::leading},
    {"stock", Keep::weapons},
    {"tension", Keep::strained},
    {"talks", Keep::strained},
    {"oil_price", Keep::whole},
};

std::uint32_t variable_index(std::string_view name) {
  const auto table = casefile::variables();
  const auto found = std::ranges::find(table, name, &casefile::Variable::name);
  if (found == table.end())
    throw InternalError("no published variable '" + std::string(name) + "'");
  return static_cast<std::uint32_t>(found - table.begin());
}

std::size_t count_of(const Case& given, Dimension dimension) {
  switch (dimension) {
    case Dimension::actor:
      return given.actors.size();
    case Dimension::side:
      return given.war ? 2 : 0;
    case Dimension::sector:
      return given.sectors.size();
    case Dimension::contingent:
      return given.contingents.size();
    case Dimension::region:
      return given.regions.size();
    case Dimension::action:
      return casefile::action_count;
    case Dimension::stock:
      return casefile::names_of<casefile::StockKind>().size();
  }
  return 0;
}

std::optional<int> side_at_war(const Case& given, std::size_t actor) {
  if (!given.war) return std::nullopt;
  for (int side = 0; side < 2; ++side) {
    for (const casefile::ActorId m : given.war->sides[static_cast<std::size_t>(side)].members) {
      if (m == actor) return side;
    }
  }
  return std::nullopt;
}

bool owns_foreign(const Case& given, std::size_t actor) {
  return std::ranges::any_of(given.contingents, [&](const casefile::Contingent& c) {
    return c.foreign && c.owner == actor;
  });
}

bool warring(const Case& given, std::size_t actor) {
  return side_at_war(given, actor).has_value() || owns_foreign(given, actor);
}

/// In the war, with men abroad, the decision maker, carrier of an option, or its values are
/// weighed.
bool leading(const Case& given, std::size_t actor) {
  const auto valued = [&](const casefile::Values& v) { return v.actor == actor; };
  const auto carries = [&](const casefile::Option& o) { return o.by && *o.by == actor; };
  return warring(given, actor) || given.decision_maker == actor ||
         std::ranges::any_of(given.values, valued) || std::ranges::any_of(given.options, carries) ||
         given.actors[actor].has(casefile::Role::great_power);
}

/// Kinds of stock that tell how a war is supplied.
bool telling(std::uint32_t kind) {
  using enum casefile::StockKind;
  const auto k = static_cast<casefile::StockKind>(kind);
  return k == shells || k == tanks || k == missiles || k == interceptors;
}

bool strained(const Case& given, std::size_t a, std::size_t b) {
  if (a == b || !leading(given, a) || !leading(given, b)) return false;
  if (warring(given, a) && warring(given, b)) return a < b;
  return std::ranges::any_of(given.rivalries, [&](const casefile::Rivalry& r) {
    return (r.a == a && r.b == b) || (r.a == b && r.b == a);
  });
}

bool kept(const Case& given, Keep keep, std::uint32_t first, std::uint32_t second) {
  switch (keep) {
    case Keep::whole:
    case Keep::all:
      return true;
    case Keep::leading:
      return leading(given, first);
    case Keep::warring:
      return warring(given, first);
    case Keep::foreign:
      return given.contingents[first].foreign;
    case Keep::strained:
      return strained(given, first, second);
    case Keep::weapons:
      return side_at_war(given, first) && telling(second) &&
             std::ranges::any_of(given.stocks, [&](const casefile::Stock& s) {
               return s.actor == first && static_cast<std::uint32_t>(s.kind) == second;
             });
  }
  return false;
}

}  // namespace

std::string entity_id(const Case& given, Dimension dimension, std::uint32_t entity) {
  switch (dimension) {
    case Dimension::actor:
      return given.actors[entity].id;
    case Dimension::side:
      return given.war->sides[entity].id;
    case Dimension::sector:
      return given.sectors[entity].id;
    case Dimension::contingent:
      return given.contingents[entity].id;
    case Dimension::region:
      return given.regions[entity].id;
    case Dimension::action:
      return std::string(casefile::name_of(static_cast<casefile::Action>(entity)));
    case Dimension::stock:
      return std::string(casefile::name_of(static_cast<casefile::StockKind>(entity)));
  }
  throw InternalError("a dimension without entities");
}

namespace {

/// The rows of the chosen variables, in the order of the table; then those it lacks.
std::vector<Row> chosen_rows(const std::vector<std::string>& variables) {
  if (variables.empty()) return {std::begin(rows), std::end(rows)};
  std::vector<Row> out;
  for (const Row& row : rows) {
    if (std::ranges::find(variables, row.variable) != variables.end()) out.push_back(row);
  }
  for (const std::string& name : variables) {
    const auto table = casefile::variables();
    const auto known = std::ranges::find(table, name, &casefile::Variable::name);
    if (known == table.end()) {
      throw CaseError({{"--variables", 0, 0, "there is no published variable '" + name + "'", "", 1,
                        "'casus model --variables' lists them"}});
    }
    if (std::ranges::find(out, known->name, &Row::variable) == out.end()) {
      out.push_back({known->name, known->dimensions[0] ? Keep::all : Keep::whole});
    }
  }
  return out;
}

void add_series(const Case& given, const Row& row, std::vector<SeriesUse>& out) {
  const std::uint32_t index = variable_index(row.variable);
  const casefile::Variable& variable = casefile::variables()[index];
  const auto size = [&](std::size_t d) {
    return variable.dimensions[d] ? count_of(given, *variable.dimensions[d]) : std::size_t{1};
  };
  for (std::uint32_t i = 0; i < size(0); ++i) {
    for (std::uint32_t j = 0; j < size(1); ++j) {
      if (!kept(given, row.keep, i, j)) continue;
      SeriesUse s;
      s.series.variable = std::string(row.variable);
      s.series.unit = std::string(variable.unit);
      if (variable.dimensions[0])
        s.series.entities.push_back(entity_id(given, *variable.dimensions[0], i));
      if (variable.dimensions[1])
        s.series.entities.push_back(entity_id(given, *variable.dimensions[1], j));
      s.use.variable = index;
      s.use.entity[0] = variable.dimensions[0] ? i : 0;
      s.use.entity[1] = variable.dimensions[1] ? j : 0;
      out.push_back(std::move(s));
    }
  }
}

}  // namespace

std::vector<SeriesUse> series_of(const Case& given, const std::vector<std::string>& variables) {
  std::vector<SeriesUse> out;
  for (const Row& row : chosen_rows(variables)) add_series(given, row, out);
  return out;
}

std::vector<casefile::VariableUse> uses_of_questions(const Case& given) {
  std::vector<casefile::VariableUse> out;
  const auto add = [&](std::size_t expression) {
    for (const casefile::Step& step : given.expressions[expression].steps) {
      if (step.kind != casefile::Step::Kind::value) continue;
      const bool have =
          std::ranges::any_of(out, [&](const auto& u) { return same_use(u, step.use); });
      if (!have) out.push_back(step.use);
    }
  };
  for (const casefile::Question& q : given.questions) {
    if (q.expression) add(*q.expression);
    for (const casefile::Category& c : q.categories) add(c.expression);
  }
  return out;
}

}  // namespace casus::ensemble
