// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace casus {

namespace threefry {

inline constexpr int rotation[8][2] = {{10, 26}, {11, 21}, {13, 27}, {23, 5},
                                       {6, 20},  {17, 11}, {25, 10}, {18, 20}};

/// One round; every number known when compiled, so that the four words stay in registers.
template <std::size_t round, class Word>
inline void turn(std::array<Word, 4>& x, const std::array<Word, 5>& schedule) {
  constexpr std::size_t one = round % 2 == 0 ? 1 : 3;
  constexpr std::size_t three = 4 - one;
  constexpr int r0 = rotation[round % 8][0];
  constexpr int r1 = rotation[round % 8][1];
  x[0] = x[0] + x[one];
  x[one] = ((x[one] << r0) | (x[one] >> (32 - r0))) ^ x[0];
  x[2] = x[2] + x[three];
  x[three] = ((x[three] << r1) | (x[three] >> (32 - r1))) ^ x[2];
  if constexpr (round % 4 == 3) {
    constexpr std::size_t s = round / 4 + 1;
    for (std::size_t i = 0; i < 4; ++i) x[i] = x[i] + schedule[(s + i) % 5];
    x[3] = x[3] + Word(static_cast<std::uint32_t>(s));
  }
}

template <class Word, std::size_t... rounds>
inline void turn_all(std::array<Word, 4>& x, const std::array<Word, 5>& schedule,
                     std::index_sequence<rounds...>) {
  (turn<rounds>(x, schedule), ...);
}

}  // namespace threefry

/// Threefry4x32 with 20 rounds: four random words from a 128-bit key and a 128-bit counter.
///
/// @tparam Word  `std::uint32_t`, or `lanes::U` for a counter a lane at once.
/// @source Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC11.
/// @oracle threefry_test.cc: the known-answer vectors published with Random123.
template <class Word>
[[nodiscard]] inline std::array<Word, 4> threefry4x32(const std::array<Word, 4>& counter,
                                                      const std::array<Word, 4>& key) {
  const std::array<Word, 5> schedule = {key[0], key[1], key[2], key[3],
                                        Word(0x1BD11BDAU) ^ key[0] ^ key[1] ^ key[2] ^ key[3]};
  std::array<Word, 4> x = {counter[0] + key[0], counter[1] + key[1], counter[2] + key[2],
                           counter[3] + key[3]};
  threefry::turn_all(x, schedule, std::make_index_sequence<20>());
  return x;
}

}  // namespace casus
