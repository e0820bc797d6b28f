// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "casus/intel/belief.h"
#include "casus/intel/order_of_battle.h"

namespace casus::intel {

/// Expected information of a look: I(sign; state) in bits, never negative (A12, Lindley 1956).
/// @param prior P(state). @param likelihood P(sign | state), [sign][state].
[[nodiscard]] double information_bits(std::span<const double> prior,
                                      std::span<const double> likelihood);

/// What could be collected next, best first: three signs each, built from the case's places and
/// kinds.
[[nodiscard]] std::vector<CollectionTask> collection_tasks(const casefile::Case& given,
                                                           const Belief& belief,
                                                           const OrderOfBattle& where);

}  // namespace casus::intel
