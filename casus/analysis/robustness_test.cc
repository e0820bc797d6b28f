// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "casus/analysis/made_up_test.h"
#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"

namespace casus::analysis {
namespace robustness_test {

using made_up::crisis;
using made_up::set_outcome;

ValueTable table_of(const std::vector<std::vector<double>>& rows) {
  ValueTable t{rows.size(), rows[0].size(), {}};
  for (const auto& r : rows) t.value.insert(t.value.end(), r.begin(), r.end());
  return t;
}

const Dominance* found(const std::vector<Dominance>& all, std::size_t over, std::size_t under) {
  for (const Dominance& d : all) {
    if (d.over == over && d.under == under) return &d;
  }
  return nullptr;
}

TEST(Dominance, WhatHoldsByChanceIsNotTold) {
  std::vector<double> worse, better, near;
  for (int i = 0; i < 200; ++i) {
    const double luck = std::sin(37.0 * i);
    worse.push_back(luck);
    better.push_back(luck + 0.5);
    near.push_back(std::sin(11.0 * i + 1.0) + 0.05);
  }
  const ValueTable table = table_of({worse, better, near});
  auto all = dominances(table);
  const std::size_t before = all.size();
  const WeighOptions unwatched;
  Going going(unwatched);
  keep_dominances_that_hold(all, table, 1, going);
  EXPECT_LE(all.size(), before);
  const auto sure = [](const Dominance& d) { return d.over == 1 && d.under == 0; };
  ASSERT_TRUE(std::ranges::any_of(all, sure));
  EXPECT_DOUBLE_EQ(std::ranges::find_if(all, sure)->again, 1.0);
  for (const Dominance& d : all) EXPECT_FALSE(d.over == 2 && d.under == 0);
}

TEST(Dominance, MoreInEveryQuantileIsFirstOrder) {
  const auto all = dominances(table_of({{1, 2, 3, 4}, {2, 3, 4, 5}}));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].over, 1U);
  EXPECT_EQ(all[0].order, 1);
  EXPECT_EQ(all[0].violation, 0.0);
}

TEST(Dominance, TheSameMeanWithLessSpreadIsSecondOrder) {
  const auto all = dominances(table_of({{0, 10}, {4, 7}}));  // the sure thing has the higher mean
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].over, 1U);
  EXPECT_EQ(all[0].order, 2);
  EXPECT_NEAR(all[0].violation, 3.0 / 7.0, 1e-12);  // areas: ahead 4 / 2, behind 3 / 2
}

TEST(Dominance, ARiskierOptionWithAHigherMeanDominatesNobody) {
  EXPECT_TRUE(dominances(table_of({{0, 12}, {4, 7}})).empty());
}

TEST(Dominance, AViolationTooSmallForAnyTasteIsAlmostFirstOrder) {
  const auto all = dominances(table_of({{0.9, 20, 30}, {1, 2, 3}}));
  const Dominance* d = found(all, 0, 1);
  ASSERT_NE(d, nullptr);
  EXPECT_EQ(d->order, 1);
  EXPECT_NEAR(d->violation, 0.1 / (0.1 + 18 + 27), 1e-12);
  EXPECT_EQ(found(all, 1, 0), nullptr);
}

TEST(Dominance, EqualOptionsDominateNeitherWay) {
  EXPECT_TRUE(dominances(table_of({{1, 2, 3}, {3, 2, 1}})).empty());
}

/// Milnor (1954), Games against nature; Luce & Raiffa (1957), ch. 13: four acts, four states, and
/// each of four criteria prefers another act.
TEST(Robustness, MilnorsTableIsRankedAsPublished) {
  const ValueTable t = table_of({{2, 2, 0, 1}, {1, 1, 1, 1}, {0, 4, 0, 0}, {1, 3, 0, 0}});
  const double mean[] = {1.25, 1.0, 1.0, 1.0};        // Laplace: the first
  const double worst[] = {0.0, 1.0, 0.0, 0.0};        // Wald: the second
  const double most_regret[] = {2, 3, 2, 1};          // Savage: the fourth
  const double regret_95[] = {1.85, 2.7, 1.85, 1.0};  // of sorted regrets, at 2.85 of 0-3
  for (std::size_t o = 0; o < 4; ++o) {
    EXPECT_EQ(mean_error(t.of(o)).mean, mean[o]);
    EXPECT_EQ(std::ranges::min(t.of(o)), worst[o]);
    EXPECT_EQ(regret(t, o).maximum, most_regret[o]);
    EXPECT_NEAR(regret(t, o).worst, regret_95[o], 1e-12);
  }
}

