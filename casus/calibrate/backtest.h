// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>

#include "casus/calibrate/baselines.h"
#include "casus/calibrate/forecast.h"

/// Past forecasts held against what came: at every origin only what was known then.
namespace casus::calibrate {

inline constexpr std::array<int, 5> scored_horizons = {1, 2, 4, 8, 12};
inline constexpr std::array<double, 3> scored_intervals = {0.5, 0.8, 0.9};

struct BacktestOptions {
  ForecastOptions forecast;  ///< its origin is not used
  Date first_origin, last_target;
  int step = 2;  ///< weeks between origins
  std::size_t baseline_draws = 2000;
  std::function<void(std::size_t done, std::size_t of)> progress;
};

/// A central interval of draws, and the share of them in it, ends included.
struct Interval {
  double low = 0.0, high = 0.0, mass = 0.0;
};
/// @param sorted  draws in ascending order, at least one. @param share  of the interval, below 1.
[[nodiscard]] Interval interval_of(std::span<const double> sorted, double share);

/// One forecast held against what came.
struct Trial {
  Date origin;
  double came = 0.0;
  double median = 0.0;
  std::array<double, 3> low{}, high{};   ///< of the intervals of 50, 80 and 90 %
  std::array<double, 3> inside{};        ///< share of the draws in them, ends included
  double score = 0.0;                    ///< continuous ranked probability score
  double transform = 0.0;                ///< share of draws below what came
  std::map<std::string, double> rivals;  ///< score of each baseline, of `pool` too
};

/// All trials of one series and horizon.
struct Cell {
  std::string series;
  int horizon = 0;
  bool ground = false;
  std::vector<Trial> trials;

  [[nodiscard]] double mean_score() const;
  [[nodiscard]] double mean_of(const std::string& rival) const;
  /// The single baseline with the lowest mean score: chosen in hindsight, so a hard rival.
  [[nodiscard]] std::string best_rival() const;
  /// 1 - score / score of the rival; nothing where the rival's score is below half a km2: a quiet
  /// sector, where a ratio would be noise.
  [[nodiscard]] std::optional<double> skill(const std::string& rival) const;
  [[nodiscard]] double coverage(std::size_t interval) const;
  /// What the coverage would be if what came were one of the draws: more than the interval says
  /// where many draws lie on its end, as in a sector that is mostly still.
  [[nodiscard]] double expected_coverage(std::size_t interval) const;
};

struct Backtest {
  std::string case_id, version;
  std::uint64_t seed = 0;
  Date first_origin, last_target;
  int step = 0;
  std::vector<Cell> cells;  ///< by series, then horizon

  /// 1 - geometric mean of the ratios of scores, over cells of a horizon; `ground` chooses net km2
  /// and sectors, else claims. Nothing where no cell counts.
  [[nodiscard]] std::optional<double> skill(int horizon, bool ground,
                                            const std::string& rival) const;
  /// Share of what came inside the interval, over all cells of a horizon.
  [[nodiscard]] double coverage(int horizon, bool ground, std::size_t interval) const;
  [[nodiscard]] double expected_coverage(int horizon, bool ground, std::size_t interval) const;
};

/// @throws CaseError as `forecast`; no origin has a target.
[[nodiscard]] Backtest backtest(const std::filesystem::path& given, const Weekly& tables,
                                const BacktestOptions& how);

[[nodiscard]] std::string to_json(const Backtest& backtest);

}  // namespace casus::calibrate
