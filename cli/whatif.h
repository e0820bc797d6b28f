// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// `casus whatif CASE`: reports struck, added or regraded, and what that does to the belief.
void add_whatif(CLI::App& app, bool& json, int& code);

}  // namespace casus::cli
