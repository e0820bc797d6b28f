// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "casus/intel/engine.h"

namespace casus::intel {

/// One "what if" of the many asked about a judgement; `kind`, `id` and `change` as in `Linchpin`.
struct Doubt {
  std::string kind, id, change;
  std::optional<double> chance;
  Engine::Removal what;
};

/// Sources left out or of another mode, priors made flat, hidden variables known.
[[nodiscard]] std::vector<Doubt> doubts_of(const Engine& engine);

/// Fills what every hypothesis rests on: weights of its reports and sources, their diagnosticity,
/// and its linchpins; docs/models/why.md.
void add_weights(const Engine& engine, const Posteriors& all, std::size_t threads, Belief& belief);

}  // namespace casus::intel
