// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/intel/belief.h"
#include "casus/intel/calibration.h"
#include "casus/intel/model.h"

namespace casus::intel {

/// The joint posterior as a chain of conditionals, P(v | separator of v), in reverse order of
/// elimination; hidden variables that no hypothesis hangs on are left out.
///
/// Where that takes more than `most_cells` numbers it is thinned: hypotheses alone, each given at
/// most three that were already joined to one another, those that tell most of it. Every factor's
/// own joint and every marginal stay exact; weak dependences across factors are let go.
[[nodiscard]] std::vector<JointFactor> joint_factors(const Model& model, const JunctionTree& tree,
                                                     Calibration& calibration,
                                                     std::size_t hypotheses,
                                                     std::size_t most_cells);

/// Numbers the chain takes without thinning.
[[nodiscard]] std::size_t joint_cells(const JunctionTree& tree, std::size_t hypotheses);

inline constexpr std::size_t most_joint_cells = 20000;

}  // namespace casus::intel
