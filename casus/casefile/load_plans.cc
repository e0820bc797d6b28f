// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "casus/casefile/games_reader.h"
#include "casus/casefile/plans_reader.h"
#include "casus/casefile/seeing.h"

namespace casus::casefile {
namespace {

constexpr Range any_weeks{1.0, 520.0};
constexpr std::size_t most_signposts = 16;

Rule read_rule(Loading& loading, Spot at, const std::string& owner) {
  Rule rule;
  Fields fields(loading.problems, at, fmt::format("a rule of {}", owner));
  rule.when = fields.text("when");
  if (const Spot when = fields.optional("when")) {
    rule.expression = loading.expression(when, fields.what(), std::nullopt).value_or(0);
  }
  if (const Spot then = fields.required("then")) {
    Fields order(loading.problems, then, fmt::format("'then' of {}", fields.what()));
    rule.then = read_order(loading, order);
    rule.weeks = static_cast<int>(order.number("weeks", any_weeks));
    order.finish();
  }
  fields.finish();
  return rule;
}

bool empty(const Doing& doing) {
  return doing.of.empty() && doing.orders.empty() && doing.rules.empty();
}

/// `in_combat[kp_assault]`
std::string text_of(const Loading& loading, const VariableUse& use) {
  const Variable& variable = variables()[use.variable];
  std::string entities;
  for (std::size_t i = 0; i < 2; ++i) {
    if (!variable.dimensions[i]) continue;
    const std::uint32_t e = use.entity[i];
    const Case& c = loading.given;
    std::string id = std::to_string(e);
    switch (*variable.dimensions[i]) {
      case Dimension::actor:
        if (e < c.actors.size()) id = c.actors[e].id;
        break;
      case Dimension::contingent:
        if (e < c.contingents.size()) id = c.contingents[e].id;
        break;
      case Dimension::sector:
        if (e < c.sectors.size()) id = c.sectors[e].id;
        break;
      case Dimension::region:
        if (e < c.regions.size()) id = c.regions[e].id;
        break;
      case Dimension::side:
        if (c.war && e < 2) id = c.war->sides[e].id;
        break;
      case Dimension::stock:
        id = name_of(static_cast<StockKind>(e));
        break;
      case Dimension::action:
        id = name_of(static_cast<Action>(e));
        break;
    }
    entities += (entities.empty() ? "" : ", ") + id;
  }
  return std::string(variable.name) + (entities.empty() ? "" : "[" + entities + "]");
}

}  // namespace

void PlansReader::read_doing(Fields& fields, Doing& doing) {
  const std::vector<Spot> parts = fields.list("of");
  parts_.emplace_back();
  std::vector<OptionId> met;
  for (const Spot& at : parts) {
    const auto index = loading_.refer(Thing::option, at, fields.what());
    if (!index) continue;
    if (std::ranges::find(doing.of, OptionId{*index}) != doing.of.end()) {
      loading_.tell_twice(at, fields.what());
      continue;
    }
    doing.of.push_back(OptionId{*index});
    parts_.back().push_back(at);
  }
  doing.orders = read_orders(loading_, fields, fields.what());
  for (const Spot& at : fields.list("rules")) {
    doing.rules.push_back(read_rule(loading_, at, fields.what()));
  }
}

// A plan may hang on nothing that whoever decides cannot know.
void PlansReader::check_seen(Spot at, const Fields& fields, const Signpost& post) {
  if (loading_.partial || !loading_.sides_known || !loading_.decision_maker) return;
  const auto self = loading_.known(Thing::actor, loading_.decision_maker.node->text);
  if (!self) return;
  loading_.given.decision_maker = ActorId{*self};
  for (const Step& step : loading_.given.expressions[post.expression].steps) {
    if (step.kind != Step::Kind::value) continue;
    if (step.reduce != Step::Reduce::at || step.first_week || step.at_end) {
      loading_.problems.tell(
          *at.document, *at.node,
          fmt::format("{} looks at another week than the current one", fields.what()),
          "write the variable without 'at' and without 'over'");
      return;
    }
    if (seeing(loading_.given, step.use) != Seeing::hidden) continue;
    loading_.problems.tell(
        *at.document, *at.node,
        fmt::format("{} hangs on '{}', which the decision maker '{}' cannot see", fields.what(),
                    text_of(loading_, step.use), loading_.given.actors[*self].id),
        "take what is public, its own or estimated by it: docs/models/plans.md lists them");
  }
}

Signpost PlansReader::read_signpost(Spot at, const std::string& owner) {
  Signpost post;
  Fields fields(loading_.problems, at, fmt::format("a signpost of {}", owner));
  post.when = fields.text("when");
  if (const Spot when = fields.optional("when")) {
    if (const auto e = loading_.expression(when, fields.what(), std::nullopt)) {
      post.expression = *e;
      check_seen(when, fields, post);
    }
  }
  post.from = fields.maybe_date("from").value_or(loading_.own_as_of);
  post.by = fields.date("by");
  if (const Spot by = fields.optional("by"); by && post.by < post.from) {
    fields.tell(by,
                fmt::format("{} ends on {}, before it begins on {}", fields.what(),
                            to_string(post.by), to_string(post.from)),
                "swap the two days");
  }
  post.instead = fields.flag_or("instead", false);
  const auto turn = [&](const char* key, Doing& doing) {
    const Spot there = fields.optional(key);
    if (!there) {
      parts_.emplace_back();
      return;
    }
    Fields inner(loading_.problems, there, fmt::format("'{}' of {}", key, fields.what()));
    read_doing(inner, doing);
    inner.finish();
  };
  turn("then", post.then);
  turn("else", post.otherwise);
  if (!post.instead && empty(post.then) && empty(post.otherwise)) {
    fields.tell(at, fmt::format("{} turns to nothing", fields.what()),
                "say what then: 'then: {of: [...]}', or 'instead: true' to end what was done");
  }
  fields.finish();
  return post;
}

void PlansReader::read(Fields& fields, Option& option) {
  read_doing(fields, option);
  for (const Spot& at : fields.list("signposts")) {
    option.signposts.push_back(read_signpost(at, fields.what()));
  }
  if (option.signposts.size() > most_signposts) {
    fields.tell(fields.optional("signposts"),
                fmt::format("{} has {} signposts, more than {}", fields.what(),
                            option.signposts.size(), most_signposts),
                "nobody can watch so many; keep those that matter");
  }
}

void PlansReader::join(Doing& doing, const std::vector<Spot>& parts, const Option& whole) {
  std::vector<Order> orders;
  std::vector<Rule> rules;
  const Case& given = loading_.given;
  for (std::size_t i = 0; i < doing.of.size(); ++i) {
    const Option& part = given.options[doing.of[i]];
    const auto tell = [&](const std::string& why, const std::string& hint) {
      loading_.problems.tell(*parts[i].document, *parts[i].node,
                             fmt::format("option '{}' is made of '{}', {}", whole.id, part.id, why),
                             hint);
    };
    if (part.id == whole.id) {
      tell("which is itself", "name other options");
    } else if (!part.of.empty() || !part.signposts.empty()) {
      tell("which is made of others or turns by signposts", "name the options it is made of");
    } else if (part.gated && !whole.gated &&
               std::ranges::find(given.gates, part.id) == given.gates.end()) {
      tell("which is gated and whose gate is shut", "gate this option too, or open the gate");
    } else {
      orders.insert(orders.end(), part.orders.begin(), part.orders.end());
      rules.insert(rules.end(), part.rules.begin(), part.rules.end());
    }
  }
  doing.orders.insert(doing.orders.begin(), orders.begin(), orders.end());
  doing.rules.insert(doing.rules.begin(), rules.begin(), rules.end());
}

void PlansReader::join() {
  std::size_t next = 0;
  for (Option& option : loading_.given.options) {
    join(option, parts_[next++], option);
    for (Signpost& post : option.signposts) {
      join(post.then, parts_[next++], option);
      join(post.otherwise, parts_[next++], option);
    }
  }
}

}  // namespace casus::casefile
