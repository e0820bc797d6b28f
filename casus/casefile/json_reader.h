// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/casefile/problems.h"

namespace casus::casefile {

/// Reads JSON Lines (RFC 8259, one value a line) into a sequence; wrong lines are told and left
/// out.
///
/// The values carry line and column, which is why the reader is our own.
/// @returns false if the text as a whole cannot be read.
/// @oracle json_reader_test.cc: accepts a line exactly if nlohmann::json does.
[[nodiscard]] bool read_json_lines(Document& document, Problems& problems);

}  // namespace casus::casefile
