// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/coherence.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/intel/test_case.h"
#include "casus/random/draws.h"

namespace casus::intel {
namespace coherence_test {

using casefile::HypothesisId;
using test::CaseBuilder;
using Marginals = CoherentSet::Marginals;

// In force needs presence; a march needs force; the weather is nobody's child.
struct Linked {
  Linked() {
    there = builder.hypothesis("there", {"no", "yes"}, {.6, .4});
    force = builder.hypothesis("force", {"none", "few", "many"}, {1, 0, 0, .2, .5, .3}, {there});
    march = builder.hypothesis("march", {"no", "yes"}, {1, 0, .9, .1, .4, .6}, {force});
    weather = builder.hypothesis("weather", {"fair", "foul"}, {.5, .5});
  }
  [[nodiscard]] std::vector<HypothesisId> all() const { return {there, force, march, weather}; }
  CaseBuilder builder;
  HypothesisId there{0}, force{0}, march{0}, weather{0};
};

double squares(const Marginals& a, const Marginals& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t s = 0; s < a[i].size(); ++s) {
      sum += (a[i][s] - b[i][s]) * (a[i][s] - b[i][s]);
    }
  }
  return sum;
}

constexpr std::uint32_t examples = 300;

double any(std::uint32_t example, std::uint32_t i) {
  return Draws(11).uniform(Stream("statements"), example, 0, 0, i);
}

Marginals any_statement(std::uint32_t example) {
  const auto at = [&](std::uint32_t i) { return any(example, i); };
  return {{at(0), at(1)}, {at(2), at(3), at(4)}, {at(5), at(6)}, {at(7), at(8)}};
}

Marginals corner(std::uint32_t there, std::uint32_t force, std::uint32_t march,
                 std::uint32_t weather) {
  Marginals m{{0, 0}, {0, 0, 0}, {0, 0}, {0, 0}};
  m[0][there] = m[1][force] = m[2][march] = m[3][weather] = 1.0;
  return m;
}

const std::vector<Marginals> corners = {corner(0, 0, 0, 0), corner(1, 0, 0, 0), corner(1, 1, 0, 0),
                                        corner(1, 1, 1, 0), corner(1, 2, 0, 0), corner(1, 2, 1, 0),
                                        corner(0, 0, 0, 1), corner(1, 0, 0, 1), corner(1, 1, 0, 1),
                                        corner(1, 1, 1, 1), corner(1, 2, 0, 1), corner(1, 2, 1, 1)};

TEST(Coherence, TheNearestPointOfTheSimplexIsTheClosedForm) {
  EXPECT_EQ(project_on_simplex(std::vector<double>{.5, .5}), (std::vector<double>{.5, .5}));
  const auto p = project_on_simplex(std::vector<double>{.7, .5});
  EXPECT_NEAR(p[0], .6, 1e-15);
  EXPECT_NEAR(p[1], .4, 1e-15);
  const auto q = project_on_simplex(std::vector<double>{1.0, .5, -.4});
  EXPECT_NEAR(q[0], .75, 1e-15);
  EXPECT_NEAR(q[1], .25, 1e-15);
  EXPECT_EQ(q[2], 0.0);
}

TEST(Coherence, WolfesMethodFindsTheNearestPointOfATriangle) {
  // the foot of the origin on the edge from (1, 2) to (3, 0) is (1.5, 1.5)
  const auto p = nearest_to_origin({{3, 0}, {1, 2}, {4, 4}});
  EXPECT_NEAR(p[0], 1.5, 1e-12);
  EXPECT_NEAR(p[1], 1.5, 1e-12);
  // inside: the origin itself
  const auto q = nearest_to_origin({{-1, -1}, {2, -1}, {-1, 3}});
  EXPECT_NEAR(q[0], 0.0, 1e-12);
  EXPECT_NEAR(q[1], 0.0, 1e-12);
}

