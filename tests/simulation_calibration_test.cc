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
#include "casus/calibrate/backtest.h"
#include "casus/calibrate/calibration.h"
#include "casus/calibrate/filter_check.h"
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

struct Histogram {
  std::string name;
  Count count;
};

/// A histogram of ranks for every quantity, the level as a line.
std::string picture(const std::vector<Histogram>& histograms, double all) {
  constexpr int across = 4;
  constexpr int wide = 190;
  constexpr int high = 110;
  const int down = static_cast<int>((histograms.size() + across - 1) / across);
  std::string out = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" role=\"img\" "
      "font-family=\"sans-serif\" font-size=\"11\"><title>Ranks of the truth among the "
      "draws</title>"
      "<desc>For every quantity a histogram of {:.0f} ranks in {} bins; level if the draws are "
      "honest.</desc><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>",
      across * wide, down * high, all, bins);
  for (std::size_t i = 0; i < histograms.size(); ++i) {
    const int x = static_cast<int>(i) % across * wide + 12;
    const int y = static_cast<int>(i) / across * high + 92;
    out += fmt::format("<text x=\"{}\" y=\"{}\" fill=\"#222\">{}</text>", x, y - 76,
                       histograms[i].name);
    for (std::size_t b = 0; b < bins; ++b) {
      const double tall = std::min(histograms[i].count[b] / (all / bins) * 30.0, 70.0);
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

std::size_t replicates_asked() {
  const char* asked = std::getenv("CASUS_REPLICATES");
  return asked == nullptr ? usual_replicates : std::stoul(asked);
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
  const std::size_t replicates = replicates_asked();
  const auto ranks = calibrate::check_by_simulation(theatre, replicates, weeks, how);
  std::vector<Histogram> histograms;
  const auto all = static_cast<double>(replicates);
  double worst = 0.0;
  std::string table = "| parameter | chi-square (7) | ranks in eighths |\n|---|---|---|\n";
  for (std::size_t i = 0; i < ranks.size(); ++i) {
    histograms.push_back({std::string(theatre.fitted().id(i)), binned(ranks[i])});
    const double chi = chi_square(histograms.back().count, all);
    worst = std::max(worst, chi);
    table += fmt::format("| `{}` | {:.1f} | {} |\n", theatre.fitted().id(i), chi,
                         fmt::join(histograms.back().count, " "));
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
  write_report("simulation-calibration.svg", picture(histograms, all));
  EXPECT_LT(worst, highest);
}

/// Rows of series, columns of horizons: chi-squares of what was foretold.
std::string table_of_forecasts(const std::vector<calibrate::Ranked>& foretold, double all) {
  std::string out =
      "| chi-square (7) of what came | 1 week | 2 | 4 | 8 | 12 |\n|---|---|---|---|---|---|\n";
  constexpr std::size_t horizons = calibrate::scored_horizons.size();
  for (std::size_t i = 0; i < foretold.size(); ++i) {
    if (i % horizons == 0)
      out += "| `" + foretold[i].name.substr(0, foretold[i].name.find(',')) + "`";
    out += fmt::format(" | {:.1f}", chi_square(binned(foretold[i].rank), all));
    if (i % horizons == horizons - 1) out += " |\n";
  }
  return out;
}

std::string table_of_cover(const std::vector<calibrate::Covered>& covered) {
  std::string out = "| inside 80 % | 1 week | 2 | 4 | 8 | 12 |\n|---|---|---|---|---|---|\n";
  for (const bool ground : {true, false}) {
    for (const bool expected : {false, true}) {
      out += std::string(ground ? "| net km2 and nine sectors" : "| claims") +
             (expected ? ", if right" : "");
      for (const auto& c : covered) {
        if (c.ground == ground) out += fmt::format(" | {:.3f}", expected ? c.expected : c.inside);
      }
      out += " |\n";
    }
  }
  return out;
}

/// The same for the filter: what lies behind a made-up front at its last week, and what comes after
/// it, among draws of what was filtered.
TEST(SlowFilterCalibration, RanksOfTheTruthAreLevel) {
  const casefile::Case given = calibrate::case_at(CASUS_SOURCE_DIR "/cases/ukraine-front",
                                                  Date(2024, 7, 8), Date(2025, 6, 16));
  calibrate::FilterCheckOptions how;
  how.replicates = replicates_asked();
  const auto check = calibrate::check_filter_by_simulation(given, how);
  const auto all = static_cast<double>(how.replicates);
  const std::size_t parameters = calibrate::Theatre(given).fitted().size();
  std::string states = "| state | chi-square (7) | ranks in eighths |\n|---|---|---|\n";
  std::string fitted = "| parameter | chi-square (7) | ranks in eighths |\n|---|---|---|\n";
  std::vector<Histogram> histograms;
  for (std::size_t i = 0; i < check.latent.size(); ++i) {
    const auto& q = check.latent[i];
    histograms.push_back({q.name, binned(q.rank)});
    const double chi = chi_square(histograms.back().count, all);
    const bool state = i + parameters < check.latent.size();
    (state ? states : fitted) +=
        fmt::format("| {} | {:.1f} | {} |\n", state ? q.name : "`" + q.name + "`", chi,
                    fmt::join(histograms.back().count, " "));
    if (q.name.starts_with("pace")) {
      EXPECT_LT(chi, highest) << q.name;
    }
  }
  for (const auto& c : check.covered)
    EXPECT_NEAR(c.inside, c.expected, 0.06) << c.horizon << (c.ground ? " ground" : " claims");
  write_report("filter-calibration.svg", picture(histograms, all));
  tell_part("filter-calibration.replicates",
            fmt::format("{} replicates, seed 1.\n", how.replicates));
  tell_part("filter-calibration.states", states);
  tell_part("filter-calibration.fitted", fitted);
  tell_part("filter-calibration.foretold", table_of_forecasts(check.foretold, all));
  tell_part("filter-calibration.covered", table_of_cover(check.covered));
}

}  // namespace
}  // namespace casus::evidence
