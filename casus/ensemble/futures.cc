// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/futures.h"

#include <algorithm>
#include <cstring>
#include <tuple>

namespace casus::ensemble {
namespace {

/// Equal bit for bit, so that "no answer" equals itself.
bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() &&
         (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

auto names(const Futures& f) {
  return std::tie(f.case_id, f.case_digest, f.version, f.belief_digest, f.seed, f.sampling, f.weeks,
                  f.every, f.futures, f.options, f.measures, f.questions, f.series, f.levels,
                  f.trajectories, f.signposts, f.knobs, f.truth, f.clamps, f.updates);
}

}  // namespace

bool operator==(const Futures& a, const Futures& b) {
  return names(a) == names(b) && same_bits(a.outcome, b.outcome) && same_bits(a.answer, b.answer) &&
         same_bits(a.turn, b.turn) && same_bits(a.quantile, b.quantile) &&
         same_bits(a.mean, b.mean) && same_bits(a.quantile_error, b.quantile_error) &&
         same_bits(a.mean_error, b.mean_error) && same_bits(a.trajectory, b.trajectory) &&
         same_bits(a.knob, b.knob);
}

std::size_t signposts_of(const casefile::Case& given) {
  std::size_t most = 0;
  for (const casefile::Option& o : given.options) most = std::max(most, o.signposts.size());
  return most;
}

}  // namespace casus::ensemble
