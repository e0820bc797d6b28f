// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "casus/casefile/analysts.h"

/// Several analysts on the same hypotheses: made coherent, pooled, and kept apart where they
/// differ.
///
/// Opinions are not evidence: nothing here moves a posterior. docs/models/analysts.md.
namespace casus::intel {

/// One analyst on one hypothesis.
struct AnalystJudgement {
  casefile::HypothesisId hypothesis{0};
  Date date;
  std::vector<std::optional<double>> stated;  ///< by state, as written
  std::vector<double> p;                      ///< the nearest coherent probabilities
  double from_pool = 0.0;                     ///< total variation distance to the pool, 0 ... 1
  double from_engine = 0.0;                   ///< the same to the engine's posterior
  bool dissents = false;                      ///< further from the pool than the band
};

struct AnalystView {
  std::string id, name;
  double weight = 1.0;
  double incoherence = 0.0;  ///< Euclidean distance from what was stated to what is coherent
  std::vector<AnalystJudgement> judgements;  ///< in the order of the case's hypotheses
};

/// Two analysts (indices into `views`) and the total variation distance between them.
struct AnalystPair {
  std::uint32_t a = 0, b = 0;
  double distance = 0.0;
};

/// All analysts on one hypothesis.
struct PooledJudgement {
  casefile::HypothesisId hypothesis{0};
  std::vector<double> p, low, high;  ///< pool and range by state
  std::vector<double> engine;        ///< posterior of the engine, for comparison
  double disagreement = 0.0;         ///< mean distance of all pairs; 0 for one analyst
  std::vector<AnalystPair> pairs;
  std::uint32_t farthest = 0;          ///< the analyst farthest from the engine
  double farthest_distance = 0.0;      ///< how far
  std::vector<std::uint32_t> dissent;  ///< analysts further from the pool than the band
};

struct AnalystViews {
  casefile::Pool pool = casefile::Pool::linear;
  double band = 0.15;
  std::vector<AnalystView> views;           ///< in the order of the file
  std::vector<PooledJudgement> hypotheses;  ///< those anyone with a weight speaks of
};

/// @param engine posterior by hypothesis and state.
/// States an analyst does not name share evenly what the named ones leave.
/// @source linear pool: Stone (1961); coherence first: Mandel, Karvetski & Dhami (2018), Judgment
///         and Decision Making 13; log-odds pool: Genest & Zidek (1986), Statistical Science 1.
/// @oracle analysts_test.cc: identical statements pool to themselves; a pool by hand; squared error
///         to the truth never grows.
[[nodiscard]] AnalystViews view_analysts(const casefile::Case& given, const casefile::Panel& panel,
                                         const std::vector<std::vector<double>>& engine);

/// Half the sum of |a - b|: the largest difference they can have about any event.
[[nodiscard]] double total_variation(const std::vector<double>& a, const std::vector<double>& b);

}  // namespace casus::intel
