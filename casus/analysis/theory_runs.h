// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "casus/casefile/load.h"
#include "casus/intel/belief.h"

/// Whether the ranking hangs on a theory that a case holds fixed (docs/models/theories.md).
namespace casus::analysis {

/// The options under one side of a dispute, on the same luck as under the others.
struct TheoryRun {
  struct Option {
    std::string id;
    double value = 0.0, error = 0.0;  ///< expected, to the decision maker; Monte-Carlo error
    double behind = 0.0, behind_error = 0.0;  ///< what it lacks to the leader of this run, paired
    std::size_t rank = 0;
  };
  std::string knob, meaning;
  double at = 0.0;    ///< value of the knob in every future of the run
  bool held = false;  ///< the side the case holds to
  std::size_t futures = 0;
  std::vector<Option> options;  ///< best first
  /// Whether the leader under the side the case holds to is behind here by more than two errors.
  bool turns = false;
};

struct TheoryOptions {
  std::size_t futures = 128;
  std::uint64_t seed = 1;
  std::size_t threads = 0;
  std::function<bool()> cancelled = {};
};

/// Plays every option under each side of every dispute that the case holds fixed.
/// @throws ModelError the case has no values for its decision maker. @throws ensemble::Cancelled
/// @note  sides x options x futures.
[[nodiscard]] std::vector<TheoryRun> theory_runs(const casefile::Case& given,
                                                 const intel::Belief& belief,
                                                 const TheoryOptions& options = {});

}  // namespace casus::analysis
