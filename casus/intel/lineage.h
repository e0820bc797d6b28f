// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/intel/model.h"

/// Lineage that nobody tells: who may have repeated whom (A5, docs/models/lineage.md).
namespace casus::intel {

/// P(a report of `kind` repeats one of `other` that it may have heard), both saying the same of
/// the same question. The means of the correlations in docs/models/lineage.md; 0 for what looks for
/// itself.
[[nodiscard]] double repeats(casefile::ReportKind kind, casefile::ReportKind other);

/// What is repeated untold was said in the days before (judgement).
inline constexpr int echo_days = 21;

/// Finds, for every report without a lineage of its own, P(it only repeats something it heard).
///
/// Of the earlier reports on its question a report repeats one with 1 - prod (1 - k_j), each in
/// proportion to its k_j; only those that say the same can have been the one. For equal k the
/// expected number of origins among n reports is (1 - (1 - k)^n) / k, which tends to 1/k, as
/// n / (1 + (n - 1) k) does. A report withdrawn later may have been repeated all the same.
/// @note O(n m) time, m reports on one question within `echo_days`; the order of the file does not
///       matter.
void add_unknown_lineage(const casefile::Case& given, Model& m);

}  // namespace casus::intel
