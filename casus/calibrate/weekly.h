// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "casus/time/date.h"

/// The record a front is calibrated on: weekly tables of claimed losses and of ground.
namespace casus::calibrate {

/// What a table does not say: an empty cell, a week that is left out.
inline constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// One table with a row a week, without gaps: weeks the file leaves out are rows of `missing`.
struct WeeklyTable {
  Date first;                                         ///< Monday of the first row
  std::size_t weeks = 0;                              ///< rows
  std::map<std::string, std::vector<double>> column;  ///< one value a week
  std::vector<std::string> flag;                      ///< tokens joined by `;`, may be empty

  [[nodiscard]] Date monday(std::size_t row) const { return first.plus(7 * static_cast<int>(row)); }
  /// Column of that name, or an empty span.
  [[nodiscard]] std::span<const double> at(const std::string& name) const;
  /// The same table without the weeks after `origin`; those before it are not touched.
  [[nodiscard]] WeeklyTable until(Date origin) const;
};

/// The two tables of a front.
struct Weekly {
  WeeklyTable losses;     ///< persons and items a week, claims about side 0
  WeeklyTable territory;  ///< km2 a week, net, side 0's gain; `km2_<sector>` and `delta_km2`
};

/// Reads a table of weeks: a header with `week_start`, then a row a week in any order.
///
/// Columns of numbers may be empty in a row; a column `flag` is text; unknown columns are kept.
/// @throws CaseError a week is no Monday, comes twice, a cell is no number; each with its place.
/// @throws IoError   missing or unreadable.
[[nodiscard]] WeeklyTable read_weekly(const std::filesystem::path& file);

/// `losses_weekly.csv` and `territory_weekly.csv` of a folder.
/// @throws CaseError, IoError as `read_weekly`; a column the forecast needs is not there.
[[nodiscard]] Weekly read_front(const std::filesystem::path& folder);

}  // namespace casus::calibrate
