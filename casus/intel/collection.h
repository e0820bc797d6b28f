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

/// The tasks worth most an hour, each beyond what those before it are expected to show (greedy,
/// within 1 - 1/e of the best set as information is submodular; Krause & Guestrin 2005).
/// At most 24 are chosen so, and four of one hypothesis.
/// @param prior P(state), by hypothesis; every task names its own.
/// @param keep  by task (none: all false): listed though not chosen, after those that are, by what
///              each alone would add to them an hour.
[[nodiscard]] std::vector<CollectionTask> in_order_of_worth(
    std::vector<CollectionTask> tasks, const std::vector<std::vector<double>>& prior,
    const std::vector<bool>& keep = {});

/// What could be collected next, best an hour first: three signs each, built from the case's places
/// and from the kinds of report that spoke of a question or of one it is given. Every pass over a
/// place is listed.
[[nodiscard]] std::vector<CollectionTask> collection_tasks(const casefile::Case& given,
                                                           const Belief& belief,
                                                           const OrderOfBattle& where);

}  // namespace casus::intel
