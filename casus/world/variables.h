// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "casus/world/variables_minds.h"
#include "casus/world/variables_war.h"

/// The state vector: every variable of a future, declared once.
namespace casus::world {

/// What a variable has one value for.
enum class Extent : std::uint8_t {
  one,   ///< the whole future
  side,  ///< the two sides of the war
  sector,
  sector_side,  ///< sector * 2 + side
  contingent,
  contingent_node,  ///< contingent * path_nodes + node of its path (0 = origin)
  actor,
  actor_feature,     ///< actor * 18 + feature
  actor_type,        ///< actor * 3 + type (hawk, trader, survivor)
  actor_stock,       ///< actor * 9 + stock kind
  pair,              ///< from * actors + to (symmetric ones keep both entries equal)
  pair_type,         ///< (from * actors + to) * 3 + type
  actor_contingent,  ///< observer * contingents + contingent
  route,
  entry,  ///< entry of the menu of acts
  knob    ///< a parameter drawn once a future
};

/// Who may know a variable: a policy reads `open`, its own `own` and its own `belief` values, no
/// `truth`.
enum class Layer : std::uint8_t { truth, open, own, belief };

struct VariableInfo {
  std::string_view name;
  Extent extent;
  std::string_view unit;
  float low;  ///< clamps below this are counted
  float high;
  Layer layer;
  std::string_view meaning;
};

#define CASUS_WORLD_VARIABLES(X) CASUS_VARIABLES_OF_WAR(X) CASUS_VARIABLES_OF_MINDS(X)

enum class Var : std::uint16_t {
#define CASUS_ENUMERATOR(name, ...) name,
  CASUS_WORLD_VARIABLES(CASUS_ENUMERATOR)
#undef CASUS_ENUMERATOR
};

/// What a variable may hold.
struct Range {
  float low = 0.0F, high = 0.0F;
};
[[nodiscard]] constexpr Range range_of(Var v) {
#define CASUS_RANGE(name, extent, unit, low, high, layer, meaning) Range{low, high},
  constexpr Range ranges[] = {CASUS_WORLD_VARIABLES(CASUS_RANGE)};
#undef CASUS_RANGE
  return ranges[static_cast<std::size_t>(v)];
}

[[nodiscard]] std::span<const VariableInfo> variable_table();
[[nodiscard]] inline const VariableInfo& info(Var v) {
  return variable_table()[static_cast<std::size_t>(v)];
}

}  // namespace casus::world
