// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace casus::calibrate {

/// ln Gamma(x) for x > 0, relative error below 1e-12; its bits do not depend on the C library.
/// @source Stirling's series (Abramowitz & Stegun 6.1.40) after the recurrence to x >= 10.
/// @oracle laws_test.cc: factorials; the C library on a grid.
[[nodiscard]] double log_gamma(double x);

}  // namespace casus::calibrate
