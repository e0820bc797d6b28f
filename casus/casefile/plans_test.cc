// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casus/casefile/wrong_cases.h"

namespace casus::casefile {
namespace plans_test {

/// The invented case with one more option.
std::vector<CaseFile> with_option(const std::string& option) {
  auto files = invented_case();
  EXPECT_TRUE(change(files, "options.yaml", "gates: []", option + "\ngates: []"));
  return files;
}

std::string told(const std::string& option) { return told_about(with_option(option)); }

TEST(Plans, APortfolioHoldsTheOrdersAndRulesOfItsParts) {
  const Case given = load_files(
      with_option("  - {id: both, name: B, text: T, of: [disclose_and_warn, offer_line], orders: "
                  "[{actor: kareth, action: mobilise, from: 2031-05-05}]}"));
  const Option& both = given.options.back();
  const Option& first = given.options[1];
  const Option& second = given.options[2];
  EXPECT_EQ(both.of.size(), 2U);
  ASSERT_EQ(both.orders.size(), first.orders.size() + second.orders.size() + 1);
  EXPECT_EQ(both.orders[0].action, first.orders[0].action);
  EXPECT_EQ(both.orders[first.orders.size()].action, second.orders[0].action);
  EXPECT_EQ(both.orders.back().action, Action::mobilise);
  EXPECT_EQ(both.rules.size(), first.rules.size() + second.rules.size());
}

TEST(Plans, ASignpostIsReadWithItsDaysAndBothTurns) {
  const Case given = load_files(with_option(
      "  - {id: turn, name: N, text: T, signposts: [{when: 'tension[kareth, tesk] < -5', from: "
      "2031-05-01, by: 2031-06-29, instead: true, then: {of: [offer_line]}, else: {of: "
      "[disclose_and_warn]}}]}"));
  const Signpost& post = given.options.back().signposts.at(0);
  EXPECT_EQ(post.from, Date(2031, 5, 1));
  EXPECT_EQ(post.by, Date(2031, 6, 29));
  EXPECT_TRUE(post.instead);
  EXPECT_EQ(post.then.orders.size(), given.options[2].orders.size());
  EXPECT_EQ(post.otherwise.rules.size(), given.options[1].rules.size());
  EXPECT_EQ(given.expressions[post.expression].text, post.when);
}

TEST(Plans, AnOptionMayHoldTheSeatsOfActors) {
  const Case given = load_files(with_option("  - {id: sit, name: N, text: T, seats: [kareth]}"));
  ASSERT_EQ(given.options.back().seats.size(), 1U);
  EXPECT_EQ(given.actors[given.options.back().seats[0]].id, "kareth");
  EXPECT_TRUE(given.options.front().seats.empty());
  EXPECT_THAT(told("  - {id: sit, name: N, text: T, seats: [karet]}"),
              ::testing::HasSubstr("option 'sit' names actor 'karet', which this case does not "
                                   "declare | did you mean 'kareth'"));
}

TEST(Plans, ACaseSaysWhereTheLinesOfPackagesRunAndWhoSellsOil) {
  auto files = invented_case();
  EXPECT_TRUE(change(files, "case.yaml", "  began: 2030-09-02",
                     "  began: 2030-09-02\n  lines: {demand: {prior: 900, unit: km2, tag: J}}"));
  EXPECT_TRUE(change(files, "actors.yaml", "openness:", "oil_exporter: true\n    openness:"));
  const Case given = load_files(files);
  EXPECT_EQ(given.war->lines.demand->prior.median(), 900.0);
  EXPECT_FALSE(given.war->lines.maximal.has_value());
  EXPECT_TRUE(given.actors.front().oil_exporter);
  EXPECT_FALSE(given.actors.back().oil_exporter);
}

TEST(Plans, WhatIsWrongIsToldWithItsPlaceAndAWayOut) {
  EXPECT_THAT(told("  - {id: x, name: N, text: T, of: [offer_lin]}"),
              ::testing::HasSubstr("option 'x' names option 'offer_lin', which this case does not "
                                   "declare | did you mean 'offer_line'"));
  EXPECT_THAT(told("  - {id: x, name: N, text: T, of: [x]}"),
              ::testing::HasSubstr("option 'x' is made of 'x', which is itself"));
  EXPECT_THAT(told("  - {id: x, name: N, text: T, of: [offer_line, offer_line]}"),
              ::testing::HasSubstr("names 'offer_line' twice"));
  EXPECT_THAT(told("  - {id: y, name: N, text: T, of: [go_on]}\n"
                   "  - {id: x, name: N, text: T, of: [y]}"),
              ::testing::HasSubstr("option 'x' is made of 'y', which is made of others or turns by "
                                   "signposts | name the options it is made of"));
  EXPECT_THAT(told("  - {id: y, name: N, text: T, gated: true}\n"
                   "  - {id: x, name: N, text: T, of: [y]}"),
              ::testing::HasSubstr("option 'x' is made of 'y', which is gated and whose gate is "
                                   "shut | gate this option too, or open the gate"));
  const auto post = [](const std::string& keys) {
    return told("  - {id: x, name: N, text: T, signposts: [{" + keys + "}]}");
  };
  EXPECT_THAT(post("when: 'morale[tesk_brigade] < 0', by: 2031-06-29, then: {of: [offer_line]}"),
              ::testing::HasSubstr("a signpost of option 'x' hangs on 'morale[tesk_brigade]', "
                                   "which the decision maker 'kareth' cannot see | take what is "
                                   "public, its own or estimated by it"));
  EXPECT_THAT(post("when: 'stock[morvane, shells] < 9', by: 2031-06-29, then: {of: [offer_line]}"),
              ::testing::HasSubstr("hangs on 'stock[morvane, shells]'"));
  EXPECT_EQ(post("when: 'in_combat[tesk_brigade] > 9', by: 2031-06-29, then: {of: [go_on]}"), "");
  EXPECT_EQ(post("when: 'stock[kareth, shells] < 9', by: 2031-06-29, then: {of: [offer_line]}"),
            "");
  EXPECT_THAT(post("when: 'fighting at week 3 > 0', by: 2031-06-29, then: {of: [offer_line]}"),
              ::testing::HasSubstr("looks at another week than the current one"));
  EXPECT_THAT(post("when: 'fighting > 0', from: 2031-07-01, by: 2031-06-29, instead: true"),
              ::testing::HasSubstr("a signpost of option 'x' ends on 2031-06-29, before it begins "
                                   "on 2031-07-01 | swap the two days"));
  EXPECT_THAT(post("when: 'fighting > 0', by: 2031-06-29"),
              ::testing::HasSubstr("a signpost of option 'x' turns to nothing"));
  EXPECT_THAT(post("when: 'fighting > 0', then: {of: [offer_line]}"),
              ::testing::HasSubstr("a signpost of option 'x' lacks 'by'"));
}

}  // namespace plans_test
}  // namespace casus::casefile
