// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/view.h"

#include <string>

#include "casus/base/error.h"

namespace casus::policy {

bool View::owns_contingent(world::Extent extent, std::size_t i) const {
  const auto& contingents = model_->given().contingents;
  if (extent == world::Extent::contingent) return contingents[i].owner.index == actor_;
  if (extent != world::Extent::contingent_node) return false;  // names no owner
  return contingents[i / model_->shape().path_nodes].owner.index == actor_;
}

void View::refuse(world::Var v) const {
  throw InternalError("the policy of " + model_->given().actors[actor_].id + " looks at '" +
                      std::string(world::info(v).name) + "', which it cannot know");
}

}  // namespace casus::policy
