// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "casus/intel/junction_tree.h"

/// Evidence reduction: what is certain or impossible leaves the problem before any tree is built.
namespace casus::intel {

/// A table as its owner keeps it: over `scope` in that order, the last variable fastest.
struct TableView {
  std::vector<Variable> scope;
  std::span<const double> table;
};

/// A table over variables of the reduced problem, the last one of `scope` fastest.
struct ReducedTable {
  std::vector<Variable> scope;
  std::vector<double> table;  ///< its largest entry is 1
};

/// The problem that is left: variables with at least two states that may still be so.
struct Reduction {
  std::vector<std::vector<std::uint32_t>> domain;  ///< by variable: its possible states, ascending
  std::vector<std::optional<Variable>> reduced;    ///< by variable: its number in what is left
  std::vector<Variable> original;                  ///< by reduced variable
  std::vector<std::uint32_t> states;               ///< by reduced variable
  std::vector<std::vector<Variable>> scopes;       ///< by table, in the table's own order
};

/// Takes out every state that no entry above 0 of some table supports, over and over, until nothing
/// changes: observed states fix others through zeros in the tables.
///
/// @param domain by variable: the states not excluded by evidence, ascending.
/// @returns nothing if a variable is left without a state: the evidence is impossible.
[[nodiscard]] std::optional<Reduction> reduce(std::span<const TableView> tables,
                                              std::span<const std::uint32_t> states,
                                              std::vector<std::vector<std::uint32_t>> domain);

/// What is left of a table, its variables in the order of `scope` (reduced numbers).
/// @param log_scale is added the logarithm of what the entries were divided by.
[[nodiscard]] ReducedTable restrict_table(const TableView& view, const Reduction& reduction,
                                          std::span<const std::uint32_t> states,
                                          std::vector<Variable> scope, double& log_scale);

}  // namespace casus::intel
