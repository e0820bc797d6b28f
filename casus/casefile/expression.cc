// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "casus/casefile/expression_tokens.h"
#include "casus/casefile/problems.h"

namespace casus::casefile {
namespace {

constexpr std::size_t longest_text = 10'000;
constexpr int deepest_parentheses = 100;
constexpr std::size_t most_problems = 20;  // of one expression; then the rest is not read

struct Enough {};

constexpr std::array<std::string_view, 11> keywords = {"and",  "or",  "not", "given", "at", "over",
                                                       "week", "end", "max", "min",   "sum"};

bool keyword(std::string_view word) {
  return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}

/// Recursive descent over the grammar of docs/case-format.md; steps come out in postfix order.
class Parser {
 public:
  Parser(std::vector<Token> tokens, const WeekClock& clock, const EntityLookup& lookup,
         std::vector<ExpressionProblem>& problems, const ExpressionOptions& options)
      : tokens_(std::move(tokens)),
        clock_(clock),
        lookup_(lookup),
        problems_(problems),
        options_(options) {}

  std::vector<Step> parse() {
    expression();
    if (now().kind != Token::Kind::end) {
      const bool equals = is("=");
      slip("an operator or the end is expected here", equals ? "compare with '=='" : "");
    }
    return std::move(steps_);
  }

 private:
  [[nodiscard]] const Token& now() const { return tokens_[at_]; }
  [[nodiscard]] bool is(std::string_view text) const {
    return (now().kind == Token::Kind::name || now().kind == Token::Kind::symbol) &&
           now().text == text;
  }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    ++at_;
    return true;
  }
  [[noreturn]] void slip(std::string message, std::string hint = "") const {
    throw ExpressionSlip{{now().offset, std::max<std::size_t>(1, now().text.size()),
                          std::move(message), std::move(hint)}};
  }
  void expect(std::string_view text, const char* after) {
    if (!take(text)) slip(fmt::format("'{}' is expected {}", text, after));
  }
  void emit(Step::Kind kind) {
    Step step;
    step.kind = kind;
    steps_.push_back(step);
  }
  void tell(const Token& token, std::string message, std::string hint) {
    problems_.push_back({token.offset, std::max<std::size_t>(1, token.text.size()),
                         std::move(message), std::move(hint)});
    if (++told_ == most_problems) throw Enough{};
  }

  void expression() {
    if (++depth_ > deepest_parentheses) {
      slip(fmt::format("nested more than {} deep, which is the limit", deepest_parentheses));
    }
    either();
    if (take("given")) {
      either();
      emit(Step::Kind::given);
    }
    --depth_;
  }
  void either() {
    both();
    while (take("or")) {
      both();
      emit(Step::Kind::logical_or);
    }
  }
  void both() {
    negation();
    while (take("and")) {
      negation();
      emit(Step::Kind::logical_and);
    }
  }
  void negation() {
    bool odd = false;
    bool any = false;
    while (take("not")) {
      odd = !odd;
      any = true;
    }
    compare();
    if (!any) return;
    emit(Step::Kind::logical_not);  // twice for an even number, so that the value becomes 0 or 1
    if (!odd) emit(Step::Kind::logical_not);
  }

  std::optional<Step::Kind> comparison() {
    using K = Step::Kind;
    static constexpr std::array<std::pair<std::string_view, K>, 6> signs = {
        {{"<", K::less},
         {"<=", K::less_equal},
         {">", K::greater},
         {">=", K::greater_equal},
         {"==", K::equal},
         {"!=", K::not_equal}}};
    for (const auto& [sign, kind] : signs) {
      if (take(sign)) return kind;
    }
    return std::nullopt;
  }
  void compare() {
    sum();
    const auto kind = comparison();
    if (!kind) return;
    sum();
    emit(*kind);
    const std::size_t before = at_;
    if (comparison()) {
      at_ = before;
      slip("comparisons do not chain", "join two with 'and'");
    }
  }
  void sum() {
    product();
    while (true) {
      if (take("+")) {
        product();
        emit(Step::Kind::add);
      } else if (take("-")) {
        product();
        emit(Step::Kind::subtract);
      } else {
        return;
      }
    }
  }
  void product() {
    unit();
    while (true) {
      if (take("*")) {
        unit();
        emit(Step::Kind::multiply);
      } else if (take("/")) {
        unit();
        emit(Step::Kind::divide);
      } else {
        return;
      }
    }
  }

  void number(double value) {
    Step step;
    step.number = value;
    steps_.push_back(step);
  }
  void unit() {
    bool negative = false;
    while (take("-")) negative = !negative;
    if (negative) number(0.0);
    plain_unit();
    if (negative) emit(Step::Kind::subtract);
  }
  void plain_unit() {
    if (now().kind == Token::Kind::number) {
      number(now().number);
      ++at_;
    } else if (take("(")) {
      expression();
      expect(")", "to close the parenthesis");
    } else if (is("max") || is("min") || is("sum")) {
      reduced();
    } else if (now().kind == Token::Kind::name && !keyword(now().text)) {
      Step step = variable();
      if (take("at")) {
        when(step);
      } else if (options_.default_week) {
        step.first_week = options_.default_week;
      }
      steps_.push_back(step);
    } else {
      slip("a number, a variable or '(' is expected here");
    }
  }

  void reduced() {
    const Step::Reduce reduce = is("max")   ? Step::Reduce::max
                                : is("min") ? Step::Reduce::min
                                            : Step::Reduce::sum;
    ++at_;
    if (now().kind != Token::Kind::name || keyword(now().text)) slip("a variable is expected here");
    Step step = variable();
    step.reduce = reduce;
    expect("over", "after the variable");
    span(step);
    steps_.push_back(step);
  }

