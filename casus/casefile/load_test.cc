// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/load.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

#include "casus/casefile/template.h"
#include "casus/casefile/test_folder.h"
#include "casus/casefile/wrong_cases.h"

namespace casus::casefile {
namespace load_test {

namespace fs = std::filesystem;
using testing::HasSubstr;

TEST(LoadCase, TheInventedCaseIsCompleteAndClean) {
  const Folder folder("template");
  write_template(folder.path());
  const Case given = load(folder.path());
  EXPECT_EQ(given.id, "amber_sound");
  EXPECT_EQ(given.actors.size(), 4U);
  EXPECT_EQ(given.places.size(), 10U);
  EXPECT_EQ(given.routes.size(), 10U);
  EXPECT_EQ(given.sectors.size(), 2U);
  EXPECT_EQ(given.sources.size(), 5U);
  EXPECT_EQ(given.reports.size(), 10U);
  EXPECT_EQ(given.hypotheses.size(), 5U);
  EXPECT_EQ(given.options.size(), 3U);
  EXPECT_EQ(given.questions.size(), 5U);
  EXPECT_EQ(std::count_if(given.contingents.begin(), given.contingents.end(),
                          [](const Contingent& c) { return c.foreign; }),
            1);
  EXPECT_EQ(load(folder.path() / "case.yaml").digest, given.digest);
}

TEST(LoadCase, LabelsOfOtherSchemesBecomeGrades) {
  auto files = invented_case();
  const auto grade = [&](std::string_view from, std::string_view to) {
    ASSERT_TRUE(change(files, "reports.jsonl", from, to));
  };
  constexpr std::string_view b2 = R"x("grade": {"source": "B", "item": 2})x";
  grade(b2, R"x("grade": {"stix": 35})x");
  grade(
      b2,
      R"x("grade": {"tags": ["admiralty-scale:source-reliability=\"d\"", "own:sure"], "item": 3})x");
  ASSERT_TRUE(
      change(files, "case.yaml", "include: [] ",
             "grading: {source: {B: \"B(8, 2)\"}, item: {2: 4}, tags: {\"own:sure\": 1}} #"));
  const Case given = load_files(std::move(files));
  EXPECT_EQ(given.reports[0].source_grade, 'B');  // its source's
  EXPECT_EQ(given.reports[0].item_grade, 4);      // STIX 20 to 39: doubtful
  EXPECT_EQ(given.reports[1].source_grade, 'D');
  EXPECT_EQ(given.reports[1].item_grade, 3);  // what is written out goes before a label
  EXPECT_DOUBLE_EQ(given.grading.of('B').mean(), .8);
  EXPECT_DOUBLE_EQ(given.grading.of('A').mean(), 19.0 / 20.5);
  EXPECT_DOUBLE_EQ(given.grading.decibans(2), 4.0);
}

TEST(LoadCase, NewRefusesAFolderThatHoldsSomething) {
  const Folder folder("full");
  folder.write("mine.txt", "keep me");
  try {
    write_template(folder.path());
    FAIL();
  } catch (const IoError& error) {
    EXPECT_EQ(error.kind(), IoError::Kind::uncreatable);
    EXPECT_THAT(error.what(), HasSubstr("the folder is not empty; name a new one"));
  }
  try {
    write_template(folder.path() / "mine.txt");
    FAIL();
  } catch (const IoError& error) {
    EXPECT_THAT(error.what(), HasSubstr("a file of this name is in the way"));
  }
}

TEST(LoadCase, AMissingCaseIsAnIoError) {
  try {
    static_cast<void>(load("no/such/case"));
    FAIL();
  } catch (const IoError& error) {
    EXPECT_EQ(error.kind(), IoError::Kind::missing);
    EXPECT_STREQ(error.what(), "no/such/case: no such case");
  }
  const Folder folder("hollow");
  folder.write("actors.yaml", "actors: []\n");
  EXPECT_THROW(static_cast<void>(load(folder.path())), IoError);
}

