// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace casus {

/// The first points of Sobol's sequence in many dimensions, each coordinate by itself.
///
/// @source Sobol' (1967); direction numbers of Joe & Kuo (2008), SIAM J. Sci. Comput. 30, as
///         Boost.Random has them.
/// @oracle design_test.cc: every 2^k consecutive points lie one each in the 2^k intervals of every
///         axis; the first two axes fill elementary boxes.
class SobolPoints {
 public:
  /// @param dimensions  1 to 3,667.
  explicit SobolPoints(std::size_t dimensions);
  /// Coordinate of point `index` as a 32-bit fraction.
  [[nodiscard]] std::uint32_t at(std::uint32_t index, std::size_t dimension) const;

 private:
  std::vector<std::uint32_t> direction_;  ///< [dimension][bit of the index]
};

/// Scrambles a 32-bit fraction digit by digit, each by a coin that hangs on the digits before it;
/// equidistribution stays, and every point is uniform by itself.
/// @param key  of the coins: one for each dimension and randomisation.
/// @source Owen (1995), Randomly permuted (t,m,s)-nets and (t,s)-sequences.
[[nodiscard]] std::uint32_t owen_scrambled(std::uint32_t fraction, std::uint64_t key);

/// Place of `index` in a shuffled row of `size`, by a keyed permutation that needs no table.
/// @source Luby & Rackoff (1988): six rounds of Feistel's network; walked until inside the row.
[[nodiscard]] std::uint32_t shuffled(std::uint32_t index, std::uint32_t size, std::uint64_t key);

/// A well-mixed word of a key and a counter. @source Steele, Lea & Flood (2014), SplitMix64.
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t key, std::uint64_t counter) {
  std::uint64_t x = key + (counter + 1) * 0x9E3779B97F4A7C15ULL;
  x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27U)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31U);
}

}  // namespace casus
