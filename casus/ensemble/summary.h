// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

namespace casus::ensemble {

/// Quantiles by linear interpolation between order statistics (position level * (n - 1)).
///
/// @param values  at least one, all finite; reordered.
/// @param levels  ascending, each in [0, 1].
/// @source Hyndman & Fan (1996), American Statistician 50, definition 7.
void quantiles_of(std::span<float> values, std::span<const double> levels, std::span<float> out);

}  // namespace casus::ensemble
