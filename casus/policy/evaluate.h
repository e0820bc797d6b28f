// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/casefile/expression.h"
#include "casus/world/model.h"
#include "casus/world/state.h"

namespace casus::policy {

/// In which of sixteen futures does a rule's condition hold on the current published values?
///
/// Only variables of the current week may stand in a rule. A `given` that does not hold makes the
/// condition false.
/// @throws CaseError the expression looks at another week.
/// @oracle script_test.cc: casefile::evaluate, one future at a time.
[[nodiscard]] lanes::M evaluate_now(const casefile::Expression& expression,
                                    const world::State& state, const world::Model& model);

}  // namespace casus::policy
