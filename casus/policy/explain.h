// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "casus/policy/prospect.h"

namespace casus::policy {

/// What each feature adds to the standardised utility of an act in one future, in the order of
/// `casefile::Feature`: their sum with what rivals are expected to reply is `promise_of`.
[[nodiscard]] std::array<float, feature_count> contributions(const Alternative& act,
                                                             const Outlook& outlook,
                                                             std::span<const F> theta,
                                                             std::size_t lane);

/// Why an actor orders `act` in one future: the features that weigh most for and against it, and
/// what in its outlook makes them weigh.
/// @param chance  that it would order this act this week.
[[nodiscard]] world::Decision explain(const Alternative& act, const View& view,
                                      const world::Now& now, std::size_t lane, float chance);

}  // namespace casus::policy
