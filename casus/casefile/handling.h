// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "casus/casefile/load.h"

namespace casus::casefile {

/// The stricter of two marks of the Traffic Light Protocol; what is no mark is stricter than all.
[[nodiscard]] std::string_view stricter(std::string_view a, std::string_view b);

/// The mark of whatever is made of a case: the strictest of the case's own and of its reports',
/// struck ones included, since pages still tell them.
[[nodiscard]] std::string handling_of_all(const Case& given);

/// Ids of reports with a stricter mark than the case: whatever is made of it carries theirs.
[[nodiscard]] std::vector<std::string> stricter_than_case(const Case& given);

}  // namespace casus::casefile
