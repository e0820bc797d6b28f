// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/expression.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace casus::casefile {
namespace expression_test {

const WeekClock clock_of_test(Date(2024, 10, 31));  // week 0 begins on Monday 2024-10-28

std::optional<std::uint32_t> lookup(Dimension dimension, std::string_view name) {
  if (dimension == Dimension::actor && name == "us") return 0;
  if (dimension == Dimension::actor && name == "kp") return 1;
  if (dimension == Dimension::contingent && name == "kp_assault") return 2;
  if (dimension == Dimension::region && name == "kursk") return 3;
  if (dimension == Dimension::action) {
    const auto action = parse<Action>(name);
    if (action) return static_cast<std::uint32_t>(*action);
  }
  return std::nullopt;
}

ExpressionOptions bounds() {
  ExpressionOptions options;
  options.horizon = 104;
  options.names = [](Dimension dimension) {
    std::vector<std::string_view> names;
    if (dimension == Dimension::contingent) names.push_back("kp_assault");
    return names;
  };
  return options;
}

/// A variable's value is its week; entities add tens.
double value_of(const VariableUse& use, int week) {
  return week + 10.0 * use.entity[0] + 100.0 * use.entity[1];
}

std::optional<double> value(std::string_view text, int now = 5) {
  std::vector<ExpressionProblem> problems;
  const auto parsed = parse_expression(text, clock_of_test, lookup, problems, bounds());
  for (const auto& p : problems) ADD_FAILURE() << text << ": " << p.message;
  return parsed ? evaluate(*parsed, now, 104, value_of) : std::nullopt;
}

std::string told(std::string_view text) {
  std::vector<ExpressionProblem> problems;
  const auto parsed = parse_expression(text, clock_of_test, lookup, problems, bounds());
  EXPECT_EQ(parsed.has_value(), problems.empty());
  std::string all;
  for (const auto& p : problems) {
    all += fmt::format("{}+{}: {}{}{}\n", p.offset, p.width, p.message, p.hint.empty() ? "" : " | ",
                       p.hint);
  }
  return all;
}

TEST(CaseExpression, ArithmeticFollowsTheUsualPrecedence) {
  EXPECT_EQ(value("1 + 2 * 3"), 7.0);
  EXPECT_EQ(value("(1 + 2) * 3"), 9.0);
  EXPECT_EQ(value("8 / 4 / 2"), 1.0);
  EXPECT_EQ(value("10 - 4 - 3"), 3.0);
  EXPECT_EQ(value("-6 + 1"), -5.0);
  EXPECT_EQ(value("2 * -3"), -6.0);
  EXPECT_EQ(value("2.5e2"), 250.0);
}

TEST(CaseExpression, ComparisonsAndLogicGiveZeroOrOne) {
  EXPECT_EQ(value("1 < 2 and 2 <= 2"), 1.0);
  EXPECT_EQ(value("1 > 2 or 2 >= 3"), 0.0);
  EXPECT_EQ(value("not 1 == 2"), 1.0);
  EXPECT_EQ(value("not not 7"), 1.0);
  EXPECT_EQ(value("not 0 and 0"), 0.0);
  EXPECT_EQ(value("1 or 0 and 0"), 1.0);
  EXPECT_EQ(value("3 != 3"), 0.0);
}

TEST(CaseExpression, AVariableIsReadNowOrWhenSaid) {
  EXPECT_EQ(value("oil_price"), 5.0);
  EXPECT_EQ(value("oil_price at week 7"), 7.0);
  EXPECT_EQ(value("oil_price at end"), 103.0);
  EXPECT_EQ(value("oil_price at 2024-11-05"), 1.0);
  EXPECT_EQ(value("oil_price at 2024-10-28"), 0.0);
  EXPECT_EQ(value("in_combat[kp_assault]"), 25.0);
  EXPECT_EQ(value("presence[kp_assault, kursk]"), 325.0);
  EXPECT_EQ(value("act[kp, accuse]"), 15.0);
}

TEST(CaseExpression, SpansReduceOverTheirWeeksBothEndsIncluded) {
  EXPECT_EQ(value("max oil_price over week 2..9"), 9.0);
  EXPECT_EQ(value("min oil_price over week 2..week 9"), 2.0);
  EXPECT_EQ(value("sum oil_price over week 2..4"), 9.0);
  EXPECT_EQ(value("sum oil_price over 2024-11-04..2024-11-17"), 3.0);
  EXPECT_EQ(value("max in_combat[kp_assault] over 2024-11-01..2024-12-31 > 28"), 1.0);
}

TEST(CaseExpression, GivenLeavesOutTheFuturesInWhichItDoesNotHold) {
  EXPECT_EQ(value("oil_price given 1 > 0"), 5.0);
  EXPECT_EQ(value("oil_price given 0 > 1"), std::nullopt);
  EXPECT_EQ(value("(1 given oil_price > 9) + 1", 10), 2.0);
  EXPECT_EQ(value("(1 given oil_price > 9) + 1", 9), std::nullopt);
}

TEST(CaseExpression, ADefaultWeekStandsForABareVariable) {
  std::vector<ExpressionProblem> problems;
  ExpressionOptions options = bounds();
  options.default_week = 60;
  const auto parsed =
      parse_expression("oil_price - oil_price at week 1", clock_of_test, lookup, problems, options);
  EXPECT_EQ(evaluate(*parsed, 5, 104, value_of), 59.0);
  EXPECT_EQ(evaluate(*parsed, 5, 52, value_of), 50.0);  // clamped to a shorter play
}

TEST(CaseExpression, EveryMessageSaysWhereAndWhat) {
  EXPECT_EQ(told("in_comat[kp_assault] > 1"),
            "0+8: 'in_comat' is no published variable | did you mean 'in_combat'?\n");
  EXPECT_EQ(told("zzzzzz"),
            "0+6: 'zzzzzz' is no published variable | 'casus model --variables' lists them\n");
  EXPECT_EQ(told("in_combat[kp_asault] > oil"),
            "10+9: 'kp_asault' is no contingent of this case | did you mean 'kp_assault'?\n"
            "23+3: 'oil' is no published variable | 'casus model --variables' lists them\n");
  EXPECT_EQ(told("presence[kp_assault]"),
            "0+8: 'presence' is of 2 entities, here are 1 | write presence[contingent, region]\n");
  EXPECT_EQ(told("oil_price[us]"),
            "0+9: 'oil_price' is of 0 entities, here are 1 | write 'oil_price' alone\n");
  EXPECT_EQ(told("oil_price at week 104"),
            "18+3: week 104 lies beyond the horizon | the last week is 103\n");
  EXPECT_EQ(told("oil_price at week 1.5"), "18+3: the number of a week is expected here\n");
  EXPECT_EQ(told("oil_price at 2024-10-27"),
            "13+10: 2024-10-27 lies before week 0 | week 0 begins on 2024-10-28\n");
  EXPECT_EQ(told("oil_price at 2027-10-27"),
            "13+10: 2027-10-27 lies beyond the horizon | the last day is 2026-10-25\n");
  EXPECT_EQ(told("oil_price at 2024-02-30"),
            "13+10: '2024-02-30' is no day | write year-month-day, such as 2024-12-31\n");
  EXPECT_EQ(told("oil_price at noon"), "13+4: 'week N', a day or 'end' is expected after 'at'\n");
  EXPECT_EQ(told("max oil_price"), "13+1: 'over' is expected after the variable\n");
  EXPECT_EQ(told("max oil_price over 3"),
            "19+1: 'week N..M' or 'DAY..DAY' is expected after 'over'\n");
  EXPECT_EQ(told("max oil_price over week 3"), "25+1: '..' is expected between the two weeks\n");
  EXPECT_EQ(told("max oil_price over 2024-11-04..5"), "31+1: a day is expected here\n");
  EXPECT_EQ(told("max oil_price over week 3..2"),
            "19+4: the span ends before it begins | swap its ends\n");
  EXPECT_EQ(told("max 3"), "4+1: a variable is expected here\n");
  EXPECT_EQ(told("(1"), "2+1: ')' is expected to close the parenthesis\n");
  EXPECT_EQ(told("tension[us"), "10+1: ']' is expected to close the bracket\n");
  EXPECT_EQ(told("tension[3]"), "8+1: the id of an entity is expected here\n");
  EXPECT_EQ(told("1 2"), "2+1: an operator or the end is expected here\n");
  EXPECT_EQ(told("1 = 2"), "2+1: an operator or the end is expected here | compare with '=='\n");
  EXPECT_EQ(told("1 < 2 < 3"), "6+1: comparisons do not chain | join two with 'and'\n");
  EXPECT_EQ(told(""), "0+1: a number, a variable or '(' is expected here\n");
  EXPECT_EQ(told("1 § 2"), "2+2: '§' has no meaning here\n");
  EXPECT_EQ(told("1e999"), "0+5: '1e999' is no finite number\n");
  EXPECT_EQ(told(std::string(200, '(') + "1"),
            "100+1: nested more than 100 deep, which is the limit\n");
  std::string many = "a1";
  for (int i = 0; i < 100; ++i) many += " + a1";
  const std::string first = told(many);
  EXPECT_EQ(std::count(first.begin(), first.end(), '\n'), 20);  // enough is told
  EXPECT_EQ(told(std::string(10'001, ' ')),
            "0+1: the expression has more than 10000 bytes, which is the limit\n");
}

}  // namespace expression_test
}  // namespace casus::casefile
