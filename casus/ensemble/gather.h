// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "casus/ensemble/futures.h"
#include "casus/ensemble/shard.h"

namespace casus::ensemble {

/// What is handed over of a run.
struct Kept {
  const Parts& parts;
  Cut cut;
  std::vector<std::size_t> options;  ///< of the run, by index; handed over as 0, 1, ...
  std::size_t trajectories = 0;
  /// The figures of an option of the run; default: those that lie there.
  std::function<std::vector<Figures>(std::size_t option)> figures = {};
};

/// What is done with the parts of a finished run.
struct Receivers {
  std::function<void(std::size_t option, std::size_t first, const Shard&)> results;
  std::function<void(std::size_t option, const std::vector<Figures>&)> figures;
  /// [series][kept week][future]; the first `count` of `futures` are kept whole.
  std::function<void(std::size_t option, std::size_t first, std::size_t count,
                     std::span<const float> weekly, std::size_t futures)>
      trajectories;
  std::function<void()> shard = {};  ///< one is handed over
};

/// Hands over all parts in the order of options and futures.
void hand_over(const Kept& kept, const Receivers& to);

/// The whole of a run in memory. @param most  trajectories, at most.
[[nodiscard]] Futures gathered(const Futures& about, const Parts& parts, const Cut& cut,
                               std::size_t most, const std::function<void()>& each_shard = {});

}  // namespace casus::ensemble