TEST(Robustness, ItIsWhatItsDefinitionsSay) {
  auto c = crisis(1000);
  for (std::size_t o = 0; o < 3; ++o) {
    set_outcome(c.futures, o, "war_weeks", [](std::size_t) { return 0.0; });
    set_outcome(c.futures, o, "killed_side_1", [&](std::size_t i) {
      const double u = (static_cast<double>(i) + 0.5) / 1000.0;  // uniform 0-1, best at the ends
      return 50000.0 * (o == 1 ? 1.0 - u : u);
    });
  }
  c.given.requirements = {{made_up::measure_index("killed_side_1"), true, 10000.0}};
  const Comparison w = weigh(c.given, c.belief, c.futures);
  // value -u or u - 1, mean -1/2: 90 % of shortfalls lie under 0.4; the best has max(-u, u - 1)
  EXPECT_NEAR(w.options[0].robustness.regret_1, 0.4, 0.01);
  EXPECT_NEAR(w.options[0].robustness.regret_2, 0.8, 0.01);
  EXPECT_NEAR(w.options[0].robustness.satisficing_1, 0.2, 0.005);
  EXPECT_NEAR(w.options[1].robustness.satisficing_1, 0.2, 0.005);
  EXPECT_EQ(w.options[0].robustness.satisficing_2, 0.0);  // the first sets what is required
}

TEST(Robustness, TheHorizonOfUncertaintyIsTheLeadOverTheSlope) {
  auto c = crisis(4000);
  for (std::size_t o = 0; o < 3; ++o) {
    set_outcome(c.futures, o, "war_weeks", [](std::size_t) { return 0.0; });
    set_outcome(c.futures, o, "killed_side_1", [&](std::size_t i) {
      const double z = c.futures.knob[2 * i];  // front.pace, standard normal
      return o == 1 ? 50000.0 * (2.0 - 0.6 - 0.4 * z) : 100000.0;
    });
  }
  const Comparison w = weigh(c.given, c.belief, c.futures);
  // option 1 is ahead by 0.6 and loses 0.4 a standard deviation
  EXPECT_NEAR(w.options[1].robustness.satisficing_2, 1.5, 0.06);
  EXPECT_EQ(w.options[0].robustness.satisficing_2, 0.0);
}

TEST(Fronts, AnOptionWorseByEveryMeasureIsOffTheFront) {
  auto c = crisis(500);
  for (std::size_t o = 0; o < 3; ++o) {
    set_outcome(c.futures, o, "war_weeks", [&](std::size_t) { return o == 2 ? 60.0 : 50.0; });
    set_outcome(c.futures, o, "killed_side_1",
                [&](std::size_t) { return o == 1 ? 900.0 : (o == 2 ? 1100.0 : 1000.0); });
    set_outcome(c.futures, o, "area_gained", [&](std::size_t) { return o == 2 ? 5000.0 : 0.0; });
  }
  const Comparison w = weigh(c.given, c.belief, c.futures);
  EXPECT_FALSE(w.options[0].pareto);
  EXPECT_TRUE(w.options[1].pareto);
  EXPECT_FALSE(w.options[2].pareto);
  EXPECT_TRUE(w.options[2].pareto_actors);  // the other side likes it
  EXPECT_FALSE(w.options[0].pareto_actors);
}

double uniform(std::size_t f, std::uint32_t i) {
  static constexpr Stream stream("sensitivity_test");
  return Draws(5).uniform(stream, static_cast<std::uint32_t>(f), 0, i);
}

