// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/container/small_vector.hpp>

#include "casus/base/error.h"
#include "casus/casefile/expression.h"

namespace casus::casefile {
namespace {

double read(const Step& step, int now, int horizon, const ValueAt& value) {
  const auto clamped = [&](int week) { return std::clamp(week, 0, horizon - 1); };
  if (step.reduce == Step::Reduce::at) {
    if (step.at_end) return value(step.use, horizon - 1);
    return value(step.use, clamped(step.first_week.value_or(now)));
  }
  const int first = clamped(step.first_week.value_or(now));
  const int last = std::max(first, clamped(step.last_week));
  double result = value(step.use, first);
  for (int week = first + 1; week <= last; ++week) {
    const double x = value(step.use, week);
    switch (step.reduce) {
      case Step::Reduce::max:
        result = std::max(result, x);
        break;
      case Step::Reduce::min:
        result = std::min(result, x);
        break;
      default:
        result += x;
    }
  }
  return result;
}

double combine(Step::Kind kind, double a, double b) {
  const auto truth = [](bool x) { return x ? 1.0 : 0.0; };
  switch (kind) {
    case Step::Kind::add:
      return a + b;
    case Step::Kind::subtract:
      return a - b;
    case Step::Kind::multiply:
      return a * b;
    case Step::Kind::divide:
      return a / b;
    case Step::Kind::less:
      return truth(a < b);
    case Step::Kind::less_equal:
      return truth(a <= b);
    case Step::Kind::greater:
      return truth(a > b);
    case Step::Kind::greater_equal:
      return truth(a >= b);
    case Step::Kind::equal:
      return truth(a == b);
    case Step::Kind::not_equal:
      return truth(a != b);
    case Step::Kind::logical_and:
      return truth(a != 0.0 && b != 0.0);
    case Step::Kind::logical_or:
      return truth(a != 0.0 || b != 0.0);
    default:
      return a;
  }
}

}  // namespace

std::optional<double> evaluate(const Expression& expression, int now, int horizon,
                               const ValueAt& value) {
  CASUS_CHECK(horizon > 0 && !expression.steps.empty());
  boost::container::small_vector<double, 32> stack;
  for (const Step& step : expression.steps) {
    switch (step.kind) {
      case Step::Kind::number:
        stack.push_back(step.number);
        break;
      case Step::Kind::value:
        stack.push_back(read(step, now, horizon, value));
        break;
      case Step::Kind::logical_not:
        stack.back() = stack.back() == 0.0 ? 1.0 : 0.0;
        break;
      case Step::Kind::given: {
        const bool holds = stack.back() != 0.0;
        if (!holds) return std::nullopt;
        stack.pop_back();
        break;
      }
      default: {
        const double b = stack.back();
        stack.pop_back();
        stack.back() = combine(step.kind, stack.back(), b);
      }
    }
  }
  CASUS_CHECK(stack.size() == 1);
  return stack.front();
}

}  // namespace casus::casefile
