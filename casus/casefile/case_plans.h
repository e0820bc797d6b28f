// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "casus/casefile/case_base.h"

/// What could be done, what it is worth, and what is forecast.
namespace casus::casefile {

/// A settlement on the table.
struct Package {
  Line line = Line::current;
  LegalStatus status = LegalStatus::open;
  Guarantee guarantee = Guarantee::none;
  ForceLimits force_limits = ForceLimits::none;
  SanctionsTerm sanctions = SanctionsTerm::keep;
  bool monitors = false;
  bool foreign_out = false;
  bool prisoners = false;
};

/// What an actor is told to do: the one form in which people, scripts and policies act.
struct Order {
  ActorId actor{0};
  Action action = Action::accuse;
  std::optional<ActorId> target;
  double intensity = 1.0;  ///< 0-1 of what the action can be
  Date from;
  Date until;
  std::optional<StockKind> kind;
  std::optional<ContingentId> contingent;
  std::optional<SectorId> sector;
  std::optional<Package> package;
};

struct Expression;  ///< casefile/expression.h

struct Rule {
  std::string when;            ///< the text, as written
  std::size_t expression = 0;  ///< index into Case::expressions
  Order then;                  ///< `from` is the day the rule fires; `weeks` sets how long
  int weeks = 1;
};

/// What is ordered together: own orders and rules, and those of whole options.
struct Doing {
  std::vector<OptionId> of;   ///< whose orders and rules are among these too
  std::vector<Order> orders;  ///< those of `of` first
  std::vector<Rule> rules;    ///< likewise
};

/// A turn of an adaptive plan: if something is seen by a day, then this, else that.
struct Signpost {
  std::string when;            ///< the text, as written
  std::size_t expression = 0;  ///< index into Case::expressions, of what the decision maker sees
  Date from, by;               ///< looked at every week from the one to the other
  bool instead = false;        ///< what the option did until then ends, whichever way it turns
  Doing then;                  ///< from the week after it was seen
  Doing otherwise;             ///< from the week after `by`, where it was not
};

/// A course of action; a portfolio where it is `of` others, an adaptive plan where it has
/// signposts.
struct Option : Named, Doing {
  std::string text;
  std::optional<ActorId> by;
  bool gated = false;
  std::vector<ActorId> seats;  ///< actors that do what this option orders and nothing else
  std::vector<Signpost> signposts;
};

struct Worth {
  std::size_t measure = 0;  ///< index into measures()
  double worth = 0.0;       ///< value of `per` units
  double per = 1.0;
  double sd = 0.0;  ///< log-sd of the judgement
};

struct Values {
  ActorId actor{0};
  std::vector<Worth> worth;
  Provenance from;
};

/// What an outcome must meet to be good enough.
struct Requirement {
  std::size_t measure = 0;  ///< index into measures()
  bool at_most = false;     ///< else at least
  double bound = 0.0;       ///< in the measure's unit
};

struct Category {
  std::string name;
  std::size_t expression = 0;
};

struct Question : Named {  ///< `name` is the text
  QuestionType type = QuestionType::yes_no;
  Date resolve_by;
  std::string expr;
  std::optional<std::size_t> expression;  ///< index into Case::expressions
  std::string unit;
  std::vector<Category> categories;
};

/// What a case changes of the engine's own priors.
struct Parameter {
  std::string knob;
  Quantity value;
};

}  // namespace casus::casefile