TEST(Sensitivity, IndicesOfIshigamisFunctionAreThePublishedOnes) {
  constexpr std::size_t n = 20000;
  std::vector<std::vector<double>> x(3, std::vector<double>(n));
  std::vector<double> y(n);
  for (std::size_t f = 0; f < n; ++f) {
    for (std::uint32_t i = 0; i < 3; ++i) {
      x[i][f] = std::numbers::pi * (2.0 * uniform(f, i) - 1.0);
    }
    y[f] = std::sin(x[0][f]) + 7.0 * std::pow(std::sin(x[1][f]), 2.0) +
           0.1 * std::pow(x[2][f], 4.0) * std::sin(x[0][f]);
  }
  const double published[] = {0.3139, 0.4424, 0.0};  // Ishigami & Homma (1990), a = 7, b = 0.1
  for (std::size_t i = 0; i < 3; ++i) {
    const Sensitivity s = first_order("x", x[i], y);
    EXPECT_NEAR(s.first_order, published[i], 0.02) << i;
    EXPECT_LT(s.error, 0.02);
  }
}

TEST(Sensitivity, IndicesOfTheGFunctionAreThoseOfItsClosedForm) {
  constexpr std::size_t n = 20000;
  const double a[] = {0.0, 1.0, 4.5, 99.0};
  std::vector<std::vector<double>> x(4, std::vector<double>(n));
  std::vector<double> y(n, 1.0);
  double whole = 1.0;
  for (std::uint32_t i = 0; i < 4; ++i) {
    whole *= 1.0 + 1.0 / (3.0 * (1.0 + a[i]) * (1.0 + a[i]));
    for (std::size_t f = 0; f < n; ++f) {
      x[i][f] = uniform(f, 10 + i);
      y[f] *= (std::abs(4.0 * x[i][f] - 2.0) + a[i]) / (1.0 + a[i]);
    }
  }
  for (std::size_t i = 0; i < 4; ++i) {
    const double part = 1.0 / (3.0 * (1.0 + a[i]) * (1.0 + a[i])) / (whole - 1.0);
    EXPECT_NEAR(first_order("x", x[i], y).first_order, part, 0.02) << i;
  }
}

TEST(Sensitivity, AnInertInputStandsOutInAboutOneCaseOfForty) {
  std::size_t out = 0;
  for (std::uint32_t k = 0; k < 200; ++k) {
    std::vector<double> x(500), y(500);
    for (std::size_t f = 0; f < 500; ++f) {
      x[f] = uniform(f, 100 + 2 * k);
      y[f] = uniform(f, 101 + 2 * k);
    }
    const Sensitivity s = first_order("x", x, y);
    out += s.first_order > 2.0 * s.error ? 1 : 0;
  }
  EXPECT_LE(out, 20U);
}

/// Trajectories in which `area_total_km2` runs away from week 10 on where the future ends badly.
TEST(Indicators, ASeriesThatPartsEarlyIsFoundWithItsWeekAndThreshold) {
  auto c = crisis(200);
  auto& f = c.futures;
  f.trajectories = 200;
  const auto weeks = static_cast<std::size_t>(f.weeks);
  f.trajectory.assign(f.options.size() * 200 * f.series.size() * weeks, 0.0F);
  for (std::size_t o = 0; o < f.options.size(); ++o) {
    set_outcome(f, o, "war_weeks", [](std::size_t i) { return i % 5 == 0 ? 90.0 : 10.0; });
    for (std::size_t t = 0; t < 200; ++t) {
      for (std::size_t w = 0; w < weeks; ++w) {
        const double noise = uniform(t * weeks + w, 7);
        const double drift = t % 5 == 0 && w >= 10 ? 50.0 * static_cast<double>(w - 9) : 0.0;
        f.trajectory[((o * 200 + t) * f.series.size() + 1) * weeks + w] =
            static_cast<float>(100.0 * noise + drift);
      }
    }
  }
  const Comparison w = weigh(c.given, c.belief, c.futures);
  const Indicator* found = nullptr;
  for (const Indicator& i : w.indicators) {
    if (i.event == "bad_end" && i.variable == "area_total_km2") found = &i;
  }
  ASSERT_NE(found, nullptr);
  EXPECT_TRUE(found->above);
  EXPECT_GE(found->week, 10);
  EXPECT_LE(found->week, 14);
  EXPECT_GT(found->skill, 0.9);
  EXPECT_GT(found->hit_rate, 0.8);
  EXPECT_LT(found->false_alarm_rate, 0.2);
  EXPECT_EQ(found->lead_weeks, f.weeks - found->week);
  EXPECT_EQ(found->still_open, 1.0);
  EXPECT_FALSE(found->estimated);
}

