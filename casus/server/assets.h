// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "casus/server/snapshot.h"

namespace casus::server {

/// The built pages, read once at the start: nothing else on the disk can be asked for.
class Assets {
 public:
  /// @param folder  what `vite build` left; where it is not there, one page says how to make it
  explicit Assets(const std::filesystem::path& folder);
  [[nodiscard]] bool built() const { return built_; }
  /// The file at a path of the site (`index.html` for none), or null.
  struct Asset {
    View view;
    std::string type;
    bool lasting = false;  ///< its name carries its digest
  };
  [[nodiscard]] const Asset* find(const std::string& path) const;

 private:
  std::map<std::string, Asset> files_;
  bool built_ = false;
};

}  // namespace casus::server
