// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "casus/ensemble/design_run.h"

/// How the inputs act, from a designed run (docs/models/sensitivity.md).
namespace casus::analysis {

/// Morris's elementary effects of one input: change of the output over the input's middle 90 %, as
/// each step has it.
struct ElementaryEffect {
  std::string input;
  double mu = 0.0;       ///< mean
  double mu_star = 0.0;  ///< mean size
  double sigma = 0.0;    ///< deviation between rows: other inputs and luck change it, or it bends
  double error = 0.0;    ///< bootstrap standard error of `mu_star`
};

/// Sobol's indices of one input, shares of the output's variance.
struct SobolIndex {
  std::string input;
  double first = 0.0, first_error = 0.0;  ///< alone
  double total = 0.0, total_error = 0.0;  ///< with all that acts together with it, luck too
};

/// @param y           [row][variation], inputs + 1 variations.
/// @param changed_at  [row][input]: the variation, from 1 on, that changes it. @param upward alike.
/// @returns by input, in their order.
/// @source Morris (1991); mu* of Campolongo, Cariboni & Saltelli (2007).
/// @oracle design_effects_test.cc: a linear function exactly; Ishigami's and the g-function's
/// order.
[[nodiscard]] std::vector<ElementaryEffect> elementary_effects(
    const std::vector<std::string>& inputs, std::span<const double> y,
    std::span<const std::size_t> changed_at, std::span<const std::uint8_t> upward,
    std::uint64_t seed);

/// First order by Saltelli et al. (2010), total by Jansen (1999), errors by bootstrap over rows.
/// @param y  [row][variation], inputs + 2 variations: A, B, then A with each input of B.
/// @oracle design_effects_test.cc: closed forms of Ishigami's function and Sobol's g-function to
///         .03; additive with luck.
[[nodiscard]] std::vector<SobolIndex> sobol_indices(const std::vector<std::string>& inputs,
                                                    std::span<const double> y, std::uint64_t seed);

/// What a design says of one output.
struct DesignOutput {
  std::string of;            ///< `value` or `lead`
  std::string option, over;  ///< whose value; `over`: whose value is taken off it, for a lead
  double mean = 0.0, deviation = 0.0;     ///< of the output over the points of the design
  std::vector<ElementaryEffect> effects;  ///< greatest mu* first, those beyond two errors; morris
  std::vector<SobolIndex> indices;  ///< greatest total first, those beyond two errors; saltelli
};

struct DesignStudy {
  std::string key;                                ///< of what it was made from
  std::string design;                             ///< morris or saltelli
  std::size_t rows = 0, inputs = 0, futures = 0;  ///< futures: of every option
  int weeks = 0;
  std::vector<DesignOutput> outputs;
};

/// The decision maker's value of every option played, and the lead of the last over the first.
[[nodiscard]] DesignStudy study_design(const casefile::Case& given, const ensemble::DesignRun& run,
                                       std::uint64_t seed);

[[nodiscard]] std::string to_json(const DesignStudy& study);
/// @throws CaseError the text holds no such study.
[[nodiscard]] DesignStudy design_from_json(const std::string& text, const std::string& file_name);

}  // namespace casus::analysis
