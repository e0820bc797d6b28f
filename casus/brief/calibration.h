// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "casus/intel/score.h"

namespace casus::brief {

/// The calibration of a scored belief as an SVG file of its own: what was stated against how often
/// it came true, for hypotheses over the days (Casus, plain matrix, plain product) and for reports
/// (Casus, grades alone). Areas of the dots are shares of the statements.
[[nodiscard]] std::string calibration_svg(const casefile::Case& given, const intel::Score& score);

}  // namespace casus::brief
