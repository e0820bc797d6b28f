// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace CLI {
class App;
}

namespace casus::cli {

/// `casus solve GAME.nfg|GAME.efg --method M -o out.json`: equilibria of a game.
/// @param json is set where `--json` was given. @param code the exit code.
void add_solve(CLI::App& app, bool& json, int& code);

}  // namespace casus::cli
