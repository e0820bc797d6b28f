// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>
#include <utility>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

std::optional<std::uint32_t> read_side_of(Loading& loading, Fields& fields) {
  const Spot at = fields.optional("side");
  if (!at) return std::nullopt;
  const auto& war = loading.given.war;
  if (war) {
    for (std::uint32_t i = 0; i < 2; ++i) {
      if (war->sides[i].id == at.node->text) return i;
    }
  }
  if (loading.partial || !loading.sides_known) return std::nullopt;
  fields.tell(at,
              fmt::format("{} names side '{}', which this case does not declare", fields.what(),
                          shortened(at.node->text)),
              war ? fmt::format("use {} or {}", war->sides[0].id, war->sides[1].id)
                  : "declare 'war' in case.yaml");
  return std::nullopt;
}

void read_split(Loading& loading, Fields& fields, Contingent& contingent) {
  double sum = 0.0;
  const std::size_t before = loading.problems.count();
  const auto entries = fields.entries("at");
  for (const auto& [key, value] : entries) {
    const auto place = loading.refer(Thing::place, key, fields.what());
    const auto part =
        read_number(loading.problems, value, fmt::format("'at' of {}", fields.what()), share_range);
    sum += part.value_or(0.0);
    if (place && part) contingent.at.emplace_back(PlaceId{*place}, *part);
  }
  if (const Spot at = fields.optional("at")) {
    if (loading.problems.count() == before) {
      loading.sums_to_one(at, sum, fields.called("at"));
    }
  } else {
    contingent.at.emplace_back(contingent.origin, 1.0);
  }
}

Contingent read_contingent(Loading& loading, const Entry& entry) {
  Fields fields = loading.fields(entry);
  Contingent contingent;
  fields.optional("id");
  Loading::name(contingent, entry, fields.text("name"));
  loading.need(fields, "owner", Thing::actor, contingent.owner);
  contingent.host = contingent.owner;
  if (fields.optional("host")) loading.need(fields, "host", Thing::actor, contingent.host);
  contingent.side = read_side_of(loading, fields);
  contingent.role = fields.word<ContingentRole>("role");
  contingent.foreign = fields.flag_or("foreign", false);
  contingent.strength = loading.quantity(fields, "strength", Demand{"persons"});
  loading.maybe(fields, "strength_hypothesis", Thing::hypothesis, contingent.strength_hypothesis);
  loading.maybe(fields, "at_front_hypothesis", Thing::hypothesis, contingent.at_front_hypothesis);
  contingent.plan = loading.maybe_quantity(fields, "plan", Demand{"persons"});
  contingent.wave = loading.maybe_quantity(fields, "wave", Demand{"persons"});
  loading.need(fields, "origin", Thing::place, contingent.origin);
  loading.need(fields, "destination", Thing::place, contingent.destination);
  loading.maybe(fields, "sector", Thing::sector, contingent.sector);
  loading.many(fields.list("path"), fields, Thing::place, contingent.path);
  read_split(loading, fields, contingent);
  contingent.quality = loading.quantity(fields, "quality", Demand{"ratio"});
  contingent.morale = loading.quantity(fields, "morale", Demand{"logit"});
  static_cast<void>(loading.provenance(fields));
  fields.finish();
  return contingent;
}

void read_stocks(Loading& loading) {
  std::set<std::pair<std::uint32_t, StockKind>> known;
  for (const Entry& entry : loading.entries(Thing::stock)) {
    Fields fields = loading.fields(entry);
    Stock stock;
    loading.need(fields, "actor", Thing::actor, stock.actor);
    stock.kind = fields.word<StockKind>("kind");
    const Spot actor = fields.optional("actor");
    if (actor && loading.known(Thing::actor, actor.node->text) && fields.optional("kind") &&
        !known.emplace(stock.actor.index, stock.kind).second) {
      fields.tell(entry.spot,
                  fmt::format("the stock of {} of '{}' is declared twice", name_of(stock.kind),
                              shortened(actor.node->text)),
                  "keep one");
    }
    const Provenance from = loading.provenance(fields);
    stock.amount = loading.quantity(fields, "amount", Demand{"count"}, &from);
    stock.production =
        loading.maybe_quantity(fields, "production", Demand{"count_per_week"}, &from);
    fields.finish();
    loading.given.stocks.push_back(std::move(stock));
  }
}

void read_flows(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::flow)) {
    Fields fields = loading.fields(entry);
    Flow flow;
    loading.need(fields, "from", Thing::actor, flow.from);
    loading.need(fields, "to", Thing::actor, flow.to);
    flow.kind = fields.word<StockKind>("kind");
    const Provenance from = loading.provenance(fields);
    flow.amount = loading.quantity(fields, "amount", Demand{"count_per_week"}, &from);
    fields.finish();
    loading.given.flows.push_back(std::move(flow));
  }
}

}  // namespace

void load_forces(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::contingent)) {
    loading.given.contingents.push_back(read_contingent(loading, entry));
  }
  read_stocks(loading);
  read_flows(loading);
}

}  // namespace casus::casefile