/// Futures of which a third settle between weeks 20 and 39; `tells` of the trajectory, whether it
/// settles, its week and the look's week is what `variable` shows, with noise.
template <class Tells>
std::vector<Indicator> watched(const std::string& variable, std::vector<std::string> entities,
                               Tells tells) {
  auto c = crisis(200);
  auto& f = c.futures;
  f.trajectories = 200;
  f.series = {
      {"fighting", {}, ""}, {"end_settlement", {}, ""}, {variable, std::move(entities), ""}};
  const auto weeks = static_cast<std::size_t>(f.weeks);
  f.trajectory.assign(f.options.size() * 200 * 3 * weeks, 0.0F);
  for (std::size_t o = 0; o < f.options.size(); ++o) {
    set_outcome(f, o, "war_weeks", [](std::size_t) { return 50.0; });
    for (std::size_t t = 0; t < 200; ++t) {
      const bool settles = t % 3 == 0;
      const std::size_t when = settles ? 20 + t % 20 : weeks;
      for (std::size_t w = 0; w < weeks; ++w) {
        const std::size_t row = (o * 200 + t) * 3;
        f.trajectory[row * weeks + w] = w < when ? 1.0F : 0.0F;
        f.trajectory[(row + 1) * weeks + w] = w < when ? 0.0F : 1.0F;
        f.trajectory[(row + 2) * weeks + w] =
            static_cast<float>(uniform(t * weeks + w, 17) + tells(settles, when, w));
      }
    }
  }
  std::vector<Indicator> found;
  for (const Indicator& i : weigh(c.given, c.belief, f).indicators) {
    if (i.event == "end_settlement") found.push_back(i);
  }
  return found;
}

TEST(Indicators, WhatMovesOnlyWithTheEventWarnsOfNothing) {
  EXPECT_TRUE(watched("oil_price", {}, [](bool, std::size_t when, std::size_t w) {
                return w < when ? 0.0 : -10.0;
              }).empty());
}

TEST(Indicators, TheLeadIsTheMedianOfWeeksToTheEvent) {
  const auto found = watched("oil_price", {}, [](bool settles, std::size_t, std::size_t w) {
    return settles && w >= 10 ? -10.0 : 0.0;
  });
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].week, 10);
  EXPECT_FALSE(found[0].above);
  EXPECT_NEAR(found[0].threshold, -4.5, 5.0);
  EXPECT_EQ(found[0].hit_rate, 1.0);
  EXPECT_EQ(found[0].false_alarm_rate, 0.0);
  // Settled in weeks 20-39, evenly: 10 to 29 weeks ahead.
  EXPECT_NEAR(found[0].lead_weeks, 19, 3);
  EXPECT_EQ(found[0].still_open, 1.0);
}

TEST(Indicators, WhatTheDecisionMakerDoesNotSeeIsNoSign) {
  const auto early = [](bool settles, std::size_t, std::size_t w) {
    return settles && w >= 10 ? -10.0 : 0.0;
  };
  EXPECT_TRUE(watched("in_transit", {"kp_assault"}, early).empty());
  const auto estimated = watched("strength", {"kp_assault"}, early);
  ASSERT_EQ(estimated.size(), 1U);
  EXPECT_TRUE(estimated[0].estimated);
}

TEST(Indicators, NoiseWarnsOfNothing) {
  auto c = crisis(200);
  auto& f = c.futures;
  f.trajectories = 200;
  const auto weeks = static_cast<std::size_t>(f.weeks);
  f.trajectory.resize(f.options.size() * 200 * f.series.size() * weeks);
  for (std::size_t k = 0; k < f.trajectory.size(); ++k) {
    f.trajectory[k] =
        static_cast<float>(uniform(k % 60000, 8 + static_cast<std::uint32_t>(k / 60000)));
  }
  EXPECT_TRUE(weigh(c.given, c.belief, f).indicators.empty());
}

}  // namespace robustness_test
}  // namespace casus::analysis
