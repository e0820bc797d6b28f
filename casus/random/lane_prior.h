// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/random/draws.h"
#include "casus/random/prior.h"

namespace casus {

/// One draw for every lane: lane i is `prior.draw(draws, name, first + i, entity)` rounded to
/// float, to the last bit, in a few registers of doubles side by side.
/// @note   a beta or gamma draw takes as many tries as its most unlucky lane.
/// @oracle lane_prior_test.cc: the plain draws of all kinds of priors.
[[nodiscard]] lanes::F drawn(const Prior& prior, const Draws& draws, Stream name,
                             std::uint32_t first, std::uint32_t entity);

}  // namespace casus
