// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "casus/analysis/comparison.h"

/// The part of `comparison.json` beyond the ranking. An open bound is null.
namespace casus::analysis {

[[nodiscard]] nlohmann::ordered_json robustness_json(const OptionResult& option);
void read_robustness(OptionResult& option, const nlohmann::ordered_json& j);

[[nodiscard]] nlohmann::ordered_json turns_json(const std::vector<SignpostTurn>& turns);
/// @throws nlohmann's exceptions, as `read_findings`.
[[nodiscard]] std::vector<SignpostTurn> read_turns(const nlohmann::ordered_json& j);

[[nodiscard]] nlohmann::ordered_json courses_json(const Courses& courses);
/// @throws std::out_of_range or nlohmann's exceptions, as `read_findings`.
[[nodiscard]] Courses read_courses(const nlohmann::ordered_json& j);

/// Adds `required_value`, `dominances`, `scenarios`, `sensitivities` and `indicators`.
void add_findings(nlohmann::ordered_json& j, const Comparison& comparison);
/// @throws std::out_of_range or nlohmann's exceptions where something is missing or of another
/// kind.
void read_findings(Comparison& comparison, const nlohmann::ordered_json& j);

}  // namespace casus::analysis
