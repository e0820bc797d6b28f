// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/policy/policy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "casus/base/error.h"
#include "casus/policy/prospect.h"
#include "casus/policy/test_case.h"

namespace casus::policy {
namespace {

using world::Layer;
using world::Var;

std::vector<F> chosen_orders(const Policy& policy, const world::Model& model,
                             const world::State& state, std::uint32_t first = 0, int week = 0,
                             const Muted& muted = {}) {
  std::vector<F> orders(model.entries().size(), F(0.0F));
  const world::Now now{model, week, LaneDraws(5, first), nullptr};
  policy.choose(state, now, orders, muted);
  return orders;
}

bool identical(const std::vector<F>& a, const std::vector<F>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](F x, F y) {
    for (std::size_t i = 0; i < lanes::width; ++i) {
      if (x[i] != y[i]) return false;
    }
    return true;
  });
}

/// Moves every value of the layers asked for, by an amount of its own; knobs stay.
template <class Which>
world::State disturbed(const world::State& state, const Which& which) {
  world::State out = state;
  const auto table = world::variable_table();
  for (std::size_t v = 0; v < table.size(); ++v) {
    if (table[v].extent == world::Extent::knob) continue;
    auto values = out[static_cast<Var>(v)];
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!which(table[v], i)) continue;
      const float span = table[v].high - table[v].low;
      values[i] =
          lanes::clamp(values[i] + F(0.37F * span) - F(0.11F * span * static_cast<float>(i % 5)),
                       F(table[v].low), F(table[v].high));
    }
  }
  return out;
}

TEST(View, ShowsWhatIsPublicOwnOrBelievedAndRefusesTheRest) {
  const world::Model model(test::small_case());
  const world::State state = test::first_state(model);
  const std::size_t kareth = test::actor_of(model.given(), "kareth");
  const std::size_t tesk = test::actor_of(model.given(), "tesk");
  const View view(state, model, kareth);
  EXPECT_NO_THROW((void)view.at(Var::end_state, 0));
  EXPECT_NO_THROW((void)view.at(Var::force, kareth));
  EXPECT_NO_THROW((void)view.at(Var::believed_win, kareth));
  EXPECT_NO_THROW((void)view.at(Var::honour, tesk));
  EXPECT_THROW((void)view.at(Var::force, tesk), InternalError);
  EXPECT_THROW((void)view.at(Var::believed_win, tesk), InternalError);
  EXPECT_THROW((void)view.at(Var::theta, tesk * 18), InternalError);
  EXPECT_THROW((void)view.at(Var::killed, 0), InternalError);
  try {
    (void)view.at(Var::in_combat, 0);
    FAIL() << "the truth was shown";
  } catch (const InternalError& error) {
    EXPECT_STREQ(error.what(), "the policy of kareth looks at 'in_combat', which it cannot know");
  }
}

TEST(Policy, ProbabilitiesSumToOneAndAreAboveZeroForWhatCanBeDone) {  // J-1
  const world::Model model(test::small_case());
  const Policy policy(model);
  const world::State state = test::first_state(model);
  const world::Now now{model, 0, LaneDraws(5, 0), nullptr};
  for (std::size_t actor = 0; actor < model.shape().actors; ++actor) {
    const auto p = policy.probabilities(state, now, actor);
    const auto menu = model.menu_of(actor);
    ASSERT_EQ(p.size(), menu.size() + 1);
    F sum = 0.0F;
    for (const F x : p) sum += x;
    for (std::size_t lane = 0; lane < lanes::width; ++lane) EXPECT_NEAR(sum[lane], 1.0, 1e-4);
    const View view(state, model, actor);
    const Outlook outlook = look(view);
    const Menu acts(model, actor, ValueForm::linear);
    for (std::size_t a = 0; a < acts.size(); ++a) {
      const auto place = std::ranges::find(menu, acts[a].entry) - menu.begin();
      const M can = feasible(acts[a], view, outlook);
      for (std::size_t lane = 0; lane < lanes::width; ++lane) {
        EXPECT_EQ(p[static_cast<std::size_t>(place)][lane] > 0.0F, can[lane]);
      }
    }
  }
}

