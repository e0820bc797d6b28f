// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "casus/casefile/loading.h"

namespace casus::casefile {
namespace {

// The index of a side of the war, if it is one.
std::optional<std::uint32_t> side_index(const Case& given, std::string_view name) {
  if (!given.war) return std::nullopt;
  for (std::uint32_t i = 0; i < 2; ++i) {
    if (given.war->sides[i].id == name) return i;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> entity_index(const Loading& loading, Dimension dimension,
                                          std::string_view name) {
  const auto word = [](auto found) -> std::optional<std::uint32_t> {
    if (!found) return std::nullopt;
    return static_cast<std::uint32_t>(*found);
  };
  switch (dimension) {
    case Dimension::actor:
      return loading.known(Thing::actor, name);
    case Dimension::side:
      return side_index(loading.given, name);
    case Dimension::sector:
      return loading.known(Thing::sector, name);
    case Dimension::contingent:
      return loading.known(Thing::contingent, name);
    case Dimension::region:
      return loading.known(Thing::region, name);
    case Dimension::action:
      return word(parse<Action>(name));
    case Dimension::stock:
      return word(parse<StockKind>(name));
  }
  return std::nullopt;
}

std::vector<std::string_view> entity_names(const Loading& loading, Dimension dimension) {
  const auto of = [&](Thing thing) {
    std::vector<std::string_view> names;
    for (const Entry& entry : loading.entries(thing)) names.push_back(entry.id);
    return names;
  };
  const auto words = [](auto names) {
    return std::vector<std::string_view>(names.begin(), names.end());
  };
  switch (dimension) {
    case Dimension::actor:
      return of(Thing::actor);
    case Dimension::side:
      if (!loading.given.war) return {};
      return {loading.given.war->sides[0].id, loading.given.war->sides[1].id};
    case Dimension::sector:
      return of(Thing::sector);
    case Dimension::contingent:
      return of(Thing::contingent);
    case Dimension::region:
      return of(Thing::region);
    case Dimension::action:
      return words(names_of<Action>());
    case Dimension::stock:
      return words(names_of<StockKind>());
  }
  return {};
}

void read_categories(Loading& loading, Fields& fields, Question& question, int week) {
  for (const auto& [key, value] : fields.entries("categories")) {
    if (!good_id(key.node->text)) {
      fields.tell(key, fmt::format("'{}' is no id of a category", shortened(key.node->text)),
                  "ids are lower-case letters, digits and '_', a letter first");
    }
    Category category;
    category.name = key.node->text;
    category.expression = loading.expression(value, fields.what(), week).value_or(0);
    question.categories.push_back(std::move(category));
  }
  if (const Spot at = fields.optional("categories");
      at && at.node->kind == Node::Kind::map && question.categories.size() < 2) {
    fields.tell(at, fmt::format("{} needs at least two categories", fields.what()));
  }
}

void check_resolve_by(Loading& loading, Fields& fields, const Question& question) {
  const Spot at = fields.optional("resolve_by");
  if (!at) return;
  if (!loading.dated) return;
  const WeekClock clock(loading.own_as_of);
  const Date last = clock.sunday_of(loading.given.horizon_weeks - 1);
  if (question.resolve_by > loading.own_as_of && question.resolve_by <= last) return;
  fields.tell(
      at,
      fmt::format("{} resolves on {}, outside the futures of this case", fields.what(),
                  to_string(question.resolve_by)),
      fmt::format("they run from {} to {}", to_string(loading.own_as_of.plus(1)), to_string(last)));
}

Question read_question(Loading& loading, const Entry& entry) {
  Fields fields = loading.fields(entry);
  Question question;
  fields.optional("id");
  Loading::name(question, entry, fields.text("text"));
  question.type = fields.word<QuestionType>("type");
  question.resolve_by = fields.date("resolve_by");
  check_resolve_by(loading, fields, question);
  const int week = std::max(0, loading.given.clock().week_of(question.resolve_by));
  if (question.type == QuestionType::category) {
    static_cast<void>(fields.required("categories"));
    read_categories(loading, fields, question, week);
  } else if (const Spot at = fields.required("expr")) {
    question.expr = fields.text("expr");
    // A `date` question asks when its expression first holds, so it is read in each week.
    const bool moving = question.type == QuestionType::date;
    question.expression =
        loading.expression(at, fields.what(), moving ? std::nullopt : std::optional<int>(week));
  }
  if (question.type == QuestionType::number) {
    question.unit = fields.text("unit");
  }
  static_cast<void>(loading.provenance(fields));
  fields.finish();
  return question;
}

}  // namespace

std::optional<std::size_t> Loading::expression(Spot at, const std::string& what,
                                               std::optional<int> default_week) {
  const auto text = read_string(problems, at, fmt::format("the expression of {}", what));
  if (!text || !dated) return std::nullopt;
  ExpressionOptions bounds;
  // Looked at from an earlier day, the futures still reach the day the case's own would.
  const int shift = given.clock().week_of(own_as_of.plus(1));
  bounds.horizon = given.horizon_weeks + std::max(0, shift);
  bounds.default_week = default_week;
  bounds.names = [this](Dimension dimension) { return entity_names(*this, dimension); };
  bounds.trust_entities = partial || !sides_known;
  std::vector<ExpressionProblem> found;
  auto parsed = parse_expression(
      *text, given.clock(),
      [this](Dimension dimension, std::string_view name) {
        return entity_index(*this, dimension, name);
      },
      found, bounds);
  const std::size_t quote = at.node->kind == Node::Kind::text ? 1 : 0;
  for (ExpressionProblem& problem : found) {
    const std::string_view line = at.document->line(at.node->line);
    const std::size_t begin = at.node->column + quote;
    const bool verbatim = begin < line.size() && line.substr(begin, text->size()) == *text;
    if (verbatim) {
      problems.tell_at(*at.document, at.node->line, begin + problem.offset, problem.width,
                       fmt::format("{}: {}", what, problem.message), problem.hint);
    } else {
      problems.tell(*at.document, *at.node, fmt::format("{}: {}", what, problem.message),
                    problem.hint);
    }
  }
  if (!parsed) return std::nullopt;
  given.expressions.push_back(std::move(*parsed));
  return given.expressions.size() - 1;
}

void load_questions(Loading& loading) {
  for (const Entry& entry : loading.entries(Thing::question)) {
    loading.given.questions.push_back(read_question(loading, entry));
  }
}

void load_parameters(Loading& loading) {
  std::set<std::string> met;
  for (const Entry& entry : loading.entries(Thing::parameter)) {
    Fields fields = loading.fields(entry);
    Parameter parameter;
    parameter.knob = fields.text("knob");
    if (!parameter.knob.empty() && !met.insert(parameter.knob).second) {
      fields.tell(fields.optional("knob"),
                  fmt::format("the knob '{}' is set twice", shortened(parameter.knob)), "keep one");
    }
    Quantity& value = parameter.value;
    if (const Spot prior = fields.required("prior")) {
      std::string why;
      const auto read = prior.node->scalar() ? parse_prior(prior.node->text, &why) : std::nullopt;
      if (read)
        value.prior = *read;
      else
        fields.tell(prior, fmt::format("the prior of {} cannot be read", fields.what()), why);
    }
    value.unit = fields.text("unit");
    value.from = loading.provenance(fields);
    const bool dated =
        static_cast<bool>(fields.optional("known")) || value.from.reference.has_value();
    fields.finish();
    // Looked at from an earlier day, the number was not known: the engine's own prior stands.
    if (dated && value.from.known > loading.as_of) continue;
    loading.given.parameters.push_back(std::move(parameter));
  }
}

}  // namespace casus::casefile
