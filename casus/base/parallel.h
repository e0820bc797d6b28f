// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace casus {

/// Runs `work(i)` for i in [0, count) on `threads` threads; order is free, so results must go by
/// index.
///
/// The first exception thrown is rethrown here after all threads have stopped.
/// @param threads 0 = as many as the machine has.
/// @returns how many threads took part in the work.
std::size_t parallel_for(std::size_t count, std::size_t threads,
                         const std::function<void(std::size_t)>& work);

/// Threads the machine offers, at least 1.
[[nodiscard]] std::size_t hardware_threads();

}  // namespace casus
