// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/intel/infer_order.h"
#include "casus/intel/infer_question.h"

namespace casus::intel {

/// Importance sampling from weighted mini-buckets, for trees that do not fit.
///
/// Variables are eliminated in the given order, but where the tables that hold one would join to
/// more than a part of `options.cells`, they are split into groups, each summed alone with the
/// power that keeps the product an upper bound (Hoelder). Backwards, every variable is drawn from
/// the product of the tables and messages of its bucket, given those drawn before; the weight of a
/// draw is the model's product over the probability of drawing it. Without a split the draws are
/// exact.
///
/// Fills in method, error (largest standard error of a posterior, or one over the effective number
/// of draws if that is more), the log evidence and its standard error, posteriors, and where asked
/// for the most probable of the draws and joint draws by weight.
/// @returns false if no draw agrees with the evidence.
/// @source Dechter & Rish (2003), Mini-buckets, J. ACM 50; Liu & Ihler (2011), Bounding the
///         partition function using Hoelder's inequality, ICML; Gogate & Dechter (2011),
///         SampleSearch, Artificial Intelligence 175.
/// @oracle infer_approximate_test.cc: exact posteriors lie within five standard errors.
[[nodiscard]] bool approximate(const Question& question, const EliminationOrder& order,
                               const QueryOptions& options, Answer& answer);

}  // namespace casus::intel
