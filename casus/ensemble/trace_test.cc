// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/ensemble/trace.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "casus/base/error.h"
#include "casus/ensemble/run.h"
#include "casus/intel/belief.h"
#include "casus/policy/test_case.h"
#include "casus/world/causes.h"
#include "casus/world/event_templates.h"

namespace casus::ensemble::traces {
namespace {

const casefile::Case& told_case() { return policy::test::small_case(); }

const intel::Belief& told_belief() {
  static const intel::Belief belief =
      intel::assess(told_case(), {.path = false, .leave_one_out = false, .collection = false});
  return belief;
}

const casefile::Case& told_2024() {
  static const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  return given;
}

const intel::Belief& belief_2024() {
  static const intel::Belief belief =
      intel::assess(told_2024(), {.path = false, .leave_one_out = false, .collection = false});
  return belief;
}

/// Some futures of the case of 2024, two years each.
const std::vector<Trace>& traces_2024() {
  static const std::vector<Trace> all = [] {
    const Tracer tracer(told_2024(), belief_2024(), {.weeks = 104}, "go_on");
    std::vector<Trace> out;
    for (std::size_t future = 0; future < 6; ++future) out.push_back(tracer.trace(future));
    return out;
  }();
  return all;
}

TEST(Trace, AFutureToldIsTheOneThatWasPlayed) {
  const PlayOptions how{.futures = 40, .weeks = 26, .seed = 9, .trajectories = 40};
  const Futures f = play(told_case(), told_belief(), how);
  const std::size_t length = f.series.size() * static_cast<std::size_t>(f.weeks);
  for (std::size_t o = 0; o < f.options.size(); ++o) {
    const Tracer tracer(told_case(), told_belief(), how, f.options[o]);
    for (const std::size_t future : {0U, 17U, 39U}) {
      const Trace again = tracer.trace(future);
      const auto first = f.trajectory.begin() +
                         static_cast<std::ptrdiff_t>((o * f.trajectories + future) * length);
      ASSERT_EQ(again.weekly.size(), length);
      EXPECT_TRUE(std::equal(again.weekly.begin(), again.weekly.end(), first)) << future;
      for (std::size_t m = 0; m < f.measures.size(); ++m) {
        EXPECT_EQ(again.outcome[m], f.outcome_at(o, future, m)) << f.measures[m];
      }
    }
  }
}

TEST(Trace, CausesComeBeforeWhatTheyCause) {
  std::size_t links = 0, reasons = 0;
  for (const Trace& t : traces_2024()) {
    for (std::size_t i = 0; i < t.events.size(); ++i) {
      const ToldEvent& e = t.events[i];
      for (const std::size_t c : e.because) {
        ASSERT_LT(c, i) << e.sentence;
        EXPECT_LE(t.events[c].week, e.week) << e.sentence;
      }
      for (const ToldReason& r : e.reasons) {
        EXPECT_FALSE(r.text.empty()) << e.kind;
        EXPECT_EQ(r.text.find('{'), std::string::npos) << e.kind << ": " << r.text;
        EXPECT_TRUE(std::isfinite(r.value)) << e.kind << ": " << r.name;
      }
      EXPECT_EQ(e.sentence.find('{'), std::string::npos) << e.sentence;
      links += e.because.size();
      reasons += e.reasons.size();
    }
  }
  EXPECT_GT(links, 100U);
  EXPECT_GT(reasons, 1000U);
}

TEST(Trace, EveryActIsOrderedBySomebodyOrAnswersSomething) {
  for (const Trace& t : traces_2024()) {
    for (const ToldEvent& e : t.events) {
      if (e.kind != "act") continue;
      if (e.by.empty()) {
        ASSERT_FALSE(e.because.empty()) << e.sentence << ", week " << e.week;
        const std::string& kind = t.events[e.because.front()].kind;
        EXPECT_TRUE(kind == "answer" || kind == "threat_kept") << kind;
        continue;
      }
      EXPECT_FALSE(e.reasons.empty()) << e.sentence;
      EXPECT_LE(*e.decided, e.week) << e.sentence;
      EXPECT_GT(*e.chance, 0.0F) << e.sentence;
      EXPECT_LE(*e.chance, 1.0F) << e.sentence;
    }
  }
}

TEST(Trace, AnOptionsOrderIsTheReasonOfItsAct) {
  for (const Trace& t :
       {Tracer(told_2024(), belief_2024(), {.weeks = 40}, "limited_strike").trace(0)}) {
    const auto strike = std::ranges::find_if(t.events, [](const ToldEvent& e) {
      return e.kind == "act" && e.cause == "limited_strike";
    });
    ASSERT_NE(strike, t.events.end());
    EXPECT_EQ(strike->by, "option");
    const auto struck = std::ranges::find(t.events, "struck", &ToldEvent::kind);
    ASSERT_NE(struck, t.events.end());
    EXPECT_EQ(struck->because.front(), static_cast<std::size_t>(strike - t.events.begin()));
  }
}

/// Whether what an act of the same week brought about is gone without its order.
TEST(Trace, WithoutItsCauseAnEventDoesNotComeAboutAsItDid) {
  const Tracer tracer(told_2024(), belief_2024(), {.weeks = 104}, "go_on");
  std::size_t tried = 0;
  for (std::size_t future = 0; future < traces_2024().size() && tried < 6; ++future) {
    const auto& events = traces_2024()[future].events;
    for (std::size_t i = 0; i < events.size() && tried < 6; ++i) {
      const world::CauseRule* rule = world::cause_rule(events[i].kind);
      const bool at_once = rule != nullptr && rule->earlier[0].who != world::Who::none &&
                           rule->earlier[0].weeks == 0 && !events[i].because.empty();
      if (!at_once || events[events[i].because.front()].by != "policy") continue;
      const Counterfactual c = tracer.without(future, events[i].because.front(), i);
      EXPECT_NE(c.turn, Turn::same) << events[i].sentence << ", week " << events[i].week;
      ++tried;
    }
  }
  EXPECT_GE(tried, 3U);
}

TEST(Trace, AChainHoldsAllCausesAndNothingElse) {
  const auto& events = traces_2024().front().events;
  for (std::size_t i = 0; i < events.size(); i += 37) {
    const auto chain = chain_of(events, i);
    const std::set<std::size_t> in(chain.begin(), chain.end());
    EXPECT_TRUE(std::ranges::is_sorted(chain));
    EXPECT_EQ(chain.back(), i);
    std::set<std::size_t> needed{i};
    for (const std::size_t e : chain)
      needed.insert(events[e].because.begin(), events[e].because.end());
    EXPECT_EQ(in, needed);
  }
}

TEST(Trace, ThatTheLeadsTalkBelongsToTheStoryAndHasReasons) {
  std::size_t starts = 0;
  const auto& war = *told_2024().war;
  for (const Trace& t : traces_2024()) {
    for (const ToldEvent& e : t.events) {
      if (e.kind != "talks_up" && e.kind != "talks_down") continue;
      const auto named = [&](std::size_t side) {
        const auto& actor = told_2024().actors[war.sides[side].lead];
        return e.sentence.find(actor.name) != std::string::npos;
      };
      if (!named(0) || !named(1)) continue;
      EXPECT_LE(e.weight, 1) << e.sentence;
      if (e.kind == "talks_down") continue;
      ++starts;
      EXPECT_GE(e.reasons.size(), 4U) << e.sentence;
    }
  }
  EXPECT_GT(starts, 3U);
}

TEST(Trace, GroundIsLostToTheOtherSidesAttacks) {
  std::size_t told = 0;
  for (const Trace& t : traces_2024()) {
    for (const ToldEvent& e : t.events) {
      if (e.kind != "works_lost" && e.kind != "chip_lost") continue;
      for (const std::size_t c : e.because) {
        if (t.events[c].kind != "advance") continue;
        const std::string& gained = t.events[c].sentence;
        const std::string winner = gained.substr(0, gained.find(" gains"));
        EXPECT_NE(e.sentence.substr(0, winner.size()), winner) << e.sentence << ": " << gained;
        if (e.kind == "chip_lost") {
          EXPECT_EQ(winner, "Russia") << e.sentence;
        }
        ++told;
      }
    }
  }
  EXPECT_GT(told, 0U);
}

TEST(Trace, ALawLooksAtWhatIsTakenForItsReasons) {
  const world::Model model(told_2024());
  const world::World world(model);
  std::map<std::string, std::set<std::string>> looks;
  for (const auto& process : world.processes()) {
    auto& names = looks[std::string(process->name())];
    for (const auto& vars : {process->reads(), process->writes()}) {
      for (const world::Var v : vars) names.emplace(world::info(v).name);
    }
  }
  std::set<std::string> checked;
  for (const Trace& t : traces_2024()) {
    for (const ToldEvent& e : t.events) {
      if (e.kind == "act" || e.law == "chronicle") continue;  // tells what is seen, not why
      ASSERT_TRUE(looks.contains(e.law)) << e.kind << " by '" << e.law << "'";
      for (const ToldReason& r : e.reasons) {
        if (r.name.find('.') != std::string::npos) continue;  // a knob
        EXPECT_TRUE(looks[e.law].contains(r.name))
            << e.law << " tells " << e.kind << " for " << r.name;
      }
      checked.insert(e.kind);
    }
  }
  EXPECT_GT(checked.size(), 15U);
}

TEST(CauseRules, ThereIsOneForEveryTemplateAndNoOther) {
  std::set<std::string_view> kinds, ruled;
  for (const auto& t : world::event_templates()) EXPECT_TRUE(kinds.insert(t.kind).second) << t.kind;
  for (const auto& r : world::cause_rules()) EXPECT_TRUE(ruled.insert(r.kind).second) << r.kind;
  EXPECT_EQ(kinds, ruled);
}

TEST(CauseRules, NameKindsActsAndKnobsThatExist) {
  for (const auto& rule : world::cause_rules()) {
    for (const auto& e : rule.earlier) {
      if (e.who == world::Who::none) continue;
      const bool act = e.kind.substr(0, 4) == "act:";
      if (act) {
        EXPECT_TRUE(casefile::parse<casefile::Action>(e.kind.substr(4)))
            << rule.kind << ": " << e.kind;
      } else {
        EXPECT_NE(world::find_template(e.kind), nullptr) << rule.kind << ": " << e.kind;
      }
    }
    for (const auto& q : rule.quantities) {
      if (q.at != world::At::rate) continue;
      EXPECT_NO_THROW((void)world::knob_index(q.knob)) << rule.kind;
    }
  }
}

/// Kinds named as text where something is told.
std::set<std::string> kinds_in_sources() {
  std::set<std::string> out;
  const std::regex told(R"x(tell(?:_seldom)?\([^";]*?"([a-z_]+)"(?:\s*:\s*"([a-z_]+)")?)x");
  const std::regex put(R"x(put(?:_first)?\([^";]*?"([a-z_]+)"(?:\s*:\s*"([a-z_]+)")?)x");
  const std::regex milestone(R"x(\{"([a-z_]+)",\s*Var::)x");
  for (const auto& file : std::filesystem::directory_iterator(CASUS_SOURCE_DIR "/casus/world")) {
    const std::string name = file.path().filename();
    if (file.path().extension() != ".cc" || name.find("_test") != std::string::npos) continue;
    if (name == "cause_rules.cc") continue;
    std::ifstream in(file.path());
    std::stringstream text;
    text << in.rdbuf();
    const std::string code = text.str();
    const bool chronicle = name == "chronicle.cc";
    for (const std::regex& pattern : chronicle ? std::vector{put, milestone} : std::vector{told}) {
      for (std::sregex_iterator m(code.begin(), code.end(), pattern), end; m != end; ++m) {
        out.insert((*m)[1]);
        if ((*m)[2].matched) out.insert((*m)[2]);
      }
    }
  }
  return out;
}

TEST(EventTemplates, HoldEveryKindThatALawTells) {
  const std::set<std::string> told = kinds_in_sources();
  EXPECT_GT(told.size(), 80U);
  for (const std::string& kind : told) {
    EXPECT_NE(world::find_template(kind), nullptr) << kind << " is told and has no sentence";
  }
}

}  // namespace
}  // namespace casus::ensemble::traces
