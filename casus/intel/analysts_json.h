// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "casus/intel/analysts.h"

/// The block `analysts` of belief.json. Private to the module.
namespace casus::intel {

[[nodiscard]] nlohmann::ordered_json write_analysts(const AnalystViews& views,
                                                    const casefile::Case& given);

/// @throws CaseError it names what the case does not declare. @throws nlohmann::json::exception it
/// has another form.
[[nodiscard]] AnalystViews read_analysts(const nlohmann::ordered_json& in,
                                         const casefile::Case& given, const std::string& file);

}  // namespace casus::intel
