// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/summary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/base/error.h"

namespace casus::ensemble {
namespace {

constexpr std::size_t few = 256;  ///< below, comparing is faster than counting

/// Bits that are ordered as the floats are; both zeros are one.
std::uint32_t order_of(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x + 0.0F);
  return (bits >> 31U) != 0 ? ~bits : bits | 0x80000000U;
}

float float_of(std::uint32_t order) {
  return std::bit_cast<float>((order >> 31U) != 0 ? order & 0x7fffffffU : ~order);
}

/// Sorts by counting, byte by byte; a byte that all share needs no pass.
void sort_by_bytes(std::span<float> values) {
  const std::size_t n = values.size();
  std::vector<std::uint32_t> from(n), to(n);
  std::array<std::array<std::uint32_t, 256>, 4> count{};
  for (std::size_t i = 0; i < n; ++i) {
    from[i] = order_of(values[i]);
    for (std::size_t b = 0; b < 4; ++b) ++count[b][(from[i] >> (8 * b)) & 255U];
  }
  for (std::size_t b = 0; b < 4; ++b) {
    if (count[b][(from[0] >> (8 * b)) & 255U] == n) continue;
    std::uint32_t before = 0;
    for (std::uint32_t& c : count[b]) {
      const std::uint32_t here = c;
      c = before;
      before += here;
    }
    for (const std::uint32_t x : from) to[count[b][(x >> (8 * b)) & 255U]++] = x;
    from.swap(to);
  }
  for (std::size_t i = 0; i < n; ++i) values[i] = float_of(from[i]);
}

}  // namespace

void quantiles_of(std::span<float> values, std::span<const double> levels, std::span<float> out) {
  CASUS_CHECK(!values.empty() && levels.size() == out.size());
  const auto [least, most] = std::ranges::minmax(values);
  if (least == most) {
    std::ranges::fill(out, least + 0.0F);
    return;
  }
  if (values.size() < few) {
    std::ranges::sort(values);
  } else {
    sort_by_bytes(values);
  }
  const std::size_t last = values.size() - 1;
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const double position = levels[l] * static_cast<double>(last);
    const auto below = std::min(static_cast<std::size_t>(position), last);
    const double part = position - static_cast<double>(below);
    const double low = values[below];
    const double high = values[std::min(below + 1, last)];
    out[l] = static_cast<float>(low + part * (high - low));
  }
}

}  // namespace casus::ensemble
