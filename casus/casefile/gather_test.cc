// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/casefile/gather.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "casus/casefile/template.h"
#include "casus/casefile/template_files.h"
#include "casus/casefile/test_folder.h"

namespace casus::casefile {
namespace gather_test {

using testing::HasSubstr;

constexpr const char* one_place = "places:\n  - {id: far, name: Far, lon: 1, lat: 1, kind: city}\n";

/// The invented case in `own`, including what the text between the brackets names.
class Including : public Folder {
 public:
  explicit Including(const std::string& name, const std::string& includes) : Folder(name) {
    write_template(own());
    include(includes);
  }
  [[nodiscard]] fs::path own() const { return path() / "own"; }
  void include(const std::string& folders) const {
    std::string text(template_case_yaml);
    text.replace(text.find("include: []"), 11, "include: [" + folders + "]");
    write("own/case.yaml", text);
  }
};

const Actor& actor(const Case& given, std::string_view id) {
  return *std::find_if(given.actors.begin(), given.actors.end(),
                       [&](const Actor& a) { return a.id == id; });
}

TEST(Include, SharedEntriesComeFirstAndShareTheirIds) {
  const Including folder("include_first", "../shared");
  folder.write("shared/map.yaml", one_place);
  EXPECT_EQ(load(folder.own()).places.front().id, "far");
  folder.write("shared/map.yaml",
               "places:\n  - {id: brenna, name: B, lon: 1, lat: 1, kind: city}\n");
  const std::string told = message_of(folder.own());
  EXPECT_THAT(told, HasSubstr("error: the place 'brenna' is declared twice"));
  EXPECT_THAT(told, HasSubstr("first declared at line 2 of map.yaml; write 'overrides: true' to "
                              "change it"));
}

TEST(Include, AnEntryLaidOverASharedOneChangesOnlyWhatItNames) {
  const Including folder("include_over", "");
  const Case plain = load(folder.own());
  folder.include("../shared");
  std::string actors(template_actors_yaml);
  folder.write("shared/actors.yaml", actors);
  folder.write("own/actors.yaml",
               "actors:\n"
               "  - id: kareth\n"
               "    overrides: true\n"
               "    seat: null\n"
               "    start: {force: {prior: \"LN(70000; 0.2)\", unit: persons}}\n"
               "    wants: {lives: 1.7}\n");
  const Case given = load(folder.own());
  EXPECT_EQ(given.actors.size(), plain.actors.size());
  EXPECT_EQ(given.actors[1].id, "kareth") << "it keeps its place";
  const Actor& was = actor(plain, "kareth");
  const Actor& is = actor(given, "kareth");
  EXPECT_EQ(is.name, was.name);
  EXPECT_EQ(is.seat, "");
  EXPECT_EQ(was.start.force->prior.text(), "LN(60000; 0.1)");
  EXPECT_EQ(is.start.force->prior.text(), "LN(70000; 0.2)");
  EXPECT_FALSE(is.start.force->from.reference) << "a quantity is replaced whole";
  EXPECT_EQ(is.start.gdp->prior.text(), was.start.gdp->prior.text());
  const auto lives = static_cast<std::size_t>(Feature::lives);
  for (std::size_t f = 0; f < is.wants.size(); ++f) {
    EXPECT_EQ(is.wants[f], f == lives ? 1.7 : was.wants[f]);
  }
}

TEST(Include, WhatHasNoIdGoesByWhatItStandsBetween) {
  const Including folder("include_pairs", "../shared");
  folder.write("shared/relations.yaml",
               "tensions: [{from: tesk, to: kareth, value: {prior: -3, unit: points}}]\n"
               "alignment: [{a: tesk, b: morvane, weight: 0.5}]\n");
  folder.write("own/relations.yaml",
               "tensions: [{from: tesk, to: kareth, overrides: true, value: {prior: -5, unit: "
               "points}}]\n"
               "alignment: [{a: morvane, b: tesk, overrides: true, weight: 0.7}]\n");
  const Case given = load(folder.own());
  ASSERT_EQ(given.tensions.size(), 1U);
  EXPECT_EQ(given.tensions.front().value.prior.text(), "-5");
  ASSERT_EQ(given.alignments.size(), 1U);
  EXPECT_EQ(given.alignments.front().weight, 0.7);
}

TEST(Include, WhatIsWrongIsToldInTheFileItStandsIn) {
  const Including folder("include_told", "../shared");
  folder.write("shared/map.yaml",
               "places:\n  - {id: far, name: Far, lon: 1, lat: 200, kind: city}\n");
  folder.write("own/map.yaml", std::string(template_map_yaml) + "#");
  std::string map(template_map_yaml);
  map.replace(map.find("places:\n"), 8, "places:\n  - {id: far, overrides: true, kind: citty}\n");
  folder.write("own/map.yaml", map);
  const std::string told = message_of(folder.own());
  EXPECT_THAT(told, HasSubstr("shared/map.yaml:2:39: error: 'lat' of place 'far' must be from -90 "
                              "to 90; here is 200"));
  EXPECT_THAT(told, HasSubstr("own/map.yaml:"));
  EXPECT_THAT(told, HasSubstr("knows no word 'citty'"));
}

TEST(Include, AnOverridingEntryNeedsOneBeneath) {
  const Including folder("include_nothing", "../shared");
  folder.write("shared/map.yaml", one_place);
  std::string map(template_map_yaml);
  map.replace(map.find("places:\n"), 8, "places:\n  - {id: fas, overrides: true, lat: 2}\n");
  folder.write("own/map.yaml", map);
  const std::string told = message_of(folder.own());
  EXPECT_THAT(told, HasSubstr("place 'fas' overrides nothing: no included folder declares it"));
  EXPECT_THAT(told, HasSubstr("did you mean 'far'?"));
}

TEST(Include, ATheatreHeadsItsFolderAndMayIncludeOthers) {
  const Including folder("include_theatre", "../a, ../b");
  folder.write("a/theatre.yaml",
               "name: A\ninclude: [../b]\n"
               "references: [{id: atlas, text: Atlas, published: 2030-01-01}]\n"
               "calendar: [{id: fair, date: 2031-05-01, kind: other, text: Fair}]\n");
  folder.write("a/map.yaml",
               "places: [{id: near, name: Near, lon: 2, lat: 2, kind: city, ref: atlas},"
               " {id: far, overrides: true, lat: 5}]\n");
  folder.write("b/map.yaml", one_place);
  const Case given = load(folder.own());
  EXPECT_EQ(given.places[0].id, "far") << "b is read once, before a";
  EXPECT_EQ(given.places[0].lat, 5.0);
  EXPECT_EQ(given.places[1].id, "near");
  EXPECT_EQ(given.references.front().id, "atlas");
  EXPECT_TRUE(std::any_of(given.calendar.begin(), given.calendar.end(),
                          [](const auto& event) { return event.id == "fair"; }));
  folder.write("a/theatre.yaml", "name: A\nwar: null\n");
  EXPECT_THAT(message_of(folder.own()), HasSubstr("unknown key 'war' in theatre.yaml"));
  folder.write("own/theatre.yaml", "name: Own\n");
  EXPECT_THAT(message_of(folder.own()),
              HasSubstr("'theatre.yaml' heads a folder that cases include, not a case"));
}

TEST(Include, AFolderThatIncludesItselfIsTold) {
  const Including folder("include_cycle", "../a");
  folder.write("a/theatre.yaml", "include: [../b]\n");
  folder.write("b/theatre.yaml", "include: [../a]\n");
  EXPECT_THAT(message_of(folder.own()),
              HasSubstr("b/theatre.yaml:1:11: error: the included folder '../a' includes itself: a "
                        "-> b -> a"));
  folder.write("b/theatre.yaml", "include: [../own]\n");
  EXPECT_THAT(message_of(folder.own()), HasSubstr("includes itself: own -> a -> b -> own"));
  folder.include(".");
  EXPECT_THAT(message_of(folder.own()), HasSubstr("includes itself: own -> own"));
}

TEST(Include, NothingOutsideTheFolderThatHoldsTheCaseIsRead) {
  const Including folder("include_outside", "../shared");
  const std::string outside = "lies outside of the folder that holds this case";
  for (const char* name : {"../..", "../../elsewhere", "/etc", "/", "a/../../../x", "\"\""}) {
    folder.include(name);
    EXPECT_NE(message_of(folder.own()), "") << name;
  }
  folder.include("../..");
  EXPECT_THAT(message_of(folder.own()), HasSubstr(outside));
  folder.include(folder.path() / "shared");
  EXPECT_THAT(message_of(folder.own()), HasSubstr(outside));
  fs::create_directory_symlink("/", folder.path() / "link");
  folder.include("../link/etc");
  EXPECT_THAT(message_of(folder.own()), HasSubstr(outside));
  folder.include("../shared");
  folder.write("shared/map.yaml", "");
  fs::remove(folder.path() / "shared/map.yaml");
  fs::create_symlink("/etc/passwd", folder.path() / "shared/map.yaml");
  const std::string told = message_of(folder.own());
  EXPECT_THAT(told, HasSubstr("this link leaves the folder that holds the case"));
  EXPECT_THAT(told, testing::Not(HasSubstr("root:")));
}

TEST(Include, AMissingFolderACaseAndARepetitionAreTold) {
  const Including folder("include_missing", "../nowhere");
  EXPECT_THAT(message_of(folder.own()),
              HasSubstr("the included folder '../nowhere' does not exist"));
  EXPECT_THAT(message_of(folder.own()), HasSubstr("own/case.yaml:10:11: error"));
  write_template(folder.path() / "other");
  folder.include("../other");
  EXPECT_THAT(message_of(folder.own()), HasSubstr("'../other' is a case of its own"));
  folder.write("shared/map.yaml", one_place);
  folder.include("../shared, ../shared");
  EXPECT_THAT(message_of(folder.own()),
              HasSubstr("'include' of case.yaml names '../shared' twice"));
}

TEST(Include, TheDigestFollowsWhatIsIncluded) {
  const Including folder("include_digest", "../shared");
  folder.write("shared/map.yaml", one_place);
  const std::string before = load(folder.own()).digest;
  folder.write("shared/map.yaml", std::string(one_place) + "# seen\n");
  EXPECT_NE(load(folder.own()).digest, before);
}

}  // namespace gather_test
}  // namespace casus::casefile
