// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/terms.h"

#include <gtest/gtest.h>

#include <cmath>

#include "casus/world/acts.h"
#include "casus/world/manpower.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace terms_test {

using casefile::ForceLimits;
using casefile::Line;
using testing::now_of;
using testing::state_of;
using testing::sum;

const Model& model() { return testing::model_of_2024(); }

Package package() {
  Package p;
  p.status = casefile::LegalStatus::neutral;
  p.sanctions = casefile::SanctionsTerm::ease;
  p.prisoners = true;
  return p;
}

/// The state in which a package of these terms, or the nearest there is, was signed.
State signed_state(const Package& wanted, int week = 1) {
  State state = state_of(model());
  // Nothing is remembered before the first week: what the force meant to keep is what it has.
  for (std::size_t a = 0; a < state.shape().actors; ++a) {
    state.at(Var::force_plan, a) = state.at(Var::force, a);
    state.at(Var::captured, a) = F(2.0F);
  }
  const std::vector<Package> set(model().packages().begin(), model().packages().end());
  const std::uint32_t index = nearest_package(set, wanted);
  EXPECT_EQ(set[index].line, wanted.line);
  EXPECT_EQ(set[index].force_limits, wanted.force_limits);
  state.at(Var::end_state, 0) = F(2.0F);
  state.at(Var::settled_package, 0) = F(static_cast<float>(index));
  const Clauses clauses = clauses_of(state.at(Var::settled_package, 0), model().packages());
  Terms(model()).sign(state, now_of(model(), week), F(0.0F) < F(1.0F), clauses);
  return state;
}

void weeks(State& state, int count) {
  const Terms terms(model());
  for (int w = 2; w < 2 + count; ++w) {
    state.at(Var::ceasefire_age, 0) += F(1.0F);
    terms.step(state, now_of(model(), w));
  }
}

double held(const State& state) { return sum(state, Var::chip, 0); }

TEST(Terms, NoClauseReadsAPackageThatIsNotThere) {
  const Clauses none = clauses_of(F(-1.0F), model().packages());
  EXPECT_FALSE(lanes::any(none.any()));
  EXPECT_EQ(none.foreign_out[0], 0.0F);
  for (std::uint32_t i = 0; i < model().packages().size(); i += 11) {
    const Package& p = model().packages()[i];
    const Clauses c = clauses_of(F(static_cast<float>(i)), model().packages());
    EXPECT_EQ(c.line[0], static_cast<float>(p.line));
    EXPECT_EQ(c.limits[0], static_cast<float>(p.force_limits));
    EXPECT_EQ(c.prisoners[0], p.prisoners ? 1.0F : 0.0F);
    EXPECT_EQ(c.foreign_out[0], p.foreign_out ? 1.0F : 0.0F);
    if (p.guarantee >= casefile::Guarantee::monitored) {
      EXPECT_EQ(c.buffer[0], 0.0F);  // monitors count once
    }
  }
}

TEST(Terms, TheLineOfTodayStays) {
  Package p = package();
  p.line = Line::current;
  State state = signed_state(p);
  const double chip = held(state);
  weeks(state, 60);
  EXPECT_EQ(sum(state, Var::area_shift, 0), sum(state, Var::handed_over, 0));
  EXPECT_EQ(sum(state, Var::handed_over, 0), 0.0);
  EXPECT_EQ(held(state), chip);
}

TEST(Terms, GroundIsSwappedForAsMuchGround) {
  Package p = package();
  p.line = Line::chip_swap;
  State state = signed_state(p);
  const double chip = held(state);
  ASSERT_GT(chip, 100.0);
  weeks(state, 2);
  EXPECT_LT(held(state), chip);
  EXPECT_GT(held(state), 0.0);
  EXPECT_NEAR(sum(state, Var::area_shift, 0), 0.0, 0.1);
  weeks(state, 300);
  EXPECT_NEAR(held(state), 0.0, 0.1);
  EXPECT_NEAR(sum(state, Var::area_shift, 0), 0.0, 0.5);
  double changed = 0.0;
  for (const F& x : state[Var::handed_over]) changed += std::fabs(static_cast<double>(x[0]));
  EXPECT_NEAR(changed, 2.0 * chip, 1.0);
}

TEST(Terms, TheLineMovesToWhereTheCaseSaysAndNoFurther) {
  Package p = package();
  p.line = Line::pre_invasion;
  const double goal = model().given().war->lines.pre_invasion->prior.median();
  State state = signed_state(p);
  const double chip = held(state);
  weeks(state, 4);
  const double soon = sum(state, Var::area_shift, 0);
  EXPECT_LT(soon, 0.0);
  EXPECT_GT(soon, goal);
  weeks(state, 500);
  // What side 1 held beyond the border comes back, the rest of the line moves as far as agreed.
  double line = 0.0;
  for (std::size_t s = 0; s < state.shape().sectors; ++s) {
    if (!model().given().sectors[s].chip)
      line += static_cast<double>(state.at(Var::area_shift, s)[0]);
  }
  EXPECT_GE(line, goal - 10.0);
  EXPECT_LT(line, 0.5 * goal);
  EXPECT_NEAR(held(state), 0.0, 0.5);
  EXPECT_NEAR(sum(state, Var::area_shift, 0) - line, chip, 1.0);
}

