// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// `casus calibrate CASE`: fits the front to a stretch of its weekly record.
void add_calibrate(CLI::App& app, int& code);

}  // namespace casus::cli
