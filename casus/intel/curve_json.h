// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "casus/base/score.h"

namespace casus::intel {

/// A calibration curve as files of scores tell it.
[[nodiscard]] nlohmann::ordered_json curve_json(const CalibrationCurve& curve);

}  // namespace casus::intel