TEST(Policy, TheTruthDoesNotMoveAnyonesHand) {  // J-5
  const world::Model model(test::small_case());
  const Policy policy(model);
  const world::State state = test::first_state(model);
  const world::State other =
      disturbed(state, [](const auto& info, std::size_t) { return info.layer == Layer::truth; });
  ASSERT_FALSE(state == other);
  for (int week = 0; week < 20; ++week) {
    EXPECT_TRUE(identical(chosen_orders(policy, model, state, 0, week),
                          chosen_orders(policy, model, other, 0, week)));
  }
}

TEST(Policy, WhatOthersBelieveOrOwnDoesNotMoveAnActor) {
  const world::Model model(test::small_case());
  const Policy policy(model);
  const world::State state = test::first_state(model);
  const world::Now now{model, 0, LaneDraws(5, 0), nullptr};
  const std::size_t kareth = test::actor_of(model.given(), "kareth");
  const std::size_t n = model.shape().actors;
  const auto others = [&](const world::VariableInfo& info, std::size_t i) {
    if (info.layer != Layer::own && info.layer != Layer::belief) return false;
    if (info.extent == world::Extent::actor) return i != kareth;
    if (info.extent == world::Extent::pair) return i / n != kareth;
    if (info.extent == world::Extent::pair_type) return i / (n * 3) != kareth;
    if (info.extent == world::Extent::actor_feature) return i / 18 != kareth;
    return info.extent == world::Extent::entry && model.entries()[i].actor != kareth;
  };
  const world::State other = disturbed(state, others);
  ASSERT_FALSE(state == other);
  EXPECT_TRUE(identical(policy.probabilities(state, now, kareth),
                        policy.probabilities(other, now, kareth)));
  const world::State moved = disturbed(state, [&](const auto& info, std::size_t i) {
    return info.name == "believed_win" && i == kareth;
  });
  EXPECT_FALSE(identical(policy.probabilities(state, now, kareth),
                         policy.probabilities(moved, now, kareth)));
}

TEST(Policy, PicksComeAsOftenAsTheirProbabilitySays) {
  const world::Model model(test::small_case());
  const Policy policy(model);
  const world::State state = test::first_state(model);
  const world::Now now{model, 0, LaneDraws(5, 0), nullptr};
  const int weeks = 1500;
  std::vector<std::vector<double>> times(model.shape().actors);
  for (std::size_t a = 0; a < times.size(); ++a) times[a].assign(model.menu_of(a).size(), 0.0);
  for (int week = 0; week < weeks; ++week) {
    const auto orders = chosen_orders(policy, model, state, 0, week);
    for (std::size_t a = 0; a < times.size(); ++a) {
      for (std::size_t i = 0; i < times[a].size(); ++i) {
        for (std::size_t lane = 0; lane < lanes::width; ++lane) {
          times[a][i] += orders[model.menu_of(a)[i]][lane] > 0.0F ? 1.0 : 0.0;
        }
      }
    }
  }
  const double draws = weeks * static_cast<double>(lanes::width);
  for (std::size_t a = 0; a < times.size(); ++a) {
    const auto p = policy.probabilities(state, now, a);
    for (std::size_t i = 0; i < times[a].size(); ++i) {
      double mean = 0.0;
      for (std::size_t lane = 0; lane < lanes::width; ++lane) mean += p[i][lane] / 16.0;
      // 24,000 picks: five standard errors of a share are below 0.0162.
      const double error = 5.0 * std::sqrt(mean * (1.0 - mean) / draws) + 1e-4;
      EXPECT_NEAR(times[a][i] / draws, mean, error) << a << " " << i;
    }
  }
}

