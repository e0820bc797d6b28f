// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "casus/casefile/problems.h"

/// What can be wrong with a file before anyone reads what it says.
namespace casus::casefile {

/// The bytes of a file, or nothing (told) if it is larger than `largest_file`.
/// @param named  how the user named it
/// @throws IoError  missing or unreadable.
[[nodiscard]] bool read_text(const std::filesystem::path& path, const std::string& named,
                             Problems& problems, std::string& text);

/// Holds the text to size, UTF-8 and no control characters; drops a byte order mark. Told if wrong.
[[nodiscard]] bool sound_text(Document& document, Problems& problems);

/// Nesting of a YAML text before it is parsed: flow brackets and block indents. Told beyond the
/// limit.
[[nodiscard]] bool shallow_yaml(const Document& document, Problems& problems);

void tell_too_deep(const Document& document, std::size_t line, std::size_t column,
                   Problems& problems);

}  // namespace casus::casefile
