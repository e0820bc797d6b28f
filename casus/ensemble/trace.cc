// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/trace.h"

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/ensemble/engine.h"
#include "casus/world/published.h"

namespace casus::ensemble {
namespace {

constexpr int held_back = 4;   ///< weeks for which an order is not given
constexpr int same_event = 8;  ///< weeks within which an event of the same kind is the same

/// Weight of an event in this case: that the leads of the war begin or break off to talk, or that
/// anybody comes to a table or a summit, belongs to the story.
int weight_in(const world::Event& e, const casefile::Case& given) {
  const int weight = world::weight_of(e);
  if (e.kind != "talks_up" && e.kind != "talks_down") return weight;
  const auto leads = [&](std::uint32_t actor) {
    return given.war &&
           (given.war->sides[0].lead.index == actor || given.war->sides[1].lead.index == actor);
  };
  const bool table = e.kind == "talks_up" && e.amount > 1.5F;
  return table || (leads(e.subject) && leads(e.object)) ? std::min(weight, 1) : weight;
}

ToldReason told_reason(const world::Reason& r, const world::Event& e, const casefile::Case& given) {
  return {std::string(r.name), world::reason_text(r, e, given), r.value, r.start};
}

ToldEvent told_event(const world::Event& e, const casefile::Case& given, const WeekClock& clock) {
  ToldEvent told;
  told.week = e.week;
  told.monday = clock.monday_of(e.week);
  told.kind = std::string(e.kind);
  told.sentence = world::sentence(e, given);
  told.cause = std::string(e.cause);
  told.law = std::string(e.law);
  told.amount = e.amount;
  told.weight = weight_in(e, given);
  told.because.assign(e.because.begin(), e.because.end());
  if (e.decision) {
    told.by = std::string(e.decision->by);
    told.decided = e.decision->week;
    told.chance = e.decision->chance;
    for (const auto& r : e.decision->reasons) told.reasons.push_back(told_reason(r, e, given));
  }
  for (const auto& r : e.reasons) told.reasons.push_back(told_reason(r, e, given));
  return told;
}

}  // namespace

struct Tracer::Parts {
  const casefile::Case* given;
  casefile::OptionId option;
  std::unique_ptr<const Engine> engine;
};

Tracer::Tracer(const casefile::Case& given, const intel::Belief& belief, const PlayOptions& options,
               const std::string& option)
    : parts_(std::make_unique<const Parts>(
          Parts{&given, playable_option(given, option),
                make_engine(options.target, given, belief,
                            {.seed = options.seed,
                             .weeks = options.weeks.value_or(given.horizon_weeks),
                             .sampling = options.sampling})})) {}

Tracer::~Tracer() = default;

Trace Tracer::trace(std::size_t future) const {
  const Replay played = parts_->engine->replay(parts_->option, future, {});
  const WeekClock clock = parts_->given->clock();
  Trace out{{}, played.outcome, played.weekly};
  for (const world::Event& e : played.events) {
    out.events.push_back(told_event(e, *parts_->given, clock));
  }
  return out;
}

Counterfactual Tracer::without(std::size_t future, std::size_t act, std::size_t event) const {
  const Replay as_it_was = parts_->engine->replay(parts_->option, future, {});
  const world::Event& done = as_it_was.events.at(act);
  if (done.kind != "act" || !done.decision) throw InternalError("nobody ordered that event");
  const world::Event& told = as_it_was.events.at(event);
  const Without without{static_cast<std::uint32_t>(done.amount), done.decision->week, held_back};
  const Replay other = parts_->engine->replay(parts_->option, future, without);
  Counterfactual out{act, Turn::never, 0};
  for (const world::Event& e : other.events) {
    const bool alike = e.kind == told.kind && e.cause == told.cause && e.subject == told.subject &&
                       e.object == told.object;
    const int later = e.week - told.week;
    if (!alike || std::abs(later) > same_event) continue;
    if (out.turn != Turn::never && std::abs(later) >= std::abs(out.weeks)) continue;
    out.turn = later == 0 ? Turn::same : Turn::other_week;
    out.weeks = later;
  }
  return out;
}

std::vector<std::size_t> chain_of(const std::vector<ToldEvent>& events, std::size_t event) {
  std::vector<bool> in(events.size(), false);
  in.at(event) = true;
  for (std::size_t i = event + 1; i-- > 0;) {
    if (!in[i]) continue;
    for (const std::size_t cause : events[i].because) in[cause] = true;
  }
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i <= event; ++i) {
    if (in[i]) out.push_back(i);
  }
  return out;
}

std::vector<ToldEvent> trace(const casefile::Case& given, const intel::Belief& belief,
                             const PlayOptions& options, const std::string& option,
                             std::size_t future) {
  return Tracer(given, belief, options, option).trace(future).events;
}

}  // namespace casus::ensemble
