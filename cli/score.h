// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/intel/belief.h"
#include "cli/options.h"

namespace casus::cli {

/// `casus score CASE`: the belief and its rivals against `outcome.yaml`.
int run_score(const Options& options);

}  // namespace casus::cli
