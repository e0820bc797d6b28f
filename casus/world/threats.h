// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/world/law.h"

namespace casus::world {

/// Where a threat begun this week is made in private: through a channel that is open between the
/// two, with the chance `escalation.private`; without a channel every threat is public.
///
/// Nobody but the target hears a private threat. Its challenger pays nothing at home if it is
/// dropped (I-5) and is believed less for it; its target may give way without being seen to.
/// @param threat  an entry of the menu with a target.
/// @draws  "in_private" by week and entry.
/// @source Fearon (1994) on public threats; Kurizaki (2007) on private ones.
[[nodiscard]] inline M made_in_private(const State& state, const Now& now, const Entry& threat,
                                       F share) {
  const std::size_t n = state.shape().actors;
  const F level = lanes::max(state.at(Var::talks, threat.actor * n + *threat.target),
                             state.at(Var::talks, *threat.target * n + threat.actor));
  const M channel = level >= F(0.5F);
  if (!lanes::any(channel)) return channel;
  return channel & (chance(now, Stream("in_private"), fold(threat.key)) < share);
}

}  // namespace casus::world
