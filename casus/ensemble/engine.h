// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "casus/ensemble/factor_design.h"
#include "casus/ensemble/sampling.h"
#include "casus/ensemble/series.h"
#include "casus/ensemble/target.h"
#include "casus/world/week.h"

/// The seam between what is compiled once and what is compiled for every lane target.
///
/// Behind it lie world, policy and the running of a block, once per target; only plain data cross
/// it, never a lane (docs/decisions/0004-lane-targets.md).
namespace casus::ensemble {

/// Futures that are asked for together. A target plays them at once or a few at a time, as its
/// registers are wide.
inline constexpr std::size_t block_futures = 16;

/// What is played of a case and kept of its weeks.
struct Staging {
  std::uint64_t seed = 1;
  int weeks = 1;
  std::vector<std::string> variables = {};  ///< of which weekly series are kept; empty = the usual
  int every = 1;                            ///< keep every which week of them
  Sampling sampling = {};
  const FactorDesign* design =
      nullptr;  ///< in place of sampling; blocks are its variations in turn
};

/// What a block of one option came to; the futures of a value stand side by side.
struct Run {
  std::vector<float> outcome;  ///< [measure][future]
  std::vector<float> answer;   ///< [question][future]
  std::vector<float> turn;     ///< [signpost][future], as `Futures::turn`
  std::vector<float> weekly;   ///< [series][kept week][future]
  world::Clamps clamps;
};

/// What the parties to the war make of every settlement in a block of one week; the futures of a
/// value stand side by side.
struct BargainWeek {
  std::vector<float> surplus;   ///< [party][package][future]: worth over fighting on
  std::vector<float> renewed;   ///< [package][future]: chance of renewed war within five years
  std::vector<float> war;       ///< [lead 0, 1][future]: worth of fighting on
  std::vector<float> fighting;  ///< [future]: 1 while the war goes on
};

/// An order of the menu that is not given for some weeks: what if nobody had done it?
struct Without {
  std::uint32_t entry = 0;
  int from = 0, weeks = 1;
  [[nodiscard]] bool holds(int week) const { return week >= from && week < from + weeks; }
};

/// One future of one option played again: what happened and how it ended.
struct Replay {
  std::vector<world::Event> events;
  std::vector<float> outcome;  ///< [measure]
  std::vector<float> weekly;   ///< [series][week]
};

/// The first state of the futures of a block, the same under every option.
class FirstState {
 public:
  virtual ~FirstState() = default;
  [[nodiscard]] virtual float knob(std::size_t knob, std::size_t future) const = 0;
  [[nodiscard]] virtual std::size_t bytes() const = 0;
};

/// A case and a belief staged for one target; const and thread-safe. Every target gives the same
/// bytes.
class Engine {
 public:
  virtual ~Engine() = default;
  [[nodiscard]] virtual const std::vector<SeriesUse>& series() const = 0;
  /// The state of every hypothesis in one future, drawn from the belief.
  [[nodiscard]] virtual std::vector<std::uint32_t> truth(std::uint32_t future) const = 0;
  [[nodiscard]] virtual std::unique_ptr<const FirstState> start(std::size_t block) const = 0;
  /// Plays a block of one option to the horizon. @param start  made by this engine.
  /// @param out  what was there before is gone; its memory is used again.
  virtual void run(const FirstState& start, casefile::OptionId option, std::size_t block,
                   Run& out) const = 0;
  /// The parties to a bargain: the leads of both sides, then the outside powers whose consent it
  /// needs, as indices of actors. Empty where there is no war.
  [[nodiscard]] virtual std::vector<std::uint32_t> parties() const = 0;
  /// Plays a block and looks at the settlements at the end of these weeks, ascending.
  [[nodiscard]] virtual std::vector<BargainWeek> bargains(const FirstState& start,
                                                          casefile::OptionId option,
                                                          std::size_t block,
                                                          std::span<const int> weeks) const = 0;
  [[nodiscard]] virtual Replay replay(casefile::OptionId option, std::size_t future,
                                      const std::optional<Without>& without) const = 0;
};

/// The option an id names. @throws CaseError it is unknown or gated shut.
[[nodiscard]] casefile::OptionId playable_option(const casefile::Case& given,
                                                 const std::string& id);

/// The engine of `target`, or of `target_in_use()` where none is named.
/// @throws ModelError the target is not built in or the machine lacks it.
/// @throws CaseError a parameter of the case names an unknown knob, or `how` an unknown variable.
[[nodiscard]] std::unique_ptr<const Engine> make_engine(std::optional<Target> target,
                                                        const casefile::Case& given,
                                                        const intel::Belief& belief,
                                                        const Staging& how);

}  // namespace casus::ensemble
