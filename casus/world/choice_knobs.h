// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "casus/world/knob.h"

namespace casus::world {

/// Parameters of how actors choose (casus/policy), drawn with every future like those of the laws.
[[nodiscard]] std::span<const Knob> choice_knobs();

}  // namespace casus::world
