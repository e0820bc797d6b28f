// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace casus::casefile {

/// The folder of a case. @param given  that folder or its case.yaml.
[[nodiscard]] inline std::filesystem::path case_folder(const std::filesystem::path& given) {
  return given.extension() == ".yaml" ? given.parent_path() : given;
}

}  // namespace casus::casefile
