// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "casus/casefile/expression.h"

/// The words an expression is made of. Private to the module.
namespace casus::casefile {

struct Token {
  enum class Kind : std::uint8_t { number, date, name, symbol, end };
  Kind kind = Kind::end;
  std::string_view text;
  std::size_t offset = 0;
  double number = 0.0;
  Date date;
};

/// The first thing that cannot be read.
struct ExpressionSlip {
  ExpressionProblem problem;
};

/// Cuts the text into tokens, an `end` last. @throws ExpressionSlip
[[nodiscard]] std::vector<Token> tokens_of(std::string_view text);

}  // namespace casus::casefile
