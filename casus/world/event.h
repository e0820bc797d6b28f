// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "casus/world/state.h"

namespace casus::world {

class Model;

/// How the value of a reason is written.
enum class Form : std::uint8_t { plain, share, logit, percent, thousand, billion, yearly, none };

/// A quantity that weighed in what happened.
struct Reason {
  std::string_view name;  ///< variable, knob or feature
  std::string_view text;  ///< {subject}, {object}, {value}
  Form form = Form::plain;
  float value = 0.0F;
  std::optional<float> start = {};  ///< its value when the future began
};

/// Why an actor ordered an act, as it looked to that actor then.
struct Decision {
  int week = 0;                             ///< in which it was ordered
  std::string_view by;                      ///< policy, option or rule
  float chance = 1.0F;                      ///< that it would be ordered that week
  std::vector<Reason> reasons = {};         ///< what weighed most, the strongest first
  std::vector<std::uint32_t> because = {};  ///< earlier events it answers
};

/// Something that happened in one future, told later as a sentence.
struct Event {
  int week = 0;
  std::string_view kind;      ///< id of the template in world/event_templates.cc
  std::uint32_t subject = 0;  ///< what it means depends on the template: actor, sector, contingent
  std::uint32_t object = 0;   ///< target actor, or unused
  float amount = 0.0F;
  std::string_view cause;  ///< short name of what brought it about: variable, act or draw
  std::uint32_t lane = 0;  ///< future of the block it happened in
  // Of an act: what else its order names.
  std::optional<std::uint32_t> sector = {}, contingent = {}, stock = {};
  // Filled only where the log asks why (world/causes.h):
  std::string_view law = {};                ///< the process that told it
  std::vector<std::uint32_t> because = {};  ///< earlier events, by their place in the log
  std::vector<Reason> reasons = {};         ///< what its law looked at
  std::optional<Decision> decision = {};    ///< who ordered it, of an act
};

/// Collects the events of lanes of a block; absent in ordinary runs, so telling costs nothing
/// there.
class EventLog {
 public:
  /// Of one lane, or of all where none is named.
  explicit EventLog(std::size_t lane) : first_(lane), last_(lane + 1) {}
  EventLog() : first_(0), last_(lanes::width) {}

  /// Records the event in each of the log's lanes where it happens.
  void tell(M where, const Event& event, F amount) {
    for (std::size_t lane = first_; lane < last_; ++lane) {
      if (where[lane]) put(event, lane, amount[lane]);
    }
  }
  /// As `tell`, but once in `weeks` weeks for the same kind, subject and object.
  void tell_once(M where, const Event& event, F amount, int weeks) {
    for (std::size_t lane = first_; lane < last_; ++lane) {
      if (where[lane] && first_time(event, lane, event.week / weeks)) {
        put(event, lane, amount[lane]);
      }
    }
  }
  /// Is it the first time that this kind, subject and object come with this number in the lane?
  bool first_time(const Event& event, std::size_t lane, int number) {
    return told_.emplace(event.kind, event.subject, event.object, number, lane).second;
  }
  /// Records the event and, where the log asks why, what brought it about.
  void put(Event event, std::size_t lane, float amount);

  /// Keeps the first state it is shown, for what is told against the start.
  void remember(const State& state) {
    if (!start_) start_ = state;
  }
  [[nodiscard]] const State& start() const { return *start_; }

  /// From now on every event is told with its causes. Of one lane only.
  void ask_why() { asks_why_ = true; }
  [[nodiscard]] bool asks_why() const { return asks_why_; }
  /// The state that causes are read from, as it changes under the laws.
  void watch(const State& state, const Model& model) {
    state_ = &state;
    model_ = &model;
  }
  /// Names the process that tells what comes next.
  void set_law(std::string_view law) { law_ = law; }
  /// Keeps why an entry of the menu was ordered until the act begins.
  void decide(std::uint32_t entry, Decision decision) {
    decisions_.insert_or_assign(entry, std::move(decision));
  }
  [[nodiscard]] const Decision* decision(std::uint32_t entry) const {
    const auto found = decisions_.find(entry);
    return found == decisions_.end() ? nullptr : &found->second;
  }

  /// The sector of a side's main effort as last told; `now` where nothing was told yet.
  std::size_t& main_effort(std::size_t lane, std::size_t side, std::size_t now) {
    auto& effort = efforts_[lane * 2 + side];
    if (!effort) effort = now;
    return *effort;
  }

  [[nodiscard]] const std::vector<Event>& events() const { return events_; }
  [[nodiscard]] std::size_t first_lane() const { return first_; }
  [[nodiscard]] std::size_t last_lane() const { return last_; }

 private:
  std::size_t first_, last_;
  bool asks_why_ = false;
  const State* state_ = nullptr;
  const Model* model_ = nullptr;
  std::string_view law_;
  std::vector<Event> events_;
  std::map<std::uint32_t, Decision> decisions_;
  std::optional<State> start_;
  std::array<std::optional<std::size_t>, lanes::width * 2> efforts_;
  std::set<std::tuple<std::string_view, std::uint32_t, std::uint32_t, int, std::size_t>> told_;
};

}  // namespace casus::world
