// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "casus/intel/calibration.h"

namespace casus::intel {

/// One "what if": some factors in, out, or with another table.
using Change = std::vector<WhatIf>;

/// By question, by variable, by state; a question that leaves no possible state is empty.
using Answers = std::vector<std::vector<std::vector<double>>>;

/// Marginals of `wanted` under each of many what-ifs at once.
///
/// A change of factors within one clique multiplies the joint by w(u) = new / now over their scope
/// u, so P(v | changed) is in proportion to the sum over u of w(u) P(u, v). Where v and u lie in
/// one clique, that is a sum of its table; what lies elsewhere is heard of through what cliques
/// share (hint.h). The number of questions hardly matters. Changes that span cliques are answered
/// by `Calibration::marginals_if`.
///
/// @param calibration gathered; it is spread.
/// @pre   tables that are left out or replaced are positive wherever the new one is.
/// @note  the result does not depend on `threads`.
/// @oracle assessor_test.cc: `marginals_if`, and a fresh assessment, to 1e-9.
[[nodiscard]] Answers marginals_under(Calibration& calibration, std::span<const Variable> wanted,
                                      std::span<const Change> changes, std::size_t threads);

}  // namespace casus::intel
