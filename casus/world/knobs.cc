// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "casus/base/error.h"
#include "casus/world/acts.h"
#if __has_include("casus/world/choice_knobs.h")
#include "casus/world/choice_knobs.h"
#endif
#include "casus/world/choice_knobs.h"
#include "casus/world/knob.h"
#include "casus/world/start.h"
#if __has_include("casus/world/movement.h")
#include "casus/world/movement.h"
#endif
#if __has_include("casus/world/front.h")
#include "casus/world/front.h"
#endif
#if __has_include("casus/world/manpower.h")
#include "casus/world/manpower.h"
#endif
#if __has_include("casus/world/materiel.h")
#include "casus/world/materiel.h"
#endif
#if __has_include("casus/world/contingents.h")
#include "casus/world/contingents.h"
#endif
#if __has_include("casus/world/leaders.h")
#include "casus/world/leaders.h"
#endif
#if __has_include("casus/world/alliances.h")
#include "casus/world/alliances.h"
#endif
#if __has_include("casus/world/economy.h")
#include "casus/world/economy.h"
#endif
#if __has_include("casus/world/operations.h")
#include "casus/world/operations.h"
#endif
#if __has_include("casus/world/reports.h")
#include "casus/world/reports.h"
#endif
#if __has_include("casus/world/will.h")
#include "casus/world/will.h"
#endif
#if __has_include("casus/world/escalation.h")
#include "casus/world/escalation.h"
#endif
#if __has_include("casus/world/talks.h")
#include "casus/world/talks.h"
#endif

namespace casus::world {
namespace {

std::vector<Knob> all_knobs() {
  std::vector<Knob> all;
  const auto add = [&](std::span<const Knob> block) {
    all.insert(all.end(), block.begin(), block.end());
  };
  add(act_knobs());
  add(choice_knobs());
  add(starting_knobs());
#if __has_include("casus/world/movement.h")
  add(movement_knobs());
#endif
#if __has_include("casus/world/front.h")
  add(front_knobs());
#endif
#if __has_include("casus/world/manpower.h")
  add(manpower_knobs());
#endif
#if __has_include("casus/world/materiel.h")
  add(materiel_knobs());
#endif
#if __has_include("casus/world/contingents.h")
  add(contingent_knobs());
#endif
#if __has_include("casus/world/leaders.h")
  add(leader_knobs());
#endif
#if __has_include("casus/world/alliances.h")
  add(alliance_knobs());
#endif
#if __has_include("casus/world/economy.h")
  add(economy_knobs());
#endif
#if __has_include("casus/world/operations.h")
  add(operation_knobs());
#endif
#if __has_include("casus/world/reports.h")
  add(report_knobs());
#endif
#if __has_include("casus/world/will.h")
  add(will_knobs());
#endif
#if __has_include("casus/world/escalation.h")
  add(escalation_knobs());
#endif
#if __has_include("casus/world/talks.h")
  add(talks_knobs());
#endif
#if __has_include("casus/world/choice_knobs.h")
  add(choice_knobs());
#endif
  return all;
}

const std::vector<Knob>& table() {
  static const std::vector<Knob> all = all_knobs();
  return all;
}

}  // namespace

std::span<const Knob> knobs() { return table(); }

std::uint32_t knob_index(std::string_view id) {
  const auto& all = table();
  const auto found = std::ranges::find(all, id, &Knob::id);
  if (found == all.end()) throw InternalError("no knob '" + std::string(id) + "'");
  return static_cast<std::uint32_t>(found - all.begin());
}

}  // namespace casus::world
