// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/summary.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

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

/// Between order statistics of sorted values, `position` counted from 0.
double at_position(std::span<const float> sorted, double position) {
  const std::size_t last = sorted.size() - 1;
  position = std::clamp(position, 0.0, static_cast<double>(last));
  const auto below = std::min(static_cast<std::size_t>(position), last);
  const double low = sorted[below];
  const double high = sorted[std::min(below + 1, last)];
  return low + (position - static_cast<double>(below)) * (high - low);
}

}  // namespace

Summing::Summing(const Sampling& sampling, std::size_t futures) {
  if (sampling.independent()) return;
  group_.resize(futures);
  for (std::size_t i = 0; i < futures; ++i) group_[i] = sampling.group(i);
  sum_.resize(sampling.groups(futures));
}

/// Standard error of the mean of groups of one size, from their sums.
double Summing::spread_of_groups(double mean) const {
  const double groups = static_cast<double>(sum_.size());
  if (sum_.size() < 2) return 0.0;
  const double size = static_cast<double>(group_.size()) / groups;
  double squares = 0.0;
  for (const double s : sum_) squares += (s / size - mean) * (s / size - mean);
  return std::sqrt(squares / (groups - 1.0) / groups);
}

double Summing::error_of(std::span<const float> values, double mean) {
  if (group_.empty()) {
    const double n = static_cast<double>(values.size());
    double squares = 0.0;
    for (const float x : values) squares += (x - mean) * (x - mean);
    return n < 2.0 ? 0.0 : std::sqrt(squares / (n - 1.0) / n);
  }
  std::ranges::fill(sum_, 0.0);
  for (std::size_t i = 0; i < values.size(); ++i) sum_[group_[i]] += static_cast<double>(values[i]);
  return spread_of_groups(mean);
}

double Summing::error_of_share(std::span<const float> values, float limit, double share) {
  if (group_.empty()) return std::sqrt(share * (1.0 - share) / static_cast<double>(values.size()));
  std::ranges::fill(sum_, 0.0);
  double all = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] > limit) continue;
    sum_[group_[i]] += 1.0;
    all += 1.0;
  }
  return spread_of_groups(all / static_cast<double>(values.size()));
}

Figures Summing::figures(std::span<const float> values) {
  CASUS_CHECK(!values.empty() && (group_.empty() || group_.size() == values.size()));
  Figures out;
  double sum = 0.0;
  for (const float x : values) sum += static_cast<double>(x);
  const double mean = sum / static_cast<double>(values.size());
  out.mean = static_cast<float>(mean);
  if (!std::isfinite(mean)) return out;
  sorted_.assign(values.begin(), values.end());
  quantiles_of(sorted_, quantile_levels, out.quantile);
  const auto [least, most] = std::ranges::minmax(values);
  if (least == most) return out;
  out.mean_error = static_cast<float>(error_of(values, mean));
  const double last = static_cast<double>(values.size() - 1);
  for (std::size_t l = 0; l < quantile_levels.size(); ++l) {
    const double p = quantile_levels[l];
    const double e = error_of_share(values, out.quantile[l], p);
    out.quantile_error[l] = static_cast<float>(
        0.5 * (at_position(sorted_, (p + e) * last) - at_position(sorted_, (p - e) * last)));
  }
  return out;
}

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
  const double last = static_cast<double>(values.size() - 1);
  for (std::size_t l = 0; l < levels.size(); ++l) {
    out[l] = static_cast<float>(at_position(values, levels[l] * last));
  }
}

}  // namespace casus::ensemble
