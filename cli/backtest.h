// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// `casus backtest CASE`: past forecasts of a front against what came.
void add_backtest(CLI::App& app, int& code);

}  // namespace casus::cli
