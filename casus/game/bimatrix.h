// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "casus/game/matrix_game.h"

namespace casus::game {

/// Called now and then with steps done and steps known of so far; throws to stop.
using Progress = std::function<void(std::size_t done, std::size_t total)>;

/// Equilibria of a two-player game, without doubles, in an order that depends on the game alone.
struct Equilibria {
  std::vector<Mixed> profiles;
  /// Whether every equilibrium is among `profiles` or, where a component below has more than one,
  /// a mixture of profiles of one component.
  bool complete = false;
  std::string why;  ///< why not complete; empty if it is
  /// Numbers of profiles that hang together: equilibria that share a strategy of either player.
  /// Filled by `enumerate`; a component of one is an isolated equilibrium.
  std::vector<std::vector<std::size_t>> components;
};

struct EnumerateOptions {
  std::size_t most_bases = 2'000'000;  ///< of either polytope; beyond it, incomplete
  Progress progress = {};
};

/// All extreme equilibria, by support: vertices of the two best-reply polytopes that label every
/// strategy as unplayed or a best reply.
///
/// Of a game whose equilibria are isolated, that is all of them. Else every equilibrium is a
/// mixture of extreme ones of its component (a maximal Nash subset). Both polytopes are walked from
/// basis to basis; every basis is computed afresh from the payoffs, so that no error adds up.
/// @throws ModelError not two players, or more than 256 strategies in all.
/// @source Mangasarian (1964), SIAM J. 12; Avis, Rosenberg, Savani & von Stengel (2010), Economic
///         Theory 42.
/// @oracle bimatrix_test.cc: brute force over supports on random games; published games.
[[nodiscard]] Equilibria enumerate(const MatrixGame& game, const EnumerateOptions& options = {});

/// The equilibria at the ends of Lemke's and Howson's paths, one path for every strategy left out.
///
/// Each path starts where nobody plays and ends at an equilibrium; different strategies may lead to
/// the same one, and some equilibria are at the end of none, so `complete` is never claimed.
/// Ties are broken in lexicographic order, so that degenerate games end too.
/// @throws ModelError not two players.
/// @source Lemke & Howson (1964), SIAM J. 12; Shapley (1974), Math. Programming Study 1.
/// @oracle bimatrix_test.cc: a subset of `enumerate`; von Stengel's game; ties.
[[nodiscard]] Equilibria lemke_howson(const MatrixGame& game, const Progress& progress = {});

}  // namespace casus::game
