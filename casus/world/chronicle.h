// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/world/week.h"

namespace casus::world {

/// Tells what no single act or draw brings about but the numbers of a week show: a stock that runs
/// low, men who have learned, a public that turns. Each is told when a level is passed for the
/// first time, what goes on for long once in half a year.
///
/// It changes nothing and runs only where somebody listens.
/// @param before  the state a week ago.
void chronicle(const State& before, const State& after, const Now& now);

}  // namespace casus::world
