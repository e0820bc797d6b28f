// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "casus/casefile/load.h"

namespace casus::casefile {

/// Reads a case as `load` does, with the reports of further files among its own.
/// @param more files in the form of `reports.jsonl`, held to the same rules.
/// @throws CaseError every problem of every file at once. @throws IoError a file is missing.
[[nodiscard]] Case load_with_reports(const std::filesystem::path& path,
                                     const std::vector<std::filesystem::path>& more,
                                     const LoadOptions& options = {});

/// Reads a case as `load` does, but with the questions of `file`, in the form of `questions.yaml`,
/// in place of its own. The digest stays that of the case.
/// @throws CaseError every problem of every file at once. @throws IoError a file is missing.
[[nodiscard]] Case load_with_questions(const std::filesystem::path& path,
                                       const std::filesystem::path& file,
                                       const LoadOptions& options = {});

}  // namespace casus::casefile
