// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// The order in which variables are eliminated: what decides how large a junction tree becomes.
namespace casus::intel {

struct OrderOptions {
  std::uint64_t seed = 1;
  /// Steps of search per cell of the best tree so far: the search costs about what it can save.
  double effort = 0.3;
};

struct EliminationOrder {
  std::vector<std::uint32_t> order;  ///< first eliminated first
  /// The neighbours left of every variable when its turn comes, by place in `order`.
  std::vector<std::vector<std::uint32_t>> separators;
  double cells = 0.0;     ///< of the tree of maximal cliques
  std::size_t width = 0;  ///< variables in the largest clique, less 1
  std::size_t tries = 0;  ///< orders looked at
};

/// The best of several greedy orders: least fill, least weighted fill (by states, by their
/// logarithm), least clique; then the same with scores blurred at random, as long as it pays.
///
/// Deterministic: the budget counts steps, never time.
/// @source Kjaerulff (1990), Triangulation of graphs, R-90-09; Kask, Gelfand, Otten & Dechter
///         (2011), Pushing the power of stochastic greedy ordering schemes, AAAI.
/// @oracle infer_order_test.cc: the best of all orders on small graphs.
[[nodiscard]] EliminationOrder find_order(std::span<const std::uint32_t> states,
                                          std::span<const std::vector<std::uint32_t>> scopes,
                                          const OrderOptions& options = {});

}  // namespace casus::intel
