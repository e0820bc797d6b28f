// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// `casus infer NET --evidence e.json -o out.json`: posteriors in a discrete network.
/// @param json is set where `--json` was given, so that errors go there too. @param code the exit
/// code.
void add_infer(CLI::App& app, bool& json, int& code);

}  // namespace casus::cli
