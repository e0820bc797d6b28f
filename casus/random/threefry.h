// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

namespace casus {

/// Threefry4x32 with 20 rounds: four random words from a 128-bit key and a 128-bit counter.
///
/// @tparam Word  `std::uint32_t`, or `lanes::U` for sixteen counters at once.
/// @source Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC11.
/// @oracle threefry_test.cc: the known-answer vectors published with Random123.
template <class Word>
[[nodiscard]] inline std::array<Word, 4> threefry4x32(const std::array<Word, 4>& counter,
                                                      const std::array<Word, 4>& key) {
  constexpr int rotation[8][2] = {{10, 26}, {11, 21}, {13, 27}, {23, 5},
                                  {6, 20},  {17, 11}, {25, 10}, {18, 20}};
  const std::array<Word, 5> schedule = {
      key[0], key[1], key[2], key[3], Word(0x1BD11BDAU) ^ key[0] ^ key[1] ^ key[2] ^ key[3]};
  std::array<Word, 4> x = {counter[0] + key[0], counter[1] + key[1], counter[2] + key[2],
                           counter[3] + key[3]};
  const auto rotate = [](Word w, int n) { return (w << n) | (w >> (32 - n)); };
  for (int round = 0; round < 20; ++round) {
    const auto& r = rotation[round % 8];
    const std::size_t one = round % 2 == 0 ? 1 : 3;
    const std::size_t three = 4 - one;
    x[0] = x[0] + x[one];
    x[one] = rotate(x[one], r[0]) ^ x[0];
    x[2] = x[2] + x[three];
    x[three] = rotate(x[three], r[1]) ^ x[2];
    if (round % 4 == 3) {
      const auto s = static_cast<std::size_t>(round / 4 + 1);
      for (std::size_t i = 0; i < 4; ++i) x[i] = x[i] + schedule[(s + i) % 5];
      x[3] = x[3] + Word(static_cast<std::uint32_t>(s));
    }
  }
  return x;
}

}  // namespace casus
