// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/variables.h"

namespace casus::world {

std::span<const VariableInfo> variable_table() {
  static constexpr VariableInfo table[] = {
#define CASUS_ROW(name, extent, unit, low, high, layer, meaning) \
  {#name, Extent::extent, unit, low, high, Layer::layer, meaning},
      CASUS_WORLD_VARIABLES(CASUS_ROW)
#undef CASUS_ROW
  };
  return table;
}

}  // namespace casus::world
