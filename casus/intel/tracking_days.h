// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "casus/intel/calibration.h"
#include "casus/intel/claims.h"
#include "casus/intel/model.h"
#include "casus/intel/strength.h"

/// What the hypotheses say on a day of the strengths that are tracked.
namespace casus::intel {

/// Two hypotheses of one contingent: how many there are, and how many at the front.
struct CountedPair {
  std::uint32_t contingent = 0;
  std::uint32_t total = 0;
  std::optional<std::uint32_t> front;
};
[[nodiscard]] std::vector<CountedPair> counted_pairs(const casefile::Case& given);

/// The belief of one day, from what had been published by then.
struct DayBelief {
  std::vector<Strength> strengths;         ///< of every counted hypothesis
  std::vector<std::vector<double>> pairs;  ///< by counted pair: P(total, front), front fastest
  std::vector<double> measures;  ///< by evidence: P(it speaks from knowledge and is not staged)
  bool changed = true;           ///< false: the same as the day before
};

/// P(a report speaks from knowledge and is not staged).
[[nodiscard]] double measures_of(const ReportPosterior& report);

/// What of the evidence hangs on the day.
struct ToldByDay {
  const std::vector<bool>& used;        ///< by evidence
  const std::vector<bool>& goes_along;  ///< likewise: with its picture (`DayModel`)
};

/// Reads a day off a calibration that has gathered that day's reports.
///
/// The joint of a pair is exact where one bucket holds both; else the two marginals are joined as
/// evenly as `front <= total` lets them (iterative proportional fitting).
/// @param told      which evidence is in use, and which goes along with a picture.
/// @param of_places evidence whose reliability is wanted; that of others is left 0.
[[nodiscard]] DayBelief day_belief(const casefile::Case& given, const Model& model,
                                   const JunctionTree& tree, Calibration& calibration,
                                   std::span<const Numbers> numbers, const ToldByDay& told,
                                   std::span<const std::size_t> of_places);

/// What `day_belief` asks of a calibration (`Calibration::focus`).
[[nodiscard]] std::vector<std::vector<Variable>> scopes_of_day(
    const casefile::Case& given, const Model& model, const JunctionTree& tree,
    std::span<const std::size_t> of_places);

}  // namespace casus::intel
