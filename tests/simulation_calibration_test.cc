// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>
#include <string>

#include "casus/base/error.h"
#include "casus/calibrate/calibration.h"
#include "casus/calibrate/forecast.h"
#include "casus/casefile/load.h"
#include "report.h"

namespace casus::evidence {
namespace {

constexpr std::size_t bins = 8;
constexpr std::size_t members = 63;
constexpr std::size_t usual_replicates = 200;
constexpr int weeks = 26;
constexpr int rounds = 4;
// 99.9 % of chi-square with 7 degrees of freedom is 24.3; the largest of fourteen lies below this
// with 99.8 %.
constexpr double highest = 30.0;

using Count = std::array<double, bins>;

Count binned(const std::vector<std::size_t>& ranks) {
  Count out{};
  for (const std::size_t r : ranks) ++out[r * bins / (members + 1)];
  return out;
}

double chi_square(const Count& count, double all) {
  double sum = 0.0;
  for (const double c : count) sum += (c - all / bins) * (c - all / bins) / (all / bins);
  return sum;
}

/// A histogram of ranks for every parameter, the level as a line.
std::string picture(const calibrate::Fitted& fitted, const std::vector<Count>& counts, double all) {
  constexpr int across = 4;
  constexpr int wide = 170;
  constexpr int high = 110;
  const int down = static_cast<int>((counts.size() + across - 1) / across);
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" "
      "font-family=\"sans-serif\" font-size=\"11\"><title>Ranks of the truth among the "
      "draws</title>"
      "<desc>For every parameter a histogram of {:.0f} ranks in {} bins; level if the fit is "
      "honest.</desc><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
      across * wide, down * high, all, bins);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const int x = static_cast<int>(i) % across * wide + 12;
    const int y = static_cast<int>(i) / across * high + 92;
    out += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"#222\">{}</text>", x, y - 76, fitted.id(i));
    for (std::size_t b = 0; b < bins; ++b) {
      const double tall = std::min(counts[i][b] / (all / bins) * 30.0, 70.0);
      out += fmt::format(
          "<rect x=\"{}\" y=\"{:.1f}\" width=\"16\" height=\"{:.1f}\" "
          "fill=\"#5b84a8\"/>",
          x + static_cast<int>(b) * 18, y - tall, tall);
    }
    out += fmt::format("<path d=\"M{} {} h144\" stroke=\"#a33\" stroke-dasharray=\"4 3\"/>", x,
                       y - 30);
  }
  return out + "</svg>\n";
}

/// Ranks of true parameters among posteriors of made-up records are level if the fit is honest
/// (Talts et al. 2018).
TEST(SlowSimulationBasedCalibration, RanksOfTheTruthAreLevel) {
  const casefile::Case given = calibrate::case_at(CASUS_SOURCE_DIR "/cases/ukraine-front",
                                                  Date(2024, 7, 8), Date(2025, 6, 23));
  const calibrate::Theatre theatre(given);
  calibrate::CalibrationOptions how;
  how.members = members;
  how.rounds = rounds;
  const char* asked = std::getenv("CASUS_REPLICATES");
  const std::size_t replicates = asked == nullptr ? usual_replicates : std::stoul(asked);
  const auto ranks = calibrate::check_by_simulation(theatre, replicates, weeks, how);
  std::vector<Count> counts;
  const auto all = static_cast<double>(replicates);
  double worst = 0.0;
  std::string table = "| parameter | chi-square (7) | ranks in eighths |\n|---|---|---|\n";
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    counts.push_back(binned(ranks[i]));
    const double chi = chi_square(counts.back(), all);
    worst = std::max(worst, chi);
    table += fmt::format("| `{}` | {:.1f} | {} |\n", theatre.fitted().id(i), chi,
                         fmt::join(counts.back(), " "));
  }
  std::cout << table;
  write_report(
      "simulation-calibration.md",
      fmt::format(
          "# Does the fit of the front say how sure it is?\n\n{} made-up truths from the "
          "prior, a record of {} weeks each from `cases/ukraine-front`, {} draws fitted in "
          "{} rounds, and the rank of the truth among them (Talts et al. 2018). Level ranks: "
          "the draws are as wide as they should be. Heaped at both ends: too sure. Heaped in "
          "the middle: too wide. The chi-square of eight bins has 7 degrees of freedom: 14.1 "
          "is passed by one honest parameter in twenty, {:.0f} by the largest of fourteen "
          "once in five hundred runs. Seed 1.\n\n![Ranks](simulation-calibration.svg)\n\n{}\n"
          "Made by `tools/validation` (test `SlowSimulationBasedCalibration`).\n",
          replicates, weeks, members, rounds, highest, table));
  write_report("simulation-calibration.svg", picture(theatre.fitted(), counts, all));
  EXPECT_LT(worst, highest);
}

}  // namespace
}  // namespace casus::evidence
