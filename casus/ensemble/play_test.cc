// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>

#include "casus/base/error.h"
#include "casus/ensemble/run.h"
#include "casus/ensemble/summary.h"
#include "casus/ensemble/trace.h"
#include "casus/intel/belief.h"
#include "casus/policy/test_case.h"
#include "casus/world/manpower.h"

namespace casus::ensemble {
namespace {

const casefile::Case& played_case() { return policy::test::small_case(); }

const intel::Belief& played_belief() {
  static const intel::Belief belief =
      intel::assess(played_case(), {.path = false, .leave_one_out = false, .collection = false});
  return belief;
}

Futures played(const PlayOptions& how) { return play(played_case(), played_belief(), how); }

/// One future's weekly values of a series.
std::span<const float> course(const Futures& f, std::size_t option, std::size_t future,
                              std::size_t series) {
  const auto weeks = static_cast<std::size_t>(f.weeks);
  const std::size_t row = (option * f.trajectories + future) * f.series.size() + series;
  return {f.trajectory.data() + row * weeks, weeks};
}

std::size_t series_named(const Futures& f, const std::string& variable, const std::string& entity) {
  for (std::size_t s = 0; s < f.series.size(); ++s) {
    const bool same =
        f.series[s].variable == variable && (entity.empty() || f.series[s].entities[0] == entity);
    if (same) return s;
  }
  throw InternalError("no series " + variable);
}

TEST(Play, TheNumberOfThreadsChangesNoByte) {
  const PlayOptions how{.futures = 120, .weeks = 10, .trajectories = 30};
  PlayOptions one = how;
  one.threads = 1;
  const Futures alone = played(one);
  EXPECT_EQ(alone.threads_used, 1U);
  for (const std::size_t threads : {2U, 7U}) {
    PlayOptions many = how;
    many.threads = threads;
    const Futures together = played(many);
    EXPECT_EQ(together.threads_used, threads);
    EXPECT_TRUE(alone == together) << threads;
  }
}

TEST(Play, OptionsThatOrderTheSameMeetTheSameFutures) {
  casefile::Case given = played_case();
  casefile::Option again = given.options[*casefile::find(given.options, "go_on")];
  again.id = "go_on_again";
  again.key = key_of(again.id);
  given.options.push_back(again);
  const Futures f = play(given, played_belief(),
                         {.futures = 16, .weeks = 30, .options = {"go_on", "go_on_again"}});
  ASSERT_EQ(f.options.size(), 2U);
  const auto same_halves = [](const std::vector<float>& v) {
    const auto half = v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2);
    return std::equal(v.begin(), half, half,
                      [](float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); });
  };
  EXPECT_TRUE(same_halves(f.outcome));
  EXPECT_TRUE(same_halves(f.answer));
  EXPECT_TRUE(same_halves(f.trajectory));
  EXPECT_TRUE(same_halves(f.quantile));
}

TEST(Play, UntilTheFirstOrderAllOptionsAreOneFuture) {
  const casefile::Case& given = played_case();
  const auto option = casefile::find(given.options, "offer_line").value();
  int first = given.horizon_weeks;
  for (const auto& o : given.options[option].orders)
    first = std::min(first, given.clock().week_of(o.from));
  ASSERT_GT(first, 0);
  const Futures f =
      played({.futures = 32, .weeks = first + 25, .options = {"go_on", "offer_line"}});
  bool differ_later = false;
  for (std::size_t i = 0; i < f.trajectories; ++i) {
    for (std::size_t s = 0; s < f.series.size(); ++s) {
      const auto on = course(f, 0, i, s);
      const auto offer = course(f, 1, i, s);
      for (std::size_t w = 0; w < on.size(); ++w) {
        if (w < static_cast<std::size_t>(first)) {
          EXPECT_EQ(on[w], offer[w]);
        }
        differ_later = differ_later || on[w] != offer[w];
      }
    }
  }
  EXPECT_TRUE(differ_later);
}

