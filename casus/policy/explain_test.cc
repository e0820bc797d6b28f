// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/explain.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "casus/policy/test_case.h"

namespace casus::policy {
namespace {

TEST(Explain, ContributionsSumToWhatAnActPromises) {
  const world::Model model(test::small_case());
  const world::State state = test::first_state(model);
  for (std::size_t actor = 0; actor < model.shape().actors; ++actor) {
    const View view(state, model, actor);
    const Outlook outlook = look(view);
    std::array<F, feature_count> theta;
    for (std::size_t k = 0; k < feature_count; ++k) {
      theta[k] = view.at(world::Var::theta, actor * feature_count + k);
    }
    const Menu menu(model, actor, ValueForm::linear);
    for (std::size_t a = 0; a < menu.size(); ++a) {
      const F promise = promise_of(menu[a], outlook, worth_of(menu[a], theta), nullptr);
      for (const std::size_t lane : {std::size_t{0}, std::size_t{9}}) {
        float sum = 0.0F;
        for (const float w : contributions(menu[a], outlook, theta, lane)) sum += w;
        EXPECT_NEAR(sum, promise[lane], 1e-4F * (1.0F + std::abs(sum)));
      }
    }
  }
}

TEST(Explain, TheStrongestHopeComesFirstAndWhatSpeaksAgainstComesLast) {
  const world::Model model(test::small_case());
  const world::State state = test::first_state(model);
  world::EventLog log(3);
  const world::Now now{model, 0, LaneDraws(5, 0), &log};
  for (std::size_t actor = 0; actor < model.shape().actors; ++actor) {
    const Menu menu(model, actor, ValueForm::linear);
    for (std::size_t a = 0; a < menu.size(); ++a) {
      const world::Decision d = explain(menu[a], View(state, model, actor), now, 3, 0.25F);
      EXPECT_EQ(d.by, "policy");
      EXPECT_EQ(d.chance, 0.25F);
      float last = std::numeric_limits<float>::infinity();
      for (const world::Reason& r : d.reasons) {
        EXPECT_EQ(r.text.starts_with("though "), r.form == world::Form::none && r.value < 0.0F);
        if (r.text.starts_with("though ")) {
          EXPECT_EQ(&r, &d.reasons.back()) << r.name;
        }
        if (r.form != world::Form::none || r.name == "doctrine" || r.name == "at_war") continue;
        EXPECT_LE(r.value, last) << r.name;
        last = r.value;
      }
    }
  }
}

}  // namespace
}  // namespace casus::policy
