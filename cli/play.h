// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/options.h"
#include "cli/stages.h"

namespace CLI {
class App;
}

/// `casus play`: what is played, what is kept of it, and what an interrupted run left.
namespace casus::cli {

/// Options of every command that plays: they shape the run.
void add_shaping_options(CLI::App& app, Options& options);
/// Options of `play` alone.
void add_play_options(CLI::App& app, Options& options);

/// Plays into `futures.nc`, takes up an interrupted run, or writes what one has finished.
int play_and_say(const Options& options, Stages& stages, const intel::Belief& belief);

}  // namespace casus::cli
