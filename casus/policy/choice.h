// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "casus/base/lanes.h"

/// The arithmetic of choosing: quantal response, nests, luck and the probabilistic election.
namespace casus::policy {

using lanes::F;
using lanes::M;

/// The score of what cannot be chosen; anything at or below half of it is out.
inline constexpr float impossible = -1e30F;
[[nodiscard]] inline M possible(F score) { return score > F(0.5F * impossible); }

/// Quantal response: P(a) is proportional to e^(precision * utility) among what is possible.
///
/// @param utility      an alternative's utility, or `impossible`.
/// @param precision    0 = uniform; the larger, the nearer to the best alternative.
/// @param probability  as many as `utility`; sums to 1, or to 0 where nothing is possible.
/// @source McKelvey & Palfrey (1995), Games and Economic Behavior 10.
/// @oracle choice_test.cc: the same sum in double; limits; invariance to a constant.
void quantal_response(std::span<const F> utility, F precision, std::span<F> probability);

/// The worth of a family of alternatives to a chooser who will pick within it by quantal response:
/// mu * ln(mean of e^(score / mu)); the mean, not the sum, so that a family does not gain weight by
/// having more targets to name. `impossible` where none is possible.
/// @param mu 1 = the alternatives stand alone (multinomial logit); toward 0 = they are one.
/// @source Train (2009), Discrete Choice Methods with Simulation, ch. 4.
[[nodiscard]] F inclusive_value(std::span<const F> score, F mu);

/// Standard deviation of the possible utilities, never below 1e-4.
[[nodiscard]] F menu_spread(std::span<const F> utility);

/// Extreme-value luck: the largest score + gumbel is distributed as the logit of the scores.
/// @param uniform in (0, 1).
[[nodiscard]] F gumbel(F uniform);

/// The luck of one alternative: a random word shared by a week's alternatives, mixed with the
/// alternative's own key, as extreme-value noise. The mixing is a bijection, so each luck alone is
/// exactly as random as the word; two keys give unrelated numbers (choice_test.cc).
/// @source finaliser of MurmurHash3 (Appleby, public domain).
[[nodiscard]] F luck_of(lanes::U word, std::uint32_t key);

/// A voice of a collective and what each option is worth to it.
struct Voice {
  float weight = 0.0F;
  std::span<const F> utility;  ///< one per option, or `impossible`
};

/// Probabilistic Condorcet election: every pair of options is a vote, an option's chance is the
/// product of its chances in the pairs.
///
/// S_ij = sum of weight * max(u_i - u_j, 0) over voices, p_ij = S_ij^r / (S_ij^r + S_ji^r),
/// P_i proportional to the product of p_ij. Each S carries a floor of 0.05 of all weight (a vote
/// nobody contests may still be lost), so no possible option has chance 0.
/// @param options at most 9.
/// @source Wise, Lester & Efird (2015), the KTAB papers.
/// @oracle choice_test.cc: two options by hand; relabelling; unanimity.
void condorcet_election(std::span<const Voice> voices, F power, std::span<F> probability);

}  // namespace casus::policy
