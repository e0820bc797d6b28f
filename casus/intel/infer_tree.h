// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "casus/intel/infer_order.h"

namespace casus::intel {

/// One maximal clique. Its tables run over `scope`, the last variable fastest; the first `shared`
/// variables are those it shares with its parent, so a message to the parent sums runs of
/// neighbouring cells.
struct Clique {
  std::vector<std::uint32_t> scope;
  std::size_t shared = 0;
  std::size_t size = 1;         ///< cells
  std::size_t shared_size = 1;  ///< cells of the message to the parent
  std::optional<std::size_t> parent;
  std::vector<std::size_t> children;

  /// The variables it shares with its parent.
  [[nodiscard]] std::vector<std::uint32_t> shared_scope() const {
    return {scope.begin(), scope.begin() + static_cast<std::ptrdiff_t>(shared)};
  }
};

/// A junction forest of maximal cliques. Every scope lists variables in falling order of
/// elimination, so any two of them agree on the order of what they share.
struct CliqueTree {
  std::vector<Clique> cliques;      ///< children before their parents
  std::vector<std::size_t> home;    ///< by variable: the clique where it is summed out
  std::vector<std::uint32_t> rank;  ///< by variable: its place in the order of elimination
  double cells = 0.0;

  /// In the order of the tables of cliques.
  [[nodiscard]] std::vector<std::uint32_t> sorted(std::vector<std::uint32_t> scope) const;
  /// The clique that holds the whole of `scope`, which some table of the network joined.
  [[nodiscard]] std::size_t home_of(std::span<const std::uint32_t> scope) const;
};

/// @pre the cells fit the memory: look at `EliminationOrder::cells` first.
[[nodiscard]] CliqueTree build_clique_tree(std::span<const std::uint32_t> states,
                                           const EliminationOrder& order);

}  // namespace casus::intel
