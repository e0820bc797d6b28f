// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/ranks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "casus/random/draws.h"

namespace casus::ensemble::ranks_tests {
namespace {

float normal(std::uint32_t i) {
  return static_cast<float>(Draws(11).normal(Stream("ranks"), i, 0, 0));
}

/// Every kind of column a week's series can be, of n values.
std::vector<std::vector<float>> columns(std::size_t n) {
  std::vector<std::vector<float>> out(10, std::vector<float>(n));
  for (std::uint32_t i = 0; i < n; ++i) {
    const float x = normal(i);
    out[0][i] = x;                                           // spread
    out[1][i] = x > 0.8F ? 1.0F : 0.0F;                      // a flag
    out[2][i] = x > 0.0F ? x : (i % 2 == 0 ? -0.0F : 0.0F);  // half of it zero, of either sign
    out[3][i] = std::exp(20.0F * x);                         // over many powers of ten
    out[4][i] = 1000.0F + std::floor(3.0F * x);              // a few whole numbers
    out[5][i] = i == 7 ? 1e30F : 1e-20F * x;                 // one far outside
    out[6][i] = 5.0F;                                        // all equal
    out[7][i] = std::bit_cast<float>(i % 50);                // smaller than any normal number
    out[8][i] = (i % 2 == 0 ? 1.0F : -1.0F) * std::numeric_limits<float>::max();
    out[9][i] =
        x > -1.0F ? std::exp(-60.0F * x * x) : 0.0F;  // falling away to nothing, and nothing
  }
  return out;
}

TEST(Ranks, AreThoseOfAFullSort) {
  Ranks by;  // one for all, as a thread has
  for (const std::size_t n : {1U, 2U, 64U, 96U, 97U, 257U, 1000U, 5000U}) {
    std::vector<std::size_t> ranks;
    for (std::size_t i = 0; i < 80; ++i) ranks.push_back(i * (n - 1) / 79);
    std::vector<float> found(ranks.size());
    std::size_t which = 0;
    for (const std::vector<float>& values : columns(n)) {
      std::vector<float> sorted = values;
      for (float& x : sorted) x += 0.0F;
      std::ranges::sort(sorted);
      by.at(values, {sorted.front(), sorted.back()}, ranks, found);
      for (std::size_t i = 0; i < ranks.size(); ++i) {
        ASSERT_EQ(std::bit_cast<std::uint32_t>(found[i]),
                  std::bit_cast<std::uint32_t>(sorted[ranks[i]]))
            << "column " << which << ", rank " << ranks[i] << " of " << n;
      }
      ++which;
    }
  }
}

}  // namespace
}  // namespace casus::ensemble::ranks_tests
