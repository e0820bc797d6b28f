// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/casefile/problems.h"

namespace casus::casefile {

/// Parses `document.text` as one YAML document into `document.root`; false if it cannot be read.
///
/// Duplicate keys, anchors, aliases, tags and a second document are told; so is the first slip of
/// syntax. Bounds of size, depth and encoding are held before the parser sees the text.
[[nodiscard]] bool read_yaml(Document& document, Problems& problems);

}  // namespace casus::casefile