TEST(Terms, LimitsSendMenHomeAndNobodyIsLost) {
  Package p = package();
  p.force_limits = ForceLimits::hard;
  State state = signed_state(p);
  const std::size_t who = model().lead(1);
  const F cap = state.at(Var::force_limit, who);
  ASSERT_GT(cap[0], 0.0F);
  const F force = state.at(Var::force, who);
  const F all = people(state, model());
  weeks(state, 400);
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_LT(state.at(Var::force, who)[l], force[l]);
    EXPECT_NEAR(state.at(Var::force, who)[l], cap[l], 0.1F * force[l]);
    EXPECT_NEAR(people(state, model())[l], all[l], 1e-5F * all[l]);
  }
  const std::size_t tanks = who * 9;
  EXPECT_NEAR(state.at(Var::stock, tanks)[0], state.at(Var::stock_limit, tanks)[0],
              0.1F * state.at(Var::stock_limit, tanks)[0] + 1.0F);
  // The other side is bound by nothing.
  EXPECT_EQ(state.at(Var::force_limit, model().lead(0))[0], 0.0F);
}

TEST(Terms, RecruitingStopsAtTheLimitUnlessMenAreCalledUp) {
  const auto manpower = make_manpower(model());
  const std::size_t who = model().lead(1);
  const auto taken = [&](float limit, float wave) {
    State state = state_of(model());
    state.at(Var::force_plan, who) = state.at(Var::force, who);
    state.at(Var::force_limit, who) = state.at(Var::force, who) * F(limit);
    state.at(Var::mobilising, who) = F(wave);
    const F before = state.at(Var::manpower_pool, who);
    manpower->step(state, now_of(model(), 3));
    return (before - state.at(Var::manpower_pool, who))[0];
  };
  EXPECT_GT(taken(0.0F, 0.0F), 0.0F);
  EXPECT_EQ(taken(0.5F, 0.0F), 0.0F);
  EXPECT_GT(taken(0.5F, 5.0F), 0.0F);
  EXPECT_GT(taken(2.0F, 0.0F), 0.0F);
}

TEST(Terms, PrisonersComeHomeAndOnlyUnderThatClause) {
  State home = signed_state(package());
  const F all = people(home, model());
  weeks(home, 60);
  EXPECT_EQ(sum(home, Var::captured, 0), 0.0);
  EXPECT_NEAR(people(home, model())[0], all[0], 1e-5F * all[0]);
  Package p = package();
  p.status = casefile::LegalStatus::open;
  p.prisoners = false;
  State kept = signed_state(p);
  weeks(kept, 60);
  EXPECT_EQ(sum(kept, Var::captured, 0), 2.0 * static_cast<double>(kept.shape().actors));
}

TEST(Terms, WhoCallsMenUpUnderLimitsBreaksThePackageAndIsSeenTo) {
  Package p = package();
  p.force_limits = ForceLimits::mild;
  const std::size_t who = model().lead(1);
  const std::size_t pair = model().lead(0) * model().shape().actors + who;
  const auto broken = [&](float called) {
    State state = signed_state(p);
    for (const std::uint32_t e : model().entries_of(Action::mobilise)) {
      if (model().entries()[e].actor == who) state.at(Var::active, e) = F(called);
    }
    weeks(state, 10);
    return std::tuple(state.at(Var::breach, 0)[0], state.at(Var::tension, pair)[0],
                      state.at(Var::trust_broken, pair)[0]);
  };
  const auto [kept, calm, faith] = broken(0.0F);
  const auto [breach, anger, doubt] = broken(0.6F);
  EXPECT_EQ(kept, 0.0F);
  EXPECT_GT(breach, 0.0F);
  EXPECT_LE(anger, calm);
  EXPECT_GT(doubt, faith);
}

TEST(Terms, NothingBindsOnceFightingHasBegunAgain) {
  Package p = package();
  p.line = Line::pre_invasion;
  p.force_limits = ForceLimits::hard;
  State state = signed_state(p);
  weeks(state, 3);
  state.at(Var::end_state, 0) = F(0.0F);
  state.at(Var::settled_package, 0) = F(-1.0F);
  const double shift = sum(state, Var::area_shift, 0);
  weeks(state, 5);
  EXPECT_EQ(sum(state, Var::area_shift, 0), shift);
  EXPECT_EQ(state.at(Var::force_limit, model().lead(1))[0], 0.0F);
  EXPECT_EQ(state.at(Var::breach, 0)[0], 0.0F);
  EXPECT_EQ(sum(state, Var::stock_limit, 0), 0.0);
}

TEST(Terms, SanctionsFallOnTheSideThatIsUnderThemAsFarAsAgreed) {
  State before = state_of(model());
  State eased = signed_state(package());
  for (std::size_t a = 0; a < eased.shape().actors; ++a) {
    const float keep = model().side_of(a) == 0 ? 0.6F : 1.0F;
    EXPECT_NEAR(eased.at(Var::sanction, a)[0], before.at(Var::sanction, a)[0] * keep, 1e-6F);
  }
}

TEST(Terms, ForeignTroopsThatAreToLeaveAreOrderedHome) {
  Package p = package();
  p.foreign_out = true;
  const State state = signed_state(p);
  for (std::size_t c = 0; c < state.shape().contingents; ++c) {
    const bool foreign = model().given().contingents[c].foreign;
    EXPECT_EQ(state.at(Var::withdrawing, c)[0], foreign ? 1.0F : 0.0F);
  }
}

}  // namespace terms_test
}  // namespace casus::world
