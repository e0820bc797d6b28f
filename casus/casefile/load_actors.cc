// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

constexpr double plain_want = 0.3;  // weight of a feature a case does not name

struct StartKey {
  std::string_view key;
  std::string_view unit;
  std::optional<Quantity> ActorStart::*member;
};
constexpr StartKey start_keys[] = {
    {"support", "share", &ActorStart::support},
    {"elite_cohesion", "share", &ActorStart::elite_cohesion},
    {"regime_security", "share", &ActorStart::regime_security},
    {"expected_success", "share", &ActorStart::expected_success},
    {"fiscal_room", "share", &ActorStart::fiscal_room},
    {"growth", "percent_per_year", &ActorStart::growth},
    {"gdp", "usd", &ActorStart::gdp},
    {"sanctions", "share", &ActorStart::sanctions},
    {"pressure", "share", &ActorStart::pressure},
    {"manpower_pool", "persons", &ActorStart::manpower_pool},
    {"intake", "persons_per_week", &ActorStart::intake},
    {"force", "persons", &ActorStart::force},
    {"technology", "share", &ActorStart::technology},
    {"tension_bias", "points", &ActorStart::tension_bias},
};

Voice read_voice(Loading& loading, Spot at, const std::string& owner) {
  Voice voice;
  Fields fields(loading.problems, at, fmt::format("a member of {}", owner));
  const Spot actor = fields.optional("actor");
  voice.name = fields.text_or("name");
  if (actor) {
    if (const auto index = loading.refer(Thing::actor, actor, fields.what())) {
      voice.actor = ActorId{*index};
    }
  } else if (voice.name.empty()) {
    fields.tell(at, fmt::format("{} lacks 'actor' or 'name'", fields.what()),
                "name one of the case's actors, or a voice that is none");
  }
  voice.weight = fields.number("weight", share_range);
  voice.position = fields.maybe_number("position", {-1.0, 1.0}).value_or(0.0);
  fields.finish();
  return voice;
}

void read_members(Loading& loading, Fields& fields, Actor& actor) {
  const Spot at = fields.optional("members");
  if (!at) return;
  double sum = 0.0;
  const std::size_t before = loading.problems.count();
  for (const Spot& member : fields.list("members")) {
    actor.members.push_back(read_voice(loading, member, fields.what()));
    sum += actor.members.back().weight;
  }
  if (actor.members.empty()) return;
  if (actor.kind != ActorKind::collective) {
    fields.tell(at, fmt::format("{} is a state and has no members", fields.what()),
                "write 'kind: collective' or remove 'members'");
  } else if (loading.problems.count() == before) {
    loading.sums_to_one(at, sum, fmt::format("the weight of the members of {}", fields.what()));
  }
}

void read_legislature(Loading& loading, Fields& fields, Actor& actor) {
  const Spot at = fields.optional("legislature");
  if (!at) return;
  Fields house(loading.problems, at, fmt::format("the legislature of {}", fields.what()));
  Legislature out;
  out.name = house.text("name");
  out.support = loading.quantity(house, "support", Demand{"share"});
  out.threshold = house.maybe_number("threshold", share_range).value_or(0.5);
  out.delay = house.maybe_number("delay_weeks", {0.0, 40.0}).value_or(0.0);
  out.term = house.maybe_number("term_weeks", {1.0, 520.0}).value_or(52.0);
  out.voted = house.maybe_date("voted_until");
  out.votes_on = house.words<Action>("votes_on");
  if (out.votes_on.empty()) {
    house.tell(at, fmt::format("{} votes on nothing", house.what()),
               "list actions under 'votes_on': economic_aid for aid, deploy_contingent for force");
  }
  house.finish();
  actor.legislature = std::move(out);
}

void read_leader(Loading& loading, Fields& fields, Actor& actor) {
  const Spot at = fields.optional("leader");
  if (!at) return;
  Fields leader(loading.problems, at, fmt::format("the leader of {}", fields.what()));
  Leader out;
  out.born = leader.date("born");
  out.since = leader.date("since");
  if (const Spot since = leader.optional("since")) {
    loading.not_after_as_of(since, out.since, leader.what(), "came to power on");
  }
  leader.finish();
  actor.leader = out;
}

void read_start(Loading& loading, Fields& fields, Actor& actor) {
  const Spot at = fields.optional("start");
  if (!at) return;
  Fields start(loading.problems, at, fmt::format("the start of {}", fields.what()));
  for (const StartKey& key : start_keys) {
    actor.start.*key.member = loading.maybe_quantity(start, key.key, Demand{key.unit});
  }
  start.finish();
}

void read_wants(Loading& loading, Fields& fields, Actor& actor) {
  actor.wants.fill(plain_want);
  if (const Spot at = fields.optional("wants")) {
    Fields wants(loading.problems, at, fmt::format("the wants of {}", fields.what()));
    const auto names = names_of<Feature>();
    for (std::size_t i = 0; i < names.size(); ++i) {
      actor.wants[i] = wants.maybe_number(names[i]).value_or(plain_want);
    }
    wants.finish();
  }
  if (const Spot at = fields.optional("types")) {
    Fields types(loading.problems, at, fmt::format("the types of {}", fields.what()));
    constexpr std::string_view names[] = {"hawk", "trader", "survivor"};
    for (std::size_t i = 0; i < actor.types.size(); ++i) {
      actor.types[i] = types.number(names[i], {0.01, 1000.0});
    }
    types.finish();
  }
}

void read_doctrine(Loading& loading, Fields& fields, Actor& actor) {
  const Spot at = fields.optional("doctrine");
  if (!at) return;
  Fields doctrine(loading.problems, at, fmt::format("the doctrine of {}", fields.what()));
  actor.never = doctrine.words<Action>("never");
  if (const Spot favour = doctrine.optional("favour")) {
    Fields actions(loading.problems, favour, fmt::format("'favour' of {}", doctrine.what()));
    const auto names = names_of<Action>();
    for (std::size_t i = 0; i < names.size(); ++i) {
      actor.favour[i] = actions.maybe_number(names[i]).value_or(0.0);
    }
    actions.finish();
  }
  doctrine.finish();
}

}  // namespace

void load_actors(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::actor)) {
    Fields fields = loading.fields(entry);
    Actor actor;
    fields.optional("id");
    Loading::name(actor, entry, fields.text("name"));
    actor.kind = fields.word<ActorKind>("kind");
    actor.roles = fields.words<Role>("roles");
    actor.openness = fields.word<Openness>("openness");
    actor.nuclear = fields.flag_or("nuclear", false);
    actor.oil_exporter = fields.flag_or("oil_exporter", false);
    actor.country = country_code(fields);
    read_members(loading, fields, actor);
    read_legislature(loading, fields, actor);
    read_leader(loading, fields, actor);
    actor.seat = fields.text_or("seat");
    read_start(loading, fields, actor);
    read_wants(loading, fields, actor);
    actor.rationality =
        loading.maybe_quantity(fields, "rationality", Demand{"ratio"})
            .value_or(loading.default_quantity(Prior(Prior::Kind::log_normal, 2.0, 0.4), "ratio"));
    read_doctrine(loading, fields, actor);
    static_cast<void>(loading.provenance(fields));
    fields.finish();
    loading.given.actors.push_back(std::move(actor));
  }
}

}  // namespace casus::casefile
