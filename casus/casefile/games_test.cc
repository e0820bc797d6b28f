// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/games.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casus/base/file.h"
#include "casus/casefile/load_more.h"
#include "casus/casefile/template.h"
#include "casus/casefile/test_folder.h"

namespace casus::casefile {
namespace games_test {

using testing::HasSubstr;

Games read(const Folder& folder, const std::string& text) {
  write_template(folder.path());
  write_file(folder.path() / "games.yaml", text);
  return load_games(folder.path());
}

std::string told(const std::string& name, const std::string& text) {
  const Folder folder(name);
  std::string all;
  try {
    static_cast<void>(read(folder, text));
  } catch (const CaseError& error) {
    for (const Problem& p : error.problems())
      all += std::to_string(p.line) + ": " + p.message + " | " + p.hint + "\n";
  }
  return all;
}

constexpr const char* good = R"(games:
  - id: pressure
    name: Pressure
    weeks: 20
    type: {name: pay, known_to: [morvane], hypothesis: tesk_technology, states: [radars], first: radars, second: other}
    moves:
      - id: press
        name: Press?
        player: kareth
        choices:
          - {id: hold, name: Hold, orders: []}
          - {id: sanction, name: Sanction, orders: [{actor: kareth, action: disclose, target: tesk, intensity: 0.5, from: 2031-04-07, until: 2031-05-31}]}
      - id: answer
        name: Answer
        player: kareth
        sees: [press]
        choices: [{id: a, name: A}, {id: b, name: B}]
trials:
  - {id: talk, name: Talk, orders: [{actor: kareth, action: offer_talks, target: morvane, from: 2031-04-07}]}
)";

TEST(Games, AreReadWithTheirMovesTypesAndTrials) {
  const Folder folder("games_good");
  const Games g = read(folder, good);
  ASSERT_EQ(g.games.size(), 1U);
  const GamePlan& plan = g.games[0];
  EXPECT_EQ(plan.weeks, 20);
  ASSERT_EQ(plan.moves.size(), 2U);
  EXPECT_EQ(plan.moves[0].choices[1].orders[0].intensity, 0.5);
  EXPECT_EQ(plan.moves[1].sees, (std::vector<std::size_t>{0}));
  ASSERT_TRUE(plan.type && plan.type->hypothesis);
  EXPECT_EQ(std::count(plan.type->states.begin(), plan.type->states.end(), true), 1);
  ASSERT_EQ(g.trials.size(), 1U);
  EXPECT_EQ(g.trials[0].orders[0].action, Action::offer_talks);
  // The digest of the case does not hang on its games.
  EXPECT_EQ(g.given.digest, load(folder.path()).digest);
  EXPECT_FALSE(g.digest.empty());
}

TEST(Games, ACaseWithoutThemHasNone) {
  const Folder folder("games_none");
  write_template(folder.path());
  const Games g = load_games(folder.path());
  EXPECT_TRUE(g.games.empty());
  EXPECT_TRUE(g.digest.empty());
}

TEST(Games, SayWhatIsWrong) {
  std::string text = good;
  text.replace(text.find("sees: [press]"), 13, "sees: [prest]");
  EXPECT_THAT(told("games_sees", text),
              HasSubstr("move 'answer' sees 'prest', which is no earlier move"));
  text = good;
  text.replace(text.find("player: kareth"), 14, "player: sound_league");
  EXPECT_THAT(told("games_values", text), HasSubstr("has no values"));
  text = good;
  text.replace(text.find("states: [radars]"), 16, "states: [radar]");
  EXPECT_THAT(told("games_states", text),
              HasSubstr("hypothesis 'tesk_technology' has no state 'radar'"));
  text = good;
  text.replace(text.find("[{id: a, name: A}, {id: b, name: B}]"), 36, "[{id: a, name: A}]");
  EXPECT_THAT(told("games_choice", text), HasSubstr("move 'answer' leaves no choice"));
  text = good;
  text.replace(text.find("action: disclose"), 16, "action: disclos");
  EXPECT_THAT(told("games_action", text), HasSubstr("did you mean 'disclose'?"));
}

TEST(Questions, OfAnotherFileStandInForTheCasesOwn) {
  const Folder folder("other_questions");
  write_template(folder.path());
  const auto file = folder.path() / "mine.txt";
  write_file(file,
             "questions:\n  - {id: brigade_in_combat, text: T, type: yes_no, resolve_by: "
             "2031-06-30, expr: \"ceasefire > 0.5\"}\n");
  const Case given = load_with_questions(folder.path(), file);
  ASSERT_EQ(given.questions.size(), 1U);
  EXPECT_EQ(given.questions[0].expr, "ceasefire > 0.5");
  EXPECT_EQ(given.digest, load(folder.path()).digest);
  write_file(file,
             "questions:\n  - {id: q, text: T, type: yes_no, resolve_by: 2031-06-30, expr: "
             "\"ceasfire > 0\"}\n");
  EXPECT_THROW(static_cast<void>(load_with_questions(folder.path(), file)), CaseError);
}

}  // namespace games_test
}  // namespace casus::casefile
