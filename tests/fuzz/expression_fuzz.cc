// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "casus/base/error.h"
#include "casus/casefile/expression.h"
#include "casus/random/prior.h"

namespace {

void read_expression(std::string_view text) {
  using namespace casus::casefile;
  std::vector<ExpressionProblem> problems;
  const casus::WeekClock clock(casus::Date(2024, 10, 31));
  ExpressionOptions options;
  options.horizon = 104;
  const auto lookup = [](Dimension, std::string_view name) -> std::optional<std::uint32_t> {
    if (name.size() > 2) return std::nullopt;
    return static_cast<std::uint32_t>(name.size());
  };
  const auto parsed = parse_expression(text, clock, lookup, problems, options);
  CASUS_CHECK(parsed.has_value() == problems.empty());
  for (const ExpressionProblem& problem : problems) {
    CASUS_CHECK(problem.offset <= text.size() && problem.width > 0);
  }
  if (!parsed) return;
  static_cast<void>(evaluate(*parsed, 5, 104, [](const VariableUse& use, int week) {
    CASUS_CHECK(week >= 0 && week < 104 && use.variable < variables().size());
    return static_cast<double>(week);
  }));
}

// What is read as a prior is written in a form that is read as the same prior.
void read_prior(std::string_view text) {
  std::string why;
  const auto prior = casus::parse_prior(text, &why);
  CASUS_CHECK(prior.has_value() || !why.empty());
  if (!prior) return;
  const auto again = casus::parse_prior(prior->text());
  CASUS_CHECK(again.has_value() && *again == *prior);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  read_expression(text);
  read_prior(text);
  return 0;
}
