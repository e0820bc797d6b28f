// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/analysis/clustering.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "casus/analysis/made_up_test.h"
#include "casus/analysis/parts.h"
#include "casus/base/error.h"
#include "casus/random/draws.h"

namespace casus::analysis {
namespace clustering_test {

using made_up::Crisis;
using made_up::crisis;
using made_up::set_outcome;

double luck(std::uint32_t seed, std::uint32_t i, std::uint32_t entity) {
  static constexpr Stream stream("clustering_test");
  return Draws(seed).normal(stream, i, 0, entity);
}

/// Points of the plane; group g of `sizes` lies round (10 g, 0) with deviation `spread`.
Distances planted(const std::vector<std::size_t>& sizes, double spread, std::uint32_t seed) {
  std::vector<std::pair<double, double>> at;
  for (std::size_t g = 0; g < sizes.size(); ++g) {
    for (std::size_t i = 0; i < sizes[g]; ++i) {
      const auto n = static_cast<std::uint32_t>(at.size());
      at.emplace_back(10.0 * static_cast<double>(g) + spread * luck(seed, n, 0),
                      spread * luck(seed, n, 1));
    }
  }
  Distances d{at.size(), {}};
  for (const auto& a : at) {
    for (const auto& b : at)
      d.d.push_back(static_cast<float>(std::hypot(a.first - b.first, a.second - b.second)));
  }
  return d;
}

double deviation_of(const Distances& d, const std::vector<std::size_t>& medoids) {
  double sum = 0.0;
  for (std::size_t i = 0; i < d.n; ++i) {
    double least = 1e300;
    for (const std::size_t m : medoids) least = std::min(least, d.at(i, m));
    sum += least;
  }
  return sum;
}

double best_of_all(const Distances& d) {  // three medoids
  double best = 1e300;
  for (std::size_t a = 0; a < d.n; ++a) {
    for (std::size_t b = a + 1; b < d.n; ++b) {
      for (std::size_t c = b + 1; c < d.n; ++c) best = std::min(best, deviation_of(d, {a, b, c}));
    }
  }
  return best;
}

TEST(Clustering, NoSingleSwapImprovesTheMedoidsAndHardlyAnyChoiceDoes) {
  double found = 0.0, best = 0.0;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    const Distances d = planted({18}, 1.0, seed);  // one cloud: the hard case
    const Grouping g = k_medoids(d, 3);
    EXPECT_NEAR(g.deviation, deviation_of(d, g.medoids), 1e-6);
    for (std::size_t m = 0; m < 3; ++m) {
      EXPECT_EQ(g.of[g.medoids[m]], m);
      for (std::size_t c = 0; c < d.n; ++c) {
        auto other = g.medoids;
        other[m] = c;
        EXPECT_GE(deviation_of(d, other), g.deviation - 1e-6);
      }
    }
    EXPECT_GE(g.deviation, best_of_all(d) - 1e-6);
    found += g.deviation;
    best += best_of_all(d);
  }
  EXPECT_LT(found, 1.02 * best);
}

TEST(Clustering, SilhouettesOfFivePointsByHand) {
  // 0, 1, 2 | 10, 12 on a line
  const double x[] = {0.0, 1.0, 2.0, 10.0, 12.0};
  Distances d{5, {}};
  for (const double a : x) {
    for (const double b : x) d.d.push_back(static_cast<float>(std::abs(a - b)));
  }
  const Grouping g = k_medoids(d, 2);
  const auto s = silhouettes(d, g);
  EXPECT_NEAR(s[0], (11.0 - 1.5) / 11.0, 1e-6);
  EXPECT_NEAR(s[1], (10.0 - 1.0) / 10.0, 1e-6);
  EXPECT_NEAR(s[3], (9.0 - 2.0) / 9.0, 1e-6);
  const Grouping alone{{0, 4}, {0, 0, 0, 0, 1}, 0.0};
  EXPECT_EQ(silhouettes(d, alone)[4], 0.0);
}

TEST(Clustering, PlantedGroupsAreFoundAndComeAgain) {
  const Distances d = planted({60, 40, 25}, 1.0, 3);
  const Grouping g = k_medoids(d, 3);
  for (std::size_t i = 0; i < d.n; ++i) {
    const std::size_t planted_in = i < 60 ? 0 : (i < 100 ? 60 : 100);
    EXPECT_EQ(g.of[i], g.of[planted_in]);
  }
  for (const double s : group_stability(d, g, 40, 1)) EXPECT_GT(s, 0.95);
}

TEST(Clustering, ACloudCutInPartsDoesNotComeAgain) {
  const Distances d = planted({120}, 1.0, 4);
  const Grouping g = k_medoids(d, 5);
  const auto s = group_stability(d, g, 40, 1);
  EXPECT_LT(std::accumulate(s.begin(), s.end(), 0.0) / 5.0, 0.75);
}

TEST(Clustering, AsManyGroupsAreFoundAsWerePlanted) {
  for (const auto& sizes : {std::vector<std::size_t>{60, 40}, std::vector<std::size_t>{60, 40, 25},
                            std::vector<std::size_t>{50, 40, 30, 30}}) {
    const Parting p = part(planted(sizes, 1.0, 3), 6, 19, 1);
    EXPECT_EQ(p.grouping.medoids.size(), sizes.size());
    EXPECT_GT(p.silhouette, p.reference);
    EXPECT_DOUBLE_EQ(p.chance, 0.05);
  }
}

TEST(Clustering, ACloudIsOneGroup) {
  std::size_t one = 0;
  for (std::uint32_t seed = 1; seed <= 10; ++seed) {
    const Parting p = part(planted({100}, 1.0, seed), 4, 19, seed);
    one += p.grouping.medoids.size() == 1 ? 1 : 0;
    EXPECT_GT(p.chance, 0.0);
  }
  EXPECT_GE(one, 8U);  // three looks at 5 % each, not independent
}

/// Trajectories in which the war ends in week 20 (half), in week 40 (three in ten) or never; a
/// series that nobody weighs is noise.
Crisis three_courses(std::size_t trajectories) {
  Crisis c = crisis(200);
  auto& f = c.futures;
  f.trajectories = trajectories;
  for (std::size_t o = 0; o < f.options.size(); ++o) {
    for (std::size_t t = 0; t < trajectories; ++t) {
      for (std::size_t s = 0; s < f.series.size(); ++s) {
        for (int w = 0; w < f.weeks; ++w) {
          const int end = t % 10 < 5 ? 20 : (t % 10 < 8 ? 40 : 99);
          f.trajectory.push_back(
              s == 2 ? (w < end ? 1.0F : 0.0F)
                     : static_cast<float>(luck(
                           9, static_cast<std::uint32_t>(100 * t + static_cast<std::size_t>(w)),
                           static_cast<std::uint32_t>(s))));
        }
      }
    }
    set_outcome(f, o, "war_weeks",
                [](std::size_t i) { return i % 10 < 5 ? 20.0 : (i % 10 < 8 ? 40.0 : 52.0); });
    set_outcome(f, o, "killed_side_1",
                [](std::size_t i) { return 1000.0 * static_cast<double>(i % 10); });
  }
  return c;
}

TEST(Courses, ThreePlantedCoursesAreFoundByTheirWeeklySeries) {
  const Crisis c = three_courses(120);
  const Comparison w = weigh(c.given, c.belief, c.futures);
  const Courses& courses = w.options[0].courses;
  EXPECT_TRUE(courses.of_trajectories);
  EXPECT_THAT(courses.variables, ::testing::ElementsAre("fighting"));
  ASSERT_EQ(courses.groups.size(), 3U);
  EXPECT_DOUBLE_EQ(courses.groups[0].share, 0.5);
  EXPECT_DOUBLE_EQ(courses.groups[1].share, 0.3);
  EXPECT_DOUBLE_EQ(courses.groups[2].share, 0.2);
  EXPECT_NEAR(courses.groups[0].error, std::sqrt(0.25 / 120.0), 1e-12);
  EXPECT_GT(courses.silhouette, 0.95);
  EXPECT_LT(w.options[0].most_likely % 10, 5U);
  EXPECT_EQ(courses.dangerous, 2U);  // the war that never ends is worth least
  EXPECT_GE(w.options[0].most_dangerous % 10, 8U);
  EXPECT_GT(courses.groups[2].worst_tenth, 0.4);
  ASSERT_FALSE(courses.groups[2].marks.empty());
  const auto weeks = made_up::measure_index("war_weeks");
  const bool told = std::ranges::any_of(courses.groups[2].marks, [&](const Mark& m) {
    return m.measure == weeks && m.mean == 52.0 && std::abs(m.elsewhere - 27.5) < 1e-9;
  });
  EXPECT_TRUE(told);
}

TEST(Courses, WithoutTrajectoriesOutcomesAreGrouped) {
  const Crisis c = three_courses(8);  // too few to group
  const Comparison w = weigh(c.given, c.belief, c.futures);
  EXPECT_FALSE(w.options[0].courses.of_trajectories);
  EXPECT_EQ(w.options[0].courses.of.size(), 200U);
  double share = 0.0;
  for (const Course& g : w.options[0].courses.groups) share += g.share;
  EXPECT_NEAR(share, 1.0, 1e-12);
}

TEST(Courses, ReadBackAsTheyWereWritten) {
  const Crisis c = three_courses(120);
  const std::string text = to_json(weigh(c.given, c.belief, c.futures), c.given);
  const Comparison back = comparison_from_json(text, c.given, "comparison.json");
  EXPECT_EQ(to_json(back, c.given), text);
  std::string broken = text;
  const auto at = broken.find("\"dangerous\": 2");
  ASSERT_NE(at, std::string::npos);
  broken.replace(at, 14, "\"dangerous\": 9");
  EXPECT_THROW((void)comparison_from_json(broken, c.given, "comparison.json"), CaseError);
}

}  // namespace clustering_test
}  // namespace casus::analysis
