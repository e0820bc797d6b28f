// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "casus/intel/infer_blocks.h"
#include "casus/intel/infer_reduce.h"
#include "casus/intel/infer_tree.h"

namespace casus::intel {

/// Messages through a tree of cliques: up by sum or by maximum, down by division.
///
/// Every message is scaled so that its largest entry is 1; the logarithms of the scales add up to
/// that of the evidence. A clique is worked through in blocks that stay in the cache: all tables
/// and messages are multiplied onto a block, which then is summed into the message.
/// @source Lauritzen & Spiegelhalter (1988), J. R. Stat. Soc. B 50; Jensen, Lauritzen & Olesen
///         (1990), Computational Statistics Quarterly 4 (division); Dawid (1992), Statistics and
///         Computing 2 (maximum).
class Propagation {
 public:
  /// @param tables each with a scope in the tree's order, none empty.
  Propagation(const CliqueTree& tree, std::span<const std::uint32_t> states,
              std::vector<ReducedTable> tables);

  enum class Mode : std::uint8_t { sum, maximum };
  /// Messages to the roots.
  /// @returns ln of the sum (or maximum) of the product of all tables; minus infinity if it is 0.
  double gather(Mode mode);
  /// Messages back; after `gather(Mode::sum)` with a finite result.
  /// @returns P(state) of every variable.
  [[nodiscard]] std::vector<std::vector<double>> spread();
  /// The states that attain the maximum; after `gather(Mode::maximum)`. Of several, the first cell.
  [[nodiscard]] std::vector<std::uint32_t> most_probable() const;
  /// One joint draw; after `gather(Mode::sum)`, before `spread`.
  /// @param uniform a number in (0, 1) for a variable.
  [[nodiscard]] std::vector<std::uint32_t> draw(
      const std::function<double(std::uint32_t)>& uniform) const;

 private:
  void place(std::vector<ReducedTable> tables);
  template <class Op>
  void gather_clique(std::size_t clique);
  void spread_clique(std::size_t clique, std::vector<std::vector<double>>& marginals);
  [[nodiscard]] std::span<const double> row(std::size_t clique,
                                            std::span<const std::uint32_t> chosen) const;

  const CliqueTree& tree_;
  std::vector<std::uint32_t> states_;
  std::vector<std::vector<ReducedTable>> tables_;  // by clique
  std::vector<std::vector<double>> psi_;           // by clique
  std::vector<std::vector<double>> up_;            // message to the parent, scaled
  std::vector<double> scale_;                      // what it was divided by
  std::vector<std::vector<double>> down_;          // P(shared) from the parent
};

/// Sums of a table over all but one of its variables, for each of them.
[[nodiscard]] std::vector<std::vector<double>> marginals_of(std::span<const double> table,
                                                            std::span<const std::size_t> sizes);

}  // namespace casus::intel
