// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/game/bimatrix.h"

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/game/bimatrix_parts.h"

namespace casus::game {
namespace {

constexpr std::size_t pivots_until_afresh = 40;  // so that rounding errors do not add up

// The variable of the other polytope that stands for the same strategy: a strategy is a column of
// its own player's polytope and the slack of a row of the other's.
std::uint32_t twin(const Dictionary& here, std::uint32_t variable) {
  const auto columns = static_cast<std::uint32_t>(here.columns());
  const auto rows = static_cast<std::uint32_t>(here.rows());
  return variable < columns ? rows + variable : variable - columns;
}

void refresh(Dictionary& dictionary) {
  std::vector<bool> basic(dictionary.variables(), false);
  for (std::size_t r = 0; r < dictionary.rows(); ++r) basic[dictionary.basic(r)] = true;
  CASUS_CHECK(dictionary.go(basic));
}

// Follows the path on which strategy `left_out` (a column of polytope `side`) may be amiss.
bool follow(std::vector<Dictionary>& polytopes, std::size_t side, std::uint32_t left_out,
            const Progress& progress) {
  const std::size_t first = side;
  std::uint32_t entering = left_out;
  for (std::size_t step = 1;; ++step) {
    Dictionary& here = polytopes[side];
    const std::size_t column = here.column_of(entering);
    const std::size_t row = here.leaving(column);
    if (row == here.rows()) return false;
    const std::uint32_t gone = here.basic(row);
    here.pivot(row, column);
    const std::uint32_t label = side == first ? gone : twin(here, gone);
    if (label == left_out) return true;
    entering = twin(here, gone);
    side = 1 - side;
    if (step % pivots_until_afresh == 0) {
      refresh(polytopes[0]);
      refresh(polytopes[1]);
    }
    if (progress && step % 1024 == 0) progress(step, 0);
  }
}

}  // namespace

std::vector<double> normalised(std::vector<double> x) {
  double total = 0.0;
  for (const double p : x) total += p;
  for (double& p : x) p /= total;
  return x;
}

void keep_distinct(std::vector<Mixed>& profiles, Mixed fresh) {
  const bool known = std::any_of(profiles.begin(), profiles.end(), [&](const Mixed& old) {
    return std::equal(old.begin(), old.end(), fresh.begin(),
                      [](double a, double b) { return std::abs(a - b) < 1e-9; });
  });
  if (!known) profiles.push_back(std::move(fresh));
}

Equilibria lemke_howson(const MatrixGame& game, const Progress& progress) {
  const auto start = best_reply_polytopes(game);
  Equilibria out;
  std::size_t lost = 0;
  for (std::size_t side = 0; side < 2; ++side) {
    for (std::uint32_t s = 0; s < start[side].columns(); ++s) {
      auto polytopes = start;
      if (!follow(polytopes, side, s, progress)) {
        ++lost;
        continue;
      }
      refresh(polytopes[0]);
      refresh(polytopes[1]);
      Mixed profile = normalised(polytopes[0].point());
      const auto second = normalised(polytopes[1].point());
      profile.insert(profile.end(), second.begin(), second.end());
      keep_distinct(out.profiles, std::move(profile));
      if (progress) progress(side * start[0].columns() + s + 1, start[0].variables());
    }
  }
  CASUS_CHECK(lost == 0);
  out.why = "only equilibria at the end of a path are found; enum finds all";
  return out;
}

}  // namespace casus::game
