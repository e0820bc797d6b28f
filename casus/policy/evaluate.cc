// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/evaluate.h"

#include <vector>

#include "casus/base/error.h"
#include "casus/world/published.h"

namespace casus::policy {
namespace {

using casefile::Step;
using lanes::F;
using lanes::M;

F flag(M m) { return one_if(m); }
M truth(F x) { return (x > F(0.0F)) | (x < F(0.0F)); }

F value_now(const Step& step, const casefile::Expression& expression, const world::State& state,
            const world::Model& model) {
  if (step.reduce != Step::Reduce::at || step.first_week || step.at_end) {
    throw CaseError(
        {{"options.yaml", 0, 0,
          "the rule '" + expression.text + "' looks at another week than the current one", "", 1,
          "write the variable without 'at' and without 'over'"}});
  }
  return world::published(state, model, step.use);
}

F combined(Step::Kind kind, F a, F b) {
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
      return flag(a < b);
    case Step::Kind::less_equal:
      return flag(a <= b);
    case Step::Kind::greater:
      return flag(a > b);
    case Step::Kind::greater_equal:
      return flag(a >= b);
    case Step::Kind::equal:
      return flag(a == b);
    case Step::Kind::not_equal:
      return flag(!(a == b));
    case Step::Kind::logical_or:
      return flag(truth(a) | truth(b));
    default:
      return flag(truth(a) & truth(b));  // and; given: the condition holds and is met
  }
}

}  // namespace

M evaluate_now(const casefile::Expression& expression, const world::State& state,
               const world::Model& model) {
  std::vector<F> stack;
  for (const Step& step : expression.steps) {
    if (step.kind == Step::Kind::number) {
      stack.push_back(F(step.number));
    } else if (step.kind == Step::Kind::value) {
      stack.push_back(value_now(step, expression, state, model));
    } else if (step.kind == Step::Kind::logical_not) {
      stack.back() = flag(!truth(stack.back()));
    } else {
      CASUS_CHECK(stack.size() >= 2);
      const F b = stack.back();
      stack.pop_back();
      stack.back() = combined(step.kind, stack.back(), b);
    }
  }
  CASUS_CHECK(stack.size() == 1);
  return truth(stack.back());
}

}  // namespace casus::policy
