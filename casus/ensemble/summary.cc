// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/summary.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "casus/base/error.h"
#include "casus/base/wide.h"

namespace casus::ensemble {
namespace {

/// What one pass over the values tells. Sums of eight values' turns are kept apart, so that none
/// waits for the one before; which they are hangs on the place alone.
struct Gist {
  float least, most;
  double sum;
};

constexpr std::size_t turns = 8;

double all_of(const std::array<double, turns>& sum) {
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

CASUS_WIDE Gist gist_of(std::span<const float> values) {
  std::array<float, turns> least, most;
  least.fill(values[0]);
  most.fill(values[0]);
  std::array<double, turns> sum{};
  std::size_t i = 0;
  for (; i + turns <= values.size(); i += turns) {
    for (std::size_t k = 0; k < turns; ++k) {
      const float x = values[i + k];
      least[k] = x < least[k] ? x : least[k];
      most[k] = x > most[k] ? x : most[k];
      sum[k] += static_cast<double>(x);
    }
  }
  for (std::size_t k = 0; i < values.size(); ++i, ++k) {
    const float x = values[i];
    least[k] = x < least[k] ? x : least[k];
    most[k] = x > most[k] ? x : most[k];
    sum[k] += static_cast<double>(x);
  }
  return {std::ranges::min(least), std::ranges::max(most), all_of(sum)};
}

CASUS_WIDE double squares_about(std::span<const float> values, double mean) {
  std::array<double, turns> sum{};
  std::size_t i = 0;
  for (; i + turns <= values.size(); i += turns) {
    for (std::size_t k = 0; k < turns; ++k) {
      const double x = static_cast<double>(values[i + k]) - mean;
      sum[k] += x * x;
    }
  }
  for (std::size_t k = 0; i < values.size(); ++i, ++k) {
    const double x = static_cast<double>(values[i]) - mean;
    sum[k] += x * x;
  }
  return all_of(sum);
}

/// Between order statistics; positions are counted from 0 and kept inside.
class Places {
 public:
  Places(std::span<const double> positions, std::size_t values) : last_(values - 1) {
    for (const double p : positions) {
      ranks_.push_back(below(p));
      ranks_.push_back(std::min(below(p) + 1, last_));
    }
    std::ranges::sort(ranks_);
    ranks_.erase(std::unique(ranks_.begin(), ranks_.end()), ranks_.end());
    found_.resize(ranks_.size());
  }
  void find(Ranks& by, std::span<const float> values, const Gist& gist) {
    by.at(values, {gist.least, gist.most}, ranks_, found_);
  }
  [[nodiscard]] double operator()(double position) const {
    const double low = value(below(position));
    const double high = value(std::min(below(position) + 1, last_));
    return low + (inside(position) - static_cast<double>(below(position))) * (high - low);
  }

 private:
  [[nodiscard]] double inside(double position) const {
    return std::clamp(position, 0.0, static_cast<double>(last_));
  }
  [[nodiscard]] std::size_t below(double position) const {
    return std::min(static_cast<std::size_t>(inside(position)), last_);
  }
  [[nodiscard]] double value(std::size_t rank) const {
    return found_[static_cast<std::size_t>(std::ranges::lower_bound(ranks_, rank) -
                                           ranks_.begin())];
  }

  std::size_t last_;
  std::vector<std::size_t> ranks_;
  std::vector<float> found_;
};

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
    return n < 2.0 ? 0.0 : std::sqrt(squares_about(values, mean) / (n - 1.0) / n);
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
  constexpr std::size_t levels = quantile_levels.size();
  Figures out;
  const Gist gist = gist_of(values);
  const double n = static_cast<double>(values.size());
  const double mean = gist.sum / n;
  out.mean = static_cast<float>(mean);
  if (!std::isfinite(mean)) return out;
  out.quantile.fill(gist.least + 0.0F);
  if (gist.least == gist.most) return out;
  out.mean_error = static_cast<float>(error_of(values, mean));
  std::array<double, levels> middle{}, low{}, high{};
  for (std::size_t l = 0; l < levels; ++l) middle[l] = quantile_levels[l] * (n - 1.0);
  const auto around = [&](std::size_t l, double e) {
    low[l] = (quantile_levels[l] - e) * (n - 1.0);
    high[l] = (quantile_levels[l] + e) * (n - 1.0);
  };
  const auto fill = [&](const Places& places) {
    for (std::size_t l = 0; l < levels; ++l)
      out.quantile[l] = static_cast<float>(places(middle[l]));
  };
  if (!group_.empty()) {  // what the error of a share is hangs on the quantile
    Places places(middle, values.size());
    places.find(ranks_, values, gist);
    fill(places);
  }
  for (std::size_t l = 0; l < levels; ++l)
    around(l, error_of_share(values, out.quantile[l], quantile_levels[l]));
  std::array<double, 3 * levels> all{};
  std::ranges::copy(high, std::ranges::copy(middle, std::ranges::copy(low, all.begin()).out).out);
  Places places(all, values.size());
  places.find(ranks_, values, gist);
  fill(places);
  for (std::size_t l = 0; l < levels; ++l)
    out.quantile_error[l] = static_cast<float>(0.5 * (places(high[l]) - places(low[l])));
  return out;
}

void quantiles_of(std::span<const float> values, std::span<const double> levels,
                  std::span<float> out) {
  CASUS_CHECK(!values.empty() && levels.size() == out.size());
  std::vector<double> positions;
  for (const double l : levels) positions.push_back(l * static_cast<double>(values.size() - 1));
  Places places(positions, values.size());
  Ranks ranks;
  places.find(ranks, values, gist_of(values));
  for (std::size_t l = 0; l < levels.size(); ++l) out[l] = static_cast<float>(places(positions[l]));
}

}  // namespace casus::ensemble