TEST(LoadCase, EveryReferenceBecomesADenseId) {
  const Case given = load_files(invented_case());
  const Contingent& brigade = given.contingents[find(given.contingents, "tesk_brigade")->index];
  EXPECT_EQ(given.actors[brigade.owner].id, "tesk");
  EXPECT_EQ(given.actors[brigade.host].id, "morvane");
  EXPECT_EQ(brigade.side, 0U);
  EXPECT_EQ(given.hypotheses[*brigade.strength_hypothesis].id, "tesk_troops_in_morvane");
  EXPECT_EQ(given.sectors[*brigade.sector].id, "north_front");
  EXPECT_EQ(given.actors[given.decision_maker].id, "kareth");
  EXPECT_EQ(given.actors[given.war->sides[1].lead].id, "kareth");
  const CalendarEvent& office = given.calendar[2];
  EXPECT_EQ(office.id, "kareth_office");
  EXPECT_EQ(given.calendar[*office.follows].id, "kareth_vote");
  const Report& relay = given.reports[find(given.reports, "r-0309-gazette")->index];
  EXPECT_EQ(given.reports[relay.lineage.front()].id, "r-0308-intercepts");
  EXPECT_EQ(brigade.key, key_of("tesk_brigade"));
}

TEST(LoadCase, AContingentWithoutAPathTakesTheCheapestWay) {
  const Case given = load_files(invented_case());
  std::vector<std::string> stops;
  for (const PlaceId stop : given.contingents[0].path) stops.push_back(given.places[stop].id);
  EXPECT_THAT(stops, testing::ElementsAre("tesk_harbour", "port_orlo", "dunmark", "harrow_ford"));
}

TEST(LoadCase, ATableIsSpreadOverItsParentsLastOneFastest) {
  const Case given = load_files(invented_case());
  const Hypothesis& technology = given.hypotheses[4];  // motive: 3 states, troops: 3 states
  ASSERT_EQ(technology.table.size(), 3U * 3U * 2U);
  const auto none = [&](std::size_t motive, std::size_t troops) {
    return technology.table[(motive * 3 + troops) * 2];
  };
  EXPECT_DOUBLE_EQ(none(0, 1), 0.8);   // the row for all
  EXPECT_DOUBLE_EQ(none(1, 2), 0.5);   // technology
  EXPECT_DOUBLE_EQ(none(1, 0), 0.95);  // a later row overrides
}

TEST(LoadCase, ProvenanceFollowsTheReferenceUnlessSaidOtherwise) {
  const Case given = load_files(invented_case());
  const Quantity gdp = *given.actors[0].start.gdp;
  EXPECT_EQ(gdp.from.tag, Tag::verified);
  EXPECT_EQ(gdp.from.known, Date(2031, 1, 15));
  EXPECT_EQ(given.references[*gdp.from.reference].id, "almanac_2031");
  const Quantity support = *given.actors[0].start.support;
  EXPECT_EQ(support.from.tag, Tag::judgement);
  EXPECT_EQ(support.from.known, given.as_of);
}

TEST(LoadCase, AnEarlierDayLeavesLaterParametersOut) {
  auto files = invented_case();
  ASSERT_TRUE(change(files, "parameters.yaml", "parameters: []",
                     "parameters:\n"
                     "  - {knob: early, prior: 1, unit: ratio, known: 2031-03-01}\n"
                     "  - {knob: late, prior: 1, unit: ratio, known: 2031-03-20}\n"
                     "  - {knob: undated, prior: 1, unit: ratio}\n"));
  const auto knobs = [](const Case& given) {
    std::vector<std::string> all;
    for (const Parameter& p : given.parameters) all.push_back(p.knob);
    return all;
  };
  EXPECT_THAT(knobs(load_files(files)), testing::ElementsAre("early", "late", "undated"));
  EXPECT_THAT(knobs(load_files(files, {Date(2031, 3, 9)})),
              testing::ElementsAre("early", "undated"));
}

TEST(LoadCase, AnEarlierDayLeavesLaterReportsOut) {
  const Case given = load_files(invented_case(), {Date(2031, 3, 9)});
  EXPECT_EQ(given.as_of, Date(2031, 3, 9));
  ASSERT_EQ(given.reports.size(), 3U);
  EXPECT_EQ(given.reports.back().id, "r-0309-gazette");
  EXPECT_EQ(told_about(invented_case(), {Date(2031, 4, 1)}),
            "case.yaml:7:8+10: the case ends at 2031-03-31; it cannot be looked at from 2031-04-01 "
            "| choose an as-of day on or before it");
}

