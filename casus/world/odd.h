// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace casus::world {

/// A process of the week as the model description tells it.
struct Submodel {
  std::string_view process;  ///< `Process::name`
  std::string_view page;     ///< docs/models/<page>.md
  std::string_view knobs;    ///< blocks of its knobs, separated by spaces
  std::string_view draws;    ///< names of its random streams, separated by spaces
  std::string_view text;     ///< what it does
};

/// Every process, then what surrounds the week: choices, the start, the draw of the truth.
[[nodiscard]] std::span<const Submodel> submodels();

/// The description of the model by the ODD protocol, in Markdown, made from the declared processes,
/// variables and knobs.
/// @source Grimm et al. (2020), Journal of Artificial Societies and Social Simulation 23(2) 7.
/// @oracle odd_test.cc: every process, variable and knob is named; the declared draws are those of
///         the sources.
[[nodiscard]] std::string odd();

}  // namespace casus::world
