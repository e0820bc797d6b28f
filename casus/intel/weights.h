// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/intel/engine.h"

namespace casus::intel {

/// Fills the weights of every hypothesis' reports; docs/models/why.md.
void add_weights(const Engine& engine, const Posteriors& all, std::size_t threads, Belief& belief);

}  // namespace casus::intel
