// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/casefile/games_reader.h"
#include "casus/casefile/plans_reader.h"
#include "casus/casefile/worths.h"

namespace casus::casefile {
namespace {

Package read_package(Loading& loading, Spot at, const std::string& what) {
  Fields fields(loading.problems, at, fmt::format("'package' of {}", what));
  Package package;
  package.line = fields.word_or("line", package.line);
  package.status = fields.word_or("status", package.status);
  package.guarantee = fields.word_or("guarantee", package.guarantee);
  package.force_limits = fields.word_or("force_limits", package.force_limits);
  package.sanctions = fields.word_or("sanctions", package.sanctions);
  package.monitors = fields.flag_or("monitors", false);
  package.foreign_out = fields.flag_or("foreign_out", false);
  package.prisoners = fields.flag_or("prisoners", false);
  fields.finish();
  return package;
}

void read_order_extras(Loading& loading, Fields& fields, Order& order) {
  if (fields.optional("kind")) order.kind = fields.word<StockKind>("kind");
  loading.maybe(fields, "contingent", Thing::contingent, order.contingent);
  loading.maybe(fields, "sector", Thing::sector, order.sector);
  if (const Spot at = fields.optional("package")) {
    order.package = read_package(loading, at, fields.what());
  }
}

// An order that lacks what its action works on cannot be carried out.
void check_order(Fields& fields, const Order& order) {
  const Spot at = fields.optional("action");
  if (!at || !parse<Action>(at.node->text)) return;
  const auto lacks = [&](const char* key) {
    fields.tell(at,
                fmt::format("{} orders {} without '{}'", fields.what(), name_of(order.action), key),
                fmt::format("add '{}: …'", key));
  };
  if (order.action == Action::send_arms && !fields.optional("kind")) lacks("kind");
  const bool moves =
      order.action == Action::deploy_contingent || order.action == Action::withdraw_contingent;
  if (moves && !fields.optional("contingent")) lacks("contingent");
  const bool package = static_cast<bool>(fields.optional("package"));
  if (order.action == Action::table_package && !package) lacks("package");
  if (order.action != Action::table_package && package) {
    fields.tell(
        fields.optional("package"),
        fmt::format("{} has a package, but its action is {}", fields.what(), name_of(order.action)),
        "only table_package has one");
  }
}

void read_dates(Loading& loading, Fields& fields, Order& order) {
  const WeekClock clock(loading.own_as_of);
  order.from = fields.date("from");
  order.until =
      fields.maybe_date("until").value_or(clock.sunday_of(loading.given.horizon_weeks - 1));
  if (const Spot at = fields.optional("until"); at && order.until < order.from) {
    fields.tell(at,
                fmt::format("{} ends on {}, before it begins on {}", fields.what(),
                            to_string(order.until), to_string(order.from)),
                "swap the two days");
  }
}

Option read_option(Loading& loading, const Entry& entry, PlansReader& plans) {
  Fields fields = loading.fields(entry);
  Option option;
  fields.optional("id");
  Loading::name(option, entry, fields.text("name"));
  option.text = fields.text("text");
  loading.maybe(fields, "by", Thing::actor, option.by);
  option.gated = fields.flag_or("gated", false);
  loading.many(fields.list("seats"), fields, Thing::actor, option.seats);
  plans.read(fields, option);
  static_cast<void>(loading.provenance(fields));
  fields.finish();
  return option;
}

void read_values(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::values)) {
    Fields fields = loading.fields(entry);
    Values values;
    loading.need(fields, "actor", Thing::actor, values.actor);
    const bool same = std::ranges::any_of(loading.given.values,
                                          [&](const Values& v) { return v.actor == values.actor; });
    if (const Spot actor = fields.optional("actor");
        actor && same && loading.known(Thing::actor, actor.node->text)) {
      fields.tell(actor, fmt::format("'{}' has values already", actor.node->text),
                  "one actor, one entry; other ways to weigh go into weightings.yaml");
    }
    static_cast<void>(fields.required("worth"));
    values.worth = read_worths(fields);
    values.from = loading.provenance(fields);
    fields.finish();
    loading.given.values.push_back(std::move(values));
  }
}

