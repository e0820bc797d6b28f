// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include "casus/base/error.h"
#include "casus/world/acts.h"
#include "casus/world/alliances.h"
#include "casus/world/choice_knobs.h"
#include "casus/world/contingents.h"
#include "casus/world/economy.h"
#include "casus/world/escalation.h"
#include "casus/world/front.h"
#include "casus/world/knob.h"
#include "casus/world/leaders.h"
#include "casus/world/manpower.h"
#include "casus/world/materiel.h"
#include "casus/world/movement.h"
#include "casus/world/operations.h"
#include "casus/world/programmes.h"
#include "casus/world/reports.h"
#include "casus/world/start.h"
#include "casus/world/talks.h"
#include "casus/world/theories.h"
#include "casus/world/will.h"

namespace casus::world {
namespace {

std::vector<Knob> all_knobs() {
  std::vector<Knob> all;
  const auto add = [&](std::span<const Knob> block) {
    all.insert(all.end(), block.begin(), block.end());
  };
  add(act_knobs());
  add(starting_knobs());
  add(movement_knobs());
  add(front_knobs());
  add(manpower_knobs());
  add(materiel_knobs());
  add(contingent_knobs());
  add(leader_knobs());
  add(alliance_knobs());
  add(economy_knobs());
  add(operation_knobs());
  add(report_knobs());
  add(will_knobs());
  add(escalation_knobs());
  add(talks_knobs());
  add(choice_knobs());
  add(theory_knobs());
  add(programme_knobs());
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
