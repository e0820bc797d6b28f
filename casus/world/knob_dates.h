// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "casus/casefile/load.h"

namespace casus::world {

/// The knobs whose evidence was public only after the case's as-of day and that the case leaves as
/// they are: what a case about an earlier year borrows from a later one. Knobs that rest on nothing
/// dated are not among them; those that `parameters.yaml` sets have the case's own day.
/// @returns their ids, in the order of `knobs()`. O(knobs x parameters).
[[nodiscard]] std::vector<std::string_view> knobs_known_later(const casefile::Case& given);

}  // namespace casus::world
