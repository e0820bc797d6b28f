// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/world/alliances.h"

#include <gtest/gtest.h>

#include "casus/world/law.h"
#include "casus/world/materiel.h"
#include "casus/world/test_world.h"

namespace casus::world {
namespace {

TEST(Aid, ACutHasNoEffectInTheWeekItIsDecided) {
  const Model& model = testing::model_of_2024();
  const auto aid = make_aid(model);
  State plain = testing::state_of(model);
  aid->step(plain, testing::now_of(model, 0));
  State cut = plain;
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  for (const std::uint32_t e : model.entries_of(Action::cut_aid)) {
    cut.at(Var::started, e) = F(1.0F);
    cut.at(Var::active, e) = F(1.0F);
  }
  aid->step(plain, testing::now_of(model, 1));
  aid->step(cut, testing::now_of(model, 1));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_EQ(cut.at(Var::aid_received, ua)[l], plain.at(Var::aid_received, ua)[l]);
  }
  for (int week = 2; week < 40; ++week) {
    aid->step(plain, testing::now_of(model, week));
    aid->step(cut, testing::now_of(model, week));
  }
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_LT(cut.at(Var::aid_received, ua)[l], plain.at(Var::aid_received, ua)[l]);
    EXPECT_GE(cut.at(Var::aid_received, ua)[l], 0.0F);
  }
}

TEST(Aid, StaysAtFirstWhereTheCasePutIt) {
  const Model& model = testing::model_of_2024();
  const auto aid = make_aid(model);
  State state = testing::state_of(model);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  const std::size_t pair = us * model.shape().actors + ua;
  const F before = state.at(Var::aid_rate, pair);
  aid->step(state, testing::now_of(model, 0));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_NEAR(state.at(Var::aid_rate, pair)[l], before[l], 0.05F * before[l]);
  }
}

TEST(Aid, AGovernmentThatTurnsAwayStopsAtOnceAndOthersFollowAsTheyAreWont) {
  const Model& model = testing::model_of_2024();
  const auto aid = make_aid(model);
  const std::size_t us = testing::index_of(model.given().actors, "us");
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  const std::size_t de = testing::index_of(model.given().actors, "de");
  const std::size_t n = model.shape().actors;
  const auto after = [&](float follow, float lead) {
    State state = testing::state_of(model);
    state.at(Var::knob, knob_index("alliances.follow")) = F(follow);
    aid->step(state, testing::now_of(model, 0));
    state.at(Var::aid_leader, us) = F(lead);
    for (int week = 1; week < 30; ++week) aid->step(state, testing::now_of(model, week));
    return state;
  };
  const State steady = after(0.5F, 1.0F);
  const State follows = after(0.5F, 0.1F);
  const State fills = after(-0.5F, 0.1F);
  for (std::size_t l = 0; l < lanes::width; ++l) {
    const auto rate = [&](const State& s, std::size_t who) {
      return s.at(Var::aid_rate, who * n + ua)[l];
    };
    EXPECT_LT(rate(follows, us), 0.3F * rate(steady, us));
    EXPECT_LT(rate(follows, de), rate(steady, de));
    EXPECT_GT(rate(fills, de), rate(steady, de));
  }
}

TEST(Entry, WithoutPactsAndDealsFewerJoinAndHardlyAnyone) {  // H-3
  const auto joined = [](const Model& model) {
    const auto entry = make_entry(model);
    double sum = 0.0;
    for (std::uint32_t block = 0; block < 32; ++block) {
      State state = testing::state_of(model, block * 16);
      for (int week = 0; week < 104; ++week)
        entry->step(state, testing::now_of(model, week, block * 16));
      for (std::size_t l = 0; l < lanes::width; ++l) sum += testing::sum(state, Var::entered, l);
    }
    return sum / 512.0;
  };
  casefile::Case alone = testing::case_of_2024();
  alone.treaties.clear();
  alone.deals.clear();
  const double bound = joined(testing::model_of_2024());
  const double free = joined(Model(alone));
  EXPECT_LT(free, bound);
  EXPECT_LT(free, 0.12);
}

