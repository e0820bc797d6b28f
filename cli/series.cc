// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "cli/series.h"

#include <fmt/format.h>

#include "casus/base/error.h"
#include "casus/casefile/folder.h"

namespace casus::cli {

std::filesystem::path weekly_folder(const std::filesystem::path& given) {
  return casefile::case_folder(given) / "weekly";
}

Date monday_of(const char* option, const std::string& text) {
  const auto day = parse_date(text);
  if (day && day->monday() == *day) return *day;
  throw CaseError({{option, 0, 0, fmt::format("'{}' is no {}", text, day ? "Monday" : "date"), "",
                    1, "weeks are named by their Monday, e.g. 2025-01-06"}});
}

}  // namespace casus::cli
