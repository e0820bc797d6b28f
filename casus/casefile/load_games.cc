// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "casus/casefile/games_reader.h"

namespace casus::casefile {
namespace {

constexpr Range branch_weeks{4.0, 520.0};
constexpr std::size_t most_branches = 256;

class Reader {
 public:
  Reader(Loading& loading, Games& out) : loading_(loading), out_(out) {}

  void read(const Document& document) {
    Fields top(loading_.problems, Spot{&document, &document.root}, "games.yaml");
    std::set<std::string> met;
    for (const Spot& at : top.list("games")) {
      out_.games.push_back(game(at, met));
    }
    met.clear();
    for (const Spot& at : top.list("trials")) {
      Fields fields(loading_.problems, at, "a trial");
      Trial trial;
      named(trial, fields, "trial", met);
      trial.orders = read_orders(loading_, fields, fields.what());
      fields.finish();
      out_.trials.push_back(std::move(trial));
    }
    top.finish();
  }

 private:
  void named(Named& thing, Fields& fields, std::string_view word, std::set<std::string>& met) {
    thing.id = fields.text("id");
    thing.key = key_of(thing.id);
    thing.name = fields.text("name");
    const Spot at = fields.optional("id");
    if (!at || thing.id.empty()) return;
    if (!good_id(thing.id)) {
      fields.tell(at, fmt::format("'{}' is no id of a {}", shortened(thing.id), word),
                  "ids are lower-case letters, digits and '_', a letter first");
    }
    if (!met.insert(thing.id).second) {
      fields.tell(at, fmt::format("the {} '{}' is declared twice", word, thing.id), "rename one");
    }
  }

  GamePlan game(Spot at, std::set<std::string>& met) {
    Fields fields(loading_.problems, at, "a game");
    GamePlan plan;
    named(plan, fields, "game", met);
    plan.text = fields.text_or("text");
    plan.weeks = static_cast<int>(fields.maybe_number("weeks", branch_weeks).value_or(52.0));
    if (const Spot base = fields.optional("base")) {
      if (const auto index = loading_.refer(Thing::option, base, fields.what()))
        plan.base = OptionId{*index};
    }
    if (const Spot type = fields.optional("type")) plan.type = type_of(type);
    std::size_t branches = 1;
    for (const Spot& move : fields.required_list("moves")) {
      plan.moves.push_back(this->move(move, plan));
      branches *= std::max<std::size_t>(plan.moves.back().choices.size(), 1);
    }
    if (branches > most_branches) {
      fields.tell(
          fields.optional("moves"),
          fmt::format("game '{}' has {} branches, more than {}", plan.id, branches, most_branches),
          "leave out choices or moves");
    }
    fields.finish();
    return plan;
  }

  GameType type_of(Spot at) {
    Fields fields(loading_.problems, at, "'type' of a game");
    GameType type;
    type.name = fields.text("name");
    loading_.many(fields.required_list("known_to"), fields, Thing::actor, type.known_to);
    type.first = fields.text("first");
    type.second = fields.text("second");
    const Spot hypothesis = fields.optional("hypothesis");
    const Spot knob = fields.optional("knob");
    if (static_cast<bool>(hypothesis) == static_cast<bool>(knob)) {
      fields.tell(at, "a type is a hypothesis or a knob",
                  "write 'hypothesis: …' with 'states: […]' of the first type, or 'knob: …', whose "
                  "upper half is the first type");
    }
    if (knob) type.knob = fields.text("knob");
    if (hypothesis) states_of(fields, hypothesis, type);
    fields.finish();
    return type;
  }

  void states_of(Fields& fields, Spot at, GameType& type) {
    const auto index = loading_.refer(Thing::hypothesis, at, fields.what());
    const std::vector<Spot> listed_states = fields.required_list("states");
    if (!index) return;
    type.hypothesis = HypothesisId{*index};
    const Hypothesis& h = loading_.given.hypotheses[*index];
    type.states.assign(h.states.size(), false);
    for (const Spot& state : listed_states) {
      std::vector<std::string_view> names;
      bool found = false;
      for (std::size_t s = 0; s < h.states.size(); ++s) {
        names.push_back(h.states[s].id);
        if (h.states[s].id != state.node->text) continue;
        type.states[s] = true;
        found = true;
      }
      if (!found) {
        fields.tell(
            state,
            fmt::format("hypothesis '{}' has no state '{}'", h.id, shortened(state.node->text)),
            "its states: " + listed(names));
      }
    }
  }

  GameMove move(Spot at, const GamePlan& plan) {
    Fields fields(loading_.problems, at, fmt::format("a move of game '{}'", plan.id));
    GameMove move;
    std::set<std::string> met;
    for (const GameMove& m : plan.moves) met.insert(m.id);
    named(move, fields, "move", met);
    loading_.need(fields, "player", Thing::actor, move.player);
    weighed(fields, move.player);
    read_sees(fields, plan, move);
    met.clear();
    for (const Spot& choice : fields.required_list("choices")) {
      Fields one(loading_.problems, choice, fmt::format("a choice of move '{}'", move.id));
      GameChoice c;
      named(c, one, "choice", met);
      c.orders = read_orders(loading_, one, one.what());
      one.finish();
      move.choices.push_back(std::move(c));
    }
    if (move.choices.size() < 2)
      fields.tell(at, fmt::format("move '{}' leaves no choice", move.id), "give it two or more");
    fields.finish();
    return move;
  }

  void read_sees(Fields& fields, const GamePlan& plan, GameMove& move) {
    const Spot at = fields.optional("sees");
    for (std::size_t m = 0; !at && m < plan.moves.size(); ++m) move.sees.push_back(m);
    for (const Spot& seen : fields.list("sees")) {
      const auto found = std::ranges::find(plan.moves, seen.node->text, &GameMove::id);
      if (found == plan.moves.end()) {
        fields.tell(seen, fmt::format("move '{}' sees '{}', which is no earlier move", move.id,
                                      shortened(seen.node->text)));
        continue;
      }
      move.sees.push_back(static_cast<std::size_t>(found - plan.moves.begin()));
    }
    std::ranges::sort(move.sees);
  }

  // Payoffs come from the values of options.yaml.
  void weighed(Fields& fields, ActorId player) {
    const auto& values = loading_.given.values;
    const bool there =
        std::ranges::any_of(values, [&](const Values& v) { return v.actor == player; });
    const Spot at = fields.optional("player");
    if (there || !at || loading_.partial) return;
    fields.tell(at, fmt::format("player '{}' has no values", shortened(at.node->text)),
                "add an entry for it under 'values' of options.yaml");
  }

  Loading& loading_;
  Games& out_;
};

}  // namespace

void read_games(Loading& loading, const Document& document, Games& out) {
  Reader(loading, out).read(document);
}

}  // namespace casus::casefile
