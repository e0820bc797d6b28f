// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include "casus/intel/model.h"

/// Lineage that nobody tells: who may have repeated whom (A5, docs/models/lineage.md).
namespace casus::intel {

/// P(a report of `kind` repeats one of `other` that it may have heard), both saying the same of
/// the same question. The means of the correlations in docs/models/lineage.md; 0 for what looks for
/// itself.
[[nodiscard]] double repeats(casefile::ReportKind kind, casefile::ReportKind other);

/// P(a report of `kind` rests on the same look as an earlier one of the same source that said the
/// same), by the days they speak of: near 1 for the same days; for others, what unlike looks share.
[[nodiscard]] double repeats_itself(casefile::ReportKind kind,
                                    const std::optional<std::pair<Date, Date>>& days,
                                    const std::optional<std::pair<Date, Date>>& earlier);

/// What is repeated untold was said in the days before (judgement).
inline constexpr int echo_days = 21;

/// Finds, for every report, P(it only repeats something said before, untold).
///
/// Of the earlier reports of others on its question a report without a lineage repeats one with 1 -
/// prod (1 - k_j), each in proportion to its k_j; only those that say the same can have been the
/// one. For equal k the expected number of origins among n reports is (1 - (1 - k)^n) / k, which
/// tends to 1/k, as n / (1 + (n - 1) k) does. A report withdrawn later may have been repeated all
/// the same.
///
/// Of its own source's earlier reports that say the same it repeats one with 1 - prod (1 - k_j),
/// k_j of `repeats_itself`; others are heard only if it does not. A class of people (`many`) is
/// nobody who could repeat itself.
/// @note O(n m) time, m reports on one question within `echo_days` or of one source; the order of
///       the file does not matter.
void add_unknown_lineage(const casefile::Case& given, Model& m);

}  // namespace casus::intel
