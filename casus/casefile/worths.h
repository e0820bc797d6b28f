// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "casus/casefile/case_plans.h"
#include "casus/casefile/fields.h"

/// Reading what outcomes are worth. Private to the module.
namespace casus::casefile {

/// The index of the measure named at `at`; told as what `does` with it where there is none.
[[nodiscard]] std::optional<std::size_t> measure_at(Fields& fields, Spot at, std::string_view does);

/// The mapping `worth` of an entry: measure to `{worth, per, sd}`.
[[nodiscard]] std::vector<Worth> read_worths(Fields& fields);

}  // namespace casus::casefile
