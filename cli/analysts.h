// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "casus/intel/belief.h"

namespace casus::cli {

/// What the analysts say beside the posterior, a few lines a hypothesis; empty where none spoke.
[[nodiscard]] std::string analysts_text(const casefile::Case& given, const intel::Belief& belief);

}  // namespace casus::cli
