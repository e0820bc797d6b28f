// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/theories.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "casus/world/escalation.h"
#include "casus/world/test_world.h"
#include "casus/world/will.h"

namespace casus::world {
namespace theories_test {

void set_knob(State& state, std::string_view id, float x) {
  state.at(Var::knob, knob_index(id)) = F(x);
}

/// Two sides wear each other down in small steps under one law, each with a fire of its own.
struct Duel {
  float theory, alpha, beta;
  double a = 100.0, b = 80.0;
  void step(double share) {
    const auto own = static_cast<float>(a);
    const auto foe = static_cast<float>(b);
    const F on_a = harm(F(theory), {F(7.0F), F(beta), F(own), F(foe), F(100.0F), F(80.0F)});
    const F on_b = harm(F(theory), {F(7.0F), F(alpha), F(foe), F(own), F(80.0F), F(100.0F)});
    a -= share * static_cast<double>(on_a[0]);
    b -= share * static_cast<double>(on_b[0]);
  }
};

TEST(Theories, LanchestersLawsKeepTheirConstants) {
  // Harm in week 0 is alpha on b and beta on a. Linear: dA = -beta (AB / A0B0), so alpha A - beta B
  // stays; square: dA = -beta (B / B0), so (alpha / A0) A^2 - (beta / B0) B^2 does.
  for (const float theory : {1.0F, 2.0F}) {
    Duel duel{theory, 3.0F, 2.0F};
    const auto constant = [&] {
      if (theory < 1.5F) return 3.0 * duel.a - 2.0 * duel.b;
      return 3.0 / 100.0 * duel.a * duel.a - 2.0 / 80.0 * duel.b * duel.b;
    };
    const double before = constant();
    for (int i = 0; i < 4000; ++i) duel.step(0.002);
    EXPECT_LT(duel.b, 65.0);
    EXPECT_NEAR(constant(), before, 0.01 * before) << theory;
  }
}

TEST(Theories, TheLawOfTheFrontCountsWhatIsFired) {
  EXPECT_EQ(harm(F(0.0F), {F(7.0F), F(3.0F), F(10.0F), F(20.0F), F(1.0F), F(1.0F)})[0], 7.0F);
}

TEST(Theories, AtTheirEndsTheOtherAccountOfWillDoesNothing) {
  const Model& model = testing::model_of_2024();
  const auto will = make_public_will(model);
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  const auto after = [&](float theory, float casualties, float win) {
    State state = testing::state_of(model);
    set_knob(state, "theory.will", theory);
    set_knob(state, "will.noise", 0.0F);
    will->step(state, testing::now_of(model, 0));
    for (int week = 1; week < 20; ++week) {
      state.at(Var::casualties, 1) = F(casualties);
      state.at(Var::believed_win, ua) = F(win);
      will->step(state, testing::now_of(model, week));
    }
    return state.at(Var::support, ua)[5];
  };
  EXPECT_EQ(after(1.0F, 2.0F, 0.5F), after(1.0F, 9.0F, 0.5F));
  EXPECT_EQ(after(0.0F, 2.0F, 0.3F), after(0.0F, 2.0F, 0.7F));
  EXPECT_GT(after(0.5F, 2.0F, 0.5F), after(0.5F, 9.0F, 0.5F));
  EXPECT_LT(after(0.5F, 2.0F, 0.3F), after(0.5F, 2.0F, 0.7F));
}

TEST(Theories, WithoutAudienceCostsADroppedThreatCostsNoSupport) {
  const Model& model = testing::model_of_2024();
  const auto tension = make_tension(model);
  const auto lost = [&](float on) {
    double sum = 0.0;
    for (std::uint32_t block = 0; block < 8; ++block) {
      State state = testing::state_of(model, block * 16);
      set_knob(state, "theory.audience", on);
      const auto before = state[Var::support];
      const std::vector<F> was(before.begin(), before.end());
      for (const std::uint32_t e : model.entries_of(Action::threaten)) {
        state.at(Var::started, e) = F(1.0F);
      }
      tension->step(state, testing::now_of(model, 1, block * 16));
      for (std::size_t a = 0; a < was.size(); ++a) {
        for (std::size_t l = 0; l < lanes::width; ++l) {
          sum += static_cast<double>(was[a][l] - state.at(Var::support, a)[l]);
        }
      }
    }
    return sum;
  };
  EXPECT_EQ(lost(0.0F), 0.0);
  EXPECT_GT(lost(1.0F), 0.0);
}

TEST(Theories, AThreatThatIsMeantIsActedOn) {
  const Model& model = testing::model_of_2024();
  const auto tension = make_tension(model);
  int acted = 0;
  for (std::uint32_t block = 0; block < 8; ++block) {
    State state = testing::state_of(model, block * 16);
    for (const std::uint32_t e : model.entries_of(Action::threaten)) {
      state.at(Var::started, e) = F(1.0F);
    }
    EventLog log;
    Now now = testing::now_of(model, 1, block * 16);
    now.log = &log;
    tension->step(state, now);
    for (const Event& event : log.events()) {
      if (event.kind != "threat_kept") continue;
      ++acted;
      const bool ordered = std::ranges::any_of(model.menu_of(event.subject), [&](std::uint32_t e) {
        return casefile::name_of(model.entries()[e].action) == event.cause &&
               state.at(Var::ordered, e)[event.lane] > 0.0F;
      });
      EXPECT_TRUE(ordered) << event.cause;
    }
  }
  EXPECT_GT(acted, 10);
}

}  // namespace theories_test
}  // namespace casus::world
