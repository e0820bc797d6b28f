// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/model.h"

/// How many men a count hypothesis means, inside its states.
namespace casus::intel {

inline constexpr std::size_t strength_points = 24;

/// The posterior of a counted strength on the as-of day, by state and build-up.
struct Strength {
  std::uint32_t hypothesis = 0;
  std::vector<double> p;  ///< P(state, build-up), build-up fastest; sums to 1
  /// Log-uniform grid of every state (0 for `none`), [state][point].
  std::vector<std::array<double, strength_points>> men;
  /// P(point | state, build-up), [state][build-up][point].
  std::vector<std::array<double, strength_points>> weight;

  [[nodiscard]] std::size_t cell(std::size_t state, std::size_t build_up) const {
    return state * observe::build_ups + build_up;
  }
};

/// @param state_and_build_up P(state, build-up) of the hypothesis from the joint posterior.
/// @param measuring P(the report is a measurement), by evidence, from the joint posterior.
[[nodiscard]] Strength strength_of(const casefile::Case& given, const Model& model,
                                   std::uint32_t hypothesis, std::vector<double> state_and_build_up,
                                   const std::vector<double>& measuring);

/// P(low <= men on `day` <= high and the state is in `states`).
[[nodiscard]] double probability_between(const Strength& s, Date day, Date as_of, double low,
                                         double high, std::uint32_t states);

}  // namespace casus::intel
