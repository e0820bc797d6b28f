// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "casus/calibrate/weekly.h"
#include "casus/casefile/load.h"

/// A case that carries a weekly record starts from what the record showed by its day.
namespace casus::calibrate {

/// Weeks that "of late" means for the pace of a sector.
inline constexpr std::size_t late_weeks = 8;

/// Replaces the `weekly_gain` of every sector by what the table showed by the case's day.
///
/// Of the last `late_weeks` weeks that were over by then, those known: N(mean, sd / sqrt(n)), the
/// error of the mean, with sd no less than a redraw of .5 km2. A sector with fewer than four keeps
/// the case's own number; so does a case looked at from before the table. What the start takes is
/// part of `given.digest`.
/// @return the sectors that took their pace from the record.
/// @oracle record_test.cc: by hand; weeks after the day change nothing.
std::size_t start_from(casefile::Case& given, const WeeklyTable& territory);

/// The same with `weekly/territory_weekly.csv` of the case's folder, if it is there.
/// @param path  the case's folder or its case.yaml.
/// @throws CaseError, IoError as `read_weekly`.
std::size_t start_from_record(casefile::Case& given, const std::filesystem::path& path);

}  // namespace casus::calibrate
