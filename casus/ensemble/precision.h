// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "casus/ensemble/futures.h"
#include "casus/ensemble/store.h"
#include "casus/ensemble/team.h"

namespace casus::ensemble {

/// What was played until what the error had fallen to.
struct Precision {
  std::size_t futures = 0;
  double error = 0.0;      ///< the greatest of any option
  bool reached = true;     ///< false: `PlayOptions::futures` were not enough
  std::size_t played = 0;  ///< futures, times options, that did not lie in the store
};

/// Plays on, doubling the futures of every option from `first_look` on, until the Monte-Carlo error
/// asked for is reached in every option or all futures are played.
///
/// Where to stop hangs on the futures alone, so a run that is taken up again stops where it would
/// have. Two looks on the way make no difference to speak of: the error falls by a root of two from
/// one to the next, and the mean is not looked at.
/// @throws ModelError `error_of` names no measure, or the decision maker has no values.
[[nodiscard]] Precision play_until_precise(const casefile::Case& given, const intel::Belief& belief,
                                           const PlayOptions& how, Store& store, Team& team);

/// Refuses what `play_until_precise` could not weigh, before anything is kept of the run.
/// @throws ModelError as `play_until_precise`.
void check_precision(const casefile::Case& given, const PlayOptions& how);

/// What a run is of which only the first `futures` are played.
[[nodiscard]] PlayOptions first_of(const PlayOptions& how, std::size_t futures);

/// Futures after which `play_until_precise` looks first: 512 or little more, and a power of two of
/// points, at least sixteen.
[[nodiscard]] std::size_t first_look(std::size_t noises);

}  // namespace casus::ensemble
