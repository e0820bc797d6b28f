// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/intel/table_nest.h"

#include <gtest/gtest.h>

#include "casus/intel/junction_tree.h"

namespace casus::intel {
namespace table_nest_test {

const std::vector<std::uint32_t> states{2, 3, 1, 4, 2, 5};

std::vector<double> counting(std::size_t n) {
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = 1.0 + static_cast<double>(i * i % 17);
  return out;
}

TEST(TableNest, SumsThroughSmallerTablesAreTheSumsOfTheWhole) {
  const std::vector<Variable> whole{0, 1, 3, 5, 4};
  const auto cells = counting(240);
  const auto nests = nest(whole, {{0, 3}, {3}, {0, 1, 3}, {}, {4, 5}, {1, 5}, {5}}, states);
  std::vector<std::vector<double>> sums;
  std::size_t direct = 0;
  for (const Nest& n : nests) {
    sums.emplace_back(n.size, 0.0);
    n.map.sum(n.within ? sums[*n.within].data() : cells.data(), sums.back().data());
    EXPECT_EQ(sums.back(), sum_onto(cells, whole, n.scope, states));
    direct += n.within ? 0 : 1;
  }
  EXPECT_EQ(direct, 3U);  // {0, 1, 3}, {4, 5}, {1, 5}
}

TEST(TableNest, RowsOfSeveralColumnsMapTogether) {
  const std::vector<Variable> whole{1, 3, 0};
  const CellMap map(whole, std::vector<Variable>{0, 1}, states, 2);
  const auto cells = counting(48);
  std::vector<double> got(12, 0.0);
  map.sum(cells.data(), got.data());
  for (std::size_t column = 0; column < 2; ++column) {
    std::vector<double> one;
    for (std::size_t i = column; i < cells.size(); i += 2) one.push_back(cells[i]);
    const auto expected = sum_onto(one, whole, std::vector<Variable>{0, 1}, states);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(got[2 * i + column], expected[i]);
  }
  auto product = cells;
  map.multiply(product.data(), got.data());
  EXPECT_EQ(product[0], cells[0] * got[0]);
  EXPECT_EQ(product[47], cells[47] * got[11]);
}

}  // namespace table_nest_test
}  // namespace casus::intel
