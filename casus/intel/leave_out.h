// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "casus/intel/junction_tree.h"

namespace casus::intel {

/// One "what if": some factors in, out, or with another table.
using Change = std::vector<WhatIf>;

/// By question, by variable, by state; a question that leaves no possible state is empty.
using Answers = std::vector<std::vector<std::vector<double>>>;

/// Marginals of `wanted` under each of many what-ifs at once.
///
/// A change of factors within one bucket multiplies the joint by w(u) = new / now over their scope
/// u, so P(v | changed) is in proportion to the sum over u of w(u) P(u, v). One pass down the tree
/// for every state of every wanted variable gives P(u, v) for all u; the number of questions hardly
/// matters. Changes that span buckets are answered by `Calibration::marginals_if`.
///
/// @param calibration gathered, of all variables.
/// @pre   tables that are left out or replaced are positive wherever the new one is.
/// @note  the result does not depend on `threads`.
/// @oracle leave_out_test.cc: `marginals_if`, and a fresh calibration, to 1e-9.
[[nodiscard]] Answers marginals_under(const Calibration& calibration,
                                      std::span<const Variable> wanted,
                                      std::span<const Change> changes, std::size_t threads);

}  // namespace casus::intel
