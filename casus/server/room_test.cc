// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "casus/base/file.h"
#include "casus/server/room_case.h"
#include "casus/server/test_room.h"

namespace casus::server {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json posteriors(TestRoom& t) {
  json out = json::object();
  const json belief = t.get("/api/cases/mine/belief");
  for (const auto& h : belief["hypotheses"]) {
    for (const auto& s : h["states"]) {
      out[h["id"].get<std::string>()][s["id"].get<std::string>()] = s["p"];
    }
  }
  return out;
}

double farthest(const json& a, const json& b) {
  double most = 0.0;
  for (const auto& [h, states] : a.items()) {
    for (const auto& [s, p] : states.items()) {
      most = std::max(most, std::abs(p.get<double>() - b.at(h).at(s).get<double>()));
    }
  }
  return most;
}

// The report that weighs most for some hypothesis.
std::string heaviest(TestRoom& t) {
  const json all = t.get("/api/cases/mine/belief");
  std::string best;
  double most = 0.0;
  for (const auto& h : all["hypotheses"]) {
    const auto one = t.get("/api/cases/mine/hypotheses/" + h["id"].get<std::string>());
    for (const auto& w : one["weights"]) {
      if (std::abs(w["db"].get<double>()) <= most) continue;
      most = std::abs(w["db"].get<double>());
      best = w["report"];
    }
  }
  return best;
}

void do_job(TestRoom& t, const std::string& body) {
  const Response asked = t.ask("POST", "/api/cases/mine/jobs", body);
  ASSERT_EQ(asked.status, 202) << *asked.body;
  const auto id = json::parse(*asked.body)["id"].get<long long>();
  for (int i = 0; i < 6000; ++i) {
    const json job = t.get("/api/jobs/" + std::to_string(id));
    if (job["state"] == "done") return;
    ASSERT_NE(job["state"], "failed") << job;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  FAIL() << "the job did not end";
}

TEST(RoomCase, AStruckReportMovesWhatIsBelievedAndUndoBringsItBack) {
  TestRoom t;
  EXPECT_EQ(t.ask("GET", "/api/cases/mine/belief").status, 409);
  do_job(t, R"({"stage":"assess"})");
  const json before = posteriors(t);
  const std::string report = heaviest(t);
  ASSERT_FALSE(report.empty());
  const Response struck = t.change({{"kind", "strike"}, {"target", report}});
  ASSERT_EQ(struck.status, 200) << *struck.body;
  const json after = posteriors(t);
  // Places follow; until then those of before are shown as what they are.
  const json picture = t.get("/api/cases/mine/picture");
  EXPECT_EQ(picture["before"], !picture["whole"]);
  EXPECT_FALSE(picture["order_of_battle"].empty());
  EXPECT_GT(farthest(before, after), 1e-3);
  // What was told to have moved is what moved.
  const json shift = json::parse(*struck.body)["shift"];
  for (const auto& h : shift["hypotheses"]) {
    for (const auto& s : h["states"]) {
      const double told = s["after"].get<double>() - s["before"].get<double>();
      const std::string id = h["id"];
      const std::string state = s["id"];
      EXPECT_NEAR(told, after[id][state].get<double>() - before[id][state].get<double>(), 2e-5);
    }
  }
  const json view = t.get("/api/cases/mine/reports");
  const json& reports = view["reports"];
  EXPECT_TRUE(std::any_of(reports.begin(), reports.end(), [&](const json& r) {
    return r["id"] == report && r["struck"].get<bool>();
  }));
  ASSERT_EQ(t.ask("POST", "/api/cases/mine/undo", "{}").status, 200);
  EXPECT_LT(farthest(before, posteriors(t)), 1e-5);
  EXPECT_EQ(t.ask("POST", "/api/cases/mine/undo", "{}").status, 404);
}

TEST(RoomCase, AWhatIfMovesNothing) {
  TestRoom t;
  do_job(t, R"({"stage":"assess"})");
  const json before = posteriors(t);
  const std::string report = heaviest(t);
  const json change = {{"changes", {{{"kind", "strike"}, {"target", report}}}}};
  const Response told = t.ask("POST", "/api/cases/mine/what-if", change.dump());
  ASSERT_EQ(told.status, 200) << *told.body;
  EXPECT_NE(json::parse(*told.body)["shift"]["hypotheses"], json::array());
  EXPECT_EQ(farthest(before, posteriors(t)), 0.0);
  EXPECT_EQ(t.get("/api/cases/mine/changes")["changes"], json::array());
}

TEST(RoomCase, AnAddedReportIsHeldToTheRulesOfReports) {
  TestRoom t;
  json report =
      json::parse(read_file(t.folder.path / "mine" / "reports.jsonl")
                      .substr(0, read_file(t.folder.path / "mine" / "reports.jsonl").find('\n')));
  report["id"] = "told-in-the-room";
  report["lineage"] = json::array();
  report["answers"] = json::array();
  const Response added = t.change({{"kind", "add"}, {"value", report}});
  ASSERT_EQ(added.status, 200) << *added.body;
  EXPECT_THAT(*t.ask("GET", "/api/cases/mine/reports").body, HasSubstr("told-in-the-room"));
  report["id"] = "of-nobody";
  report["source"] = "nobody_at_all";
  const Response wrong = t.change({{"kind", "add"}, {"value", report}});
  EXPECT_EQ(wrong.status, 422);
  const json problem = json::parse(*wrong.body)["problems"][0];
  EXPECT_THAT(problem["message"].get<std::string>(), HasSubstr("nobody_at_all"));
  EXPECT_EQ(problem["file"], "added reports");
  EXPECT_EQ(problem["line"], 2);
  EXPECT_EQ(t.get("/api/cases/mine/changes")["changes"].size(), 1U);
  EXPECT_EQ(t.change({{"kind", "strike"}, {"target", "told-in-the-room"}}).status, 200);
}

TEST(RoomCase, EveryWrongChangeSaysWhyAndChangesNothing) {
  TestRoom t;
  const struct {
    json change;
    int status;
    const char* says;
  } wrong[] = {
      {{{"kind", "strike"}, {"target", "no-such"}}, 422, "no report 'no-such'"},
      {{{"kind", "regrade"}, {"target", "no-such"}, {"value", "G9"}}, 422, "no grade of a report"},
      {{{"kind", "regrade_source"}, {"target", "x"}, {"value", "Z"}}, 422, "no grade of a source"},
      {{{"kind", "parameter"}, {"target", "front.v0"}, {"value", "LN("}}, 422, "is no prior"},
      {{{"kind", "parameter"}, {"target", "no.knob"}, {"value", "1"}}, 422, "no parameter"},
      {{{"kind", "burn"}, {"target", "x"}}, 400, "no kind of change 'burn'"},
      {{{"kind", "strike"}}, 400, "needs 'target'"},
      {{{"kind", "add"}, {"value", "text"}}, 400, "a report, an object"},
      {json::array(), 400, "an object"},
  };
  for (const auto& w : wrong) {
    const Response r = t.change(w.change);
    EXPECT_EQ(r.status, w.status) << *r.body;
    EXPECT_THAT(*r.body, HasSubstr(w.says));
  }
  EXPECT_EQ(t.ask("POST", "/api/cases/mine/changes", "{\"kind\":").status, 400);
  EXPECT_EQ(t.ask("POST", "/api/cases/mine/changes", std::string(5000, '[')).status, 400);
  EXPECT_EQ(t.get("/api/cases/mine/changes")["changes"], json::array());
}

TEST(RoomCase, WhatWasAcceptedIsThereWhenTheRoomOpensAgain) {
  Folder folder;
  const auto options = TestRoom::options(folder.path);
  std::string report;
  {
    Room room(options);
    report = room.at("mine")->given->reports.front().id;
    room.change("mine", {"anna", Role::analyst}, {Change::Kind::regrade, report, "F6"});
    room.change("mine", {"anna", Role::analyst}, {Change::Kind::strike, report, ""});
    room.undo("mine", {"anna", Role::analyst}, std::nullopt);
  }
  Room room(options);
  const auto now = room.at("mine");
  EXPECT_EQ(now->given->reports.front().source_grade, 'F');
  EXPECT_FALSE(now->given->reports.front().retracted);
  const auto log = room.store().log("mine", 10);
  ASSERT_EQ(log.size(), 3U);
  EXPECT_EQ(log[0].what, "undo");
  EXPECT_EQ(log[2].what, "regrade");
  EXPECT_EQ(log[2].who, "anna");
  EXPECT_THROW(room.undo("mine", {"berta", Role::analyst}, std::nullopt), Refusal);
  EXPECT_EQ(room.undo("mine", {"adam", Role::admin}, std::nullopt).id, 1);
}

TEST(RoomCase, AnEditedFileIsShownAtOnceWithWhatIsWrongWithIt) {
  TestRoom t;
  const auto file = t.folder.path / "mine" / "case.yaml";
  const std::string good = read_file(file);
  std::string bad = good;
  bad.replace(bad.find("as_of:"), 6, "as_off:");
  write_file(file, bad);
  t.room.look_at_files();
  const json broken = t.get("/api/cases")["cases"][0];
  ASSERT_FALSE(broken["problems"].empty());
  EXPECT_EQ(broken["problems"][0]["file"], "case.yaml");
  EXPECT_GT(broken["problems"][0]["line"], 0);
  // The last good picture stays.
  EXPECT_EQ(t.ask("GET", "/api/cases/mine").status, 200);
  std::string other = good;
  const auto title = other.find("title:");
  other.replace(title, other.find('\n', title) - title, "title: Another crisis");
  write_file(file, other);
  t.room.look_at_files();
  const json mended = t.get("/api/cases")["cases"][0];
  EXPECT_EQ(mended["problems"], json::array());
  EXPECT_EQ(mended["title"], "Another crisis");
}

struct Quiet : Progress {
  void step(const std::string&) override {}
  void show(std::size_t, std::size_t) override {}
  [[nodiscard]] bool cancelled() const override { return false; }
};

TEST(RoomCase, AnalystsAreHeardAgainWhenTheirFileChangesAlone) {
  TestRoom t;
  const auto file = t.folder.path / "mine" / "analysts.yaml";
  Job job;
  job.where = "mine";
  Quiet quiet;
  RoomCase direct(t.folder.path / "mine", t.room.options(), t.room.store(), t.room.hub());
  direct.work(job, quiet);
  const casefile::Hypothesis h = direct.now()->given->hypotheses.front();
  const auto say = [&](double p) {
    write_file(file, fmt::format("analysts:\n  - id: desk\n    name: Desk\n    date: 2031-03-01\n"
                                 "    says: [{{hypothesis: {}, p: {{'{}': {}}}}}]\n",
                                 h.id, h.states.front().id, p));
  };
  const auto heard = [&] {
    direct.look_at_files();
    const auto now = direct.now();
    EXPECT_TRUE(now->whole);
    return now->belief->analysts ? now->belief->analysts->hypotheses.at(0).p.at(0) : -1.0;
  };
  EXPECT_EQ(heard(), -1.0);
  say(0.25);
  EXPECT_DOUBLE_EQ(heard(), 0.25);
  say(0.625);
  EXPECT_DOUBLE_EQ(heard(), 0.625);
  EXPECT_THAT(read_file(t.folder.path / "state" / "mine" / "belief.json"), HasSubstr("0.625"));
  say(2.0);  // wrong: told, and what they said before stays
  EXPECT_DOUBLE_EQ(heard(), 0.625);
  ASSERT_EQ(direct.now()->problems.size(), 1U);
  EXPECT_EQ(direct.now()->problems.front().file, "analysts.yaml");
  // It is in nobody's way: a change is assessed, with what they said before.
  direct.change({"anna", Role::analyst},
                {Change::Kind::strike, direct.now()->given->reports.front().id, ""});
  EXPECT_TRUE(direct.now()->belief->analysts);
  direct.work(job, quiet);
  EXPECT_DOUBLE_EQ(heard(), 0.625);
  say(0.5);
  direct.undo({"anna", Role::analyst}, std::nullopt);  // a belief that was kept, of other analysts
  EXPECT_DOUBLE_EQ(heard(), 0.5);
  std::filesystem::remove(file);
  EXPECT_EQ(heard(), -1.0);
  EXPECT_TRUE(direct.now()->problems.empty());
}

// Ten questions of eight answers, every two of which are joined: no tree of them fits.
std::string too_much_to_join() {
  std::string out;
  for (int i = 0; i < 10; ++i) {
    std::string states, chances;
    for (int k = 0; k < 8; ++k) {
      states += fmt::format("{}{{id: s{}, text: s}}", k == 0 ? "" : ", ", k);
      chances += fmt::format("{}s{}: 0.125", k == 0 ? "" : ", ", k);
    }
    out += fmt::format(
        "  - id: big_{}\n    text: t\n    states: [{}]\n    table: [{{p: {{{}}}}}]\n"
        "    known: 2031-02-01\n",
        i, states, chances);
    for (int j = 0; j < i; ++j) {
      out += fmt::format(
          "  - id: pair_{0}_{1}\n    text: t\n    states: [{{id: no, text: n}}, {{id: yes, text: "
          "y}}]\n    parents: [big_{0}, big_{1}]\n    table: [{{p: {{no: 0.5, yes: 0.5}}}}]\n"
          "    known: 2031-02-01\n",
          i, j);
    }
  }
  return out;
}

TEST(RoomCase, ACaseWithoutAnAnswerLeavesTheLastGoodPictureAndSaysWhereItBroke) {
  TestRoom t;
  do_job(t, R"({"stage":"assess"})");
  const json before = posteriors(t);
  const auto file = t.folder.path / "mine" / "hypotheses.yaml";
  const std::string good = read_file(file);
  write_file(file, good + too_much_to_join());
  t.room.look_at_files();
  const json broken = t.get("/api/cases")["cases"][0]["problems"];
  ASSERT_EQ(broken.size(), 1U);
  EXPECT_THAT(broken[0]["message"].get<std::string>(), HasSubstr("too large"));
  EXPECT_EQ(broken[0]["file"], "hypotheses.yaml");
  EXPECT_EQ(broken[0]["line"], 1 + std::count(good.begin(), good.end(), '\n'));
  EXPECT_EQ(broken[0]["excerpt"], "  - id: big_0");
  EXPECT_EQ(farthest(before, posteriors(t)), 0.0);
  EXPECT_EQ(t.get("/api/cases/mine")["stages"]["belief"], "made");
  // A change that would be made on such files is refused, and undone by mending them.
  EXPECT_EQ(t.change({{"kind", "strike"}, {"target", heaviest(t)}}).status, 422);
  EXPECT_EQ(t.get("/api/cases/mine/changes")["changes"], json::array());
  write_file(file, good);
  t.room.look_at_files();
  EXPECT_EQ(t.get("/api/cases")["cases"][0]["problems"], json::array());
  EXPECT_EQ(t.get("/api/cases/mine")["stages"]["belief"], "made");
}

TEST(RoomCase, WrongGamesAreToldBesideACaseThatIsGood) {
  TestRoom t;
  write_file(t.folder.path / "mine" / "games.yaml", "games:\n  - id: BAD\n");
  t.room.look_at_files();
  const json problems = t.get("/api/cases")["cases"][0]["problems"];
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems[0]["file"], "games.yaml");
  EXPECT_EQ(t.ask("GET", "/api/cases/mine").status, 200);
}

TEST(Snapshot, OneViewIsMadeWhileAnotherIsAskedFor) {
  const Snapshot s;
  std::atomic<int> made = 0;
  std::atomic<bool> slow_started = false, other_done = false;
  const auto slow = [&] {
    return s.view("slow", [&] {
      ++made;
      slow_started = true;
      for (int i = 0; i < 5000 && !other_done; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      return std::string(other_done ? "after the other" : "alone");
    });
  };
  std::thread first([&] { EXPECT_EQ(*slow().body, "after the other"); });
  while (!slow_started) std::this_thread::yield();
  std::thread second([&] { EXPECT_EQ(*slow().body, "after the other"); });
  EXPECT_EQ(*s.view("quick", [] { return std::string("quick"); }).body, "quick");
  other_done = true;
  first.join();
  second.join();
  EXPECT_EQ(made, 1);
  EXPECT_THROW((void)s.view("bad", []() -> std::string { throw Refusal(404, "no"); }), Refusal);
  EXPECT_EQ(*s.view("bad", [] { return std::string("mended"); }).body, "mended");
}

TEST(RoomCase, TheFiveStagesRunAsJobsAndShowTheirViews) {
  TestRoom t;
  EXPECT_EQ(t.ask("GET", "/api/cases/mine/futures").status, 409);
  EXPECT_EQ(t.ask("GET", "/api/cases/mine/brief").status, 409);
  EXPECT_EQ(t.ask("GET", "/api/cases/mine/studies").status, 409);
  do_job(t, R"({"stage":"brief","futures":32})");
  const json futures = t.get("/api/cases/mine/futures");
  EXPECT_EQ(futures["futures"], 32);
  const std::string option = futures["options"][0];
  const std::string variable = futures["variables"][0]["variable"];
  const json rows = t.get("/api/cases/mine/futures/" + option + "/series/" + variable);
  const json& series = rows["series"][0];
  EXPECT_EQ(series["mean"].size(), futures["weeks"].get<std::size_t>());
  // The futures that stand for the groups of the comparison are drawn beside the quantiles.
  const json courses = t.get("/api/cases/mine/comparison")["options"][0]["courses"];
  ASSERT_EQ(series["courses"].size(), courses["groups"].size() + 1);
  EXPECT_EQ(series["courses"][0].size(), series["mean"].size());
  for (std::size_t w = 0; w < series["mean"].size(); ++w) {
    for (std::size_t l = 1; l < series["quantiles"].size(); ++l) {
      EXPECT_LE(series["quantiles"][l - 1][w].get<double>(),
                series["quantiles"][l][w].get<double>());
    }
  }
  EXPECT_EQ(t.ask("GET", "/api/cases/mine/futures/nothing/series/x").status, 404);
  EXPECT_EQ(t.ask("GET", "/api/cases/mine/futures/" + option + "/stories/32").status, 404);
  EXPECT_EQ(t.get("/api/cases/mine/futures/" + option + "/stories/3")["future"], 3);
  const json weighed = t.get("/api/cases/mine/comparison");
  EXPECT_EQ(weighed["futures"], 32);
  // Regret, told apart by which option would have been best, adds up to the expected.
  const json& regrets = weighed["regrets"];
  for (const auto& o : weighed["options"]) {
    const auto at = std::find(regrets["options"].begin(), regrets["options"].end(), o["id"]);
    ASSERT_NE(at, regrets["options"].end());
    const json& row = regrets["regret"][static_cast<std::size_t>(at - regrets["options"].begin())];
    double sum = 0.0;
    for (std::size_t b = 0; b < row.size(); ++b) {
      sum += regrets["share"][b].get<double>() * row[b].get<double>();
    }
    const double expected = o["regret"]["expected"];
    EXPECT_NEAR(sum, expected, 1e-4 * (1 + expected));
  }
  const Response page = t.ask("GET", "/api/cases/mine/brief");
  EXPECT_THAT(*page.body, HasSubstr("</html>"));
  EXPECT_THAT(*page.body, HasSubstr("How it could end"));
  const json made_of = t.get("/api/cases/mine/brief/data");
  EXPECT_EQ(made_of["handling"], "TLP:GREEN");  // of the one report that is not TLP:CLEAR
  EXPECT_THAT(*page.body, HasSubstr("TLP:GREEN"));
  EXPECT_FALSE(made_of["belief"]["hypotheses"][0]["weights"].is_null());
  EXPECT_EQ(made_of["comparison"]["settlement"].size(), 1U);
  const json studies = t.get("/api/cases/mine/studies");
  EXPECT_EQ(studies["games"], json::array());
  EXPECT_EQ(studies["settlement"][0]["futures"], 32);
  const json kept = json::parse(read_file(t.folder.path / "state" / "mine" / "comparison.json"));
  EXPECT_EQ(kept["handling"], "TLP:GREEN");
  EXPECT_EQ(kept["settlement"][0]["packages"].size(), studies["settlement"][0]["packages"].size());
  EXPECT_EQ(t.get("/api/cases/mine/judged")["judged"].size(), 2U);
  // A change leaves the futures there, marked as of before; taken back, they are good again.
  const std::string report = t.get("/api/cases/mine/reports")["reports"][0]["id"];
  ASSERT_EQ(t.change({{"kind", "strike"}, {"target", report}}).status, 200);
  EXPECT_EQ(t.get("/api/cases/mine")["stages"]["futures"], "old");
  EXPECT_EQ(t.get("/api/cases/mine")["stages"]["studies"], "old");
  EXPECT_TRUE(t.get("/api/cases/mine/studies")["old"]);
  // What the brief was made of stays what it was.
  EXPECT_EQ(t.get("/api/cases/mine/brief/data"), made_of);
  EXPECT_EQ(t.ask("GET", "/api/cases/mine/futures/" + option + "/stories/3").status, 409);
  ASSERT_EQ(t.ask("POST", "/api/cases/mine/undo", "{}").status, 200);
  EXPECT_EQ(t.get("/api/cases/mine")["stages"]["futures"], "made");
  EXPECT_EQ(t.get("/api/cases/mine")["stages"]["studies"], "made");
  // Another room finds the files as good as they were left.
  Room again(TestRoom::options(t.folder.path));
  EXPECT_TRUE(again.at("mine")->studies);
  EXPECT_FALSE(again.at("mine")->studies_old);
  // So does one that opens while a change stands: as of before it, and good when it is taken back.
  again.change("mine", {"anna", Role::analyst}, {Change::Kind::strike, report, ""});
  Room later(TestRoom::options(t.folder.path));
  ASSERT_TRUE(later.at("mine")->futures);
  EXPECT_TRUE(later.at("mine")->futures_old);
  EXPECT_TRUE(later.at("mine")->brief_old);
  later.undo("mine", {"anna", Role::analyst}, std::nullopt);
  for (int i = 0; i < 3000 && !later.at("mine")->whole; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_FALSE(later.at("mine")->futures_old);
  EXPECT_FALSE(later.at("mine")->comparison_old);
}

TEST(Jobs, AJobCanBeCancelledWaitingAndRunning) {
  Hub hub;
  std::atomic<bool> started = false;
  Jobs jobs(hub, [&](const Job&, Progress& progress) {
    started = true;
    while (!progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    throw ensemble::Cancelled();
  });
  const auto asked = [&](Job::Stage stage) {
    Job job;
    job.where = "mine";
    job.stage = stage;
    return jobs.ask(job);
  };
  const Job running = asked(Job::Stage::play);
  const Job waiting = asked(Job::Stage::weigh);
  EXPECT_EQ(asked(Job::Stage::weigh).id, waiting.id);  // the same again is the same job
  while (!started) std::this_thread::yield();
  EXPECT_EQ(jobs.cancel(waiting.id)->state, Job::State::cancelled);
  EXPECT_TRUE(jobs.cancel(running.id));
  EXPECT_FALSE(jobs.cancel(99));
  for (int i = 0; i < 1000 && jobs.find(running.id)->state == Job::State::running; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(jobs.find(running.id)->state, Job::State::cancelled);
  EXPECT_EQ(jobs.list("mine").size(), 2U);
}

TEST(Hub, WhoWasAwayGetsWhatItMissedAndNoMore) {
  Hub hub;
  const auto from = hub.after("");
  hub.tell("case", "{\"n\":1}");
  hub.tell("case", "{\"n\":2}");
  const auto news = hub.since(from);
  EXPECT_THAT(news.text, HasSubstr("{\"n\":1}"));
  const auto id = news.text.substr(4, news.text.find('\n') - 4);  // of the first
  const auto later = hub.since(hub.after(id));
  EXPECT_THAT(later.text, testing::Not(HasSubstr("{\"n\":1}")));
  EXPECT_THAT(later.text, HasSubstr("{\"n\":2}"));
  EXPECT_EQ(hub.since(news.last).text, "");
  // Of another run, or so long ago that it is forgotten: all anew.
  EXPECT_THAT(hub.since(hub.after("other-3")).text, HasSubstr("event: reset"));
  for (int i = 0; i < 1100; ++i) hub.tell("job", "{}");
  EXPECT_THAT(hub.since(hub.after(id)).text, HasSubstr("event: reset"));
}

}  // namespace
}  // namespace casus::server
