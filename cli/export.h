// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// `casus export CASE`: the belief network of a case for other programs.
void add_export(CLI::App& app, int& code);

}  // namespace casus::cli
