// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "casus/calibrate/backtest.h"

namespace casus::brief {

/// A backtest as one page: skill and coverage by horizon, every series against what came, the
/// transforms' histogram, and the misses in words.
[[nodiscard]] std::string backtest_page(const calibrate::Backtest& backtest);

}  // namespace casus::brief
