// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/summary.h"

#include <algorithm>
#include <cstddef>

#include "casus/base/error.h"

namespace casus::ensemble {

void quantiles_of(std::span<float> values, std::span<const double> levels, std::span<float> out) {
  CASUS_CHECK(!values.empty() && levels.size() == out.size());
  const std::size_t last = values.size() - 1;
  std::size_t sorted = 0;  // everything before is in place and not above what follows
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const double position = levels[l] * static_cast<double>(last);
    const auto below = std::min(static_cast<std::size_t>(position), last);
    const double part = position - static_cast<double>(below);
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
    if (below >= sorted) {
      std::nth_element(values.begin() + static_cast<std::ptrdiff_t>(sorted), at, values.end());
      sorted = below;
    }
    const double low = *at;
    const double high = below == last ? low : *std::min_element(at + 1, values.end());
    out[l] = static_cast<float>(low + part * (high - low));
  }
}

}  // namespace casus::ensemble
