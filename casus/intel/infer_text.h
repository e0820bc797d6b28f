// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/casefile/scanner.h"

/// The names by which the readers of networks know the shared scanner.
namespace casus::intel {

using casefile::append_utf8;
using casefile::blank;
using casefile::near_hint;
using casefile::Scanner;
using casefile::trimmed;

}  // namespace casus::intel
