// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/casefile/load.h"

namespace casus::ensemble {

/// A dispute among theories that a case settles for all futures, with the sides it leaves out.
struct RivalTheory {
  std::string knob;     ///< `theory.attrition`
  std::string meaning;  ///< of its values
  double held = 0.0;    ///< the value in every future
  std::vector<double> others;
};

/// The `theory.*` parameters that do not vary in this case (docs/models/theories.md).
[[nodiscard]] std::vector<RivalTheory> rival_theories(const casefile::Case& given);

/// The case with one parameter set to a value in every future.
[[nodiscard]] casefile::Case with_parameter(const casefile::Case& given, const std::string& knob,
                                            double value);

}  // namespace casus::ensemble
