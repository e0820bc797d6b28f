// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "casus/world/model.h"
#include "casus/world/state.h"

namespace casus::policy {

using world::F;
using world::M;

/// What an actor may look at: public facts, what is its own, and what it believes; never the truth.
class View {
 public:
  View(const world::State& state, const world::Model& model, std::size_t actor)
      : state_(&state), model_(&model), actor_(actor) {}
  /// @throws InternalError the variable is hidden truth, or another's own matter or belief.
  [[nodiscard]] F at(world::Var v, std::size_t entity) const {
    if (!may_see(v, entity)) refuse(v);
    return state_->at(v, entity);
  }
  /// As `at`, of `count` values in a row that belong to one owner.
  [[nodiscard]] std::span<const F> row(world::Var v, std::size_t first, std::size_t count) const {
    if (!may_see(v, first) || !may_see(v, first + count - 1)) refuse(v);
    return (*state_)[v].subspan(first, count);
  }
  [[nodiscard]] std::size_t actor() const { return actor_; }
  [[nodiscard]] const world::Model& model() const { return *model_; }

 private:
  struct Kind {
    world::Extent extent;
    world::Layer layer;
  };
#define CASUS_KIND(name, extent, unit, low, high, layer, meaning) \
  Kind{world::Extent::extent, world::Layer::layer},
  static constexpr Kind kinds[] = {CASUS_WORLD_VARIABLES(CASUS_KIND)};
#undef CASUS_KIND

  [[nodiscard]] bool may_see(world::Var v, std::size_t i) const {
    const Kind kind = kinds[static_cast<std::size_t>(v)];
    if (kind.layer == world::Layer::open) return true;
    return kind.layer != world::Layer::truth && owns(kind.extent, i);
  }
  /// Is the value the actor's, as observer or owner, by its place in the variable?
  [[nodiscard]] bool owns(world::Extent extent, std::size_t i) const {
    using enum world::Extent;
    switch (extent) {
      case actor:
        return i == actor_;
      case actor_feature:
        return i - actor_ * 18 < 18;
      case actor_type:
        return i - actor_ * 3 < 3;
      case actor_stock:
        return i - actor_ * 9 < 9;
      case pair: {
        const std::size_t n = model_->shape().actors;
        return i - actor_ * n < n;
      }
      case pair_type: {
        const std::size_t n = model_->shape().actors * 3;
        return i - actor_ * n < n;
      }
      case actor_contingent: {
        const std::size_t n = model_->shape().contingents;
        return i - actor_ * n < n;
      }
      case entry:
        return model_->entries()[i].actor == actor_;
      default:
        return owns_contingent(extent, i);
    }
  }
  [[nodiscard]] bool owns_contingent(world::Extent extent, std::size_t i) const;
  [[noreturn]] void refuse(world::Var v) const;

  const world::State* state_;
  const world::Model* model_;
  std::size_t actor_;
};

}  // namespace casus::policy