void read_requirements(Loading& loading) {
  if (!loading.requirements) return;
  std::size_t number = 0;
  for (const Spot& at :
       read_list(loading.problems, loading.requirements, "'requirements' of options.yaml")) {
    Fields fields(loading.problems, at, fmt::format("requirement {}", ++number));
    Requirement wanted;
    if (const Spot measure = fields.required("measure")) {
      wanted.measure = measure_at(fields, measure, "bounds").value_or(0);
    }
    const auto most = fields.maybe_number("at_most");
    const auto least = fields.maybe_number("at_least");
    if (most.has_value() == least.has_value()) {
      fields.tell(at, fmt::format("{} needs one bound", fields.what()),
                  "write either 'at_most: …' or 'at_least: …'");
    }
    wanted.at_most = most.has_value();
    wanted.bound = most.value_or(least.value_or(0.0));
    fields.finish();
    loading.given.requirements.push_back(wanted);
  }
}

void read_decision_maker(Loading& loading) {
  Case& given = loading.given;
  const auto& options = loading.entries(Thing::option);
  if (loading.decision_maker) {
    const auto index = loading.refer(Thing::actor, loading.decision_maker, "options.yaml");
    if (!index) return;
    given.decision_maker = ActorId{*index};
    const bool weighed =
        std::any_of(given.values.begin(), given.values.end(),
                    [&](const Values& v) { return v.actor == given.decision_maker; });
    if (!weighed && !options.empty() && !loading.partial) {
      loading.problems.tell(
          *loading.decision_maker.document, *loading.decision_maker.node,
          fmt::format("the decision maker '{}' has no values", loading.decision_maker.node->text),
          "add an entry for it under 'values'");
    }
  } else if (!options.empty() && !loading.partial) {
    loading.problems.tell(*options.front().spot.document, *options.front().spot.node,
                          "options.yaml lacks 'decision_maker'",
                          "say whose choice it is: 'decision_maker: …'");
  }
}

void read_gates(Loading& loading) {
  const auto& entries = loading.entries(Thing::option);
  Case& given = loading.given;
  if (loading.gates) {
    for (const Spot& at : read_list(loading.problems, loading.gates, "'gates' of options.yaml")) {
      const auto index = loading.refer(Thing::option, at, "'gates'");
      if (!index) continue;
      if (!given.options[*index].gated) {
        loading.problems.tell(*at.document, *at.node,
                              fmt::format("option '{}' under 'gates' is not gated", at.node->text),
                              "write 'gated: true' in the option or leave it out here");
      }
      given.gates.push_back(entries[*index].id);
    }
    return;
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!given.options[i].gated) continue;
    loading.problems.tell(
        *entries[i].spot.document, *entries[i].spot.node,
        fmt::format("{} is gated, but this case has no 'gates'", entries[i].what),
        fmt::format("add 'gates: [{}]', or 'gates: []' to keep it shut", entries[i].id));
  }
}

}  // namespace

Order read_order(Loading& loading, Fields& fields) {
  Order order;
  loading.need(fields, "actor", Thing::actor, order.actor);
  order.action = fields.word<Action>("action");
  loading.maybe(fields, "target", Thing::actor, order.target);
  order.intensity = fields.maybe_number("intensity", share_range).value_or(1.0);
  read_order_extras(loading, fields, order);
  check_order(fields, order);
  return order;
}

std::vector<Order> read_orders(Loading& loading, Fields& fields, const std::string& owner) {
  std::vector<Order> all;
  for (const Spot& at : fields.list("orders")) {
    Fields order(loading.problems, at, fmt::format("an order of {}", owner));
    all.push_back(read_order(loading, order));
    read_dates(loading, order, all.back());
    order.finish();
  }
  return all;
}

void load_options(Loading& loading) {
  PlansReader plans(loading);
  read_values(loading);
  read_requirements(loading);
  for (const Entry& entry : loading.entries(Thing::option)) {
    loading.given.options.push_back(read_option(loading, entry, plans));
  }
  read_decision_maker(loading);
  read_gates(loading);
  plans.join();
}

}  // namespace casus::casefile
