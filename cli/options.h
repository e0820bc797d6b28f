// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace casus::cli {

/// What the command line says; one struct for all commands.
struct Options {
  std::filesystem::path given;               ///< CASE: a folder or its case.yaml
  std::optional<std::filesystem::path> out;  ///< -o
  bool json = false;
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::optional<std::string> as_of;
  std::size_t futures = 2000;
  std::optional<int> weeks;
  std::vector<std::string> options;
  std::optional<std::size_t> trace;
  std::optional<std::string> why;  ///< play --trace: an event or a week
  bool grades = true;
  bool fresh = false;  ///< run every stage again
  bool variables = false;
  bool knobs = false;
  bool odd = false;                          ///< model: the description by the ODD protocol
  std::optional<std::filesystem::path> csv;  ///< play: tidy long table too
  bool quiet = false;
};

}  // namespace casus::cli