TEST(Play, AFutureIsTheSameHoweverManyArePlayedBesideIt) {
  const Futures few = played({.futures = 21, .weeks = 8, .options = {"go_on"}});
  const Futures more = played({.futures = 40, .weeks = 8, .options = {"go_on"}});
  EXPECT_EQ(few.outcome.size(), 21U * few.measures.size());
  EXPECT_EQ(few.trajectories, 21U);
  EXPECT_TRUE(std::equal(few.outcome.begin(), few.outcome.end(), more.outcome.begin()));
  EXPECT_TRUE(std::equal(few.truth.begin(), few.truth.end(), more.truth.begin()));
  EXPECT_TRUE(std::equal(few.knob.begin(), few.knob.end(), more.knob.begin()));
  EXPECT_TRUE(std::equal(few.trajectory.begin(), few.trajectory.end(), more.trajectory.begin()));
}

TEST(Play, AnotherSeedIsAnotherSetOfFutures) {
  const Futures a = played({.futures = 16, .weeks = 8, .seed = 1, .options = {"go_on"}});
  const Futures b = played({.futures = 16, .weeks = 8, .seed = 2, .options = {"go_on"}});
  EXPECT_NE(a.trajectory, b.trajectory);
  EXPECT_NE(a.knob, b.knob);
}

TEST(Play, QuantilesAndMeansAreThoseOfTheTrajectories) {
  const Futures f = played({.futures = 50, .weeks = 12, .options = {"go_on"}, .trajectories = 50});
  ASSERT_EQ(f.trajectories, 50U);
  for (std::size_t s = 0; s < f.series.size(); s += 7) {
    for (std::size_t w = 0; w < 12; w += 5) {
      std::vector<float> values;
      double sum = 0.0;
      for (std::size_t i = 0; i < 50; ++i) values.push_back(course(f, 0, i, s)[w]);
      std::ranges::sort(values);
      for (const float x : values) sum += static_cast<double>(x);
      const std::size_t at = s * 12 + w;
      EXPECT_NEAR(f.mean[at], sum / 50.0, 1e-5 * (1.0 + std::abs(sum)));
      for (std::size_t l = 0; l < f.levels.size(); ++l) {
        const double place = f.levels[l] * 49.0;
        const auto low = static_cast<std::size_t>(place);
        const double high = values[std::min<std::size_t>(low + 1, 49)];
        const double q = values[low] + (place - static_cast<double>(low)) * (high - values[low]);
        EXPECT_EQ(f.quantile[at * f.levels.size() + l], static_cast<float>(q));
      }
    }
  }
}

TEST(Play, AnswersAreReadOffTheFuturesOwnCourse) {
  const casefile::Case& given = played_case();
  const Futures f = played({.futures = 48, .weeks = 45, .options = {"go_on"}});
  const auto question = [&](const char* id) {
    return static_cast<std::size_t>(std::ranges::find(f.questions, id) - f.questions.begin());
  };
  const auto answer = [&](std::size_t i, const char* id) {
    return f.answer[i * f.questions.size() + question(id)];
  };
  const std::size_t combat = series_named(f, "in_combat", "tesk_brigade");
  const std::size_t strength = series_named(f, "strength", "tesk_brigade");
  const std::size_t ceasefire = series_named(f, "ceasefire", "");
  const auto last = static_cast<std::size_t>(given.clock().week_of(Date(2031, 6, 30)));
  const auto year = static_cast<std::size_t>(given.clock().week_of(Date(2031, 12, 31)));
  for (std::size_t i = 0; i < f.futures; ++i) {
    const auto men = course(f, 0, i, combat);
    const bool fought =
        *std::max_element(men.begin(), men.begin() + static_cast<std::ptrdiff_t>(last) + 1) > 500;
    EXPECT_EQ(answer(i, "brigade_in_combat"), fought ? 1.0F : 0.0F);
    EXPECT_EQ(answer(i, "brigade_strength"), course(f, 0, i, strength)[year]);
    const auto holds = course(f, 0, i, ceasefire);
    const auto week = std::ranges::find_if(holds, [](float x) { return x > 0.5F; }) - holds.begin();
    if (week == static_cast<std::ptrdiff_t>(holds.size())) {
      EXPECT_TRUE(std::isnan(answer(i, "ceasefire_when")));
    } else {
      EXPECT_EQ(answer(i, "ceasefire_when"), static_cast<float>(week));
    }
    EXPECT_GE(answer(i, "how_it_stands"), 0.0F);
    EXPECT_LE(answer(i, "how_it_stands"), 2.0F);
    const auto peak = *std::max_element(men.begin(), men.begin() + 39);
    EXPECT_EQ(std::isnan(answer(i, "ground_if_brigade_fights")), !(peak > 500));
  }
}

