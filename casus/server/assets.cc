// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/server/assets.h"

#include <array>
#include <utility>

#include "casus/base/file.h"

namespace casus::server {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> types = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
}};

std::string_view type_of(const fs::path& file) {
  for (const auto& [ending, type] : types) {
    if (file.extension() == ending) return type;
  }
  return "";
}

constexpr const char* not_built =
    "<!doctype html><html lang=\"en\"><title>Casus</title><h1>The pages are not built</h1>"
    "<p>The server runs, its pages are missing. In the source tree <code>make room</code> builds"
    " them (Node.js 18 or newer) and starts it; or give the folder of a release with"
    " <code>--web</code>.<p>The data are at <a href=\"/api/cases\">/api/cases</a>, described by"
    " <a href=\"/api/openapi.json\">/api/openapi.json</a>.</html>";

}  // namespace

Assets::Assets(const fs::path& folder) {
  std::error_code error;
  constexpr std::uint64_t largest = 16U << 20U;
  if (fs::is_regular_file(folder / "index.html", error)) {
    built_ = true;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
      const auto type = type_of(entry.path());
      if (!entry.is_regular_file(error) || entry.is_symlink(error) || type.empty()) continue;
      const std::string name = entry.path().lexically_relative(folder).generic_string();
      files_[name] = {view_of(read_file(entry.path(), largest)), std::string(type),
                      name.rfind("assets/", 0) == 0};
    }
  } else {
    files_["index.html"] = {view_of(not_built), "text/html; charset=utf-8", false};
  }
}

const Assets::Asset* Assets::find(const std::string& path) const {
  const auto at = files_.find(path.empty() ? "index.html" : path);
  return at == files_.end() ? nullptr : &at->second;
}

}  // namespace casus::server
