// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "casus/base/error.h"

/// What the views share. Private to the module.
namespace casus::server {

using Json = nlohmann::ordered_json;

/// Every number of a value to six digits.
void shorten(Json& value);
[[nodiscard]] std::string written(Json value);
[[nodiscard]] Json problems_of(const std::vector<Problem>& problems);
/// A number, or null where it is not finite.
[[nodiscard]] Json number(double x);

}  // namespace casus::server