TEST(Play, AFuturePlayedAgainEndsAsItDid) {
  const PlayOptions how{.futures = 40, .weeks = 26, .seed = 9};
  const Futures f = played(how);
  const Stage stage(played_case(), played_belief(), {.seed = 9, .weeks = 26});
  for (const std::size_t future : {0U, 17U, 39U}) {
    for (std::size_t o = 0; o < f.options.size(); ++o) {
      const Replay again = replay(stage, playable_option(played_case(), f.options[o]), future);
      for (std::size_t m = 0; m < f.measures.size(); ++m) {
        EXPECT_EQ(again.outcome[m], f.outcome_at(o, future, m)) << f.measures[m];
      }
    }
  }
}

TEST(Play, AFutureIsToldAsDatedSentences) {
  const PlayOptions how{.futures = 16, .weeks = 26};
  const auto told = trace(played_case(), played_belief(), how, "disclose_and_warn", 3);
  ASSERT_FALSE(told.empty());
  int last = 0;
  for (const ToldEvent& e : told) {
    EXPECT_GE(e.week, last);
    EXPECT_EQ(e.monday, played_case().clock().monday_of(e.week));
    EXPECT_FALSE(e.sentence.empty());
    EXPECT_EQ(e.sentence.find('{'), std::string::npos) << e.sentence;
    last = e.week;
  }
}

TEST(Play, TheFourEndsShareEveryFuture) {  // K-7
  const Futures f = played({.futures = 64, .weeks = 52});
  const auto measure = [&](const char* name) {
    return static_cast<std::size_t>(std::ranges::find(f.measures, name) - f.measures.begin());
  };
  for (std::size_t o = 0; o < f.options.size(); ++o) {
    for (std::size_t i = 0; i < f.futures; ++i) {
      const float ends = f.outcome_at(o, i, measure("end_settlement")) +
                         f.outcome_at(o, i, measure("end_frozen")) +
                         f.outcome_at(o, i, measure("end_protracted")) +
                         f.outcome_at(o, i, measure("end_collapse"));
      EXPECT_EQ(ends, 1.0F);
    }
  }
  EXPECT_LE(static_cast<double>(f.clamps), 1e-3 * static_cast<double>(f.updates));
}

TEST(Play, ProgressCountsEveryBlockOnceAndCancellingStops) {
  PlayOptions how{.futures = 64, .weeks = 3, .threads = 2};
  std::size_t last = 0;
  how.progress = [&](const Progress& p) {
    EXPECT_EQ(p.done, last + 16);
    EXPECT_EQ(p.total, 64U * played_case().options.size());
    last = p.done;
  };
  (void)played(how);
  EXPECT_EQ(last, 64U * played_case().options.size());
  std::atomic<int> asked{0};
  how.progress = nullptr;
  how.cancelled = [&] { return ++asked > 3; };
  EXPECT_THROW((void)played(how), Cancelled);
}

TEST(Play, AnUnknownOptionIsRefusedWithTheOnesThereAre) {
  try {
    (void)played({.futures = 16, .weeks = 2, .options = {"go_home"}});
    FAIL();
  } catch (const CaseError& error) {
    EXPECT_EQ(error.problems()[0].message, "the case has no option 'go_home'");
    EXPECT_EQ(error.problems()[0].hint, "it has: go_on, disclose_and_warn, offer_line");
  }
}

TEST(Play, AGatedOptionIsPlayedOnlyThroughAnOpenGate) {
  casefile::Case given = played_case();
  given.options[2].gated = true;
  try {
    (void)play(given, played_belief(), {.futures = 16, .weeks = 2, .options = {"offer_line"}});
    FAIL();
  } catch (const CaseError& error) {
    EXPECT_EQ(error.problems()[0].message, "option 'offer_line' is gated and its gate is shut");
  }
  EXPECT_EQ(play(given, played_belief(), {.futures = 16, .weeks = 2}).options.size(), 2U);
  given.gates.push_back("offer_line");
  EXPECT_EQ(play(given, played_belief(), {.futures = 16, .weeks = 2}).options.size(), 3U);
}

