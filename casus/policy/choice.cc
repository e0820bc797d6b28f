// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/choice.h"

#include <bit>

#include "casus/base/error.h"

namespace casus::policy {
namespace {

constexpr std::size_t most_options = 9;
constexpr float contested_floor = 0.05F;

F highest(std::span<const F> score) {
  F top = impossible;
  for (const F s : score) top = max(top, s);
  return top;
}

}  // namespace

void quantal_response(std::span<const F> utility, F precision, std::span<F> probability) {
  CASUS_CHECK(utility.size() == probability.size());
  const F top = highest(utility);
  F total = 0.0F;
  for (std::size_t i = 0; i < utility.size(); ++i) {
    const F odds = exp(precision * (max(utility[i], top - F(1e6F)) - top));
    probability[i] = select(possible(utility[i]), odds, F(0.0F));
    total += probability[i];
  }
  const F share = select(total > F(0.0F), F(1.0F) / max(total, F(1e-30F)), F(0.0F));
  for (F& p : probability) p *= share;
}

F inclusive_value(std::span<const F> score, F mu) {
  if (score.size() == 1) return score[0];  // e^0 of one is one, and its logarithm nothing
  const F top = highest(score);
  F total = 0.0F;
  F count = 0.0F;
  for (const F s : score) {
    const M in = possible(s);
    if (!lanes::any(in)) continue;
    total += select(in, exp((s - top) / mu), F(0.0F));
    count += one_if(in);
  }
  const F worth = top + mu * log(total / max(count, F(1.0F)));
  return select(count > F(0.0F), worth, F(impossible));
}

F menu_spread(std::span<const F> utility) {
  F sum = 0.0F;
  F count = 0.0F;
  for (const F u : utility) {
    const M in = possible(u);
    sum += select(in, u, F(0.0F));
    count += one_if(in);
  }
  const F mean = sum / max(count, F(1.0F));
  F squares = 0.0F;
  for (const F u : utility) {
    const M in = possible(u);
    if (!lanes::any(in)) continue;
    const F off = select(in, u - mean, F(0.0F));
    squares += off * off;
  }
  return max(lanes::sqrt(squares / max(count, F(1.0F))), F(1e-4F));
}

F luck_of(lanes::U word, std::uint32_t key) {
  lanes::U x = word ^ lanes::U(key);
  x = (x ^ (x >> 16)) * lanes::U(0x85ebca6bU);
  x = (x ^ (x >> 13)) * lanes::U(0xc2b2ae35U);
  return gumbel(lanes::unit(x ^ (x >> 16)));
}

F gumbel(F uniform) { return -log(max(-log(uniform), F(1e-7F))); }

void condorcet_election(std::span<const Voice> voices, F power, std::span<F> probability) {
  const std::size_t n = probability.size();
  CASUS_CHECK(n <= most_options && !voices.empty());
  const std::span<const F> reading = voices[0].utility;
  float all = 0.0F;
  for (const Voice& v : voices) all += v.weight;
  for (std::size_t i = 0; i < n; ++i) probability[i] = one_if(possible(reading[i]));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) {
      const M pair = possible(reading[i]) & possible(reading[j]);
      if (!lanes::any(pair)) continue;
      F lead_i = contested_floor * all;
      F lead_j = contested_floor * all;
      for (const Voice& v : voices) {
        const F lead = v.utility[i] - v.utility[j];
        lead_i += F(v.weight) * max(lead, F(0.0F));
        lead_j += F(v.weight) * max(-lead, F(0.0F));
      }
      const F odds = pow(lead_i / lead_j, power);
      const F beats = odds / (F(1.0F) + odds);
      probability[i] *= select(pair, beats, F(1.0F));
      probability[j] *= select(pair, F(1.0F) / (F(1.0F) + odds), F(1.0F));
    }
  }
  F total = 0.0F;
  for (const F p : probability) total += p;
  const F share = select(total > F(0.0F), F(1.0F) / max(total, F(1e-30F)), F(0.0F));
  for (F& p : probability) p *= share;
}

}  // namespace casus::policy
