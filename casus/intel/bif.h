// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "casus/intel/network.h"

/// The Bayesian interchange format, `.bif`.
namespace casus::intel {

/// Reads a BIF text. Rows may be named (`(yes, no) 0.1, 0.9;`), come as one `table` (the node's own
/// state slowest, as the format has it) or as a `default`; every row is divided by its sum.
///
/// Labels may hold any printable character. A `table` whose columns do not sum to 1 but whose rows
/// do is read by rows, as some programs write it.
/// @param file how messages name it
/// @throws CaseError what is wrong with it, with line and column.
/// @source Cozman (1998), The Interchange Format for Bayesian Networks, version 0.15.
[[nodiscard]] Network read_bif(const std::string& text, const std::string& file);

/// The network as a BIF text that `read_bif` and other programs read; numbers keep all their
/// digits.
[[nodiscard]] std::string write_bif(const Network& network, const std::string& name);

}  // namespace casus::intel
