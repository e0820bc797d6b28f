// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "casus/ensemble/futures.h"

/// One future told: what happened in it, and why (docs/models/explaining.md).
namespace casus::ensemble {

/// A quantity that weighed in an event.
struct ToldReason {
  std::string name, text;  ///< variable, knob or feature; the same as a phrase
  float value = 0.0F;
  std::optional<float> start = {};  ///< its value when the future began
};

/// A dated event of one future, as a sentence with what brought it about.
struct ToldEvent {
  int week = 0;
  Date monday;
  std::string kind, sentence;
  std::string cause;  ///< short word: the action of an act, else variable or draw
  float amount = 0.0F;
  int weight = 0;                         ///< 0 a turn of the future ... 3 what goes on every week
  std::string law = {};                   ///< the process that told it
  std::vector<std::size_t> because = {};  ///< earlier events, by their place in the trace
  std::vector<ToldReason> reasons = {};
  // Of an act:
  std::string by = {};               ///< policy, option or rule; empty where nobody ordered it
  std::optional<int> decided = {};   ///< week in which it was ordered
  std::optional<float> chance = {};  ///< that it would be ordered that week
};

/// A future played again. Every cause of an event comes before it.
struct Trace {
  std::vector<ToldEvent> events;
  std::vector<float> outcome;  ///< in the order of casefile::measures()
  std::vector<float> weekly;   ///< [series][week], as `Futures::trajectory` keeps them
};

/// What becomes of an event if an act before it is not ordered, with the same luck otherwise.
enum class Turn : std::uint8_t { same, other_week, never };
struct Counterfactual {
  std::size_t act = 0;  ///< place in the trace
  Turn turn = Turn::same;
  int weeks = 0;  ///< by how many the event comes later
};

/// Plays futures of a case again, one at a time, with the luck they had in `play`.
class Tracer {
 public:
  /// @throws CaseError an option is unknown or gated shut; ModelError as `play`.
  Tracer(const casefile::Case& given, const intel::Belief& belief, const PlayOptions& options,
         const std::string& option);
  ~Tracer();
  Tracer(const Tracer&) = delete;
  Tracer& operator=(const Tracer&) = delete;

  [[nodiscard]] Trace trace(std::size_t future) const;
  /// The future again without the order behind act `act` (and for three weeks after): does event
  /// `event` come all the same?
  /// @throws InternalError `act` is no act that somebody ordered.
  [[nodiscard]] Counterfactual without(std::size_t future, std::size_t act,
                                       std::size_t event) const;

 private:
  struct Parts;
  std::unique_ptr<const Parts> parts_;
};

/// The events that led to `event`, itself included, in order of time: all its causes and theirs.
[[nodiscard]] std::vector<std::size_t> chain_of(const std::vector<ToldEvent>& events,
                                                std::size_t event);

/// Plays one future of one option again and tells what happens in it.
[[nodiscard]] std::vector<ToldEvent> trace(const casefile::Case& given, const intel::Belief& belief,
                                           const PlayOptions& options, const std::string& option,
                                           std::size_t future);

}  // namespace casus::ensemble
