// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/evaluate.h"

#include <boost/container/small_vector.hpp>

#include "casus/base/error.h"
#include "casus/casefile/seeing.h"
#include "casus/policy/policy.h"
#include "casus/world/published.h"

namespace casus::policy {
namespace {

using casefile::Step;
using lanes::F;
using lanes::M;
using world::Var;

F flag(M m) { return one_if(m); }
M truth(F x) { return (x > F(0.0F)) | (x < F(0.0F)); }

void must_be_of_now(const Step& step, const casefile::Expression& expression) {
  if (step.reduce != Step::Reduce::at || step.first_week || step.at_end) {
    throw CaseError(
        {{"options.yaml", 0, 0,
          "the rule '" + expression.text + "' looks at another week than the current one", "", 1,
          "write the variable without 'at' and without 'over'"}});
  }
}

/// What the decision maker takes a hidden number for.
F estimate(const casefile::VariableUse& use, const world::State& state, const world::Model& model) {
  const std::size_t who = model.given().decision_maker.index;
  const View view(state, model, who);
  const std::string_view name = world::published_name(use.variable);
  const std::size_t actors = model.shape().actors;
  if (name == "force")
    return F(1000.0F) * view.at(Var::believed_force, who * actors + use.entity[0]);
  if (name == "killed") {
    F sum(0.0F);
    for (std::size_t a = 0; a < actors; ++a) {
      if (model.side_of(a) == static_cast<int>(use.entity[0]))
        sum += view.at(Var::believed_killed, who * actors + a);
    }
    return F(1000.0F) * sum;
  }
  const std::size_t i = who * model.shape().contingents + use.entity[0];
  const F men = F(1000.0F) * lanes::exp(view.at(Var::believed_strength, i));
  if (name == "strength") return men;
  CASUS_CHECK(name == "in_combat");
  return men * lanes::logistic(view.at(Var::believed_presence, i));
}

F seen(const casefile::VariableUse& use, const world::State& state, const world::Model& model) {
  const casefile::Seeing how = casefile::seeing(model.given(), use);
  CASUS_CHECK(how != casefile::Seeing::hidden);
  return how == casefile::Seeing::open ? world::published(state, model, use)
                                       : estimate(use, state, model);
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

template <class Read>
M evaluate_with(const casefile::Expression& expression, const Read& read) {
  boost::container::small_vector<F, 16> stack;
  for (const Step& step : expression.steps) {
    if (step.kind == Step::Kind::number) {
      stack.push_back(F(step.number));
    } else if (step.kind == Step::Kind::value) {
      must_be_of_now(step, expression);
      stack.push_back(read(step.use));
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

}  // namespace

M evaluate_now(const casefile::Expression& expression, const world::State& state,
               const world::Model& model) {
  return evaluate_with(expression, [&](const casefile::VariableUse& use) {
    return world::published(state, model, use);
  });
}

M evaluate_seen(const casefile::Expression& expression, const world::State& state,
                const world::Model& model) {
  return evaluate_with(expression,
                       [&](const casefile::VariableUse& use) { return seen(use, state, model); });
}

}  // namespace casus::policy
