// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "casus/calibrate/weekly.h"

/// Public data in the forms they are published in, made into weekly tables.
namespace casus::calibrate {

/// What a running total was at days: the state a report or a map of that day gives.
using Totals = std::map<std::string, std::map<Date, double>>;

/// Changes a week: total at Monday + 7 less total at Monday, linear between neighbouring days no
/// further apart than `longest_gap`, else `missing`. Edges read between days are flagged
/// `start_edge_interpolated`, `end_edge_interpolated`.
[[nodiscard]] WeeklyTable weekly_changes(const Totals& totals, int longest_gap);

/// Daily cumulative claims as JSON lists of objects with `date` and running totals (General Staff
/// of Ukraine as collected by P. Ivaniuk). Keys come and go: lorries and fuel trucks become one
/// figure, other keys are passed over. `corrections` are signed steps to subtract, flagged
/// `restated:column+n`; a step that stands a day later in the totals is found there. Where the
/// source's own count of days says that its totals begin with the war, the broken week it began in
/// is the first, flagged `partial_week`; weeks that end on a number of persons told as "more" than
/// it are `coarse:personnel`, the week after them `catch_up:personnel`.
/// @throws CaseError no list of objects, a day twice, a total that is no number; with its place.
[[nodiscard]] WeeklyTable import_losses(std::span<const std::filesystem::path> files,
                                        std::span<const std::filesystem::path> corrections);

/// A total on a day, linear between neighbouring days no further apart than `longest_gap`, else
/// `missing`.
[[nodiscard]] double total_on(const std::map<Date, double>& days, Date day, int longest_gap);

/// Daily maps of occupied ground as GeoJSON (DeepStateMap as collected by cyterat), the day in each
/// file's name; a map of a morning shows the day before. Net km2 by sector (`column` of the tile,
/// or `km2_<id>`), `delta_km2` their sum, `km2_other` outside them, `gained_km2` and `lost_km2`
/// gross between neighbouring maps, `occupied_km2` at the end of the week. Days may be missing;
/// weeks whose edge is further than three days from a map stay empty. Flags: interpolated edges,
/// `stale_days:n` on which nothing moved, `large_step:day:km2` above 60 km2 at once.
/// @param sectors  GeoJSON tiles without overlap, each with an id.
/// @throws CaseError no GeoJSON, a position that is none, a file without a day, a day twice,
/// sectors
///         that overlap; with its place.
/// @note   a map of 3,000 vertices takes 0.1 s of one core to read and some 0.1 s to cut.
[[nodiscard]] WeeklyTable import_map(std::span<const std::filesystem::path> files,
                                     const std::filesystem::path& sectors, std::size_t threads);

/// Areas of one such map, km2, by the same names. @throws CaseError as `import_map`.
[[nodiscard]] std::map<std::string, double> map_areas(const std::filesystem::path& file,
                                                      const std::filesystem::path& sectors);

/// Oryx's list of losses by country and type, a row a day on which a figure changed. Columns are
/// `<country>_<fate>`: the rows "All Types" where a country has them, else what its types have
/// grown by since each was first listed; other headings ("Losses of ...", "Losses excluding ...")
/// count the same things again. A day on which a total slips by more than a twentieth from both its
/// neighbours is left out and flagged `slip_dropped:day`.
/// @throws CaseError as CsvReader.
[[nodiscard]] WeeklyTable import_oryx(const std::filesystem::path& file);

/// UCDP georeferenced events (GED or candidate): `events`, `deaths_best`, `deaths_low`,
/// `deaths_high` of a country by the week an event begins; events longer than a week are left out
/// and counted in the flag `left_out:n` of the week they begin.
/// @param files    an event counts once, as the first file has it: candidates after what is final.
/// @param country  as UCDP writes it; empty: all.
/// @throws CaseError a column is missing, a cell is wrong, no event is left; with its place.
[[nodiscard]] WeeklyTable import_events(std::span<const std::filesystem::path> files,
                                        const std::string& country);

/// Any CSV with a column of dates (the first that holds one): numbers added up by week, or the
/// change of the last value where `running`. Columns without a number are passed over.
[[nodiscard]] WeeklyTable import_series(const std::filesystem::path& file, bool running);

/// The table as a file `read_weekly` reads; a week of which nothing is known is flagged `no_data`.
[[nodiscard]] std::string to_csv(const WeeklyTable& table);

}  // namespace casus::calibrate
