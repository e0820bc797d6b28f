// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "casus/casefile/load.h"

namespace casus::casefile {

/// How the decision maker of a case comes to know a published variable (docs/models/plans.md).
enum class Seeing : std::uint8_t {
  open,       ///< public, or its own
  estimated,  ///< hidden, but it holds an estimate of its own
  hidden      ///< neither
};

/// @oracle plans_test.cc of policy: nothing it calls open or estimated is read from hidden truth.
[[nodiscard]] Seeing seeing(const Case& given, const VariableUse& use);

}  // namespace casus::casefile
