// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "casus/calibrate/filter.h"

namespace casus::calibrate {

struct ForecastOptions {
  FilterOptions filter;
  Date origin;  ///< Monday of the last week that may be used
  int weeks = 12;
  std::size_t samples = 1000;
  World world = World::moves;
};

/// Draws of the coming weeks: persons, items and km2.
struct Forecast {
  Date origin;
  int weeks = 0;
  std::size_t samples = 0;
  std::vector<std::string> series;
  std::vector<double> value;  ///< [series][week ahead - 1][sample]

  [[nodiscard]] std::span<const double> at(std::size_t s, int ahead) const {
    return {
        value.data() +
            (s * static_cast<std::size_t>(weeks) + static_cast<std::size_t>(ahead - 1)) * samples,
        samples};
  }
};

/// The case as the filter starts it: looked at from the day before `first`, the Monday of the first
/// week of ground, but with the parameters known by the end of the week `origin`.
/// @throws CaseError, IoError as `casefile::load`.
[[nodiscard]] casefile::Case case_at(const std::filesystem::path& given, Date first, Date origin);

/// Forecasts the weekly series of a front from what was known at an origin.
///
/// Rows after the origin are not looked at: altered or removed, the bytes stay. Weeks between the
/// last row and the origin are filtered as unknown.
/// @throws CaseError no sector of the case has a column in the territory table, or no week of it
/// lies
///                   at or before the origin.
[[nodiscard]] Forecast forecast(const std::filesystem::path& given, const Weekly& tables,
                                const ForecastOptions& how);

/// The same of a case in memory. @param given  looked at from the day before the first week of the
/// territory table.
[[nodiscard]] Forecast forecast(const casefile::Case& given, const Weekly& tables,
                                const ForecastOptions& how);

/// The weeks after those filtered. @param how  its filter's seed and threads, origin, weeks,
/// samples.
[[nodiscard]] Forecast go_on(const Theatre& theatre, const Filtered& filtered,
                             const ForecastOptions& how);

/// `origin_week,target_week,horizon_weeks,series,sample_id,value`, a row a draw.
[[nodiscard]] std::string to_csv(const Forecast& forecast);

}  // namespace casus::calibrate
