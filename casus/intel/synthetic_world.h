// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "casus/intel/evidence.h"
#include "casus/intel/test_case.h"
#include "casus/random/draws.h"

/// Made-up worlds whose truth is known, for tests: docs/validation/synthetic-worlds.md.
///
/// Truth, hidden modes, plans, lineages and false gradings are drawn; reports are made from them by
/// the law of `observe`; the case holds only what an analyst would be given.
namespace casus::intel::test {

/// How far the worlds keep to what the engine takes for granted.
struct WorldLaw {
  double wrong_grade = 0.10;  ///< P(a source is a grade worse than the one given)
  double rate_spread = 0.0;   ///< ln sd of every source's own false-alarm rate (A3 has .3)
  double copying = 1.0;       ///< odds of repeating untold, as a factor
  double picture =
      observe::picture_prior;  ///< P(an unfounded picture is shared that it is so), and not so
};

struct SyntheticWorld {
  CaseBuilder builder;
  std::vector<std::uint32_t> truth;  ///< state by hypothesis
  double men = 0.0;                  ///< of hypothesis 0 on the as-of day
  std::vector<bool> report_true;     ///< by report: is its core claim so
  /// By hypothesis: log-odds of "there is something" by multiplying likelihoods, every report an
  /// own look of an honest source.
  std::vector<double> product;
  /// By hypothesis: reports inconsistent with "there is nothing" and with "there is something".
  std::vector<std::array<int, 2>> inconsistent;

  /// Does this state say that there is something: men, yes, a genuine sign?
  [[nodiscard]] bool affirms(std::uint32_t h, std::uint32_t state) const;
  [[nodiscard]] bool affirmed(std::uint32_t h) const { return affirms(h, truth[h]); }
};

/// The world of that number; always the same one.
[[nodiscard]] SyntheticWorld synthetic_world(std::uint32_t number, const WorldLaw& law = {});

}  // namespace casus::intel::test