TEST(Coherence, NobodyMarchesWhoIsNotThere) {
  const Linked linked;
  const CoherentSet set(linked.builder.given, {linked.there, linked.march});
  // there 0.2, yet a march 0.8: the nearest that can be is 0.5 for both
  const auto p = set.project({{.8, .2}, {.2, .8}});
  EXPECT_NEAR(p[0][1], .5, 1e-9);
  EXPECT_NEAR(p[1][1], .5, 1e-9);
}

TEST(Coherence, WhatIsProjectedCanHoldTogether) {
  const Linked linked;
  for (std::uint32_t example = 0; example < examples; ++example) {
    const auto p = CoherentSet(linked.builder.given, linked.all()).project(any_statement(example));
    for (const auto& states : p) {
      double sum = 0.0;
      for (const double x : states) {
        EXPECT_GE(x, 0.0);
        sum += x;
      }
      EXPECT_NEAR(sum, 1.0, 1e-9);
    }
    EXPECT_LE(p[1][1] + p[1][2], p[0][1] + 1e-9);
    EXPECT_LE(p[2][1], p[1][1] + p[1][2] + 1e-9);
  }
}

TEST(Coherence, ProjectingAgainChangesNothing) {
  const Linked linked;
  for (std::uint32_t example = 0; example < examples; ++example) {
    const CoherentSet set(linked.builder.given, linked.all());
    const auto once = set.project(any_statement(example));
    EXPECT_LT(squares(once, set.project(once)), 1e-18);
  }
}

TEST(Coherence, ACoherentStatementIsNeverMoved) {
  const Linked linked;
  for (std::uint32_t example = 0; example < examples; ++example) {
    Marginals mixed{{0, 0}, {0, 0, 0}, {0, 0}, {0, 0}};
    double total = 0.0;
    std::vector<double> weight;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      weight.push_back(any(example, static_cast<std::uint32_t>(i)));
      total += weight.back();
    }
    for (std::size_t i = 0; i < corners.size(); ++i) {
      for (std::size_t h = 0; h < mixed.size(); ++h) {
        for (std::size_t s = 0; s < mixed[h].size(); ++s) {
          mixed[h][s] += weight[i] / total * corners[i][h][s];
        }
      }
    }
    const auto p = CoherentSet(linked.builder.given, linked.all()).project(mixed);
    EXPECT_LT(squares(p, mixed), 1e-18);
  }
}

TEST(Coherence, WhateverIsTrueTheCoherentStatementIsNoFurtherFromIt) {
  const Linked linked;
  for (std::uint32_t example = 0; example < examples; ++example) {
    const auto stated = any_statement(example);
    const auto p = CoherentSet(linked.builder.given, linked.all()).project(stated);
    for (const Marginals& truth : corners) {
      // a projection on a convex set: closer by at least the way it moved
      EXPECT_LE(squares(p, truth) + squares(p, stated), squares(stated, truth) + 1e-9);
    }
  }
}

TEST(Coherence, ALongChainIsTakenTableByTableToTheSameEnd) {
  // 20 links, each needing the one before: 2^20 joint states, too many to list
  CaseBuilder builder;
  std::vector<HypothesisId> chain{builder.hypothesis("h0", {"no", "yes"}, {.5, .5})};
  for (int i = 1; i < 20; ++i) {
    chain.push_back(
        builder.hypothesis("h" + std::to_string(i), {"no", "yes"}, {1, 0, .5, .5}, {chain.back()}));
  }
  Marginals rising;
  for (int i = 0; i < 20; ++i) rising.push_back({1.0 - i / 19.0, i / 19.0});
  const auto p = CoherentSet(builder.given, chain).project(rising);
  // each link at most as probable as the one before: a rising line is pooled to its mean
  for (const auto& states : p) EXPECT_NEAR(states[1], .5, 1e-6);
}

TEST(Coherence, WhatLiesBetweenTwoHypothesesBindsThemUnasked) {
  const Linked linked;
  const CoherentSet pair(linked.builder.given, {linked.march, linked.there});
  const auto p = pair.project({{0, 1}, {1, 0}});
  EXPECT_NEAR(p[0][1], p[1][1], 1e-9);
}

}  // namespace coherence_test
}  // namespace casus::intel
