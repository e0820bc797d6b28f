// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/table_nest.h"

#include <gtest/gtest.h>

#include "casus/intel/junction_tree.h"
#include "casus/intel/table_walk.h"

namespace casus::intel {
namespace table_nest_test {

const std::vector<std::uint32_t> states{2, 3, 1, 4, 2, 5};
const std::vector<Variable> whole{0, 1, 3, 5, 4};  // 240 cells

// Whole numbers, so that sums are the same in any order.
Table counting(std::size_t n, std::size_t from) {
  Table out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = 1.0 + static_cast<double>((from + i * i) % 17);
  return out;
}

std::size_t cells_of(const std::vector<Variable>& scope) {
  std::size_t out = 1;
  for (const Variable v : scope) out *= states[v];
  return out;
}

std::vector<const double*> at_of(const std::vector<Table>& tables) {
  std::vector<const double*> out;
  for (const Table& t : tables) out.push_back(t.data());
  return out;
}

// Multiplies tables of all scopes into the whole, and sums it onto all of them, by nests.
std::vector<Table> there_and_back(const std::vector<std::vector<Variable>>& scopes) {
  const Nests nests(whole, scopes, states);
  std::vector<Table> tables(nests.size());
  for (std::size_t i = 0; i < nests.size(); ++i) tables[i].assign(nests[i].size, 1.0);
  for (const auto& scope : scopes) {
    tables[nests.find(scope)] = counting(cells_of(scope), scope.size());
  }
  for (std::size_t i = nests.size(); i-- > 0;) {
    if (!nests[i].within) continue;
    nests.multiply_within(i, tables[i].data(), tables[*nests[i].within].data());
  }
  std::vector<Table> sums;
  const auto drains = nests.drains(sums);
  stream(nests.whole(), nests.feeds(at_of(tables)), drains);
  nests.sum_within(sums);
  std::vector<Table> out;
  for (const auto& scope : scopes) out.push_back(sums[nests.find(scope)]);
  return out;
}

void expect_the_sums_of_the_whole(const std::vector<std::vector<Variable>>& scopes) {
  Table cells(cells_of(whole), 1.0);
  for (const auto& scope : scopes) {
    const Table table = counting(cells_of(scope), scope.size());
    walk(whole, scope, states, [&](std::size_t i, std::size_t j) { cells[i] *= table[j]; });
  }
  const auto got = there_and_back(scopes);
  for (std::size_t k = 0; k < scopes.size(); ++k) {
    EXPECT_EQ(got[k], sum_onto(cells, whole, scopes[k], states)) << k;
  }
}

TEST(TableNest, WhatGoesThroughSmallerTablesIsTheProductAndTheSumsOfTheWhole) {
  expect_the_sums_of_the_whole({{0, 3}, {3}, {0, 1, 3}, {}, {5, 4}, {1, 5}, {5}});
  expect_the_sums_of_the_whole({whole, {0}, {1, 4}});
  expect_the_sums_of_the_whole({});
}

TEST(TableNest, ManySmallTablesAreJoinedBeforeTheyTouchTheWhole) {
  const std::vector<std::vector<Variable>> scopes{{0, 1}, {1, 3}, {3, 4}, {0, 4}, {5}};
  const Nests nests(whole, scopes, states);
  EXPECT_GT(nests.size(), scopes.size());
  EXPECT_LT(nests.feeds(std::vector<const double*>(nests.size())).size(), scopes.size());
  expect_the_sums_of_the_whole(scopes);
}

TEST(TableNest, AWholeLargerThanABlockIsWorkedThroughInBlocks) {
  const std::vector<std::uint32_t> many(13, 2);  // 8192 cells
  std::vector<Variable> all;
  for (Variable v = 0; v < 13; ++v) all.push_back(v);
  const std::vector<std::vector<Variable>> scopes{{0, 12}, {0, 1, 2}, {5, 7}, {}};
  const Nests nests(all, scopes, many);
  ASSERT_GT(cells_of({}) * 8192, nests.whole().block());
  std::vector<Table> tables(nests.size()), sums;
  for (std::size_t i = 0; i < nests.size(); ++i) tables[i].assign(nests[i].size, 1.0);
  const auto drains = nests.drains(sums);
  stream(nests.whole(), nests.feeds(at_of(tables)), drains);
  nests.sum_within(sums);
  for (const auto& scope : scopes) {
    const Table& sum = sums[nests.find(scope)];
    for (const double x : sum) EXPECT_EQ(x, 8192.0 / static_cast<double>(sum.size()));
  }
}

TEST(TableNest, ALargeWholeIsSlicedAlikeByAnyNumberOfThreads) {
  const std::vector<std::uint32_t> many(19, 2);  // 524288 cells
  std::vector<Variable> all;
  for (Variable v = 0; v < 19; ++v) all.push_back(v);
  const std::vector<std::vector<Variable>> scopes{{0, 5, 11}, {3, 18}, {1, 2, 7}, {}};
  const Nests nests(all, scopes, many);
  ASSERT_GT(nests.whole().slices(), 1U);
  ASSERT_EQ(nests.whole().cells(), std::size_t{1} << 19);
  std::vector<Table> tables(nests.size());
  for (std::size_t i = 0; i < nests.size(); ++i) tables[i] = counting(nests[i].size, i);
  for (double& x : tables[0]) x /= 3.0;  // so that the order of sums shows
  const auto sums_by = [&](std::size_t threads) {
    std::vector<Table> sums;
    const auto drains = nests.drains(sums);
    stream(nests.whole(), nests.feeds(at_of(tables)), drains, threads);
    nests.sum_within(sums);
    return sums;
  };
  const auto one = sums_by(1);
  EXPECT_EQ(one, sums_by(2));
  EXPECT_EQ(one, sums_by(3));
  double of_all = 0.0;  // as the cells themselves give it
  std::vector<double> cells(std::size_t{1} << 19, 1.0);
  for (std::size_t i = 0; i < nests.size(); ++i) {
    if (nests[i].within) continue;
    walk(all, nests[i].scope, many,
         [&](std::size_t a, std::size_t b) { cells[a] *= tables[i][b]; });
  }
  for (const double x : cells) of_all += x;
  for (const auto& scope : scopes) {
    double sum = 0.0;
    for (const double x : one[nests.find(scope)]) sum += x;
    EXPECT_NEAR(sum / of_all, 1.0, 1e-12);
  }
}

}  // namespace table_nest_test
}  // namespace casus::intel
