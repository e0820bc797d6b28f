// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "casus/casefile/load.h"
#include "report.h"
#include "sample.h"

/// The war in Korea from 24 November 1950 as the engine plays it, held against what happened:
/// the table of docs/validation/korea-1950.md.
namespace casus::evidence::korea {
namespace {

constexpr int horizon = 156;
constexpr double frontage_km = 270.0;
constexpr double parallel_km2 = 93000.0;  ///< side 0's gain at which the 38th parallel is crossed
constexpr double formal = 2.0;            ///< level of talks

const std::size_t played = futures_asked(1024);
const casefile::Case& given() {
  static const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/korea-1950");
  return given;
}

enum Kept : std::size_t { area, korean_talks, chinese_talks, ceasefire, settled, collapsed };

const Sample& sample() {
  static const Sample all(given(), "push_to_yalu", horizon, played,
                          {{"area_total_km2", {}},
                           {"talks", {"us", "kp"}},
                           {"talks", {"us", "cn"}},
                           {"ceasefire", {}},
                           {"end_settlement", {}},
                           {"end_collapse", {}}});
  return all;
}

/// Weeks from the first that are over by a day.
std::size_t weeks_by(Date day) {
  return static_cast<std::size_t>((day.plus(1) - WeekClock(given().as_of).monday_of(0)) / 7);
}

/// The largest value of a series over its first weeks.
double most(Kept series, std::size_t future, std::size_t weeks) {
  double out = -1e9;
  for (std::size_t w = 0; w < weeks; ++w) out = std::max(out, sample().at(series, future, w));
  return out;
}

template <class Holds>
double share(const Holds& holds) {
  double n = 0.0;
  for (std::size_t i = 0; i < played; ++i) n += holds(i) ? 1.0 : 0.0;
  return n / static_cast<double>(played);
}

template <class Value>
std::vector<double> all(const Value& value) {
  std::vector<double> out;
  for (std::size_t i = 0; i < played; ++i) out.push_back(value(i));
  return out;
}

double swing(std::size_t i) {
  double low = 0.0;
  double high = 0.0;
  for (std::size_t w = 0; w < horizon; ++w) {
    low = std::min(low, sample().at(area, i, w));
    high = std::max(high, sample().at(area, i, w));
  }
  return high - low;
}

/// Side 0's or side 1's fastest four weeks, km of the whole front.
double fastest(std::size_t i) {
  double out = 0.0;
  for (std::size_t w = 3; w < horizon; ++w) {
    const double before = w == 3 ? 0.0 : sample().at(area, i, w - 4);
    out = std::max(out, std::fabs(sample().at(area, i, w) - before));
  }
  return out / frontage_km;
}

double weeks_of_talks(std::size_t i) {
  double n = 0.0;
  for (std::size_t w = 0; w < horizon; ++w)
    n += std::max(sample().at(korean_talks, i, w), sample().at(chinese_talks, i, w)) >= formal;
  return n;
}

std::string chance(double p) { return fmt::format("{:.2f}", p); }

std::string yes(const char* question) {
  return chance(share([&](std::size_t i) { return sample().answer(question, i) > 0.5; }));
}

std::string three(const std::vector<double>& x, double unit = 1.0) {
  return fmt::format("{:.0f}, {:.0f}, {:.0f}", quantile(x, 0.05) / unit, quantile(x, 0.5) / unit,
                     quantile(x, 0.95) / unit);
}

std::string number(const char* question, double unit) {
  return three(all([&](std::size_t i) { return sample().answer(question, i); }), unit);
}

std::string row(const char* what, const std::string& engine, const char* happened) {
  return fmt::format("| {} | {} | {} |\n", what, engine, happened);
}

std::string ground_rows() {
  return row("waist lost (60,000 km2) by 31 December 1950", yes("waist_lost"), "yes") +
         row("38th parallel lost (93,000 km2) by 31 January 1951", yes("seoul_lost"), "yes") +
         row("38th parallel lost in three years",
             chance(share([](std::size_t i) { return most(area, i, horizon) > parallel_km2; })),
             "yes") +
         row("ground gained by 31 January 1951, thousand km2", number("ground_lost", 1e3), "115") +
         row("farthest gain to the end of 1951, thousand km2", number("farthest", 1e3), "119") +
         row("line on 27 July 1953, thousand km2", number("line_in_1953", 1e3), "90") +
         row("widest swing of the line over three years, thousand km2", three(all(swing), 1e3),
             "119 and back to 90") +
         row("fastest four weeks of either side, km over 270 km of front", three(all(fastest)),
             "about 200 (December 1950)");
}

std::string talks_rows() {
  const std::size_t summer = weeks_by(Date(1951, 7, 31));
  const auto talking = [](Kept with, std::size_t i, std::size_t weeks) {
    return most(with, i, weeks) >= formal;
  };
  std::vector<double> weeks;
  for (std::size_t i = 0; i < played; ++i) {
    if (weeks_of_talks(i) > 0.0) weeks.push_back(weeks_of_talks(i));
  }
  return row("formal talks with the Korean or the Chinese side by 31 July 1951",
             yes("talks_by_mid_1951") + " Korean, " + chance(share([&](std::size_t i) {
               return talking(korean_talks, i, summer) || talking(chinese_talks, i, summer);
             })) +
                 " either",
             "yes (10 July)") +
         row("formal talks in three years; weeks of them, where there are any",
             chance(static_cast<double>(weeks.size()) / static_cast<double>(played)) +
                 fmt::format("; median {:.0f}, 95 % {:.0f}", quantile(weeks, 0.5),
                             quantile(weeks, 0.95)),
             "yes; 107");
}

double ends_settled() {
  return share([](std::size_t i) { return sample().at(settled, i, horizon - 1) > 0.5; });
}
double ends_collapsed() {
  return share([](std::size_t i) { return sample().at(collapsed, i, horizon - 1) > 0.5; });
}
double ends_quiet() {
  return share([](std::size_t i) {
    return sample().at(settled, i, horizon - 1) <= 0.5 &&
           sample().at(ceasefire, i, horizon - 1) > 0.5;
  });
}

TEST(SlowKorea, IsPlayedAndHeldAgainstWhatHappened) {
  const std::string table =
      "| what | engine: 5 %, median, 95 %, or P | happened |\n|---|---|---|\n" +
      row("more than 100,000 Chinese in combat in a week of 1950", yes("ccf_over_100k_fighting"),
          "yes") +
      row("more than 200,000 Chinese in Korea by 31 January 1951", yes("ccf_over_200k"), "yes") +
      row("Chinese in Korea, 30 June 1951, thousand", number("ccf_strength_summer", 1e3),
          "some 700 or more") +
      ground_rows() +
      row("UN side killed, 27 November 1950 to 30 June 1951, thousand",
          number("un_killed_mid_1951", 1e3), "some 30 and more") +
      talks_rows() + row("ceasefire by 31 December 1951", yes("ceasefire_by_1951"), "no") +
      row("settlement by November 1953", chance(ends_settled()), "no") +
      row("armistice without one, November 1953", chance(ends_quiet()), "yes (27 July 1953)") +
      row("a side collapsed by November 1953", chance(ends_collapsed()), "no") +
      row("nuclear weapon used by November 1953", yes("nuclear_used"), "no");
  tell_part("korea-1950.table", table);
  // What the page says is expressed: a war of movement in the outer futures, and no ground that is
  // not there.
  EXPECT_GT(quantile(all(fastest), 0.95), 100.0);
  for (std::size_t i = 0; i < played; ++i) {
    EXPECT_LE(most(area, i, horizon), 190000.0 * 1.001);
    EXPECT_GE(sample().at(area, i, horizon - 1), -29000.0 * 1.001);
  }
  // What happened is not ruled out, where the page does not call it a miss.
  EXPECT_GT(share([](std::size_t i) { return sample().answer("ccf_over_200k", i) > 0.5; }), 0.25);
  EXPECT_GT(share([](std::size_t i) { return most(area, i, horizon) > parallel_km2; }), 0.25);
  const auto killed = all([](std::size_t i) { return sample().answer("un_killed_mid_1951", i); });
  EXPECT_LT(quantile(killed, 0.05), 30000.0);
  EXPECT_GT(quantile(killed, 0.95), 30000.0);
}

}  // namespace
}  // namespace casus::evidence::korea
