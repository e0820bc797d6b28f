// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "casus/intel/infer_tree.h"

/// Exact inference on discrete variables: a junction tree over factors, our own.
///
/// Variables are eliminated in an order chosen by least weighted fill; variable v's bucket holds v
/// and its neighbours at that moment (the separator). What is computed with are the maximal ones
/// among the buckets, the cliques (calibration.h).
namespace casus::intel {

using Variable = std::uint32_t;

/// A table over variables in ascending order, the last one fastest.
struct Factor {
  std::vector<Variable> scope;
  std::vector<double> table;
};

class JunctionTree {
 public:
  /// @param states number of states of every variable, each > 0.
  /// @param scopes the scopes that factors may have.
  JunctionTree(std::vector<std::uint32_t> states, std::span<const std::vector<Variable>> scopes);

  [[nodiscard]] double cells() const { return cells_; }  ///< over all buckets
  [[nodiscard]] std::size_t width() const {
    return width_;
  }  ///< variables in the largest bucket, less 1

  /// Cells of the tree these scopes would need, without building its tables.
  [[nodiscard]] static double cells_needed(std::span<const std::uint32_t> states,
                                           std::span<const std::vector<Variable>> scopes);

  struct Bucket {
    Variable variable = 0;
    std::vector<Variable> scope;  ///< separator ascending, then `variable` (fastest)
    std::size_t size = 0;
    std::optional<std::size_t> parent;
    std::vector<std::size_t> children;
  };
  [[nodiscard]] const std::vector<Bucket>& buckets() const {
    return buckets_;
  }  ///< in order of elimination
  [[nodiscard]] std::size_t bucket_of(Variable v) const { return position_[v]; }
  /// The bucket that a factor with this scope belongs to: that of its first eliminated variable.
  [[nodiscard]] std::size_t home_of(std::span<const Variable> scope) const;
  [[nodiscard]] std::uint32_t states(Variable v) const { return states_[v]; }
  [[nodiscard]] std::span<const std::uint32_t> states() const { return states_; }
  /// Is the whole of `scope` within one bucket?
  [[nodiscard]] bool holds(std::span<const Variable> scope) const;
  [[nodiscard]] std::size_t variables() const { return states_.size(); }
  /// The maximal ones among the buckets' scopes, which is what is computed with.
  [[nodiscard]] const CliqueTree& cliques() const { return cliques_; }
  /// Cliques by height above the lowest, and by depth below the roots.
  [[nodiscard]] const std::vector<std::vector<std::size_t>>& by_height() const { return heights_; }
  [[nodiscard]] const std::vector<std::vector<std::size_t>>& by_depth() const { return depths_; }
  /// By clique: the root above it; what has another root is independent of it.
  [[nodiscard]] const std::vector<std::size_t>& roots() const { return roots_; }

 private:
  std::vector<std::uint32_t> states_;
  std::vector<Bucket> buckets_;
  std::vector<std::size_t> position_;
  CliqueTree cliques_;
  std::vector<std::vector<std::size_t>> heights_, depths_;
  std::vector<std::size_t> roots_;
  double cells_ = 0.0;
  std::size_t width_ = 0;
};

/// Sums a table over `from` (any order, last fastest) down to `onto`, a subset of it.
[[nodiscard]] std::vector<double> sum_onto(std::span<const double> table,
                                           std::span<const Variable> from,
                                           std::span<const Variable> onto,
                                           std::span<const std::uint32_t> states);

}  // namespace casus::intel
