// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "casus/random/draws.h"
#include "casus/world/event.h"
#include "casus/world/model.h"
#include "casus/world/state.h"

namespace casus::world {

/// What a process sees besides the state.
struct Now {
  const Model& model;
  int week = 0;  ///< 0 = the week that contains as-of + 1 day
  LaneDraws draws;
  EventLog* log = nullptr;
  std::span<const F> lasting = {};  ///< what the process has worked out for the run; may be empty
  /// [actor]: futures in which somebody else than the policies holds its seat; empty: in none.
  std::span<const M> seated = {};

  /// Futures in which laws may answer for an actor as its policy would: nobody else holds its seat.
  [[nodiscard]] M answers_for(std::size_t actor) const {
    return seated.empty() ? F(0.0F) <= F(0.0F) : !seated[actor];
  }

  void tell(M where, std::string_view kind, std::size_t subject, std::size_t object, F amount,
            std::string_view cause) const {
    if (log != nullptr) log->tell(where, event(kind, subject, object, cause), amount);
  }
  /// As `tell`, once in half a year for the same kind, subject and object: what goes on for long.
  void tell_seldom(M where, std::string_view kind, std::size_t subject, std::size_t object,
                   F amount, std::string_view cause) const {
    if (log != nullptr) log->tell_once(where, event(kind, subject, object, cause), amount, 26);
  }

 private:
  [[nodiscard]] Event event(std::string_view kind, std::size_t subject, std::size_t object,
                            std::string_view cause) const {
    return {week, kind, static_cast<std::uint32_t>(subject), static_cast<std::uint32_t>(object),
            0.0F, cause};
  }
};

/// One law, or a small family: a step of the week over the futures of a pack, a lane each.
///
/// It declares what it reads and writes; the conformance suite (world/conformance_test.cc) fails a
/// process that changes any other variable. Constructed once per model, `step` is const and
/// thread-safe. Beside each `make_law` stands a `step_law(process, state, now)`, the same step
/// called by the law's own type: the weekly loop makes no virtual call.
class Process {
 public:
  virtual ~Process() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  [[nodiscard]] virtual std::span<const Var> reads() const = 0;
  [[nodiscard]] virtual std::span<const Var> writes() const = 0;
  virtual void step(State& state, const Now& now) const = 0;
  /// How many values last a run: those that hang on knobs and on draws that name no week alone.
  [[nodiscard]] virtual std::size_t lasting() const { return 0; }
  /// Works them out. @param out  `lasting()` values.
  virtual void work_out(const State& /*state*/, const Now& /*now*/, std::span<F> /*out*/) const {}
};

/// What lasts of a process that steps: as the run keeps it, or worked out on the spot.
class Lasting {
 public:
  Lasting(const Process& process, const State& state, const Now& now) : kept_(now.lasting) {
    if (!kept_.empty() || process.lasting() == 0) return;
    own_.resize(process.lasting());
    process.work_out(state, now, own_);
    kept_ = own_;
  }
  [[nodiscard]] const F& operator[](std::size_t i) const { return kept_[i]; }

 private:
  std::span<const F> kept_;
  std::vector<F> own_;
};

/// The processes of one week in their order: the table of contents of the world.
[[nodiscard]] std::vector<std::unique_ptr<Process>> week_of_processes(const Model& model);

/// Orders for the coming week: an intensity per entry of the menu, 0 where nothing is ordered.
/// An order repeated while the act waits or works renews it at the new intensity; -1 ends it.
using Orders = std::vector<F>;

/// How often values had to be brought back into their range.
struct Clamps {
  std::size_t clamped = 0, updates = 0;
};

/// What a run keeps of what its processes have worked out, by process.
using Kept = std::vector<std::vector<F>>;

/// Steps the futures of one pack week by week.
class World {
 public:
  explicit World(const Model& model);

  /// One week, all but the choices and talks that policies make. `orders` were chosen at the end of
  /// last week and are enqueued first; they take effect no earlier than their lag.
  /// @param kept  of a run and empty at first; changes nothing but the time a week takes.
  /// @returns the clamps of this week, for the physics test (at most 0.1 % of updates).
  Clamps week(State& state, std::span<const F> orders, const Now& now, Kept* kept = nullptr) const;

  [[nodiscard]] const Model& model() const { return *model_; }
  [[nodiscard]] std::span<const std::unique_ptr<Process>> processes() const { return processes_; }

 private:
  const Model* model_;
  std::vector<std::unique_ptr<Process>> processes_;
};

/// The strongest activity of `action` among the actor's entries, whatever their target; 0-1.
[[nodiscard]] F activity(const State& state, const Model& model, Action action, std::size_t actor);
/// Activity of `action` on a target by all actors together, 1 - product of (1 - each); 0-1.
[[nodiscard]] F activity_on(const State& state, const Model& model, Action action,
                            std::size_t target);

}  // namespace casus::world
