// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cli/stages.h"

namespace casus::cli {

/// `casus play --design`: plays a design and prints which inputs matter.
/// @param again  goes on with this one; may be null.
int run_design(const Options& options, Stages& stages, const intel::Belief& belief,
               const ensemble::UnfinishedDesign* again = nullptr);

/// The designed runs of a case beside a comparison: the strongest inputs of each.
void print_designs(const std::vector<analysis::DesignStudy>& designs);

}  // namespace casus::cli
