// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "casus/intel/calibration.h"
#include "casus/intel/leave_out.h"

namespace casus::intel {

/// A change of factors as weights over some variables of a clique, in the order of the tree; only
/// their proportions count.
struct Weighed {
  std::vector<Variable> scope;
  std::vector<double> weights;
};

/// All variables that a change speaks of, in the order of the tree.
[[nodiscard]] std::vector<Variable> scope_of(const Calibration& c, const Change& change);

/// @pre the scope of the change lies within one clique.
[[nodiscard]] Weighed weighed(const Calibration& c, const Change& change);

/// What weights in a clique are to all that lies outside of it and of what hangs below it: the same
/// change, seen by its parent.
/// @pre spread
[[nodiscard]] Weighed told_above(const Calibration& c, std::size_t clique, const Weighed& in);

/// Both changes, within one clique.
[[nodiscard]] Weighed product(const Calibration& c, const Weighed& a, const Weighed& b);

}  // namespace casus::intel
