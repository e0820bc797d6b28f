// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "casus/intel/network.h"

namespace casus::intel {

/// Reads a network in the XML form of BIF (`.xmlbif`, `.bifxml`, `.xml`); rows are divided by their
/// sums. Decision and utility nodes are refused.
/// @throws CaseError what is wrong with it, with line and column.
/// @source Cozman (1998), The Interchange Format for Bayesian Networks, XMLBIF version 0.3.
[[nodiscard]] Network read_xmlbif(const std::string& text, const std::string& file);

}  // namespace casus::intel
