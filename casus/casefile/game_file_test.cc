// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/game_file.h"

#include <gmock/gmock.h>

#include "casus/base/error.h"
#include "casus/game/evaluate.h"
#include "casus/game/examples.h"
#include "casus/game/solve.h"

namespace casus::casefile {
namespace {

using game::MatrixGame;
using game::TreeGame;

// The problem told of a text, as the terminal shows it.
std::string told(const std::string& text) {
  try {
    (void)read_game(text, "g");
  } catch (const CaseError& error) {
    return format(error.problems().front());
  }
  return "";
}

TEST(GameFile, ReadsPayoffsAsAList) {
  const auto game = std::get<MatrixGame>(read_game(
      "NFG 1 R \"t\" { \"a\" \"b\" } { 3 2 }\n\n1 1 0 2 0.5 -2  1/3 1e1 5 3 +2 0\n", "g"));
  EXPECT_EQ(game.title, "t");
  EXPECT_THAT(game.strategies[0], testing::ElementsAre("1", "2", "3"));
  EXPECT_THAT(game.payoffs, testing::ElementsAre(1, 1, 0, 2, 0.5, -2, 1.0 / 3, 10, 5, 3, 2, 0));
  EXPECT_EQ(game.payoff(3, 1), 10);
}

TEST(GameFile, ReadsPayoffsByOutcomes) {
  const auto game = std::get<MatrixGame>(
      read_game("NFG 1 D \"t\" { \"a\" \"b\" }\n{ { \"up\" \"down\" } { \"x\" \"y\" } }\n\"note\"\n"
                "{ { \"both\" 3, 4 } { \"\" -1 2 } }\n1 0 2 1",
                "g"));
  EXPECT_EQ(game.comment, "note");
  EXPECT_THAT(game.payoffs, testing::ElementsAre(3, 4, 0, 0, -1, 2, 3, 4));
}

TEST(GameFile, ReadsTrees) {
  const auto game = std::get<TreeGame>(read_game(R"(EFG 2 R "t" { "a" "b" }
"a comment"
c "root" 1 "deal" { "x" 1/3 "y" 2/3 } 1 "ante" { -1, -1 }
p "" 1 1 "seen x" { "stop" "go" } 0
t "" 2 "won" { 3, 0 }
p "" 2 1 "blind" { "l" "r" }
t "" 3 "" { 1 2 }
t "" 2
p "" 2 1 0
t "" 2
t "" 0
)",
                                                 "g"));
  EXPECT_EQ(game.nodes.size(), 9u);
  EXPECT_EQ(game.infosets.size(), 2u);
  EXPECT_THAT(game.infosets[1].nodes, testing::ElementsAre(3, 6));
  EXPECT_EQ(game.chance[0].p[0], 1.0 / 3);
  EXPECT_EQ(game.outcomes.size(), 3u);
  // all choices even: -1 + 1/3 (3/2 + (1 + 3)/4) + 2/3 (3/2)
  EXPECT_NEAR(expected_payoffs(game, std::vector<double>{.5, .5, .5, .5})[0],
              -1 + (1.5 + 1.0) / 3 + 1.0, 1e-15);
}

TEST(GameFile, WhatIsWrittenIsReadAgainAsItWas) {
  for (const auto& known : game::examples()) {
    const auto one = game::example(known.name);
    if (const auto* tree = std::get_if<TreeGame>(&one)) {
      const std::string text = write_efg(*tree);
      const auto again = std::get<TreeGame>(read_game(text, "g"));
      EXPECT_EQ(write_efg(again), text) << known.name;
      ASSERT_EQ(again.nodes.size(), tree->nodes.size());
      const std::vector<double> half(tree->offsets().back(), 0.3);
      EXPECT_EQ(expected_payoffs(again, half), expected_payoffs(*tree, half));
    } else {
      const auto& matrix = std::get<MatrixGame>(one);
      const std::string text = write_nfg(matrix);
      const auto again = std::get<MatrixGame>(read_game(text, "g"));
      EXPECT_EQ(again.payoffs, matrix.payoffs);
      EXPECT_EQ(again.strategies, matrix.strategies);
      EXPECT_EQ(write_nfg(again), text);
    }
  }
}

TEST(GameFile, ChancesAreWrittenToSumToOneExactly) {
  TreeGame game;
  game.players = {"a"};
  game.chance.push_back({"", {"x", "y", "z"}, {1.0 / 3, 1.0 / 3, 1.0 / 3}});
  game.nodes.resize(4);
  game.nodes[0].kind = TreeGame::Kind::chance;
  game.nodes[0].set = 0;
  for (std::uint32_t v = 1; v < 4; ++v) {
    game.nodes[v].parent = 0;
    game.nodes[v].action = v - 1;
  }
  EXPECT_THAT(write_efg(game), testing::HasSubstr(R"({ "x" 1/3 "y" 1/3 "z" 1/3 } 0)"));
  game.chance[0].p = {0.25, 0.125, 0.625};
  EXPECT_THAT(write_efg(game), testing::HasSubstr(R"({ "x" 1/4 "y" 1/8 "z" 5/8 } 0)"));
  const double third = 0.12345678901234567;
  game.chance[0].p = {third, third, 1.0 - 2 * third};
  EXPECT_THAT(write_efg(game), testing::HasSubstr("\"x\" 123456789012346/1000000000000000 \"y\" "
                                                  "123456789012346/1000000000000000 \"z\" "
                                                  "753086421975308/1000000000000000"));
}

TEST(GameFile, NamesMayHoldQuotesAndAnyLetters) {
  auto game = std::get<MatrixGame>(game::example("stag-hunt"));
  game.title = "a \"deer\" \\ Олень";
  game.strategies[0][1] = "\\\"";
  const auto again = std::get<MatrixGame>(read_game(write_nfg(game), "g"));
  EXPECT_EQ(again.title, game.title);
  EXPECT_EQ(again.strategies[0][1], game.strategies[0][1]);
}

TEST(GameFile, EveryProblemHasItsPlaceAndAWayOut) {
  const std::string nfg = "NFG 1 R \"\" { \"a\" \"b\" } ", efg = "EFG 2 R \"\" { \"a\" \"b\" }\n";
  const std::pair<std::string, std::string> expected[] = {
      {"", "g:1:1: error: the file ends where NFG or EFG belongs"},
      {"GAME", "found 'GAME' where NFG or EFG belongs"},
      {"NFG 2", "the version of the format must be a whole number from 1 to 1"},
      {"NFG 1 X", "g:1:7: error: found 'X' where R or D belongs"},
      {"NFG 1 R t", "found 't' where the title in quotes belongs"},
      {"NFG 1 R \"t", "g:1:9: error: the quote that opens the title is never closed"},
      {"NFG 1 R \"\" { }", "players' names are missing"},
      {"NFG 1 R \"\" { \"a\" \"a\" }", "two players are called 'a'"},
      {nfg + "{ 2 }", "found '}' where the number of strategies of 'b' belongs"},
      {nfg + "{ 2 0 }", "the number of strategies of 'b' must be a whole number from 1 to"},
      {nfg + "{ { \"x\" \"x\" } { \"y\" } } 1 1 1 1", "two strategies of 'a' are called 'x'"},
      {nfg + "{ 20 20 }", "there are more strategy profiles than the file can hold"},
      {nfg + "{ 2 2 } 1 1\n1 1", "g:2:4: error: the file ends after 2 of 4 strategy profiles"},
      {nfg + "{ 1 1 } 1 x", "found 'x' where a payoff belongs"},
      {nfg + "{ 1 1 } 1 1/0", "a number other than 0 belongs below the fraction"},
      {nfg + "{ 1 1 } 1 1e999", "a payoff must be finite"},
      {nfg + "{ 1 1 } 1 1 1", "found '1' where the end of the file belongs"},
      {nfg + "{ 1 1 } { { \"\" 1 2 } } 2",
       "the outcome of a profile must be a whole number from 0 to 1"},
      {efg + "x \"\"", "found 'x' where a node belongs"},
      {efg + "p \"\" 3", "the number of the player must be a whole number from 1 to 2"},
      {efg + "p \"\" 1 1", "information set 1 is used before its actions are named"},
      {efg + "p \"\" 1 1 { \"l\" \"l\" } 0", "two actions of one information set are called 'l'"},
      {efg + "p \"\" 1 1 { \"l\" } 0\np \"\" 1 1 { \"r\" } 0",
       "g:3:10: error: information set 1 was told otherwise before"},
      {efg + "c \"\" 1 { \"l\" 0.5 \"r\" 0.4 } 0", "these probabilities sum to 0.9, not 1"},
      {efg + "c \"\" 1 { \"l\" -1 }", "a probability must lie between 0 and 1"},
      {efg + "p \"\" 1 1 { \"l\" } 0", "the file ends before every action has its node"},
      {efg + "t \"\" 1 { 1 }", "found '}' where the payoff of player 2 belongs"},
      {efg + "t \"\" 1 { 1, 2, 3 }", "found '3' where '}' after 2 payoffs belongs"},
      {efg + "t \"\" 1", "outcome 1 has no payoffs anywhere"},
      {efg + "t \"\" 0\nt \"\" 0", "found 't' where the end of the file, since every action"},
      {efg + "p \"\" 1 1 { \"l\" \"r\" } 0\nt \"\" 1 { 1 1 }\nt \"\" 1 { 1 2 }",
       "outcome 1 was told otherwise before"},
  };
  for (const auto& [text, message] : expected) {
    EXPECT_THAT(told(text), testing::HasSubstr(message)) << text;
  }
  EXPECT_EQ(told(efg + "c \"\" 1 { \"l\" 0.5 \"r\" 0.4 } 0").substr(0, 52),
            "g:2:8: error: these probabilities sum to 0.9, not 1\n");
}

TEST(GameFile, NamesMayBeEmpty) {
  const auto game = std::get<MatrixGame>(
      read_game("NFG 1 R \"\" { \"\" \"\" } { { \"\" \"\" } { \"x\" } } 1 1 2 2", "g"));
  EXPECT_EQ(std::get<MatrixGame>(read_game(write_nfg(game), "g")).players, game.players);
  const auto solved = game::solve(game);
  EXPECT_THAT(solved.players, testing::ElementsAre("1", "2"));
  EXPECT_EQ(solved.decisions[0].name, "1");
  EXPECT_THAT(solved.decisions[0].actions, testing::ElementsAre("1", "2"));
}

TEST(GameFile, ADeepTreeFitsTheStack) {
  std::string text = "EFG 2 R \"\" { \"a\" }\n";
  for (int k = 0; k < 100'000; ++k) text += "p \"\" 1 " + std::to_string(k + 1) + " { \"x\" } 0\n";
  text += "t \"\" 1 { 7 }\n";
  const auto game = std::get<TreeGame>(read_game(text, "g"));
  EXPECT_EQ(game.nodes.size(), 100'001u);
  EXPECT_EQ(game::TreeEvaluation(game).payoffs(std::vector<double>(100'000, 1.0))[0], 7.0);
}

}  // namespace
}  // namespace casus::casefile
