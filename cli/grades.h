// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>

namespace casus::cli {

/// `--grades on|off`, and `--no-grades`, its earlier name.
inline void add_grades(CLI::App& sub, bool& grades) {
  sub.add_option("--grades", grades, "off: read every grade as F6 (default on)")
      ->check(CLI::IsMember({"on", "off"}))
      ->option_text("on|off");
  sub.add_flag("!--no-grades", grades)->group("");
}

}  // namespace casus::cli
