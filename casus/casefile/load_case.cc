// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

constexpr int longest_horizon = 520;

void read_references(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::reference)) {
    Fields fields = loading.fields(entry);
    Reference reference;
    fields.optional("id");
    Loading::name(reference, entry);
    reference.text = fields.text("text");
    reference.url = fields.text_or("url");
    if (!reference.url.empty() && reference.url.rfind("https://", 0) != 0 &&
        reference.url.rfind("http://", 0) != 0) {
      fields.tell(fields.optional("url"), fmt::format("{} is no web address", fields.called("url")),
                  "an address begins with https://");
    }
    reference.published = fields.date("published");
    if (const Spot at = fields.optional("published")) {
      loading.not_after_as_of(at, reference.published, fields.what(), "was published on");
    }
    reference.name = reference.text;
    fields.finish();
    loading.given.references.push_back(std::move(reference));
  }
}

void read_as_of(Loading& loading, Fields& fields) {
  Case& given = loading.given;
  const std::size_t before = loading.problems.count();
  loading.own_as_of = fields.date("as_of");
  loading.dated = loading.problems.count() == before;
  if (!loading.dated) loading.own_as_of = Date(2000, 1, 1);
  loading.as_of = loading.own_as_of;
  const auto& wanted = loading.options().as_of;
  if (wanted && *wanted > loading.own_as_of) {
    if (const Spot at = fields.optional("as_of")) {
      fields.tell(at,
                  fmt::format("the case ends at {}; it cannot be looked at from {}",
                              to_string(loading.own_as_of), to_string(*wanted)),
                  "choose an as-of day on or before it");
    }
  } else if (wanted) {
    loading.as_of = *wanted;
  }
  given.as_of = loading.as_of;
}

Side read_side(Loading& loading, Spot at, std::size_t number) {
  Side side;
  Fields fields(loading.problems, at, fmt::format("side {}", number));
  const std::string id = fields.text("id");
  if (!id.empty() && !good_id(id)) {
    fields.tell(fields.optional("id"), fmt::format("'{}' is no id of a side", shortened(id)),
                "ids are lower-case letters, digits and '_', a letter first");
  }
  side.id = id;
  side.key = key_of(id);
  side.name = fields.text_or("name");
  loading.need(fields, "lead", Thing::actor, side.lead);
  loading.many(fields.required_list("members"), fields, Thing::actor, side.members);
  const Spot lead = fields.optional("lead");
  if (lead && loading.known(Thing::actor, lead.node->text) && !side.members.empty() &&
      std::find(side.members.begin(), side.members.end(), side.lead) == side.members.end()) {
    fields.tell(lead,
                fmt::format("'{}' leads side '{}' but is not among its members",
                            shortened(lead.node->text), id),
                "add it to 'members'");
  }
  fields.finish();
  return side;
}

}  // namespace

std::string handling_mark(Fields& fields, std::string otherwise) {
  static const std::vector<std::string_view> marks = {"TLP:RED", "TLP:AMBER+STRICT", "TLP:AMBER",
                                                      "TLP:GREEN", "TLP:CLEAR"};
  std::string mark = fields.text_or("handling", std::move(otherwise));
  if (const Spot at = fields.optional("handling");
      at && std::find(marks.begin(), marks.end(), mark) == marks.end()) {
    fields.tell(at, fmt::format("'{}' is no handling mark", shortened(mark)),
                fmt::format("use one of {}", listed(marks)));
  }
  return mark;
}

void load_case_file(Loading& loading) {
  Fields& fields = *loading.case_fields;
  Case& given = loading.given;
  const double version = fields.number("casus");
  if (const Spot at = fields.optional("casus"); at && version != 1.0) {
    fields.tell(at,
                fmt::format("this program reads version 1 of the case format, not {:g}", version),
                "write 'casus: 1'");
  }
  given.id = fields.text("id");
  given.key = key_of(given.id);
  if (const Spot at = fields.optional("id"); at && !given.id.empty() && !good_id(given.id)) {
    fields.tell(at, fmt::format("'{}' is no id of a case", shortened(given.id)),
                "ids are lower-case letters, digits and '_', a letter first");
  }
  given.title = fields.text("title");
  given.question = fields.text("question");
  read_as_of(loading, fields);
  const double weeks = fields.maybe_number("horizon_weeks", {1.0, longest_horizon}).value_or(104.0);
  given.horizon_weeks = static_cast<int>(weeks);
  if (weeks != given.horizon_weeks) {
    fields.tell(fields.optional("horizon_weeks"), "'horizon_weeks' of case.yaml must be whole");
  }
  given.handling = handling_mark(fields, "TLP:CLEAR");
  fields.optional("war");
  load_grading(loading, fields);
  fields.finish();
  read_references(loading);
}

