// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "casus/intel/tracking_days.h"
#include "casus/intel/tracking_trajectory.h"

/// How many there are: what the trajectories of a counted contingent are held to.
namespace casus::intel {

/// What the members of an ensemble are held to on a day, ordered by states and strength, and where
/// their strata begin: never across two states, at most 64 members.
struct Anchors {
  std::vector<Anchor> anchors;
  std::vector<std::uint32_t> strata;
  std::vector<std::uint32_t> state;  ///< of the total's hypothesis, by member
};

struct Sampling {
  std::uint64_t seed = 1;
  std::uint32_t members = 2048;
};

/// Strengths from a day's joint posterior: states systematically, so that their shares agree with
/// it to 1 / members; men within a state by the numbers told; F <= N; build-ups as likely as the
/// numbers leave them, less where men would be at the front before they can have got there.
/// @param which the pair's index in `day.pairs`.
[[nodiscard]] Anchors anchors_on(const casefile::Case& given, const Way& way,
                                 const CountedPair& pair, const DayBelief& day, std::size_t which,
                                 const Sampling& how);

}  // namespace casus::intel
