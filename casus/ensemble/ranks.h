// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace casus::ensemble {

/// The values that would stand at a few places if many were sorted; keeps its working space.
///
/// Values are counted in bins of equal width, the least and the most in one of their own, and only
/// the bins that hold a wanted place are looked into, the same way. Not for several threads at
/// once.
/// @note Linear in the number of values while bins thin them out; else that of a sort.
/// @source Blum et al. (1973), Time bounds for selection; the bins are ours.
/// @oracle ranks_test.cc: equals a full sort for spread, tied, skewed and tiny values.
class Ranks {
 public:
  struct Range {
    float least, most;
  };
  /// @param values  at least one, all finite. @param range  theirs.
  /// @param ranks  ascending, each below their number; 0 is the least.
  /// @param out    one for each rank; a zero is never negative.
  void at(std::span<const float> values, Range range, std::span<const std::size_t> ranks,
          std::span<float> out);

 private:
  static constexpr std::size_t bins = 512, ways = 4, deepest = 4;
  static constexpr std::size_t most_slots = 64;  ///< bins looked into at a time

  /// Working space of one depth.
  struct Room {
    std::vector<std::uint16_t> bin;  ///< of a value
    std::vector<float> picked, ordered;
    std::vector<std::uint8_t> slot;
  };
  void look(std::size_t depth, std::span<float> values, std::span<const std::size_t> ranks,
            std::span<float> out);
  void pick(std::size_t depth, std::span<const float> values, Range range,
            std::span<const std::size_t> ranks, std::span<float> out);

  std::array<Room, deepest> rooms_;
  std::vector<float> few_;
  std::array<std::array<std::uint32_t, bins>, ways> count_;
};

}  // namespace casus::ensemble