void load_war(Loading& loading) {
  const Spot at = loading.case_fields->optional("war");
  if (!at) return;
  const std::size_t before = loading.problems.count();
  Fields fields(loading.problems, at, "the war");
  War war{Date(), {}, {}};
  war.began = fields.date("began");
  if (const Spot began = fields.optional("began")) {
    loading.not_after_as_of(began, war.began, "the war", "began on");
  }
  const std::vector<Spot> sides = fields.required_list("sides");
  if (const Spot list = fields.optional("sides");
      list && list.node->kind == Node::Kind::sequence && sides.size() != 2) {
    fields.tell(list, fmt::format("a war has two sides; here are {}", sides.size()));
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(2, sides.size()); ++i) {
    war.sides[i] = read_side(loading, sides[i], i);
  }
  if (sides.size() == 2) {
    if (!war.sides[0].id.empty() && war.sides[0].id == war.sides[1].id) {
      fields.tell(sides[1], fmt::format("both sides are called '{}'", war.sides[0].id),
                  "rename one");
    }
    for (const ActorId member : war.sides[1].members) {
      const auto& others = war.sides[0].members;
      if (std::find(others.begin(), others.end(), member) == others.end()) continue;
      fields.tell(
          sides[1],
          fmt::format("actor '{}' stands on both sides", loading.entries(Thing::actor)[member].id),
          "an actor fights on one side");
    }
  }
  if (const Spot lines = fields.optional("lines")) {
    Fields where(loading.problems, lines, "'lines' of the war");
    war.lines.pre_invasion = loading.maybe_quantity(where, "pre_invasion", Demand{"km2"});
    war.lines.maximal = loading.maybe_quantity(where, "maximal", Demand{"km2"});
    war.lines.demand = loading.maybe_quantity(where, "demand", Demand{"km2"});
    where.finish();
  }
  fields.finish();
  loading.sides_known = loading.problems.count() == before;
  loading.given.war = std::move(war);
}

void load_calendar(Loading& loading) {
  std::vector<CalendarEvent> events;
  for (const Entry& entry : loading.entries(Thing::event)) {
    Fields fields = loading.fields(entry);
    CalendarEvent event;
    fields.optional("id");
    event.date = fields.date("date");
    event.kind = fields.word<CalendarKind>("kind");
    loading.maybe(fields, "actor", Thing::actor, event.actor);
    event.text = fields.text("text");
    Loading::name(event, entry, event.text);
    event.p = fields.maybe_number("p", share_range);
    event.effect = fields.word_or("effect", CalendarEffect::none);
    if (const Spot at = fields.optional("follows")) {
      event.follows = loading.refer(Thing::event, at, fields.what());
    }
    event.from = loading.provenance(fields);
    fields.finish();
    events.push_back(std::move(event));
  }
  std::vector<std::uint32_t> order(events.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return events[a].date != events[b].date ? events[a].date < events[b].date
                                            : events[a].id < events[b].id;
  });
  std::vector<std::uint32_t> place(events.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (std::uint32_t i = 0; i < events.size(); ++i) {
    auto& follows = events[i].follows;
    if (!follows) continue;
    if (events[*follows].date > events[i].date) {
      Fields fields = loading.fields(loading.entries(Thing::event)[i]);
      fields.tell(fields.optional("follows"),
                  fmt::format("{} lies on {}, before the event '{}' it follows ({})", fields.what(),
                              to_string(events[i].date), events[*follows].id,
                              to_string(events[*follows].date)),
                  "correct one of the two days");
    }
    follows = place[*follows];
  }
  for (const std::uint32_t i : order) loading.given.calendar.push_back(std::move(events[i]));
}

}  // namespace casus::casefile
