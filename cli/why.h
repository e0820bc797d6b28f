// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// `casus why CASE [HYPOTHESIS]`: what a judgement rests on and hangs on.
void add_why(CLI::App& app, bool& json, int& code);

}  // namespace casus::cli
