// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/week.h"

#include <optional>

#include "casus/base/error.h"
#include "casus/world/acts.h"
#include "casus/world/alliances.h"
#include "casus/world/chronicle.h"
#include "casus/world/contingents.h"
#include "casus/world/economy.h"
#include "casus/world/escalation.h"
#include "casus/world/front.h"
#include "casus/world/leaders.h"
#include "casus/world/manpower.h"
#include "casus/world/materiel.h"
#include "casus/world/movement.h"
#include "casus/world/operations.h"
#include "casus/world/programmes.h"
#include "casus/world/reports.h"
#include "casus/world/talks.h"
#include "casus/world/will.h"

namespace casus::world {

std::vector<std::unique_ptr<Process>> week_of_processes(const Model& model) {
  std::vector<std::unique_ptr<Process>> week;
  week.push_back(make_acts(model));         // orders come due, take effect, run out (16, 1)
  week.push_back(make_shocks(model));       // what nobody ordered (1)
  week.push_back(make_leaders(model));      // elections, exits, new lines (2)
  week.push_back(make_aid(model));          // aid flows and their pipelines (3)
  week.push_back(make_entry(model));        // who enters the war (3)
  week.push_back(make_manpower(model));     // recruits, training, wounded who return (3)
  week.push_back(make_materiel(model));     // production, deliveries (3)
  week.push_back(make_movement(model));     // contingents on the way (4)
  week.push_back(make_operations(model));   // strikes, raids, sabotage, tests (5)
  week.push_back(make_programmes(model));   // hidden roads to a nuclear weapon (5)
  week.push_back(make_front(model));        // fires, casualties, advance, forts (6)
  week.push_back(make_contingents(model));  // whose losses, what they learned (7)
  week.push_back(make_economy(model));      // growth, budgets, sanctions, deals (8)
  week.push_back(make_reports(model));      // what is reported (9, 10)
  week.push_back(make_beliefs(model));      // what is believed (11)
  week.push_back(make_public_will(model));  // publics and elites (12)
  week.push_back(make_morale(model));       // troops (12)
  week.push_back(make_tension(model));      // tension, rungs, clashes (13)
  week.push_back(make_talks(model));        // the ladder of talks, packages, ceasefires (14)
  week.push_back(make_ends(model));         // how a future ends (17)
  return week;
}

World::World(const Model& model) : model_(&model), processes_(week_of_processes(model)) {}

Clamps World::week(State& state, std::span<const F> orders, const Now& now, Kept* kept) const {
  CASUS_CHECK(orders.empty() || orders.size() == model_->entries().size());
  std::optional<State> before;
  if (now.log != nullptr) {
    now.log->remember(state);
    now.log->watch(state, now.model);
    before = state;
  }
  if (!orders.empty()) {
    if (now.log != nullptr) now.log->set_law("acts");
    enqueue(state, now, orders);
  }
  if (kept != nullptr && kept->empty()) {
    for (const auto& process : processes_) {
      kept->emplace_back(process->lasting());
      process->work_out(state, now, kept->back());
    }
  }
  Now own = now;
  for (std::size_t p = 0; p < processes_.size(); ++p) {
    if (now.log != nullptr) now.log->set_law(processes_[p]->name());
    if (kept != nullptr) own.lasting = (*kept)[p];
    processes_[p]->step(state, own);
  }
  Clamps clamps;
  clamps.clamped = state.clamp(clamps.updates);
  if (before) {
    now.log->set_law("chronicle");
    chronicle(*before, state, now);
  }
  return clamps;
}

F activity(const State& state, const Model& model, Action action, std::size_t actor) {
  F most(0.0F);
  for (const std::uint32_t e : model.entries_of(action)) {
    if (model.entries()[e].actor == actor) most = lanes::max(most, state.at(Var::active, e));
  }
  return most;
}

F activity_on(const State& state, const Model& model, Action action, std::size_t target) {
  F none(1.0F);
  for (const std::uint32_t e : model.entries_of(action)) {
    if (model.entries()[e].target == target) none *= F(1.0F) - state.at(Var::active, e);
  }
  return F(1.0F) - none;
}

}  // namespace casus::world
