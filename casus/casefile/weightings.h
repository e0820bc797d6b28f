// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "casus/casefile/load.h"

/// Other ways to weigh the same outcomes: `weightings.yaml` beside a case. They decide nothing; the
/// options are ranked under each of them beside the decision maker's own values.
namespace casus::casefile {

struct Weighting {
  std::string id, name;
  Values values;  ///< whole: the actor's own worths, those the weighting names in their place
};

struct Weightings {
  std::vector<Weighting> all;
  std::string digest;  ///< of the file; empty where there is none
};

/// Reads `weightings.yaml` beside the `case.yaml` of `path`; nothing where there is none.
/// @throws CaseError every problem of the file at once. @throws IoError it cannot be read.
[[nodiscard]] Weightings load_weightings(const std::filesystem::path& path, const Case& given);
/// The same from text in memory.
[[nodiscard]] Weightings weightings_from(std::string named, std::string content, const Case& given);

}  // namespace casus::casefile
