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

namespace {

// A law of the week: how it is made for a model and its step. The steps are called by their own
// types, so that the weekly loop holds no virtual call.
template <auto Make, auto Step>
struct Law {
  static constexpr auto make = Make;
  static constexpr auto step = Step;
};

template <class... Law>
struct InOrder {
  static std::vector<std::unique_ptr<Process>> made(const Model& model) {
    std::vector<std::unique_ptr<Process>> week;
    (week.push_back(Law::make(model)), ...);
    return week;
  }
  template <class Each>
  static void each(std::span<const std::unique_ptr<Process>> week, Each each) {
    auto law = week.begin();
    (each(Law{}, **law++), ...);
  }
};

using Week =
    InOrder<Law<make_acts, step_acts>,              // orders come due, take effect, run out (16, 1)
            Law<make_shocks, step_shocks>,          // what nobody ordered (1)
            Law<make_leaders, step_leaders>,        // elections, exits, new lines (2)
            Law<make_aid, step_aid>,                // aid flows and their pipelines (3)
            Law<make_entry, step_entry>,            // who enters the war (3)
            Law<make_manpower, step_manpower>,      // recruits, training, wounded who return (3)
            Law<make_materiel, step_materiel>,      // production, deliveries (3)
            Law<make_movement, step_movement>,      // contingents on the way (4)
            Law<make_operations, step_operations>,  // strikes, raids, sabotage, tests (5)
            Law<make_programmes, step_programmes>,  // hidden roads to a nuclear weapon (5)
            Law<make_front, step_front>,            // fires, casualties, advance, forts (6)
            Law<make_contingents, step_contingents>,  // whose losses, what they learned (7)
            Law<make_economy, step_economy>,          // growth, budgets, sanctions, deals (8)
            Law<make_reports, step_reports>,          // what is reported (9, 10)
            Law<make_beliefs, step_beliefs>,          // what is believed (11)
            Law<make_public_will, step_public_will>,  // publics and elites (12)
            Law<make_morale, step_morale>,            // troops (12)
            Law<make_tension, step_tension>,          // tension, rungs, clashes (13)
            Law<make_talks, step_talks>,  // the ladder of talks, packages, ceasefires (14)
            Law<make_ends, step_ends>>;   // how a future ends (17)

}  // namespace

std::vector<std::unique_ptr<Process>> week_of_processes(const Model& model) {
  return Week::made(model);
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
  std::size_t p = 0;
  Week::each(processes_, [&]<class Law>(Law, const Process& law) {
    if (now.log != nullptr) now.log->set_law(law.name());
    if (kept != nullptr) own.lasting = (*kept)[p];
    Law::step(law, state, own);
    ++p;
  });
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
