// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/intel/model.h"

namespace casus::intel {

/// What a report says, put into the words of the law; nothing where it says nothing of a
/// hypothesis. Variables (mode, picture, regimes, build-up) are filled in by `build_model`.
[[nodiscard]] std::optional<Evidence> read_report(const casefile::Case& given, std::uint32_t report,
                                                  const ModelOptions& options);

/// A letter as the options have it read: F where grades are off, else shifted and held within A-E.
[[nodiscard]] char read_grade(char grade, const ModelOptions& options);

}  // namespace casus::intel
