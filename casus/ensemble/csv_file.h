// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "casus/ensemble/futures.h"

namespace casus::ensemble {

/// Whether a table can be made there at all. @throws IoError it cannot.
void check_csv(const std::filesystem::path& path);

/// The tidy long table, written piece by piece; complete or absent under its name.
/// Every failure is an `IoError`.
class CsvFile {
 public:
  CsvFile(const std::filesystem::path& path, const Futures& about);
  ~CsvFile();
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;
  /// @param weekly  [series][kept week][future]; the first `count` of its `futures` are written.
  void trajectories(std::size_t option, std::size_t first, std::size_t count,
                    std::span<const float> weekly, std::size_t futures);
  void close();

 private:
  std::filesystem::path path_, part_;
  std::vector<std::string> options_, middles_;
  std::size_t weeks_, every_;
  std::ofstream out_;
  bool closed_ = false;
};

}  // namespace casus::ensemble
