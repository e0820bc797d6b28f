// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casefile/loading.h"

/// Which files make up a case: its own folder and those it includes. Private to the module.
namespace casus::casefile {

/// The contents of the files, whatever their order, as one number.
class Digest {
 public:
  void add(std::string_view name, std::string_view content);
  [[nodiscard]] std::string text();

 private:
  std::vector<std::string> parts_;
};

/// Reads `case.yaml`, what it includes, then the case's own files, each folder a later layer.
///
/// An included folder lies under the folder that holds the case, symbolic links followed; it may
/// include others in a `theatre.yaml`. A folder met a second time adds nothing; one that includes
/// itself, directly or not, is told.
///
/// @param path  a case folder or its `case.yaml`, which exists
/// @throws CaseError  `case.yaml` cannot be read as text
void gather(const std::filesystem::path& path, Loading& loading, Digest& digest);

}  // namespace casus::casefile
