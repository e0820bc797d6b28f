// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "casus/base/numeric.h"
#include "casus/calibrate/backtest.h"
#include "report.h"

/// docs/validation/front-ablation.md: what the world's men, stocks and drifts add to the laws of
/// error, on weeks that were fitted on and no others.
namespace casus::evidence::front_ablation {
namespace {

using calibrate::Backtest;
using calibrate::Cell;
using calibrate::scored_horizons;
using calibrate::World;

const Date first_origin(2024, 8, 12);
const Date last_target(2024, 12, 30);
constexpr double quiet_km2 = 0.5;
constexpr std::size_t of_80 = 1;  ///< place of the interval of 80 per cent

struct Pair {
  Backtest moves, stands;
};

/// Logarithms of the ratios of scores, the world over the laws of error alone; of quiet sectors
/// none.
std::vector<double> log_ratios(const Pair& runs, int horizon, bool ground) {
  std::vector<double> out;
  for (std::size_t i = 0; i < runs.moves.cells.size(); ++i) {
    const Cell& with = runs.moves.cells[i];
    const Cell& without = runs.stands.cells[i];
    EXPECT_EQ(with.series, without.series);
    EXPECT_EQ(with.trials.size(), without.trials.size());
    if (with.horizon != horizon || with.ground != ground) continue;
    if (ground && without.mean_score() < quiet_km2) continue;
    out.push_back(casus::log(with.mean_score() / without.mean_score()));
  }
  return out;
}

double skill(const Pair& runs, int horizon, bool ground) {
  return 1.0 - casus::exp(mean(log_ratios(runs, horizon, ground)));
}

std::string row_of(const std::string& name, const std::function<std::string(int)>& cell) {
  std::string out = "| " + name;
  for (const int h : scored_horizons) out += " | " + cell(h);
  return out + " |\n";
}

std::string head(const std::string& name) {
  return "| " + name + " | 1 week | 2 | 4 | 8 | 12 |\n|---|---|---|---|---|---|\n";
}

std::string skills(const std::vector<Pair>& runs, bool ground) {
  std::string out;
  for (const Pair& pair : runs)
    out += row_of(fmt::format("seed {}", pair.moves.seed),
                  [&](int h) { return fmt::format("{:+.3f}", skill(pair, h, ground)); });
  return out + row_of("series forecast better with the world", [&](int h) {
           std::size_t better = 0;
           std::size_t all = 0;
           for (const Pair& pair : runs) {
             const auto ratios = log_ratios(pair, h, ground);
             all += ratios.size();
             better += static_cast<std::size_t>(
                 std::ranges::count_if(ratios, [](double x) { return x < 0.0; }));
           }
           return fmt::format("{} of {}", better, all);
         });
}

std::string covers(const std::vector<Pair>& runs, bool ground) {
  const auto mean_of = [&](Backtest Pair::*which, bool expected, int h) {
    std::vector<double> each;
    for (const Pair& pair : runs)
      each.push_back(expected ? (pair.*which).expected_coverage(h, ground, of_80)
                              : (pair.*which).coverage(h, ground, of_80));
    return fmt::format("{:.2f}", mean(each));
  };
  return row_of("the world and the laws of error",
                [&](int h) { return mean_of(&Pair::moves, false, h); }) +
         row_of("if those were right", [&](int h) { return mean_of(&Pair::moves, true, h); }) +
         row_of("the laws of error alone",
                [&](int h) { return mean_of(&Pair::stands, false, h); }) +
         row_of("if those were right", [&](int h) { return mean_of(&Pair::stands, true, h); });
}

std::string by_series(const std::vector<Pair>& runs) {
  std::string out;
  for (const Cell& first : runs.front().moves.cells) {
    if (first.horizon != scored_horizons.front()) continue;
    out += row_of("`" + first.series + "`", [&](int h) {
      std::vector<double> ratios;
      for (const Pair& pair : runs) {
        for (std::size_t i = 0; i < pair.moves.cells.size(); ++i) {
          const Cell& with = pair.moves.cells[i];
          const Cell& without = pair.stands.cells[i];
          if (with.series != first.series || with.horizon != h) continue;
          if (with.ground && without.mean_score() < quiet_km2) continue;
          ratios.push_back(casus::log(with.mean_score() / without.mean_score()));
        }
      }
      return ratios.empty() ? std::string("-")
                            : fmt::format("{:+.2f}", 1.0 - casus::exp(mean(ratios)));
    });
  }
  return out;
}

TEST(SlowFrontAblation, TellsWhatTheWorldAdds) {
  const std::filesystem::path the_case = CASUS_SOURCE_DIR "/cases/ukraine-front";
  calibrate::Weekly tables = calibrate::read_front(the_case / "weekly");
  tables = {tables.losses.until(last_target), tables.territory.until(last_target)};
  calibrate::BacktestOptions how;
  how.first_origin = first_origin;
  how.last_target = last_target;
  how.step = 1;
  how.baseline_draws = 50;  // the rivals are not looked at
  std::vector<Pair> runs;
  for (const std::uint64_t seed : {1, 2, 3}) {
    how.forecast.filter.seed = seed;
    how.forecast.world = World::moves;
    Backtest moves = calibrate::backtest(the_case, tables, how);
    how.forecast.world = World::stands;
    runs.push_back({std::move(moves), calibrate::backtest(the_case, tables, how)});
  }
  const std::string ground = "net km2 and nine sectors";
  tell_part("front-ablation.skill",
            head(ground) + skills(runs, true) + "\n" + head("claims") + skills(runs, false));
  tell_part("front-ablation.series", head("skill of the world") + by_series(runs));
  tell_part("front-ablation.covered",
            head(ground) + covers(runs, true) + "\n" + head("claims") + covers(runs, false));
  for (const Pair& pair : runs) {
    for (const int h : scored_horizons) {
      // A world that costs more than this is worse than none.
      EXPECT_GT(skill(pair, h, true), -0.1) << h;
      EXPECT_NE(skill(pair, h, true), 0.0) << h;
    }
  }
}

}  // namespace
}  // namespace casus::evidence::front_ablation
