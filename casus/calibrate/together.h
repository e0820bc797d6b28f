// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace casus::calibrate {

/// Who works: the threads of this program, and the programs that do one run together.
struct Together {
  std::size_t threads = 0;  ///< 0 = as many as the machine has
  std::size_t rank = 0, size = 1;
  /// What all programs say, by rank, given what this one says; called by all at the same points.
  std::function<std::vector<std::string>(const std::string& own)> all_say = {};
  /// Told between batches how many pieces this program has done since the last call, by the thread
  /// that called; what it throws stops the run.
  std::function<void(std::size_t pieces)> told = {};
};

/// `work(i)` for i in [0, count), each piece done once by one of the programs and known to all.
///
/// Programs do every size-th piece; what comes out depends neither on them nor on threads.
/// @param width  numbers in what `work` returns, always the same.
[[nodiscard]] std::vector<std::vector<double>> work_together(
    std::size_t count, std::size_t width,
    const std::function<std::vector<double>(std::size_t)>& work, const Together& how);

}  // namespace casus::calibrate
