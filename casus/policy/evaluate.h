// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/casefile/expression.h"
#include "casus/world/model.h"
#include "casus/world/state.h"

namespace casus::policy {

/// In which futures of a pack does a rule's condition hold on the current published values?
///
/// Only variables of the current week may stand in a rule. A `given` that does not hold makes the
/// condition false.
/// @throws CaseError the expression looks at another week.
/// @oracle script_test.cc: casefile::evaluate, one future at a time.
[[nodiscard]] lanes::M evaluate_now(const casefile::Expression& expression,
                                    const world::State& state, const world::Model& model);

/// The same on what the decision maker of the case sees: public values as they are, its own, and
/// its estimates of what is hidden (docs/models/plans.md).
/// @throws InternalError the expression looks at what it cannot see.
/// @oracle plans_test.cc: hidden truth may change without a sign.
[[nodiscard]] lanes::M evaluate_seen(const casefile::Expression& expression,
                                     const world::State& state, const world::Model& model);

}  // namespace casus::policy
