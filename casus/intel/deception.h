// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "casus/intel/belief.h"
#include "casus/intel/calibration.h"
#include "casus/intel/model.h"

/// Deception as the choice of an adversary: docs/models/deception.md.
///
/// A plan is none, conceal, display, or both (double). It is two latent bits: the regime of an
/// actor that may stage signs, and the concealment of the accused party.
namespace casus::intel {

/// What a display costs and brings, as far as the choice depends on it.
struct DisplayChoice {
  std::size_t channels = 0;  ///< the actor can feed: sources it may run, and the open networks
  std::size_t watchers = 0;  ///< sources that look for themselves and may expose it
};

/// P(the actor runs a display) where the case says nothing: the share of display and double in
/// Dir(6, 2, 1.5, .5), moved by a quantal choice (logit, rationality 1) on
///
///     U = 2 (1 - 2^-channels) - .08 watchers
///
/// against the reference of two channels and four watchers.
/// @source docs/models/deception.md; benefit and scale are judgement.
[[nodiscard]] double display_by_choice(const DisplayChoice& choice);

/// Variables and priors of the plans: `regime:<actor>` and `conceal:<actor>`.
void add_plans(const casefile::Case& given, const ModelOptions& options, Model& m);

/// The tables of the regimes' factors, by factor, as known on a day: where the case says nothing of
/// an actor's display, its choice hangs on who had been seen to look by then.
[[nodiscard]] std::vector<std::pair<std::size_t, std::vector<double>>> plans_on(
    const casefile::Case& given, const ModelOptions& options, const Model& m, Date day);

/// Ties reports to the plans that may lie behind them.
void add_plans_to_reports(const casefile::Case& given, Model& m);

/// The plans as believed, by actor in the order of the case.
[[nodiscard]] std::vector<DeceptionBelief> plans_believed(const Model& m, Calibration& calibration);

}  // namespace casus::intel
