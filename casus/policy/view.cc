// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "casus/base/error.h"
#include "casus/policy/policy.h"

namespace casus::policy {
namespace {

using world::Extent;
using world::Layer;
using world::Var;

/// Whose a value is: the observer or owner that a variable's index names; nothing where it names
/// none.
std::optional<std::size_t> owner_of(const world::Model& model, Extent extent, std::size_t i) {
  const world::Shape& shape = model.shape();
  switch (extent) {
    case Extent::actor:
      return i;
    case Extent::actor_feature:
      return i / 18;
    case Extent::actor_type:
      return i / 3;
    case Extent::actor_stock:
      return i / 9;
    case Extent::pair:
      return i / shape.actors;
    case Extent::pair_type:
      return i / (shape.actors * 3);
    case Extent::actor_contingent:
      return i / shape.contingents;
    case Extent::contingent:
      return model.given().contingents[i].owner.index;
    case Extent::contingent_node:
      return model.given().contingents[i / shape.path_nodes].owner.index;
    case Extent::entry:
      return model.entries()[i].actor;
    default:
      return std::nullopt;
  }
}

[[noreturn]] void refuse(const world::VariableInfo& info, const world::Model& model,
                         std::size_t actor) {
  throw InternalError("the policy of " + model.given().actors[actor].id + " looks at '" +
                      std::string(info.name) + "', which it cannot know");
}

}  // namespace

F View::at(Var v, std::size_t entity) const {
  const world::VariableInfo& info = world::info(v);
  if (info.layer == Layer::truth) refuse(info, *model_, actor_);
  if (info.layer != Layer::open && owner_of(*model_, info.extent, entity) != actor_) {
    refuse(info, *model_, actor_);
  }
  return state_->at(v, entity);
}

}  // namespace casus::policy
