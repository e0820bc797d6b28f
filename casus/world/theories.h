// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "casus/world/law.h"

/// Rival accounts of one thing that the evidence does not settle, each a named uncertainty: drawn
/// in every future, or set by `parameters.yaml`. docs/models/theories.md.
namespace casus::world {

/// Two accounts weighed against each other: 1 each at an even weight, 0 and 2 where one holds
/// alone.
struct Rivals {
  F first, second;
};
[[nodiscard]] inline Rivals rivals_at(F weight) {
  return {F(2.0F) - F(2.0F) * weight, F(2.0F) * weight};
}

/// Will by casualties (first; Mueller 1973) or by expected success (second; Gelpi, Feaver & Reifler
/// 2005/06).
class WillTheory {
 public:
  [[nodiscard]] Rivals at(const State& state) const { return rivals_at(weight_(state)); }

 private:
  KnobRef weight_{"theory.will"};
};

/// Deterrence (first): forces moved near and drills keep a rival from firing; or spiral (second;
/// Jervis 1976): they are read as the threat they were meant to meet.
class SpiralTheory {
 public:
  [[nodiscard]] Rivals at(const State& state) const { return rivals_at(weight_(state)); }

 private:
  KnobRef weight_{"theory.spiral"};
};

/// Whether a ruler who backs down in public pays for it at home (Fearon 1994) or not (Snyder &
/// Borghard 2011): 1 or 0.
class AudienceTheory {
 public:
  [[nodiscard]] F at(const State& state) const { return lanes::one_if(on_(state) >= F(0.5F)); }

 private:
  KnobRef on_{"theory.audience"};
};

/// How the losses a side inflicts follow from the men that meet.
///
/// The law of the front (0) counts what is fired. Lanchester's linear law (1) has them follow the
/// product of both sides' men, his square law (2) the number of those who fire. Both start with the
/// losses that the law of the front gives in week 0.
/// @source Lanchester (1916), Aircraft in Warfare.
/// @oracle front_test.cc: with constant exposure and no luck aA - bB stays as it is under the
///         linear law, aA^2 - bB^2 under the square law.
struct Meeters {
  F fires;        ///< harm at full exposure by what is fired now, k
  F fires_start;  ///< the same in week 0
  F own, enemy;   ///< men: who suffers, who fires; k
  F own_start, enemy_start;
};
[[nodiscard]] F harm(F theory, const Meeters& m);

[[nodiscard]] std::span<const Knob> theory_knobs();

}  // namespace casus::world
