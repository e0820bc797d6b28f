// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/knob_dates.h"

#include <algorithm>

#include "casus/base/error.h"
#include "casus/time/date.h"
#include "casus/world/knob.h"

namespace casus::world {

std::vector<std::string_view> knobs_known_later(const casefile::Case& given) {
  std::vector<std::string_view> out;
  for (const Knob& knob : knobs()) {
    if (knob.known.empty()) continue;
    const auto known = parse_date(knob.known);
    if (!known) throw InternalError("the knob " + std::string(knob.id) + " has no day");
    const bool own = std::ranges::any_of(
        given.parameters, [&](const casefile::Parameter& p) { return p.knob == knob.id; });
    if (*known > given.as_of && !own) out.push_back(knob.id);
  }
  return out;
}

}  // namespace casus::world
