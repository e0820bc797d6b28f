// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/analysis/comparison.h"
#include "casus/casefile/load.h"
#include "casus/ensemble/futures.h"
#include "casus/ensemble/trace.h"
#include "casus/intel/belief.h"

namespace casus::analysis {
struct Studies;  ///< analysis/studies.h
}

/// What to say: one page that can be read and checked.
namespace casus::brief {

/// The futures the brief tells as stories.
struct Story {
  std::string title;   ///< "most likely", "most dangerous"
  std::string option;  ///< text id
  std::size_t future = 0;
  std::vector<ensemble::ToldEvent> events;
};

/// Composes the self-contained HTML page: no script, no outside resource, prints well.
[[nodiscard]] std::string compose(const casefile::Case& given, const intel::Belief& belief,
                                  const ensemble::Futures& futures,
                                  const analysis::Comparison& comparison,
                                  const std::vector<Story>& stories,
                                  const analysis::Studies* studies = nullptr);

/// The same in one screen of plain text for a terminal (80 columns).
[[nodiscard]] std::string summary(const casefile::Case& given, const intel::Belief& belief,
                                  const ensemble::Futures& futures,
                                  const analysis::Comparison& comparison);

/// What would turn the order of the options, a line each: events by their chance, and theories.
/// Empty where there is nothing to say.
[[nodiscard]] std::string turning_points(const casefile::Case& given, const intel::Belief& belief,
                                         const ensemble::Futures& futures,
                                         const analysis::Comparison& comparison,
                                         const analysis::Studies& studies);

}  // namespace casus::brief
