// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/random/design.h"

#include <bit>
#include <boost/random/sobol.hpp>

#include "casus/base/error.h"

namespace casus {
namespace {

constexpr unsigned bits = 32;

}  // namespace

SobolPoints::SobolPoints(std::size_t dimensions) : direction_(dimensions * bits) {
  boost::random::sobol_engine<std::uint32_t, bits> engine(dimensions);
  std::vector<std::uint32_t> before(dimensions);
  // Neighbours in Boost's order, which is that of Gray's code, differ by one direction number; its
  // point k is the one after k steps from the origin.
  for (unsigned b = 0; b < bits - 1; ++b) {
    const std::uint32_t step = std::uint32_t{1} << b;
    if (b == 0) {
      std::fill(before.begin(), before.end(), 0U);
      engine.seed(0U);
    } else {
      engine.seed(step - 2);
      for (std::uint32_t& x : before) x = engine();
    }
    for (std::size_t d = 0; d < dimensions; ++d) {
      const std::uint32_t v = before[d] ^ engine();
      CASUS_CHECK(std::countr_zero(v) == static_cast<int>(bits - 1 - b));
      direction_[d * bits + b] = v;
    }
  }
}

std::uint32_t SobolPoints::at(std::uint32_t index, std::size_t dimension) const {
  const std::uint32_t* direction = direction_.data() + dimension * bits;
  std::uint32_t x = 0;
  for (; index != 0; index &= index - 1) x ^= direction[std::countr_zero(index)];
  return x;
}

std::uint32_t owen_scrambled(std::uint32_t fraction, std::uint64_t key) {
  std::uint32_t out = 0;
  for (unsigned level = 0; level < bits; ++level) {
    const std::uint64_t before = std::uint64_t{fraction} >> (bits - level);
    const std::uint64_t coin = mixed(key, (std::uint64_t{level} << 32U) | before) >> 63U;
    const std::uint64_t digit = (fraction >> (bits - 1 - level)) & 1U;
    out = (out << 1U) | static_cast<std::uint32_t>(digit ^ coin);
  }
  return out;
}

std::uint32_t shuffled(std::uint32_t index, std::uint32_t size, std::uint64_t key) {
  CASUS_CHECK(index < size);
  // Two halves of one width, as many digits as hold the row.
  const unsigned half = std::max(1U, (static_cast<unsigned>(std::bit_width(size - 1)) + 1) / 2);
  const std::uint32_t mask = (std::uint32_t{1} << half) - 1;
  std::uint32_t x = index;
  do {
    std::uint32_t left = x >> half;
    std::uint32_t right = x & mask;
    for (std::uint64_t round = 0; round < 6; ++round) {
      const auto turn = static_cast<std::uint32_t>(mixed(key, (round << 32U) | right) >> 32U);
      const std::uint32_t next = left ^ (turn & mask);
      left = right;
      right = next;
    }
    x = (left << half) | right;
  } while (x >= size);
  return x;
}

}  // namespace casus
