// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/options.h"

/// The five stages and their helpers as commands; each returns an exit code or throws.
namespace casus::cli {

int run_new(const Options& options);
int run_check(const Options& options);
int run_assess(const Options& options);
int run_play(const Options& options);
int run_weigh(const Options& options);
int run_games(const Options& options);
int run_brief(const Options& options);
int run_model(const Options& options);

}  // namespace casus::cli
