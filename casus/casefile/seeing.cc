// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/seeing.h"

#include <algorithm>
#include <string_view>

#include "casus/base/error.h"

namespace casus::casefile {
namespace {

/// Whose a variable is, where it is not public.
enum class Owner : std::uint8_t { actor, contingent, side, sector_side };

struct Row {
  std::string_view variable;
  Owner owner;
  bool estimated;  ///< others hold an estimate
};

/// What is not named here is public.
constexpr Row kept[] = {{"troops", Owner::sector_side, false},
                        {"fortification", Owner::sector_side, false},
                        {"killed", Owner::side, true},
                        {"casualties", Owner::side, false},
                        {"strength", Owner::contingent, true},
                        {"in_combat", Owner::contingent, true},
                        {"in_transit", Owner::contingent, false},
                        {"contingent_killed", Owner::contingent, false},
                        {"morale", Owner::contingent, false},
                        {"quality", Owner::contingent, false},
                        {"presence", Owner::contingent, false},
                        {"force", Owner::actor, true},
                        {"elite_cohesion", Owner::actor, false},
                        {"pressure", Owner::actor, false},
                        {"fiscal_room", Owner::actor, false},
                        {"technology", Owner::actor, false},
                        {"stock", Owner::actor, false}};

bool of_side(const Case& given, std::uint32_t side, ActorId actor) {
  if (!given.war || side > 1) return false;
  const auto& members = given.war->sides[side].members;
  return std::ranges::find(members, actor) != members.end();
}

bool own(const Case& given, Owner owner, const VariableUse& use) {
  const ActorId self = given.decision_maker;
  switch (owner) {
    case Owner::actor:
      return use.entity[0] == self.index;
    case Owner::contingent:
      return given.contingents[use.entity[0]].owner == self;
    case Owner::side:
      return of_side(given, use.entity[0], self);
    case Owner::sector_side:
      return of_side(given, use.entity[1], self);
  }
  return false;
}

}  // namespace

Seeing seeing(const Case& given, const VariableUse& use) {
  CASUS_CHECK(use.variable < variables().size());
  const auto found = std::ranges::find(kept, variables()[use.variable].name, &Row::variable);
  if (found == std::end(kept) || own(given, found->owner, use)) return Seeing::open;
  return found->estimated ? Seeing::estimated : Seeing::hidden;
}

}  // namespace casus::casefile