TEST(Play, TruthsFollowTheBelief) {
  const Futures f = played({.futures = 2000, .weeks = 1, .options = {"go_on"}, .trajectories = 0});
  const std::size_t n = played_case().hypotheses.size();
  for (std::size_t h = 0; h < n; ++h) {
    for (std::uint32_t s = 0; s < played_case().hypotheses[h].states.size(); ++s) {
      double share = 0.0;
      for (std::size_t i = 0; i < f.futures; ++i)
        share += f.truth[i * n + h] == s ? 1.0 / 2000.0 : 0.0;
      const double p = played_belief().hypotheses[h].states[s].p;
      EXPECT_NEAR(share, p, 4.5 * std::sqrt(p * (1.0 - p) / 2000.0) + 1e-3);
    }
  }
}

/// How often actors of the case of 2024 act in the opening year, and how kindly.
struct Activity {
  std::vector<double> acts, force, kindness;  ///< per actor and week
};

Activity activity_of_2024(std::size_t blocks, int weeks) {
  const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  const intel::Belief belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  const Stage stage(given, belief, {.seed = 1, .weeks = weeks});
  const auto entries = stage.model().entries();
  const std::size_t n = given.actors.size();
  Activity out{std::vector<double>(n), std::vector<double>(n), std::vector<double>(n)};
  const double share = 1.0 / static_cast<double>(blocks * lanes::width) / weeks;
  for (std::size_t b = 0; b < blocks; ++b) {
    world::State state = stage.start(b);
    for (int week = 0; week < weeks; ++week) {
      const LaneDraws draws(1, static_cast<std::uint32_t>(b * lanes::width));
      const world::Now now{stage.model(), week, draws, nullptr};
      std::vector<F> orders(entries.size(), F(0.0F));
      stage.policy().choose(state, now, orders);
      for (std::size_t e = 0; e < entries.size(); ++e) {
        const world::ActionInfo& row = world::info(entries[e].action);
        for (std::size_t lane = 0; lane < lanes::width; ++lane) {
          if (orders[e][lane] <= 0.0F) continue;
          out.acts[entries[e].actor] += share;
          out.force[entries[e].actor] += row.rung >= 6.0F ? share : 0.0;
          out.kindness[entries[e].actor] += share * static_cast<double>(row.goldstein);
        }
      }
      stage.world().week(state, orders, now);
    }
  }
  return out;
}

TEST(SlowPlay, ActorsOf2024ActAsOftenAsStatesDo) {
  const Activity a = activity_of_2024(16, 52);
  const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  double kindness = 0.0;
  for (std::size_t i = 0; i < given.actors.size(); ++i) {
    const bool fights = given.actors[i].has(casefile::Role::belligerent);
    EXPECT_GT(a.acts[i], fights ? 0.3 : 0.1) << given.actors[i].id;
    EXPECT_LT(a.acts[i], fights ? 0.9 : 0.7) << given.actors[i].id;
    if (given.actors[i].has(casefile::Role::great_power) && !fights) {
      EXPECT_GT(a.acts[i], 0.2) << given.actors[i].id;
      EXPECT_LT(a.acts[i], 0.45) << given.actors[i].id;
    }
    if (fights) continue;
    // Sending a contingent is rung 6, and a sending ends after twelve weeks: whoever stands on a
    // side of the war without fighting it at first decides on several a year.
    bool sided = false;
    for (const auto& side : given.war->sides) {
      for (const auto member : side.members) sided = sided || member == i;
    }
    EXPECT_LT(a.force[i], sided ? 0.25 : 0.06) << given.actors[i].id;
    kindness += a.kindness[i];
  }
  // Outside the war words and deeds nearly balance: within a point an actor and week.
  EXPECT_LT(std::abs(kindness) / static_cast<double>(given.actors.size()), 1.0);
}

TEST(SlowPlay, TheCaseOf2024StaysInsideItsRanges) {
  const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  const intel::Belief belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  const Futures f = play(given, belief, {.futures = 512, .options = {"go_on"}});
  EXPECT_LE(static_cast<double>(f.clamps), 1e-3 * static_cast<double>(f.updates));
  for (const float x : f.outcome) EXPECT_TRUE(std::isfinite(x));
  const auto use = std::ranges::find(f.measures, "nuclear_use") - f.measures.begin();
  double mean = 0.0;
  for (std::size_t i = 0; i < f.futures; ++i)
    mean += f.outcome_at(0, i, static_cast<std::size_t>(use)) / 512.0;
  EXPECT_LE(mean, 0.05);  // I-3
}

