// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/intel/belief.h"
#include "casus/intel/junction_tree.h"
#include "casus/intel/model.h"

namespace casus::intel {

/// The joint posterior as a chain of conditionals, P(v | separator of v), in reverse order of
/// elimination; hidden variables that no hypothesis hangs on are left out.
[[nodiscard]] std::vector<JointFactor> joint_factors(const Model& model, const JunctionTree& tree,
                                                     const Calibration& calibration,
                                                     std::size_t hypotheses);

}  // namespace casus::intel
