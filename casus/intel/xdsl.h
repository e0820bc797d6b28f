// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/intel/network.h"

/// XDSL, the format of GeNIe and SMILE.
namespace casus::intel {

/// Reads the `cpt` and `deterministic` nodes of an XDSL text; other kinds of node are refused.
/// @throws CaseError what is wrong with it, with line and column.
/// @source BayesFusion, SMILE manual, XDSL file format.
[[nodiscard]] Network read_xdsl(const std::string& text, const std::string& file);

/// The network as XDSL. Names become identifiers as the format wants them; the names as they were
/// stand in the GeNIe extension, with a position by generation, so the graph opens readable.
[[nodiscard]] std::string write_xdsl(const Network& network, const std::string& name);

/// The identifiers `write_xdsl` gives the nodes.
[[nodiscard]] std::vector<std::string> xdsl_names(const Network& network);
/// Those it gives a node's states.
[[nodiscard]] std::vector<std::string> xdsl_states(const NetworkNode& node);

}  // namespace casus::intel
