// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "casus/world/acts.h"
#include "casus/world/answers.h"
#include "casus/world/clashes.h"
#include "casus/world/test_world.h"

/// A seat that somebody holds is not answered for, and an answer faces the vote that an order
/// would.
namespace casus::world {
namespace seats_test {

const Model& model() { return testing::model_of_2024(); }

std::size_t who(std::string_view id) { return testing::index_of(model().given().actors, id); }

std::uint32_t act_of(std::string_view actor, Action action) {
  for (const std::uint32_t e : model().entries_of(action)) {
    if (model().entries()[e].actor == who(actor)) return e;
  }
  ADD_FAILURE() << actor << " has no such act";
  return 0;
}

M everywhere() { return F(0.0F) < F(1.0F); }

/// Seats of all lanes: held for the actors named.
std::vector<M> held_by(std::initializer_list<std::string_view> ids) {
  std::vector<M> seated(model().shape().actors, !everywhere());
  for (const auto id : ids) seated[who(id)] = everywhere();
  return seated;
}

TEST(Seats, AHeldSeatIsNotAnsweredFor) {
  const std::uint32_t act = act_of("ru", Action::nuclear_signal);
  State state = testing::state_of(model());
  Now now = testing::now_of(model(), 3);
  EXPECT_TRUE(lanes::any(order_act(state, now, act, everywhere(), F(0.6F), F(1.0F))));
  EXPECT_EQ(state.at(Var::ordered, act)[0], 0.6F);
  state.at(Var::ordered, act) = F(0.0F);
  const auto seated = held_by({"ru"});
  now.seated = seated;
  EXPECT_FALSE(lanes::any(order_act(state, now, act, everywhere(), F(0.6F), F(1.0F))));
  EXPECT_EQ(state.at(Var::ordered, act)[0], 0.0F);
}

TEST(Seats, AnAnswerNeverComesSoonerThanItsLagAndFacesTheVote) {
  std::uint32_t asked = 0;
  bool any = false;
  for (std::uint32_t e = 0; e < model().entries().size() && !any; ++e) {
    if (model().asked(e) != nullptr) asked = e, any = true;
  }
  ASSERT_TRUE(any);
  const std::size_t actor = model().entries()[asked].actor;
  const auto ordered = [&](float seats) {
    State state = testing::state_of(model());
    state.at(Var::vote_share, actor) = F(seats);
    const M where =
        order_act(state, testing::now_of(model(), 3), asked, everywhere(), F(0.6F), F(1.0F));
    if (where[0]) {
      EXPECT_GE(state.at(Var::due, asked)[0],
                static_cast<float>(info(model().entries()[asked].action).lag) +
                    static_cast<float>(model().asked(asked)->delay));
    } else {
      EXPECT_GT(state.at(Var::cooldown, asked)[0], 0.0F);
    }
    return where[0];
  };
  EXPECT_TRUE(ordered(0.99F));
  EXPECT_FALSE(ordered(0.01F));
}

/// Kinds of events that tell what an actor chose to do.
const std::set<std::string>& choices() {
  static const std::set<std::string> kinds{"act",         "answer",          "threat_kept",
                                           "enters_war",  "neutral_helps",   "reply",
                                           "deal_struck", "programme_begun", "nuclear_use"};
  return kinds;
}

/// Two years in which every second act of the others is ordered and nothing of those who sit.
std::vector<Event> played(const std::vector<M>& seated, std::uint32_t first) {
  const World world(model());
  State state = testing::state_of(model(), first);
  EventLog log;
  for (int week = 0; week < 104; ++week) {
    std::vector<F> orders(model().entries().size(), F(0.0F));
    for (std::size_t e = 0; e < orders.size(); ++e) {
      const bool sits = !seated.empty() && lanes::any(seated[model().entries()[e].actor]);
      const auto word =
          model().entries()[e].key ^ (static_cast<std::uint64_t>(week) * 0x9E3779B97F4A7C15ULL);
      if (!sits && (word >> 40) % 4 == 0) orders[e] = F(0.8F);
    }
    Now now{model(), week, LaneDraws(7, first), &log};
    now.seated = seated;
    world.week(state, orders, now);
  }
  return log.events();
}

TEST(Seats, ASeatThatOrdersNothingDoesNothing) {
  const auto seated = held_by({"kr", "kp", "ru"});
  std::size_t others = 0;
  for (const Event& e : played(seated, 0)) {
    if (choices().count(std::string(e.kind)) == 0) continue;
    EXPECT_FALSE(lanes::any(seated[e.subject])) << e.kind << " " << e.cause << " week " << e.week;
    ++others;
  }
  EXPECT_GT(others, 100U);
}

TEST(Seats, NothingIsSignedForALeadThatDoesNotSign) {
  const auto seated = held_by({"ua"});
  std::set<std::string> kinds;
  for (std::uint32_t block = 0; block < 2; ++block) {
    for (const Event& e : played(seated, block * 16)) kinds.insert(std::string(e.kind));
  }
  EXPECT_EQ(kinds.count("package_signed") + kinds.count("ceasefire"), 0U);
}

}  // namespace seats_test
}  // namespace casus::world
