// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "casus/world/law.h"

namespace casus::world {

/// Whether a legislature agrees, as a chance.
///
/// p = logistic((v + s (W - 1/2) - t) / e): v seats that vote with the government, W the support
/// shown at home, t the threshold, e how far a count beforehand misses.
/// docs/models/legislatures.md.
class Assent {
 public:
  [[nodiscard]] F operator()(const State& state, std::size_t actor, float threshold) const {
    const F seats =
        state.at(Var::vote_share, actor) + swing_(state) * (shown_support(state, actor) - F(0.5F));
    const F x = (seats - F(threshold)) / spread_(state);
    return lanes::logistic(lanes::clamp(x, F(-20.0F), F(20.0F)));
  }

 private:
  KnobRef spread_{"alliances.vote_spread"}, swing_{"alliances.vote_swing"};
};

}  // namespace casus::world
