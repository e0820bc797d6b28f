// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/calibrate/record.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "casus/base/id.h"
#include "casus/casefile/folder.h"

namespace casus::calibrate {
namespace {

constexpr std::size_t fewest = 4;    // known weeks behind a pace
constexpr double smallest_sd = 0.5;  // km2 a week: what a map's redraw moves by itself
constexpr int week_days = 7;

/// Rows of weeks that were over on `day`.
std::size_t rows_by(const WeeklyTable& table, Date day) {
  const int days = day.plus(1) - table.first;
  return days < week_days ? 0 : std::min(table.weeks, static_cast<std::size_t>(days / week_days));
}

}  // namespace

std::size_t start_from(casefile::Case& given, const WeeklyTable& territory) {
  const std::size_t rows = rows_by(territory, given.as_of);
  const std::size_t from = rows - std::min(rows, late_weeks);
  std::string taken;
  std::size_t sectors = 0;
  for (casefile::Sector& sector : given.sectors) {
    const auto column = territory.at("km2_" + sector.id);
    if (column.empty()) continue;
    std::vector<double> known;
    for (std::size_t w = from; w < rows; ++w) {
      if (std::isfinite(column[w])) known.push_back(column[w]);
    }
    if (known.size() < fewest) continue;
    const double n = static_cast<double>(known.size());
    double mean = 0.0, squares = 0.0;
    for (const double x : known) mean += x / n;
    for (const double x : known) squares += (x - mean) * (x - mean);
    const double sd = std::max(std::sqrt(squares / (n - 1.0)), smallest_sd);
    sector.weekly_gain.prior = Prior(Prior::Kind::normal, mean, sd / std::sqrt(n));
    sector.weekly_gain.from.tag = casefile::Tag::derived;
    sector.weekly_gain.from.known = territory.monday(rows - 1).plus(week_days - 1);
    taken += fmt::format("{} {:.6g} {:.6g}\n", sector.id, mean, sd);
    ++sectors;
  }
  if (sectors > 0) given.digest = fmt::format("{:016x}", key_of(given.digest + taken));
  return sectors;
}

std::size_t start_from_record(casefile::Case& given, const std::filesystem::path& path) {
  const auto table = casefile::case_folder(path) / "weekly" / "territory_weekly.csv";
  if (!std::filesystem::exists(table)) return 0;
  return start_from(given, read_weekly(table));
}

}  // namespace casus::calibrate