TEST(Entry, WhoEntersSendsMenToTheFrontAndNobodyIsMadeOrLost) {
  const Model& model = testing::model_of_2024();
  const auto entry = make_entry(model);
  const std::size_t pl = testing::index_of(model.given().actors, "pl");
  State state = testing::state_of(model);
  state.at(Var::entered, pl) = F(1.0F);
  const State before = state;
  for (int week = 0; week < 26; ++week) entry->step(state, testing::now_of(model, week));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_LT(state.at(Var::force, pl)[l], before.at(Var::force, pl)[l]);
    EXPECT_GT(state.at(Var::force, model.lead(1))[l], before.at(Var::force, model.lead(1))[l]);
    EXPECT_GT(state.at(Var::troops, 1)[l], before.at(Var::troops, 1)[l]);
    const double all = testing::sum(before, Var::force, l);
    EXPECT_NEAR(testing::sum(state, Var::force, l), all, 1e-4 * all);
  }
}

TEST(Materiel, ACutLineHoldsBackWhatComesByRail) {
  const Model& model = testing::model_of_2024();
  const auto materiel = make_materiel(model);
  const std::size_t ru = testing::index_of(model.given().actors, "ru");
  const std::size_t shells = ru * 9 + static_cast<std::size_t>(casefile::StockKind::shells);
  State open = testing::state_of(model);
  State cut = open;
  for (F& damage : cut[Var::route_damage]) damage = F(1.0F);
  materiel->step(open, testing::now_of(model, 1));
  materiel->step(cut, testing::now_of(model, 1));
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_LT(cut.at(Var::pipe_1, shells)[l], open.at(Var::pipe_1, shells)[l]);
    EXPECT_EQ(cut.at(Var::delivered, shells)[l], open.at(Var::delivered, shells)[l]);
  }
}

TEST(Materiel, ADonorThatCutsItsAidSendsLessInKindAndNoMoreThanAtFirst) {
  const Model& model = testing::model_of_2024();
  const auto materiel = make_materiel(model);
  const std::size_t n = model.shape().actors;
  const std::size_t ua = testing::index_of(model.given().actors, "ua");
  const std::size_t shells = ua * 9 + static_cast<std::size_t>(casefile::StockKind::shells);
  const State first = testing::state_of(model);
  const auto delivered = [&](float times, int weeks) {
    State state = first;
    for (std::size_t a = 0; a < n; ++a) state.at(Var::aid_rate, a * n + ua) *= F(times);
    for (int week = 0; week < weeks; ++week) materiel->step(state, testing::now_of(model, week));
    return state.at(Var::delivered, shells);
  };
  const F steady = delivered(1.0F, 40);
  const F none = delivered(0.0F, 40);
  const F early = delivered(0.0F, 1);
  const F raised = delivered(2.0F, 40);
  for (std::size_t l = 0; l < lanes::width; ++l) {
    EXPECT_EQ(early[l], delivered(1.0F, 1)[l]);  // what is on its way arrives: H-4
    EXPECT_LT(none[l], 0.7F * steady[l]);
    EXPECT_EQ(raised[l], steady[l]);
  }
}

TEST(SlowEntry, ATestedPactIsHonouredInTwoFifthsOfWorlds) {
  const auto prior = parse_prior("B(2.5, 3.7)");
  ASSERT_TRUE(prior);
  double honoured = 0.0;
  for (std::uint32_t world = 0; world < 10000; ++world) {
    const Draws draws(3);
    const F rate = tested_hazard(F(prior->draw(draws, Stream("pact"), world)));
    double out = 1.0;
    for (std::uint32_t week = 0; week < 26; ++week) {
      const double u = draws.uniform(Stream("test"), world, week, 0);
      if (u < 1.0 - std::exp(-static_cast<double>(rate[0]))) out = 0.0;
    }
    honoured += 1.0 - out;
  }
  EXPECT_GT(honoured / 10000.0, 0.35);
  EXPECT_LT(honoured / 10000.0, 0.45);
}

}  // namespace
}  // namespace casus::world
