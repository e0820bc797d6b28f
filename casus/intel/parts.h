// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

#include "casus/intel/belief.h"

/// An assessment that tells what it has while it goes on.
namespace casus::intel {

/// What one assessment worked out of the numbers told, for the next of the same hypotheses.
class NumbersMemory {
 public:
  NumbersMemory();
  ~NumbersMemory();
  NumbersMemory(NumbersMemory&&) noexcept;
  NumbersMemory& operator=(NumbersMemory&&) noexcept;

 private:
  friend Belief assess_in_parts(const casefile::Case& given, const AssessOptions& options,
                                const struct PartsTold& told, NumbersMemory& memory);
  struct Kept;
  std::unique_ptr<Kept> kept_;
};

/// What is told on the way; whatever they throw ends the assessment and is thrown on.
struct PartsTold {
  std::function<void()> between;  ///< some time has passed
  /// All is there but the order of battle and what hangs on it: collection.
  std::function<void(const Belief&)> reasons;
};

/// As `assess`, to the last bit.
/// @param memory of assessments whose hypotheses, their counts and as-of day were the same; may be
///               fresh. What changed of the reports is seen.
/// @throws ModelError as `assess`.
/// @oracle assessor_test.cc: `assess`.
[[nodiscard]] Belief assess_in_parts(const casefile::Case& given, const AssessOptions& options,
                                     const PartsTold& told, NumbersMemory& memory);

}  // namespace casus::intel
