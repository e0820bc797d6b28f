// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casus/casefile/vocabulary.h"
#include "casus/time/date.h"

/// The small language of questions and rules (docs/case-format.md, Expressions).
namespace casus::casefile {

/// Resolves an entity's name in a dimension to its dense index; nothing if there is none.
using EntityLookup = std::function<std::optional<std::uint32_t>(Dimension, std::string_view)>;

/// A published variable of certain entities, at a time.
struct VariableUse {
  std::uint32_t variable = 0;  ///< index into variables()
  std::uint32_t entity[2] = {0, 0};
};

/// One step of a compiled expression, in postfix order.
struct Step {
  enum class Kind : std::uint8_t {
    number,
    value,
    add,
    subtract,
    multiply,
    divide,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    logical_and,
    logical_or,
    logical_not,
    given
  };
  enum class Reduce : std::uint8_t { at, max, min, sum };
  Kind kind = Kind::number;
  double number = 0.0;
  VariableUse use;  ///< kind value
  Reduce reduce = Reduce::at;
  std::optional<int> first_week;  ///< `at`: the week, nothing = the current one; else span start
  int last_week = 0;              ///< span end, inclusive
  bool at_end = false;            ///< `at end`
};

/// A parsed and checked expression.
struct Expression {
  std::string text;
  std::vector<Step> steps;
};

struct ExpressionProblem {
  std::size_t offset = 0;  ///< into the text
  std::size_t width = 1;
  std::string message;
  std::string hint;
};

struct ExpressionOptions {
  int horizon = std::numeric_limits<int>::max();  ///< weeks a variable can be read in
  std::optional<int> default_week;  ///< the week a bare variable means; nothing = the current one
  /// The names of a dimension, for suggestions.
  std::function<std::vector<std::string_view>(Dimension)> names;
  bool trust_entities = false;  ///< unknown entities are not told (their file could not be read)
};

/// Parses and checks `text`; on failure `problems` says what is wrong and where.
///
/// A minus sign may stand before any unit (`tension[us, kp] < -6`).
[[nodiscard]] std::optional<Expression> parse_expression(std::string_view text,
                                                         const WeekClock& clock,
                                                         const EntityLookup& lookup,
                                                         std::vector<ExpressionProblem>& problems,
                                                         const ExpressionOptions& options = {});

/// Reads a variable's value in a week of one future; weeks run from 0 to the horizon - 1.
using ValueAt = std::function<double(const VariableUse&, int week)>;

/// The value in the week `now` (true = 1, false = 0); nothing where `given` does not hold.
/// Weeks outside [0, horizon) are clamped to it.
[[nodiscard]] std::optional<double> evaluate(const Expression& expression, int now, int horizon,
                                             const ValueAt& value);

}  // namespace casus::casefile
