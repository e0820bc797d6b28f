// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// Adds `casus serve`; its exit code goes into `code` when it has run.
void add_serve(CLI::App& app, int& code);

}  // namespace casus::cli
