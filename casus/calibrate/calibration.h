// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "casus/calibrate/inversion.h"
#include "casus/calibrate/particles.h"

/// The world fitted to a stretch of the weekly record as a whole.
namespace casus::calibrate {

/// Names of the summaries of a record, in order.
[[nodiscard]] std::span<const std::string_view> summary_names();

/// What a record of ground looks like: mean, spread and memory of the net gain, lumps, quiet
/// weeks, how sectors differ and how long they keep their pace.
/// @param km2  [sector][week], without gaps, at least 12 weeks.
[[nodiscard]] std::vector<double> summarise(const std::vector<std::vector<double>>& km2);

/// A stretch of made-up record for sixteen lanes: [lane][sector][week].
[[nodiscard]] std::vector<std::vector<std::vector<double>>> made_up_records(
    const Theatre& theatre, const Scores& z, std::uint64_t seed, std::uint32_t index, int weeks);
[[nodiscard]] Simulated simulate(const Theatre& theatre, const Scores& z, std::uint64_t seed,
                                 std::uint32_t index, int weeks);

/// A summary of the record among those of the prior's records.
struct Gate {
  std::string_view name;
  double seen = 0.0;
  double low = 0.0, median = 0.0, high = 0.0;  ///< 5, 50 and 95 % of single records under the prior
  [[nodiscard]] bool open() const { return low <= seen && seen <= high; }
};

struct CalibrationOptions {
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::size_t members = 128;
  int rounds = 4;
  Date until{2025, 6, 23};  ///< last week used
  /// Draws go here at the end, and beside it (`.part`) after every round what a run that was
  /// stopped goes on from; empty: nothing is kept.
  std::filesystem::path file = {};
  /// Draws of the parameters simulated so far, by this program and those it works with.
  std::function<void(std::size_t done, std::size_t of)> progress = {};
  Together together = {};  ///< other programs; its threads and `told` are not used
};

struct Calibration {
  std::vector<Gate> gates;
  std::vector<Scores> prior, posterior;
  int weeks = 0;
};

/// Gates, then inversion.
///
/// Same case, tables, seed, members and rounds: same bytes of the file, whatever the threads and
/// programs and however often the run was stopped. Of several programs only the first writes.
/// @throws ModelError a summary of the record lies outside all the prior says, or the record is too
///         short.
/// @note   O((rounds + 1) members weeks) steps of sixteen worlds: 128 members, four rounds and 51
///         weeks take about a minute of one core.
[[nodiscard]] Calibration calibrate(const Theatre& theatre, const WeeklyTable& territory,
                                    const CalibrationOptions& how);

/// Draws of the fitted parameters in their own units, a row a draw, nine digits, under a `# ` line
/// with what they are.
[[nodiscard]] std::string draws_to_csv(const Fitted& fitted, const std::vector<Scores>& draws,
                                       const std::string& about);
/// @throws CaseError a parameter has no column, a cell is no number; with its place.
[[nodiscard]] std::vector<Scores> read_draws(const Fitted& fitted,
                                             const std::filesystem::path& file);

/// What a file of draws says of the world's own parameters.
struct WorldDraws {
  std::vector<std::string> knobs;  ///< ids the engine knows; other columns are passed over
  std::vector<double> value;       ///< [draw][knob]
  std::optional<Date> until;  ///< Monday of the last week they were fitted to, where it is told
};
/// @param as_of  a file fitted to a week that was not over by this day is refused.
/// @throws CaseError no column is a parameter of the world, a cell is no number or outside the
///         parameter's range, or the draws know more than the day; with its place.
/// @throws IoError   missing or unreadable.
[[nodiscard]] WorldDraws read_world_draws(const std::filesystem::path& file, Date as_of);

/// Simulation-based calibration: ranks of true scores among posteriors of made-up records.
/// @returns [parameter][replicate], each in 0 ... members.
/// @source Talts et al. (2018), arXiv 1804.06788.
[[nodiscard]] std::vector<std::vector<std::size_t>> check_by_simulation(
    const Theatre& theatre, std::size_t replicates, int weeks, const CalibrationOptions& how);

}  // namespace casus::calibrate
