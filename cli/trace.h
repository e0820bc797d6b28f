// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/options.h"
#include "cli/stages.h"

namespace casus::cli {

/// `casus play CASE --trace FUTURE`: one future as a dated story; with `--why` the chain of causes
/// behind an event or a week.
int print_trace(const Options& options, Stages& stages, const intel::Belief& belief);

}  // namespace casus::cli
