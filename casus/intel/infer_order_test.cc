// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/infer_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "casus/intel/infer_tree.h"
#include "casus/random/draws.h"

namespace casus::intel::infer_test {
namespace order {

using Scopes = std::vector<std::vector<std::uint32_t>>;

Scopes any_scopes(std::uint32_t example, std::uint32_t variables, double share) {
  const Draws draws(example);
  Scopes out;
  for (std::uint32_t a = 0; a < variables; ++a) {
    for (std::uint32_t b = 0; b < a; ++b) {
      if (draws.uniform(Stream("edge"), example, a, b) < share) out.push_back({a, b});
    }
  }
  return out;
}

// Cells of the maximal cliques of an order, from sets and by definition.
double cells_of(const std::vector<std::uint32_t>& order, const std::vector<std::uint32_t>& states,
                const Scopes& scopes) {
  std::vector<std::set<std::uint32_t>> near(states.size()), cliques;
  for (const auto& s : scopes) {
    near[s[0]].insert(s[1]);
    near[s[1]].insert(s[0]);
  }
  for (const auto v : order) {
    for (const auto a : near[v]) {
      for (const auto b : near[v]) {
        if (a != b) near[a].insert(b);
      }
      near[a].erase(v);
    }
    cliques.push_back(near[v]);
    cliques.back().insert(v);
  }
  double cells = 0.0;
  for (std::size_t i = 0; i < cliques.size(); ++i) {
    const auto& c = cliques[i];
    const bool held = std::any_of(cliques.begin(), cliques.end(), [&](const auto& d) {
      return d.size() > c.size() && std::includes(d.begin(), d.end(), c.begin(), c.end());
    });
    if (held) continue;
    double size = 1.0;
    for (const auto v : c) size *= states[v];
    cells += size;
  }
  return cells;
}

TEST(InferOrder, IsTheBestOfAllOrdersOnMostSmallGraphsAndNeverFarFromIt) {
  int best_found = 0;
  for (std::uint32_t example = 1; example <= 20; ++example) {
    const auto scopes = any_scopes(example, 7, 0.45);
    std::vector<std::uint32_t> states;
    for (std::uint32_t v = 0; v < 7; ++v) states.push_back(2 + (v * example) % 4);
    std::vector<std::uint32_t> order(7);
    std::iota(order.begin(), order.end(), 0U);
    double best = 1e300;
    do {
      best = std::min(best, cells_of(order, states, scopes));
    } while (std::next_permutation(order.begin(), order.end()));
    const auto found = find_order(states, scopes, {1, 100.0});
    EXPECT_NEAR(found.cells, cells_of(found.order, states, scopes), 1e-6 * found.cells);
    EXPECT_LE(found.cells, 1.2 * best);
    if (found.cells < best * 1.0001) ++best_found;
  }
  EXPECT_GE(best_found, 18);
}

TEST(InferOrder, TheTreeHoldsEveryScopeAndItsCliquesOverlapAlongPaths) {
  for (std::uint32_t example = 1; example <= 30; ++example) {
    const auto scopes = any_scopes(example, 25, 0.12);
    const std::vector<std::uint32_t> states(25, 2);
    const auto order = find_order(states, scopes);
    const auto tree = build_clique_tree(states, order);
    EXPECT_DOUBLE_EQ(tree.cells, cells_of(order.order, states, scopes));
    EXPECT_NEAR(order.cells, tree.cells, 1e-6);
    for (const auto& s : scopes) {
      const auto& c = tree.cliques[tree.home_of(s)].scope;
      for (const auto v : s) EXPECT_NE(std::find(c.begin(), c.end(), v), c.end());
    }
    // running intersection: the cliques with v, less one, are those that share v with their parent
    for (std::uint32_t v = 0; v < 25; ++v) {
      std::size_t holding = 0;
      std::size_t sharing = 0;
      for (const auto& c : tree.cliques) {
        const auto at = std::find(c.scope.begin(), c.scope.end(), v) - c.scope.begin();
        if (static_cast<std::size_t>(at) < c.scope.size()) ++holding;
        if (static_cast<std::size_t>(at) < c.shared) {
          ++sharing;
          const auto& up = tree.cliques[*c.parent].scope;
          EXPECT_NE(std::find(up.begin(), up.end(), v), up.end());
        }
      }
      EXPECT_EQ(holding, sharing + 1);
    }
  }
}

TEST(InferOrder, SameSeedSameOrder) {
  const auto scopes = any_scopes(5, 60, 0.08);
  const std::vector<std::uint32_t> states(60, 3);
  EXPECT_EQ(find_order(states, scopes).order, find_order(states, scopes).order);
}

}  // namespace order
}  // namespace casus::intel::infer_test
