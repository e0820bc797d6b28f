// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/causes.h"

#include <algorithm>

#include "casus/world/event_templates.h"

namespace casus::world {
namespace {

constexpr std::string_view act_prefix = "act:";
constexpr float harsh = -1.0F;  ///< Goldstein points that strain relations
constexpr std::size_t kinds = 9;
constexpr int longest_wait = 26;  ///< weeks from an order to its act: its lag and a vote

/// The actor behind a number of an event; nothing where it stands for a thing.
std::optional<std::uint32_t> actor_of(const Model& model, const Event& event, bool subject) {
  const Template* said = find_template(event.kind);
  const Of of = said == nullptr ? Of::actor : (subject ? said->subject : said->object);
  const std::uint32_t number = subject ? event.subject : event.object;
  if (of == Of::contingent) return model.given().contingents[number].owner.index;
  if (of == Of::actor && said != nullptr && said->subject == Of::sector && !subject) {
    if (!model.has_war() || number > 1) return std::nullopt;
    return static_cast<std::uint32_t>(model.lead(number));
  }
  if (of == Of::sector) return actor_of(model, event, false);
  if (of != Of::actor) return std::nullopt;
  return number;
}

/// The contingent or sector an event is about.
struct Thing {
  std::optional<std::uint32_t> contingent, sector;
};

Thing thing_of(const Model& model, const Event& event) {
  Thing out;
  if (event.kind == "act") {
    const Entry& entry = model.entries()[static_cast<std::size_t>(event.amount)];
    out.contingent = entry.contingent;
    out.sector = entry.sector;
    return out;
  }
  const Template* said = find_template(event.kind);
  if (said == nullptr) return out;
  if (said->subject == Of::contingent) out.contingent = event.subject;
  if (said->object == Of::contingent) out.contingent = event.object;
  if (said->subject == Of::sector) out.sector = event.subject;
  if (out.contingent) {
    const auto& fights_in = model.given().contingents[*out.contingent].sector;
    if (fights_in) out.sector = fights_in->index;
  }
  return out;
}

bool same_thing(const Model& model, const Event& a, const Event& b) {
  const Thing one = thing_of(model, a), two = thing_of(model, b);
  if (one.contingent && two.contingent) return *one.contingent == *two.contingent;
  if (!one.sector || one.sector != two.sector) return false;
  // What happens in a sector is of the side that does it.
  return actor_of(model, a, true) == actor_of(model, b, true) || one.contingent || two.contingent;
}

/// At the same sector, by the other side.
bool across(const Model& model, const Event& a, const Event& b) {
  const Thing one = thing_of(model, a), two = thing_of(model, b);
  if (!one.sector || one.sector != two.sector) return false;
  return actor_of(model, a, true) != actor_of(model, b, true);
}

bool is_lead(const Model& model, std::optional<std::uint32_t> actor) {
  return actor && model.has_war() && (*actor == model.lead(0) || *actor == model.lead(1));
}

bool of_the_leads(const Model& model, const Event& event) {
  return is_lead(model, actor_of(model, event, true)) &&
         is_lead(model, actor_of(model, event, false));
}

/// What one lead of the war does with a great power that is no party to it; talks only if formal.
bool with_sponsor(const Model& model, const Event& past) {
  const auto a = actor_of(model, past, true), b = actor_of(model, past, false);
  if (!a || !b || is_lead(model, a) == is_lead(model, b)) return false;
  if (past.kind == "talks_up" && past.amount < 1.5F) return false;  // a channel alone moves nobody
  const std::uint32_t other = is_lead(model, a) ? *b : *a;
  return model.side_of(other) < 0 && model.given().actors[other].has(casefile::Role::great_power);
}

bool between(const Model& model, Who who, const Event& past, const Event& event) {
  if (who == Who::anyone) return true;
  if (who == Who::same) return same_thing(model, past, event);
  if (who == Who::across) return across(model, past, event);
  if (who == Who::war_leads) return of_the_leads(model, event);
  if (who == Who::sponsor) return of_the_leads(model, event) && with_sponsor(model, past);
  const auto by = actor_of(model, past, true), to = actor_of(model, past, false);
  const auto a = actor_of(model, event, true), b = actor_of(model, event, false);
  if (!by || !a) return false;
  switch (who) {
    case Who::forth:
      return by == a && to == b;
    case Who::back:
      return by == b && to == a;
    case Who::either:
      return (by == a && to == b) || (by == b && to == a);
    case Who::by_subject:
      return by == a;
    case Who::by_object:
      return b && by == b;
    case Who::to_subject:
      return to == a && by != a;
    case Who::to_object:
      return b && to == b && by != b;
    default:
      return false;
  }
}

bool of_kind(std::string_view kind, const Event& past) {
  if (kind.substr(0, act_prefix.size()) == act_prefix) {
    return past.kind == "act" && past.cause == kind.substr(act_prefix.size());
  }
  return past.kind == kind;
}

float goldstein_of(const Model& model, const Event& act) {
  return info(model.entries()[static_cast<std::size_t>(act.amount)].action).goldstein;
}

/// Where in its variable the quantity of an event lies; nothing where the event names none.
std::optional<std::size_t> index_of(const Quantity& q, const Event& event, const Model& model) {
  const auto a = actor_of(model, event, true), b = actor_of(model, event, false);
  const std::size_t n = model.shape().actors;
  const Thing thing = thing_of(model, event);
  const auto sector_side = [&](std::uint32_t side) -> std::optional<std::size_t> {
    if (!thing.sector || side > 1) return std::nullopt;
    return std::size_t{*thing.sector} * 2 + side;
  };
  switch (q.at) {
    case At::one:
      return 0;
    case At::subject:
      return a;
    case At::object:
      return b;
    case At::forth:
      return a && b && a != b ? std::optional(*a * n + *b) : std::nullopt;
    case At::back:
      return a && b && a != b ? std::optional(*b * n + *a) : std::nullopt;
    case At::contingent:
      return thing.contingent;
    case At::sector:
      return thing.sector;
    case At::here:
      return sector_side(event.object);
    case At::across:
      return sector_side(1U - event.object);
    case At::stock:
      return a ? std::optional(*a * kinds + event.object % kinds) : std::nullopt;
    case At::side:
      if (!a || model.side_of(*a) < 0) return std::nullopt;
      return static_cast<std::size_t>(model.side_of(*a));
    case At::rate:
      return knob_index(q.knob);
  }
  return std::nullopt;
}

void read(const Quantity& q, Event& event, const EventLog& log, const State& state,
          const Model& model) {
  const auto index = index_of(q, event, model);
  if (!index || *index >= state[q.var].size()) return;
  Reason reason{q.at == At::rate ? q.knob : info(q.var).name, q.text, q.form,
                state.at(q.var, *index)[event.lane]};
  if (q.at != At::rate) reason.start = log.start().at(q.var, *index)[event.lane];
  event.reasons.push_back(reason);
}

/// What its order rested on; of an act nobody ordered, the answer or the threat it carries out.
void decided(Event& act, const EventLog& log, const Model& model) {
  const Decision* decision = log.decision(static_cast<std::uint32_t>(act.amount));
  const auto answer = find_earlier({"answer", Who::by_subject, 5}, act, log, model);
  if (answer && (decision == nullptr || decision->week < log.events()[*answer].week - 8)) {
    act.because.push_back(*answer);
    return;
  }
  const auto kept = find_earlier({"threat_kept", Who::forth, longest_wait}, act, log, model);
  const bool deed = kept && log.events()[*kept].cause == act.cause;
  if (deed && (decision == nullptr || decision->week < log.events()[*kept].week)) {
    act.because.push_back(*kept);
    return;
  }
  if (decision == nullptr) return;
  act.decision = *decision;
  act.because = decision->because;
}

}  // namespace

std::optional<std::uint32_t> find_earlier(const Earlier& earlier, const Event& event,
                                          const EventLog& log, const Model& model) {
  const auto& events = log.events();
  std::optional<std::uint32_t> best;
  float worst = harsh;
  for (std::size_t i = events.size(); i-- > 0;) {
    const Event& past = events[i];
    if (past.week < event.week - earlier.weeks) break;
    if (!of_kind(earlier.kind, past) || !between(model, earlier.who, past, event)) continue;
    if (earlier.kind != "act") return static_cast<std::uint32_t>(i);
    const float points = goldstein_of(model, past);
    if (points >= worst) continue;
    worst = points;
    best = static_cast<std::uint32_t>(i);
  }
  return best;
}

void find_causes(Event& event, const EventLog& log, const State& state, const Model& model) {
  const CauseRule* rule = cause_rule(event.kind);
  if (rule == nullptr) return;
  if (event.kind == "act") decided(event, log, model);
  for (const Earlier& e : rule->earlier) {
    if (e.who == Who::none) break;
    const auto found = find_earlier(e, event, log, model);
    if (found && std::ranges::find(event.because, *found) == event.because.end()) {
      event.because.push_back(*found);
    }
  }
  for (const Quantity& q : rule->quantities) {
    if (q.text.empty() || (q.leads && !of_the_leads(model, event))) continue;
    read(q, event, log, state, model);
  }
}

void EventLog::put(Event event, std::size_t lane, float amount) {
  event.amount = amount;
  event.lane = static_cast<std::uint32_t>(lane);
  if (asks_why_ && state_ != nullptr) {
    event.law = law_;
    find_causes(event, *this, *state_, *model_);
  }
  events_.push_back(std::move(event));
}

}  // namespace casus::world
