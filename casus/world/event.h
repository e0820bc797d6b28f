// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include "casus/world/state.h"

namespace casus::world {

/// Something that happened in one future, told later as a sentence.
struct Event {
  int week = 0;
  std::string_view kind;      ///< id of the template in world/event_templates.cc
  std::uint32_t subject = 0;  ///< what it means depends on the template: actor, sector, contingent
  std::uint32_t object = 0;   ///< target actor, or unused
  float amount = 0.0F;
  std::string_view cause;  ///< short name of what brought it about: variable, act or draw
  std::uint32_t lane = 0;  ///< future of the block it happened in
};

/// Collects the events of lanes of a block; absent in ordinary runs, so telling costs nothing
/// there.
class EventLog {
 public:
  /// Of one lane, or of all sixteen where none is named.
  explicit EventLog(std::size_t lane) : first_(lane), last_(lane + 1) {}
  EventLog() : first_(0), last_(lanes::width) {}

  /// Records the event in each of the log's lanes where it happens.
  void tell(M where, Event event, F amount) {
    for (std::size_t lane = first_; lane < last_; ++lane) {
      if (where[lane]) put(event, lane, amount[lane]);
    }
  }
  /// As `tell`, but once in `weeks` weeks for the same kind, subject and object.
  void tell_once(M where, Event event, F amount, int weeks) {
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
  void put(Event event, std::size_t lane, float amount) {
    event.amount = amount;
    event.lane = static_cast<std::uint32_t>(lane);
    events_.push_back(event);
  }

  /// Keeps the first state it is shown, for what is told against the start.
  void remember(const State& state) {
    if (!start_) start_ = state;
  }
  [[nodiscard]] const State& start() const { return *start_; }
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
  std::vector<Event> events_;
  std::optional<State> start_;
  std::array<std::optional<std::size_t>, lanes::width * 2> efforts_;
  std::set<std::tuple<std::string_view, std::uint32_t, std::uint32_t, int, std::size_t>> told_;
};

}  // namespace casus::world
