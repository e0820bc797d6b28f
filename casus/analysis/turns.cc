// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"

namespace casus::analysis {

std::vector<SignpostTurn> signpost_turns(const casefile::Case& given,
                                         const ensemble::Futures& futures, const ValueTable& table,
                                         std::size_t option) {
  std::vector<SignpostTurn> out;
  const auto id = casefile::find(given.options, futures.options[option]);
  if (!id) return out;
  const std::vector<casefile::Signpost>& posts = given.options[*id].signposts;
  const auto value = table.of(option);
  for (std::size_t s = 0; s < posts.size() && s < futures.signposts; ++s) {
    SignpostTurn turn;
    turn.when = posts[s].when;
    turn.by = to_string(posts[s].by);
    std::vector<double> weeks, seen;
    for (std::size_t f = 0; f < futures.futures; ++f) {
      const float week = futures.turn[(option * futures.futures + f) * futures.signposts + s];
      (std::isnan(week) ? turn.otherwise : turn.value) += value[f];
      seen.push_back(std::isnan(week) ? 0.0 : 1.0);
      if (!std::isnan(week)) weeks.push_back(static_cast<double>(week));
    }
    const auto n = static_cast<double>(futures.futures), in = static_cast<double>(weeks.size());
    turn.share = in / n;
    turn.error = mean_error(seen, table.group).error;
    if (in < n) turn.otherwise /= n - in;
    if (in > 0.0) {
      turn.value /= in;
      std::ranges::sort(weeks);
      turn.q05 = quantile(weeks, 0.05);
      turn.q50 = quantile(weeks, 0.5);
      turn.q95 = quantile(weeks, 0.95);
    }
    out.push_back(std::move(turn));
  }
  return out;
}

}  // namespace casus::analysis
