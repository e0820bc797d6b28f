// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "casus/casefile/load.h"

/// Helpers of the module's tests: cases on the disk.
namespace casus::casefile {

namespace fs = std::filesystem;

/// A folder of its own that goes when the test ends.
class Folder {
 public:
  explicit Folder(const std::string& name)
      : path_(fs::path(testing::TempDir()) / ("casus_" + name)) {
    fs::remove_all(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const fs::path& path() const { return path_; }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
  }
  void append(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary | std::ios::app) << text;
  }

 private:
  fs::path path_;
};

inline std::string message_of(const fs::path& path, const LoadOptions& options = {}) {
  try {
    static_cast<void>(load(path, options));
  } catch (const CaseError& error) {
    return error.what();
  }
  return "";
}

}  // namespace casus::casefile
