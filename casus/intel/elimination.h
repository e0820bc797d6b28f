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

/// What the next variable to eliminate is chosen by.
enum class Rule : std::uint8_t {
  weighted_fill,  ///< missing edges, each weighing the product of the logs of its ends' states
  fill,           ///< number of missing edges
  size            ///< cells of the bucket
};

/// A greedy order by one rule; ties by the size of the bucket, then by number.
/// @source Kjaerulff (1992), greedy triangulation; the weighting is that of Darwiche (2009), ch. 9.
[[nodiscard]] Elimination eliminate(std::span<const std::uint32_t> states,
                                    std::span<const std::vector<std::uint32_t>> scopes, Rule rule);

/// The order of fewest cells among those of the rules.
[[nodiscard]] Elimination eliminate(std::span<const std::uint32_t> states,
                                    std::span<const std::vector<std::uint32_t>> scopes);

/// Cells of all buckets of an order.
[[nodiscard]] double cells_of(const Elimination& e, std::span<const std::uint32_t> states);

}  // namespace casus::intel
