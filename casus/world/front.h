// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>

#include "casus/world/week.h"

namespace casus::world {

/// Combat along the front, sector by sector, while the war is fought: docs/models/front.md.
///
/// Both sides may attack in the same week. For attacker a and defender d of a sector:
///   casualties  C = X [k_u u (1 - ew) + k_h h] G(12),  X between X_d (1 - 0.4 fort) and 0.35 + 0.9
///   I pressure    z = 1/2 ln(N_a q_a m_a F_a / N_d q_d m_d F_d) - theta fort_d + zeta advance v =
///   v0 I^2 e^(beta z) (1 - mud) [1 + B I s(ln(rho_c / rho_d) / 0.3)]  km a week, at most 80 gain
///   dA = v L G(k) km2; what one side gains the other loses.
/// @reads  troops, fort, intensity, stocks of the leads, foreign men in combat, quality, morale,
/// acts.
/// @writes troops, fort, intensity, area, chip, casualties, killed, drifts, stocks fired,
/// slow_intensity.
/// @draws  "front.loss", "front.gain", "front.zeta", "front.slow" by week and sector.
/// @source Osipov (1915), Lanchester (1916), Helmbold (1965), Epstein (1985), Biddle (2004).
[[nodiscard]] std::unique_ptr<Process> make_front(const Model& model);
void step_front(const Process& front, State& state, const Now& now);

/// Sets `zeta_base` and `zeta_sector` so that the law's expected gain in week 0 is `gains` (km2 a
/// week, one a sector), as far as the bounds of the drift allow.
void fit_front(State& state, const Model& model, std::span<const F> gains);

[[nodiscard]] std::span<const Knob> front_knobs();

}  // namespace casus::world
