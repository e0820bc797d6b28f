// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "casus/policy/view.h"
#include "casus/world/week.h"

namespace casus::policy {

/// Entries that policies leave to an option, future by future.
struct Muted {
  /// [entry]: 0 = free to all, else the place in `where`, plus one, of the futures that leave it.
  std::vector<std::uint8_t> by;
  std::vector<M> where;
  [[nodiscard]] bool any(std::uint32_t entry) const { return !by.empty() && by[entry] != 0; }
  /// Futures in which policies leave the entry alone; only where `any`.
  [[nodiscard]] M of(std::uint32_t entry) const { return where[by[entry] - 1U]; }
};

/// How a change of a feature is valued.
enum class ValueForm : std::uint8_t { linear, prospect };

struct PolicyOptions {
  ValueForm value = ValueForm::linear;
};

class Menu;
class Assembly;

/// What one run keeps from week to week, so that choosing allocates nothing and weighs nothing
/// twice. Of one policy; one thread at a time.
class Desk {
 public:
  Desk();
  ~Desk();
  Desk(const Desk&) = delete;
  Desk& operator=(const Desk&) = delete;

 private:
  friend class Policy;
  struct Papers;
  std::unique_ptr<Papers> papers_;
};

/// Chooses for every actor by quantal response over its menu, from beliefs alone
/// (docs/models/decisions.md).
///
/// An actor does one new thing a week or waits: first the family (words, diplomacy, economic,
/// material, posture, covert, kinetic, restraint, or to wait), then the act within it. Collective
/// actors settle the family by a probabilistic Condorcet election of their voices. Built once a
/// model; `choose` is const and thread-safe.
/// @draws  "choice" by week and actor; families and entries mix their keys into it.
/// @source docs/models/decisions.md
class Policy {
 public:
  explicit Policy(const world::Model& model, const PolicyOptions& options = {});
  ~Policy();
  Policy(const Policy&) = delete;
  Policy& operator=(const Policy&) = delete;

  /// Adds what all actors choose for the coming week to `orders` (one intensity per entry).
  /// @param muted  what policies may not choose (`Script::muted`: what an option orders is not also
  ///               chosen).
  /// @param desk   changes nothing but the time it takes.
  void choose(const world::State& state, const world::Now& now, std::span<F> orders,
              const Muted& muted, Desk& desk) const;
  void choose(const world::State& state, const world::Now& now, std::span<F> orders,
              const Muted& muted = {}) const;
  /// The probabilities actor `actor` gives to the entries of its menu, in the order of
  /// `Model::menu_of` (0 for those it does not choose freely), then "wait", last.
  [[nodiscard]] std::vector<F> probabilities(const world::State& state, const world::Now& now,
                                             std::size_t actor) const;

 private:
  struct Knobs;
  void score(const world::State& state, std::size_t actor, const Muted& muted, Desk& desk) const;
  void score_acts(const world::State& state, std::size_t actor, const Muted& muted,
                  Desk& desk) const;
  void choose_for(const world::State& state, const world::Now& now, std::size_t actor,
                  std::span<F> orders, Desk& desk) const;
  void choose_act(const world::State& state, const world::Now& now, std::size_t actor,
                  std::size_t family, M here, lanes::U luck, std::span<F> orders, Desk& desk) const;
  /// Tells the log why the act is chosen, where its lane chose it.
  void note(const world::State& state, const world::Now& now, std::size_t actor, std::size_t act,
            M taken, const Desk& desk) const;

  const world::Model* model_;
  std::unique_ptr<const Knobs> knobs_;
  std::vector<Menu> menus_;
  std::vector<std::unique_ptr<const Assembly>> assemblies_;  ///< of collective actors, else null
};

/// The orders of one option of the case, for one block of futures: dated ones, standing rules, and
/// the turns of an adaptive plan (docs/models/plans.md).
///
/// Orders hold from the week of their `from` to the week of their `until`. A rule fires in the
/// futures in which its condition holds on last week's published values and stays for its weeks. A
/// signpost turns each future by itself, on what the decision maker sees of last week. An act
/// "until ended" that the script began ends when its order runs out; one that the actor had begun
/// of itself goes back to what it was.
class Script {
 public:
  /// @param option nothing = no orders at all.
  Script(const world::Model& model, std::optional<casefile::OptionId> option);
  /// Sees which futures turn at signposts; first of every week, before `muted` and `order`.
  void look(const world::State& state, int week);
  /// Adds (max) the orders in force in `now.week` to `orders`; a rule that fires stays for its
  /// weeks.
  void order(const world::State& state, const world::Now& now, std::span<F> orders);
  /// Entries for which a dated order of the week names the same actor, action and target: what the
  /// option settles, the actor's policy does not settle again. All entries of the actors whose
  /// seats the option holds.
  [[nodiscard]] const Muted& muted(int week);
  /// [actor]: where the option holds its seat, for `Now::seated`; empty where it holds none.
  [[nodiscard]] std::span<const M> seated() const { return seated_; }
  /// The first week that each signpost's `then` was in force in, by future; NaN where it has not
  /// turned so.
  [[nodiscard]] std::vector<F> turned() const;

 private:
  /// What is done in the futures of one gate.
  struct Standing {
    std::uint32_t entry = 0;
    std::size_t held = 0;  ///< index into `held_`
    float intensity = 0.0F;
    int from = 0, until = 0;  ///< weeks, inclusive
    std::size_t gate = 0;
    [[nodiscard]] bool in_force(int week) const { return week >= from && week <= until; }
  };
  struct Running {
    const casefile::Rule* rule = nullptr;
    std::uint32_t entry = 0;
    std::size_t held = 0;
    std::size_t gate = 0;
    F left = 0.0F;  ///< weeks it still runs
  };
  struct Turn {
    const casefile::Signpost* post = nullptr;
    int from = 0, by = 0;                 ///< weeks looked at
    std::size_t then = 0, otherwise = 0;  ///< gates
    F week = 0.0F;                        ///< in which `then` opened
  };
  /// An entry that the script orders at some time, and in which futures.
  struct Held {
    std::uint32_t entry = 0;
    M before, now;  ///< ordered last week (or still waiting), ordered this week
    F own = 0.0F;   ///< intensity at which the actor did it of itself when the script took it over
  };
  void add(const casefile::Doing& doing, std::size_t gate);
  [[nodiscard]] std::size_t hold(std::uint32_t entry);
  void fire_rules(const world::State& state, const world::Now& now, std::span<F> orders);
  void end_what_ran_out(const world::State& state, std::span<F> orders);
  void note(const world::State& state, const world::Now& now, std::uint32_t entry,
            std::string_view by, const world::Reason& why) const;

  const world::Model* model_;
  std::optional<casefile::OptionId> option_;
  std::vector<Standing> orders_;
  std::vector<Running> rules_;
  std::vector<Turn> turns_;
  std::vector<M> open_;  ///< [gate]: futures in which it is open; 0: what is done from the start
  std::vector<Held> held_;
  std::vector<M> seated_;  ///< [actor], or empty
  Muted muted_;
};

}  // namespace casus::policy
