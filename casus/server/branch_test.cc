// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "casus/server/test_room.h"

namespace casus::server {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const User anna = {"anna", Role::analyst}, berta = {"berta", Role::analyst},
           adam = {"adam", Role::admin};

json made_branch(TestRoom& t, const std::string& name) {
  const Response made = t.ask("POST", "/api/cases/mine/branches", json{{"name", name}}.dump());
  EXPECT_EQ(made.status, 201) << *made.body;
  return json::parse(*made.body);
}

void finish(TestRoom& t, const std::string& at, const std::string& body) {
  const Response asked = t.ask("POST", "/api/cases/" + at + "/jobs", body);
  ASSERT_EQ(asked.status, 202) << *asked.body;
  const std::string job = "/api/jobs/" + json::parse(*asked.body)["id"].dump();
  for (int i = 0; i < 6000; ++i) {
    const json now = t.get(job);
    if (now["state"] == "done") return;
    ASSERT_NE(now["state"], "failed") << now;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  FAIL() << "the job did not end";
}

std::string first_report(TestRoom& t, const std::string& at) {
  return t.get("/api/cases/" + at + "/reports")["reports"][0]["id"];
}

TEST(Branch, WhatIsChangedInItLeavesTheCaseAloneAndTheOtherWayRound) {
  TestRoom t;
  finish(t, "mine", R"({"stage":"assess"})");
  const std::string belief = *t.ask("GET", "/api/cases/mine/belief").body;
  const json branch = made_branch(t, "a harder front");
  const std::string at = branch["address"];
  // Until something is changed the branch is as good as the case.
  EXPECT_EQ(t.get("/api/cases/" + at)["stages"], t.get("/api/cases/mine")["stages"]);
  EXPECT_EQ(t.get("/api/cases/" + at)["branch"]["name"], "a harder front");
  EXPECT_EQ(t.get("/api/cases/mine")["branch"], json());
  const std::string report = first_report(t, at);
  const json strike = {{"kind", "strike"}, {"target", report}};
  ASSERT_EQ(t.ask("POST", "/api/cases/" + at + "/changes", strike.dump()).status, 200);
  EXPECT_TRUE(t.get("/api/cases/" + at + "/reports")["reports"][0]["struck"]);
  EXPECT_EQ(*t.ask("GET", "/api/cases/mine/belief").body, belief);
  EXPECT_EQ(t.get("/api/cases/mine/changes")["changes"], json::array());
  const json regrade = {{"kind", "regrade"}, {"target", report}, {"value", "F6"}};
  ASSERT_EQ(t.change(regrade).status, 200);
  EXPECT_NE(t.get("/api/cases/" + at + "/reports")["reports"][0]["grade"], "F6");
  // Its own changes are told apart from those it started with.
  const json second = made_branch(t, "after the regrading");
  const json list = t.get("/api/cases/mine/branches")["branches"];
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0]["changes"].size(), 1U);
  EXPECT_EQ(list[1]["changes"], json::array());
  const std::string later = second["address"];
  EXPECT_EQ(t.get("/api/cases/" + later + "/reports")["reports"][0]["grade"], "F6");
}

TEST(Branch, AParameterIsReplayedApart) {
  TestRoom t;
  finish(t, "mine", R"({"stage":"weigh","futures":16})");
  const std::string before = *t.ask("GET", "/api/cases/mine/comparison").body;
  const std::string at = made_branch(t, "otherwise")["address"];
  const json knob = t.get("/api/cases/mine/model")["knobs"][0];
  const json change = {{"kind", "parameter"}, {"target", knob["id"]}, {"value", knob["prior"]}};
  ASSERT_EQ(t.ask("POST", "/api/cases/" + at + "/changes", change.dump()).status, 200);
  EXPECT_EQ(t.get("/api/cases/" + at)["stages"]["futures"], "old");
  finish(t, at, R"({"stage":"weigh"})");
  // As many futures as the case it is held against.
  EXPECT_EQ(t.get("/api/cases/" + at + "/comparison")["futures"], 16);
  EXPECT_EQ(*t.ask("GET", "/api/cases/mine/comparison").body, before);
}

TEST(Branch, IsThereWhenTheRoomOpensAgainAndGoneWhenItWasDropped) {
  Folder folder;
  const auto options = TestRoom::options(folder.path);
  std::string report;
  {
    Room room(options);
    report = room.at("mine")->given->reports.front().id;
    EXPECT_EQ(address_of(room.branch("mine", anna, "kept")), "mine~1");
    (void)room.branch("mine", anna, "dropped");
    room.change("mine~1", berta, {Change::Kind::regrade, report, "F6"});
    EXPECT_EQ(room.rename("mine", 1, anna, "kept and renamed").name, "kept and renamed");
    EXPECT_THROW(room.drop("mine", 2, berta), Refusal);
    room.drop("mine", 2, adam);
  }
  Room room(options);
  ASSERT_EQ(room.all().size(), 2U);
  EXPECT_EQ(room.at("mine")->given->reports.front().source_grade,
            room.at("mine")->given->sources[room.at("mine")->given->reports.front().source].grade);
  const auto kept = room.at("mine~1");
  EXPECT_EQ(kept->branch->name, "kept and renamed");
  EXPECT_EQ(kept->given->reports.front().source_grade, 'F');
  EXPECT_THROW((void)room.at("mine~2"), Refusal);
  std::vector<std::string> what;
  for (const Entry& e : room.store().log("", 20)) what.push_back(e.where + " " + e.what);
  EXPECT_THAT(what, testing::ElementsAre("mine~2 drop", "mine~1 rename", "mine~1 regrade",
                                         "mine~2 branch", "mine~1 branch"));
}

TEST(Branch, WhatIsNoBranchIsRefused) {
  TestRoom t;
  const std::string list = "/api/cases/mine/branches";
  for (const char* const body :
       {"{}", R"({"name":""})", R"({"name":"  "})", R"({"name":"a\nb"})", R"({"name":7})"}) {
    EXPECT_EQ(t.ask("POST", list, body).status, 400) << body;
  }
  EXPECT_EQ(t.ask("POST", list, json{{"name", std::string(81, 'x')}}.dump()).status, 400);
  EXPECT_EQ(t.ask("DELETE", list + "/1").status, 404);
  EXPECT_EQ(t.ask("DELETE", list + "/x").status, 404);
  EXPECT_EQ(t.ask("GET", "/api/cases/mine~1").status, 404);
  const std::string at = made_branch(t, "one")["address"];
  EXPECT_EQ(t.ask("POST", "/api/cases/" + at + "/branches", R"({"name":"of it"})").status, 409);
  for (int i = 1; i < 8; ++i) made_branch(t, "another");
  EXPECT_EQ(t.ask("POST", list, R"({"name":"one too many"})").status, 409);
  auto options = TestRoom::options(t.folder.path);
  options.state = t.folder.path / "other";
  options.cases = {t.folder.path / "mi~1"};
  casefile::write_template(options.cases[0]);
  EXPECT_THROW(Room{options}, CaseError);
}

}  // namespace
}  // namespace casus::server
