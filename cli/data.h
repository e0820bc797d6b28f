// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// `casus data import FORM FILE...`: public data made into a weekly table.
void add_data(CLI::App& app, int& code);

}  // namespace casus::cli