  Step variable() {
    const Token name = now();
    ++at_;
    std::vector<Token> entities;
    if (take("[")) {
      do {
        if (now().kind != Token::Kind::name) slip("the id of an entity is expected here");
        entities.push_back(now());
        ++at_;
      } while (take(","));
      expect("]", "to close the bracket");
    }
    Step step;
    step.kind = Step::Kind::value;
    const auto known = variables();
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const Variable& v) { return v.name == name.text; });
    if (found == known.end()) {
      std::vector<std::string_view> names;
      for (const Variable& v : known) names.push_back(v.name);
      const std::string_view near = nearest(name.text, names);
      tell(name, fmt::format("'{}' is no published variable", shortened(name.text)),
           near.empty() ? "'casus model --variables' lists them"
                        : fmt::format("did you mean '{}'?", near));
      return step;
    }
    step.use.variable = static_cast<std::uint32_t>(found - known.begin());
    resolve(*found, name, entities, step.use);
    return step;
  }

  void resolve(const Variable& variable, const Token& name, const std::vector<Token>& entities,
               VariableUse& use) {
    std::vector<Dimension> wanted;
    std::string form;
    for (const auto& dimension : variable.dimensions) {
      if (!dimension) continue;
      form += (wanted.empty() ? "" : ", ") + std::string(name_of(*dimension));
      wanted.push_back(*dimension);
    }
    if (entities.size() != wanted.size()) {
      tell(name,
           fmt::format("'{}' is of {} entities, here are {}", variable.name, wanted.size(),
                       entities.size()),
           wanted.empty() ? fmt::format("write '{}' alone", variable.name)
                          : fmt::format("write {}[{}]", variable.name, form));
      return;
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (const auto index = lookup_(wanted[i], entities[i].text)) {
        use.entity[i] = *index;
      } else if (!options_.trust_entities) {
        tell_entity(wanted[i], entities[i]);
      }
    }
  }

  void tell_entity(Dimension dimension, const Token& token) {
    std::vector<std::string_view> names;
    if (options_.names) names = options_.names(dimension);
    const std::string_view near = nearest(token.text, names);
    tell(token,
         fmt::format("'{}' is no {} of this case", shortened(token.text), name_of(dimension)),
         near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  }

  int plain_week() {
    if (now().kind != Token::Kind::number || now().number > 1e6 ||
        now().number != static_cast<int>(now().number)) {
      slip("the number of a week is expected here");
    }
    const Token token = now();
    ++at_;
    if (token.number >= options_.horizon) {
      tell(token, fmt::format("week {} lies beyond the horizon", token.text),
           fmt::format("the last week is {}", options_.horizon - 1));
    }
    return static_cast<int>(token.number);
  }
  int week_of_day() {
    const Token token = now();
    ++at_;
    const int week = clock_.week_of(token.date);
    if (week < 0 || week >= options_.horizon) {
      tell(token,
           fmt::format("{} lies {}", token.text, week < 0 ? "before week 0" : "beyond the horizon"),
           week < 0 ? fmt::format("week 0 begins on {}", to_string(clock_.monday_of(0)))
                    : fmt::format("the last day is {}",
                                  to_string(clock_.sunday_of(options_.horizon - 1))));
    }
    return week;
  }
  void when(Step& step) {
    if (take("end")) {
      step.at_end = true;
    } else if (take("week")) {
      step.first_week = plain_week();
    } else if (now().kind == Token::Kind::date) {
      step.first_week = week_of_day();
    } else {
      slip("'week N', a day or 'end' is expected after 'at'");
    }
  }
  void span(Step& step) {
    const Token begin = now();
    if (take("week")) {
      step.first_week = plain_week();
      expect("..", "between the two weeks");
      take("week");
      step.last_week = plain_week();
    } else if (now().kind == Token::Kind::date) {
      step.first_week = week_of_day();
      expect("..", "between the two days");
      if (now().kind != Token::Kind::date) slip("a day is expected here");
      step.last_week = week_of_day();
    } else {
      slip("'week N..M' or 'DAY..DAY' is expected after 'over'");
    }
    if (step.last_week < *step.first_week) {
      tell(begin, "the span ends before it begins", "swap its ends");
    }
  }

  std::vector<Token> tokens_;
  const WeekClock& clock_;
  const EntityLookup& lookup_;
  std::vector<ExpressionProblem>& problems_;
  const ExpressionOptions& options_;
  std::vector<Step> steps_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::size_t told_ = 0;
};

}  // namespace

std::optional<Expression> parse_expression(std::string_view text, const WeekClock& clock,
                                           const EntityLookup& lookup,
                                           std::vector<ExpressionProblem>& problems,
                                           const ExpressionOptions& options) {
  const std::size_t before = problems.size();
  if (text.size() > longest_text) {
    problems.push_back({0, 1,
                        fmt::format("the expression has more than {} bytes, which is the "
                                    "limit",
                                    longest_text),
                        ""});
    return std::nullopt;
  }
  Expression expression;
  expression.text = std::string(text);
  try {
    expression.steps = Parser(tokens_of(text), clock, lookup, problems, options).parse();
  } catch (const ExpressionSlip& slip) {
    problems.push_back(slip.problem);
  } catch (const Enough&) {
    return std::nullopt;
  }
  if (problems.size() > before) return std::nullopt;
  return expression;
}

}  // namespace casus::casefile