TEST(LoadCase, TheOrderOfReportsInTheFileDoesNotMatter) {
  auto files = invented_case();
  const Case before = load_files(files);
  for (CaseFile& file : files) {
    if (file.kind != "reports.jsonl") continue;
    const auto cut = file.content.find('\n') + 1;
    file.content = file.content.substr(cut) + file.content.substr(0, cut);
  }
  const Case after = load_files(files);
  for (std::size_t i = 0; i < before.reports.size(); ++i) {
    EXPECT_EQ(before.reports[i].id, after.reports[i].id);
    EXPECT_EQ(before.reports[i].lineage, after.reports[i].lineage);
  }
  EXPECT_NE(before.digest, after.digest);
}

TEST(LoadCase, AFileNearlyNamedLikeOneOfACaseIsTold) {
  const Folder folder("misnamed");
  write_template(folder.path());
  fs::rename(folder.path() / "questions.yaml", folder.path() / "question.yaml");
  EXPECT_THAT(message_of(folder.path()), HasSubstr("'question.yaml' is no file of a case"));
  EXPECT_THAT(message_of(folder.path()), HasSubstr("did you mean 'questions.yaml'?"));
}

TEST(LoadCase, AGatedOptionNeedsGates) {
  auto files = invented_case();
  ASSERT_TRUE(change(files, "options.yaml", "  - id: go_on", "  - id: go_on\n    gated: true"));
  EXPECT_EQ(told_about(files), "");
  ASSERT_TRUE(change(files, "options.yaml", "gates: []", "#"));
  EXPECT_EQ(told_about(files),
            "options.yaml:19:5+2: option 'go_on' is gated, but this case has no 'gates' | add "
            "'gates: [go_on]', or 'gates: []' to keep it shut");
}

TEST(LoadCase, ACaseWithoutActorsIsTold) {
  auto files = invented_case();
  std::erase_if(files, [](const CaseFile& file) { return file.kind != "case.yaml"; });
  EXPECT_THAT(told_about(files), HasSubstr("this case declares no actors | declare them in "
                                           "actors.yaml"));
}

TEST(LoadCase, AnUnreadableFileDoesNotMakeItsIdsDangle) {
  auto files = invented_case();
  ASSERT_TRUE(change(files, "actors.yaml", "actors:", "actors: ]"));
  const std::string told = told_about(files);
  EXPECT_THAT(told, HasSubstr("this is not YAML"));
  EXPECT_EQ(told.find('\n'), std::string::npos) << told;
}

TEST(LoadCase, OnlyTheFirstTwoHundredProblemsAreTold) {
  auto files = invented_case();
  std::string many = "questions:\n";
  for (int i = 0; i < 300; ++i) many += "  - 1\n";
  for (CaseFile& file : files) {
    if (file.kind == "questions.yaml") file.content = many;
  }
  try {
    static_cast<void>(load_files(files));
    FAIL();
  } catch (const CaseError& error) {
    ASSERT_EQ(error.problems().size(), 201U);
    EXPECT_EQ(error.problems().back().message, "and 100 more problems");
    EXPECT_EQ(error.problems().back().hint,
              "only the first 200 are told; mend these and check again");
  }
}

TEST(LoadCase, AProblemShowsTheLineAndMarksTheText) {
  auto files = invented_case();
  ASSERT_TRUE(change(files, "sources.yaml", "stance: neutral", "stance: neutrl"));
  try {
    static_cast<void>(load_files(files));
    FAIL();
  } catch (const CaseError& error) {
    EXPECT_STREQ(
        error.what(),
        "sources.yaml:14:13: error: 'stance' of source 'harbour_imagery' knows no word "
        "'neutrl'\n     14 |     stance: neutrl\n        |             ^~~~~~ did you mean "
        "'neutral'?");
  }
}

TEST(LoadCase, TheRealCaseIsClean) {
  const fs::path folder = fs::path(CASUS_SOURCE_DIR) / "cases/dprk-2024";
  EXPECT_EQ(message_of(folder), "");
  const Case given = load(folder);
  EXPECT_EQ(given.id, "dprk_2024");
  EXPECT_GE(given.actors.size(), 12U);
  EXPECT_GE(given.places.size(), 60U);
  EXPECT_GE(given.routes.size(), 60U);
  EXPECT_EQ(given.reports.size(), 128U);
  EXPECT_GE(given.sources.size(), 25U);
  EXPECT_GE(given.hypotheses.size(), 14U);
  EXPECT_GE(given.questions.size(), 25U);
}

}  // namespace load_test
}  // namespace casus::casefile
