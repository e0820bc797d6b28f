// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "casus/casefile/loading.h"
#include "casus/casefile/template_files.h"

/// Helpers of the module's tests: the invented case in memory, and what is told about it.
namespace casus::casefile {

inline std::vector<CaseFile> invented_case() {
  std::vector<CaseFile> files;
  for (const TemplateFile& file : template_files()) {
    if (file.name == "README.md") continue;
    files.push_back({std::string(file.name), std::string(file.name), std::string(file.content)});
  }
  return files;
}

/// Replaces the first `from` in a file of the case; false if it is not there.
inline bool change(std::vector<CaseFile>& files, std::string_view kind, std::string_view from,
                   std::string_view to) {
  for (CaseFile& file : files) {
    if (file.kind != kind) continue;
    const auto at = file.content.find(from);
    if (at == std::string::npos) return false;
    file.content.replace(at, from.size(), to);
    return true;
  }
  return false;
}

/// `file:line:column+width: message | hint`, a line each; empty for a clean case.
inline std::string told_about(std::vector<CaseFile> files, const LoadOptions& options = {}) {
  std::string told;
  try {
    static_cast<void>(load_files(std::move(files), options));
  } catch (const CaseError& error) {
    for (const Problem& p : error.problems()) {
      if (!told.empty()) told += '\n';
      told +=
          fmt::format("{}:{}:{}+{}: {} | {}", p.file, p.line, p.column, p.width, p.message, p.hint);
    }
  }
  return told;
}

struct WrongCase {
  std::string_view file;
  std::string_view from;
  std::string_view to;
  std::string_view told;
};

inline void expect_messages(const WrongCase& wrong) {
  auto files = invented_case();
  ASSERT_TRUE(change(files, wrong.file, wrong.from, wrong.to)) << wrong.file << ": " << wrong.from;
  EXPECT_EQ(told_about(files), wrong.told)
      << wrong.file << ": " << wrong.from << " -> " << wrong.to;
}

}  // namespace casus::casefile
