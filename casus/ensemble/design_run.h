// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "casus/ensemble/factor_design.h"
#include "casus/ensemble/futures.h"
#include "casus/ensemble/store.h"

namespace casus::ensemble {

/// What the futures of a designed run came to.
struct DesignRun {
  DesignKind kind = DesignKind::morris;
  std::vector<std::string> inputs;  ///< those varied: facts in dispute and knobs
  std::vector<std::string> options;
  std::size_t rows = 0, variations = 0, measures = 0;
  std::vector<float> outcome;  ///< [option][row][variation][measure]
  /// Morris, [row][input]: the variation that changes it, and whether up.
  std::vector<std::size_t> changed_at;
  std::vector<std::uint8_t> upward;

  [[nodiscard]] float at(std::size_t option, std::size_t row, std::size_t variation,
                         std::size_t measure) const {
    return outcome[((option * rows + row) * variations + variation) * measures + measure];
  }
};

struct DesignRequest {
  DesignKind kind = DesignKind::morris;
  std::size_t rows = 16;               ///< a multiple of sixteen
  std::vector<std::string> over = {};  ///< inputs to vary; empty = all that have a spread
};

/// Facts in dispute (nodes of the belief) and knobs that have a spread: what a design can vary.
[[nodiscard]] std::vector<std::string> design_inputs(const casefile::Case& given,
                                                     const intel::Belief& belief);

/// Plays the options of `options` at the points of a design. All futures of a row meet the same
/// luck (but Saltelli's B), so that differences along it are due to the inputs.
/// @throws CaseError an input or option is unknown. @throws ModelError no rows.
/// @throws Cancelled `options.cancelled` said so.
/// @param store  keeps what is played piece by piece and gives back what lies there; may be null.
/// @note rows * (inputs + 1 or 2) futures an option.
[[nodiscard]] DesignRun play_design(const casefile::Case& given, const intel::Belief& belief,
                                    const PlayOptions& options, const DesignRequest& request,
                                    Store* store = nullptr);

/// Refuses what `play_design` could not play. @throws CaseError, ModelError as there.
void check_design(const casefile::Case& given, const intel::Belief& belief,
                  const DesignRequest& request);

}  // namespace casus::ensemble
