// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace casus::intel {

struct Elimination {
  std::vector<std::uint32_t> order;                   ///< variables, first eliminated first
  std::vector<std::vector<std::uint32_t>> separator;  ///< neighbours left at that moment, ascending
};

/// An order of least weighted fill: next goes the variable whose missing edges weigh least, an edge
/// the product of the logs of its ends' states; ties by the size of the bucket, then by number.
/// @source Kjaerulff (1992), greedy triangulation; the weighting is that of Darwiche (2009), ch. 9.
[[nodiscard]] Elimination eliminate(std::span<const std::uint32_t> states,
                                    std::span<const std::vector<std::uint32_t>> scopes);

}  // namespace casus::intel
