// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "casus/random/design.h"

namespace casus::ensemble {

/// What kind of designed run (docs/models/sensitivity.md).
enum class DesignKind : std::uint8_t { morris, saltelli };
[[nodiscard]] std::string_view name_of(DesignKind kind);

/// Points at which a function is looked at to learn how its inputs act: rows of points, the same
/// inputs varied in each.
///
/// A row has several variations. Morris: variation 0 is a random point of a four-level grid, each
/// after it changes one more input by two thirds of its range, in an order of the row's own;
/// inputs run over their middle 90 %. Saltelli: 0 is a point A, 1 a point B, 2 + i is A with input
/// i of B; A and B are scrambled Sobol' points. Inputs not varied keep their value along a row.
/// @source Morris (1991), Technometrics 33; Saltelli et al. (2010), Comput. Phys. Commun. 181.
/// @oracle design_effects_test.cc of analysis: one input changes at a time; every input on all its
///         levels; Ishigami's and Sobol's g-function by the estimators there.
class FactorDesign {
 public:
  /// @param names  keys of the inputs. @param varied  places in `names`; those of the variations.
  FactorDesign(DesignKind kind, std::uint64_t seed, std::vector<std::uint64_t> names,
               std::vector<std::size_t> varied);

  [[nodiscard]] DesignKind kind() const { return kind_; }
  [[nodiscard]] std::size_t varied() const { return varied_.size(); }
  [[nodiscard]] std::size_t variations() const;
  /// In (0, 1).
  [[nodiscard]] double coordinate(std::size_t row, std::size_t variation, std::size_t input) const;
  /// Morris: the variation, from 1 on, that changes varied input `i` of a row, and whether up.
  [[nodiscard]] std::size_t changed_at(std::size_t row, std::size_t i) const;
  [[nodiscard]] bool upward(std::size_t row, std::size_t i) const;
  /// Numbers that two points of a row share if and only if luck is to be the same to both: all of
  /// them but Saltelli's B, whose luck is its own.
  [[nodiscard]] std::size_t luck_of(std::size_t row_group, std::size_t variation) const;

 private:
  [[nodiscard]] double uniform(std::size_t row, std::size_t input, std::size_t side) const;

  DesignKind kind_;
  std::uint64_t seed_;
  std::vector<std::uint64_t> names_;
  std::vector<std::size_t> varied_;
  std::vector<std::size_t> place_;  ///< [input]: its place in `varied_`, or their number
  std::optional<SobolPoints> sobol_;
};

/// Change of an input in one step of Morris, as a share of its middle 90 %.
inline constexpr double morris_step = 2.0 / 3.0;

}  // namespace casus::ensemble
