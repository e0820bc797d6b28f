// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "casus/time/date.h"

/// What the commands on weekly series share.
namespace casus::cli {

/// The weekly tables a case brings along.
[[nodiscard]] std::filesystem::path weekly_folder(const std::filesystem::path& given);
/// @throws CaseError the text is no Monday; `option` says where it stood.
[[nodiscard]] Date monday_of(const char* option, const std::string& text);

}  // namespace casus::cli
