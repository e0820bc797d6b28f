// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// `casus forecast CASE --series --origin WEEK`: draws of the coming weeks of a front.
void add_forecast(CLI::App& app, int& code);

}  // namespace casus::cli