TEST(Play, TheCaseOf2024Plays) {
  const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  const intel::Belief belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  const Futures f = play(given, belief, {.futures = 16, .weeks = 12});
  EXPECT_EQ(f.options.size(), given.options.size());
  EXPECT_LE(static_cast<double>(f.clamps), 1e-3 * static_cast<double>(f.updates));
  for (const float x : f.trajectory) ASSERT_TRUE(std::isfinite(x));
}

TEST(Play, SumsOfFloatsLoseATenthOfWhatTheCensusAllows) {
  const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  const intel::Belief belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  const Stage stage(given, belief, {.seed = 3, .weeks = given.horizon_weeks});
  const world::State start = stage.start(0);
  const world::F first = world::people(start, stage.model());
  float worst = 0.0F;
  ensemble::Run run;
  run_pack(stage, start, casefile::OptionId{0}, 0, {run}, nullptr, std::nullopt,
           [&](const world::State& state, const world::Now&) {
             const world::F now = world::people(state, stage.model());
             for (std::size_t l = 0; l < lanes::width; ++l)
               worst = std::max(worst, std::abs(now[l] / first[l] - 1.0F));
           });
  EXPECT_LE(worst, 1e-5F);
}

TEST(Play, PeopleWhoComeFromNowhereStopTheRun) {
  const Stage stage(played_case(), played_belief(), {.seed = 9, .weeks = 26});
  const world::F all(1000.0F);
  EXPECT_NO_THROW(check_people(stage, std::nullopt, 0, {all, world::F(1000.05F)}));
  world::F more = all;
  more.set(0, 1000.2F);
  try {
    check_people(stage, casefile::OptionId{0}, 2, {all, more});
    ADD_FAILURE() << "nobody minds";
  } catch (const InternalError& e) {
    const std::string said =
        "future " + std::to_string(2 * lanes::width) + " of case '" + played_case().id +
        "', seed 9 under option '" + played_case().options[casefile::OptionId{0}].id +
        "', begins with 1000.0 thousand people and ends with 1000.2: a law of the engine makes or "
        "loses some, and no figure of this run can be trusted; please report this line with the "
        "case folder";
    EXPECT_NE(std::string(e.what()).find(said), std::string::npos) << e.what();
  }
}

TEST(Summary, QuantilesInterpolateBetweenOrderStatistics) {
  std::vector<float> values = {4.0F, 1.0F, 3.0F, 2.0F};
  const std::vector<double> levels = {0.0, 0.05, 0.5, 0.95, 1.0};
  std::vector<float> out(5);
  quantiles_of(values, levels, out);
  EXPECT_FLOAT_EQ(out[0], 1.0F);
  EXPECT_FLOAT_EQ(out[1], 1.15F);
  EXPECT_FLOAT_EQ(out[2], 2.5F);
  EXPECT_FLOAT_EQ(out[3], 3.85F);
  EXPECT_FLOAT_EQ(out[4], 4.0F);
  std::vector<float> one = {7.0F};
  quantiles_of(one, levels, out);
  for (const float x : out) EXPECT_EQ(x, 7.0F);
}

TEST(Summary, ManyValuesOfEitherSignAreOrderedLikeFew) {
  std::vector<float> values;
  for (std::uint32_t i = 0; i < 2000; ++i) {
    const auto u = static_cast<float>(Draws(5).normal(Stream("summary"), i, 0, 0));
    values.push_back(i % 7 == 0 ? -0.0F : u * (i % 3 == 0 ? 1e-6F : 1e4F));
  }
  std::vector<float> sorted = values;
  std::ranges::sort(sorted);
  const std::vector<double> levels = {0.0, 0.05, 0.25, 0.5, 0.95, 1.0};
  std::vector<float> out(levels.size());
  quantiles_of(values, levels, out);
  for (std::size_t l = 0; l < levels.size(); ++l) {
    const double place = levels[l] * 1999.0;
    const auto low = static_cast<std::size_t>(place);
    const double high = sorted[std::min<std::size_t>(low + 1, 1999)];
    const double q = sorted[low] + (place - static_cast<double>(low)) * (high - sorted[low]);
    EXPECT_EQ(out[l], static_cast<float>(q)) << levels[l];
  }
}

}  // namespace
}  // namespace casus::ensemble
