// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "casus/ensemble/futures.h"
#include "casus/ensemble/shard.h"

namespace casus::ensemble {

/// What is done with the parts of a finished run.
struct Receivers {
  std::function<void(std::size_t option, std::size_t first, const Shard&)> results;
  std::function<void(std::size_t option, const std::vector<Figures>&)> figures;
  /// [series][kept week][future]; the first `count` of `futures` are kept whole.
  std::function<void(std::size_t option, std::size_t first, std::size_t count,
                     std::span<const float> weekly, std::size_t futures)>
      trajectories;
};

/// Hands over all parts in the order of options and futures.
/// @param options  of the run, by index; handed over as 0, 1, ...
void hand_over(const Parts& parts, const Cut& cut, std::span<const std::size_t> options,
               std::size_t trajectories, const Receivers& to);

/// The whole of a run in memory. @param most  trajectories, at most.
[[nodiscard]] Futures gathered(const Futures& about, const Parts& parts, const Cut& cut,
                               std::size_t most);

}  // namespace casus::ensemble