TEST(Policy, AnActorDoesAtMostOneNewThingAWeekAndNothingThatIsNotItsFreeChoice) {
  const world::Model model(test::small_case());
  const Policy policy(model);
  const world::State state = test::first_state(model);
  for (int week = 0; week < 50; ++week) {
    const auto orders = chosen_orders(policy, model, state, 0, week);
    for (std::size_t actor = 0; actor < model.shape().actors; ++actor) {
      for (std::size_t lane = 0; lane < lanes::width; ++lane) {
        int acts = 0;
        for (const std::uint32_t e : model.menu_of(actor)) {
          if (orders[e][lane] == 0.0F) continue;
          ++acts;
          EXPECT_TRUE(model.entries()[e].chosen_freely);
          EXPECT_GE(orders[e][lane], 0.3F);
          EXPECT_LE(orders[e][lane], 0.9F);
        }
        EXPECT_LE(acts, 1);
      }
    }
  }
}

TEST(Policy, WhatIsMutedIsNotChosenAndLuckOfTheOthersStays) {
  const world::Model model(test::small_case());
  const Policy policy(model);
  const world::State state = test::first_state(model);
  const std::size_t kareth = test::actor_of(model.given(), "kareth");
  Muted muted{std::vector<std::uint8_t>(model.entries().size(), 0), {F(0.0F) < F(1.0F)}};
  for (const std::uint32_t e : model.menu_of(kareth)) muted.by[e] = 1;
  for (int week = 0; week < 20; ++week) {
    const auto free = chosen_orders(policy, model, state, 0, week);
    const auto bound = chosen_orders(policy, model, state, 0, week, muted);
    for (std::size_t e = 0; e < free.size(); ++e) {
      for (std::size_t lane = 0; lane < lanes::width; ++lane) {
        const bool own = model.entries()[e].actor == kareth;
        EXPECT_EQ(bound[e][lane], own ? 0.0F : free[e][lane]);
      }
    }
  }
}

TEST(Policy, AProvocationMakesQuietLessLikely) {
  const world::Model model(test::small_case());
  const Policy policy(model);
  const std::size_t n = model.shape().actors;
  const world::Now now{model, 0, LaneDraws(5, 0), nullptr};
  const std::size_t league = test::actor_of(model.given(), "sound_league");
  const std::size_t morvane = test::actor_of(model.given(), "morvane");
  world::State calm = test::first_state(model);
  world::State tense = calm;
  calm.at(Var::perceived_act, league * n + morvane) = F(0.0F);
  tense.at(Var::perceived_act, league * n + morvane) = F(-10.0F);
  const F quiet = policy.probabilities(calm, now, league).back();
  const F stirred = policy.probabilities(tense, now, league).back();
  for (std::size_t lane = 0; lane < lanes::width; ++lane) EXPECT_LT(stirred[lane], quiet[lane]);
}

TEST(Policy, WithoutForesightActsOfAFamilyAreAlike) {
  const world::Model model(test::small_case());
  const Policy policy(model);
  world::State state = test::first_state(model);
  const std::size_t kareth = test::actor_of(model.given(), "kareth");
  state.at(Var::level, kareth) = F(0.0F);
  const world::Now now{model, 0, LaneDraws(5, 0), nullptr};
  const auto p = policy.probabilities(state, now, kareth);
  const auto listed = model.menu_of(kareth);
  std::optional<float> words;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (family_of(model.entries()[listed[i]].action) != Family::words || p[i][2] <= 0.0F) continue;
    if (!words) words = p[i][2];
    EXPECT_NEAR(p[i][2], *words, 1e-6);
  }
  EXPECT_TRUE(words.has_value());
}

