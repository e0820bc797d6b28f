// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "casus/base/score.h"
#include "casus/calibrate/backtest.h"
#include "report.h"

/// The law of the claims by itself on the weeks its numbers were decided on, those to 30 December
/// 2024: a table of docs/validation/front-forecasts.md.
namespace casus::evidence::claims {
namespace {

using calibrate::ClaimBank;
using calibrate::scored_horizons;

const Date first_origin(2023, 1, 2);
const Date last_target(2024, 12, 30);
constexpr std::size_t samples = 1000;
constexpr std::size_t members = 256;
constexpr int weeks = 12;

struct Cell {
  double score = 0.0, inside = 0.0, count = 0.0;
  std::map<std::string, double> rivals;

  [[nodiscard]] double best() const {
    double out = 1e300;
    for (const auto& [name, sum] : rivals) out = std::min(out, sum);
    return out;
  }
};

double score_of(std::vector<double> draws, double came) {
  std::ranges::sort(draws);
  return ranked_score(draws, came);
}

/// Draws of the coming weeks, casualties level: [week][sample].
std::vector<std::vector<double>> forecast(const ClaimBank& bank, bool count, const Draws& draws) {
  static constexpr Stream stream("claims.test");
  const std::vector<double> level(weeks, 0.0);
  std::vector<std::vector<double>> out(weeks);
  for (std::uint32_t i = 0; i < samples; ++i) {
    auto course = bank.draw(draws, stream, i);
    const auto claims = continue_course(course, level, count, draws, stream, i);
    for (std::size_t w = 0; w < claims.size(); ++w) out[w].push_back(claims[w]);
  }
  return out;
}

/// One series at every weekly origin, by horizon.
std::map<int, Cell> scored(const std::vector<double>& known, bool count, Date first, Draws draws) {
  std::map<int, Cell> out;
  ClaimBank bank(calibrate::draw_claim_laws(!count, members, draws));
  for (std::size_t w = 0; w < known.size(); ++w) {
    bank.week(known[w], 0.0);
    const Date origin = first.plus(7 * static_cast<int>(w));
    if (origin < first_origin || origin.plus(7) > last_target) continue;
    const auto ours = forecast(bank, count, Draws(draws.seed() + w));
    const std::span<const double> past(known.data(), w + 1);
    std::map<std::string, std::vector<std::vector<double>>> rivals;
    for (const std::string_view name : calibrate::baseline_names)
      rivals.emplace(name, calibrate::baseline(name, past, {.sum = false, .count = true}, weeks,
                                               samples, Draws(w)));
    for (const int h : scored_horizons) {
      const std::size_t target = w + static_cast<std::size_t>(h);
      if (target >= known.size()) continue;
      Cell& cell = out[h];
      std::vector<double> sorted = ours[static_cast<std::size_t>(h - 1)];
      std::ranges::sort(sorted);
      const auto held = calibrate::interval_of(sorted, 0.8);
      cell.score += ranked_score(sorted, known[target]);
      cell.inside += held.low <= known[target] && known[target] <= held.high ? 1.0 : 0.0;
      cell.count += 1.0;
      for (const auto& [name, paths] : rivals)
        cell.rivals[name] += score_of(paths[static_cast<std::size_t>(h - 1)], known[target]);
    }
  }
  return out;
}

TEST(SlowClaims, TheirLawHoldsOnTheWeeksItWasDecidedOn) {
  const auto table = calibrate::read_front(CASUS_SOURCE_DIR "/cases/ukraine-front/weekly")
                         .losses.until(last_target);
  const auto skipped = static_cast<std::ptrdiff_t>((calibrate::first_claims - table.first) / 7);
  std::string inside;
  std::string skill;
  std::map<int, Cell> all;
  for (std::size_t k = 0; k < calibrate::claim_names.size(); ++k) {
    const std::string name = calibrate::claim_names[k];
    const auto column = table.at(name);
    const std::vector<double> known(column.begin() + skipped, column.end());
    const auto cells = scored(known, k > 0, calibrate::first_claims, Draws(1));
    inside += "| " + name + ": inside 80 %";
    skill += "| " + name + ": skill against the best rival";
    for (const auto& [h, cell] : cells) {
      inside += fmt::format(" | {:.2f}", cell.inside / cell.count);
      skill += fmt::format(" | {:+.3f}", 1.0 - cell.score / cell.best());
      all[h].inside += cell.inside;
      all[h].count += cell.count;
    }
    inside += " |\n";
    skill += " |\n";
  }
  inside += "| all claims: inside 80 %";
  for (const auto& [h, cell] : all) {
    inside += fmt::format(" | {:.2f}", cell.inside / cell.count);
    EXPECT_GT(cell.inside / cell.count, 0.75) << h;
    EXPECT_LT(cell.inside / cell.count, 0.85) << h;
  }
  tell_part("front-forecasts.claims",
            "| claims on the weeks of 2023 and 2024 | 1 week | 2 | 4 | 8 | 12 "
            "|\n|---|---|---|---|---|---|\n" +
                inside + " |\n" + skill);
}

}  // namespace
}  // namespace casus::evidence::claims
