// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/theories.h"

namespace casus::world {
namespace {

using casefile::Tag;

constexpr Knob rows[] = {
    {"theory.attrition", "0", 0.0, 2.0, "choice",
     "law of losses: 0 what is fired, 1 Lanchester's linear law, 2 his square law", Tag::judgement,
     "Osipov (1915), Lanchester (1916); fits to past battles cannot tell them apart (Lucas and "
     "Turkes 2004)",
     "2004-02-01"},
    {"theory.audience", "U(0, 1)", 0.0, 1.0, "choice",
     "from 0.5 on rulers pay at home for a public threat they drop, below not", Tag::judgement,
     "Fearon (1994) against Snyder and Borghard (2011); even", "2011-08-01"},
    {"theory.spiral", "U(0, 1)", 0.0, 1.0, "weight",
     "0: forces near a rival deter it; 1: they are read as a threat", Tag::judgement,
     "Jervis (1976) on both; the evidence does not settle it", "1976-12-31"},
    {"theory.will", "U(0, 1)", 0.0, 1.0, "weight",
     "0: support follows casualties and time; 1: expected success", Tag::judgement,
     "Mueller (1973) against Gelpi, Feaver and Reifler (2005/06)", "2006-01-01"},
};

}  // namespace

F harm(F theory, const Meeters& m) {
  const F tiny(1e-6F);
  const F enemies = m.enemy / lanes::max(m.enemy_start, tiny);
  const F square = m.fires_start * enemies;
  const F linear = square * m.own / lanes::max(m.own_start, tiny);
  return select(theory < F(0.5F), m.fires, select(theory < F(1.5F), linear, square));
}

std::span<const Knob> theory_knobs() { return rows; }

}  // namespace casus::world