TEST(Policy, OnlyWhoThinksAheadLooksAtWhatTheRivalIsTakenFor) {
  const world::Model model(test::small_case());
  const Policy policy(model);
  const std::size_t kareth = test::actor_of(model.given(), "kareth");
  const world::Now now{model, 0, LaneDraws(5, 0), nullptr};
  const auto force = [&](std::size_t type, float level) {
    world::State state = test::first_state(model);
    state.at(Var::level, kareth) = F(level);
    const std::size_t n = model.shape().actors;
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t t = 0; t < world::type_count; ++t) {
        state.at(Var::believed_type, (kareth * n + j) * world::type_count + t) =
            F(t == type ? 1.0F : 0.0F);
      }
    }
    const auto p = policy.probabilities(state, now, kareth);
    double sum = 0.0;
    for (std::size_t i = 0; i < model.menu_of(kareth).size(); ++i) {
      const world::Entry& entry = model.entries()[model.menu_of(kareth)[i]];
      if (!entry.target || stake_of(entry.action) != Stake::hostile) continue;
      for (std::size_t lane = 0; lane < lanes::width; ++lane) {
        sum += static_cast<double>(p[i][lane]);
      }
    }
    return sum;
  };
  EXPECT_GT(std::abs(force(0, 2.0F) - force(1, 2.0F)), 0.01);
  EXPECT_EQ(force(0, 1.0F), force(1, 1.0F));
}

TEST(Prospect, WhatAHawkRepliesIsWorthLessThanWhatATraderReplies) {
  const auto worth = [](std::size_t type, Family family) {
    const auto expected = expected_replies(type);
    double sum = 0.0;
    for (const float x : expected[static_cast<std::size_t>(family)]) sum += static_cast<double>(x);
    return sum;
  };
  for (const Family family :
       {Family::diplomacy, Family::economic, Family::posture, Family::kinetic, Family::restraint}) {
    EXPECT_LT(worth(0, family), worth(1, family)) << name_of(family);
  }
}

TEST(Prospect, TheDiscountIsTheSumItStandsFor) {
  for (const int lag : {1, 4, 8, 26, 40}) {
    double left = 0.0;
    double all = 0.0;
    for (int week = 0; week < 26; ++week) {
      all += std::pow(0.97, week);
      if (week >= lag) left += std::pow(0.97, week);
    }
    EXPECT_NEAR(discounted_share(lag), left / all, 1e-12);
  }
}

TEST(Prospect, LossesWeighMoreThanGainsOfTheirSize) {
  EXPECT_EQ(value_of(-0.3, ValueForm::linear), -0.3);
  EXPECT_NEAR(value_of(0.3, ValueForm::prospect), std::pow(0.3, 0.88), 1e-12);
  EXPECT_NEAR(value_of(-0.3, ValueForm::prospect), -2.25 * std::pow(0.3, 0.88), 1e-12);
}

TEST(Prospect, ExpectedRepliesAreTheReplyTableTimesWhatIsSuffered) {
  const auto calm = static_cast<std::size_t>(casefile::Feature::calm);
  const auto posture = static_cast<std::size_t>(Family::posture);
  // Row of posture .30 .05 .05 .05 .25 .05 .17 .02 = .94; a hawk bends it to
  // .30 .03 .05 .05 .35 .055 .272 .01 = 1.117, a trader to .30 .075 .065 .045 .20 .045 .102 .03 =
  // .862.
  const double hawk = 0.94 / 1.117 *
                      (0.30 * -0.10 + 0.03 * 0.10 + 0.05 * -0.10 + 0.05 * -0.10 + 0.35 * -0.25 +
                       0.055 * -0.05 + 0.272 * -0.40 + 0.01 * 0.20);
  const double trader = 0.94 / 0.862 *
                        (0.30 * -0.10 + 0.075 * 0.10 + 0.065 * -0.10 + 0.045 * -0.10 +
                         0.20 * -0.25 + 0.045 * -0.05 + 0.102 * -0.40 + 0.03 * 0.20);
  EXPECT_NEAR(static_cast<double>(expected_replies(0)[posture][calm]), hawk, 1e-6);
  EXPECT_NEAR(static_cast<double>(expected_replies(1)[posture][calm]), trader, 1e-6);
  EXPECT_LT(hawk, trader);
  for (const auto& row : reply_table()) {
    float sum = 0.0F;
    for (const float p : row) sum += p;
    EXPECT_LE(sum, 1.0F);
  }
}

}  // namespace
}  // namespace casus::policy
