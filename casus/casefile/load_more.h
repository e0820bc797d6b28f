// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "casus/casefile/load.h"

namespace casus::casefile {

/// Reads a case as `load` does, with the reports of further files among its own.
/// @param more files in the form of `reports.jsonl`, held to the same rules.
/// @throws CaseError every problem of every file at once. @throws IoError a file is missing.
[[nodiscard]] Case load_with_reports(const std::filesystem::path& path,
                                     const std::vector<std::filesystem::path>& more,
                                     const LoadOptions& options = {});

/// A case whose files were read and parsed once, to be had with other reports added.
///
/// Never changes once built: safe to use from several threads.
class OpenCase {
 public:
  /// @throws CaseError `case.yaml` is no text; whatever else is wrong `with_reports` tells.
  /// @throws IoError   the folder or a file is missing or cannot be read.
  explicit OpenCase(const std::filesystem::path& path, const LoadOptions& options = {});
  ~OpenCase();
  OpenCase(const OpenCase&) = delete;
  OpenCase& operator=(const OpenCase&) = delete;

  /// What `load_with_reports` says of a file of this name with these lines; no lines, no file.
  /// @throws CaseError every problem of every file, and of the lines, at once.
  /// @note   the reports are read anew, nothing else: some milliseconds.
  /// @oracle open_case_test.cc: `load_with_reports`.
  [[nodiscard]] Case with_reports(const std::string& named, const std::string& lines) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

/// Reads a case as `load` does, but with the questions of `file`, in the form of `questions.yaml`,
/// in place of its own. The digest stays that of the case.
/// @throws CaseError every problem of every file at once. @throws IoError a file is missing.
[[nodiscard]] Case load_with_questions(const std::filesystem::path& path,
                                       const std::filesystem::path& file,
                                       const LoadOptions& options = {});

}  // namespace casus::casefile
