// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "casus/analysis/comparison.h"
#include "casus/analysis/forecast.h"
#include "casus/analysis/made_up_test.h"
#include "casus/analysis/parts.h"
#include "casus/analysis/statistics.h"
#include "casus/base/error.h"
#include "casus/ensemble/summary.h"

namespace casus::analysis {
namespace weigh_test {

using made_up::Crisis;
using made_up::crisis;
using made_up::set_outcome;

float luck(std::size_t i, std::uint32_t entity) {
  static constexpr Stream stream("weigh_test");
  return static_cast<float>(Draws(7).normal(stream, static_cast<std::uint32_t>(i), 0, entity));
}

/// Killed of side 1 in 50,000s: one worth point each; nothing else differs.
Crisis two_normals(std::size_t n, double gap, double shared, double own) {
  Crisis c = crisis(n);
  for (std::size_t o = 0; o < 3; ++o) {
    set_outcome(c.futures, o, "war_weeks", [](std::size_t) { return 52.0; });
    set_outcome(c.futures, o, "killed_side_1", [&](std::size_t i) {
      return 50000.0 *
             (4.0 + shared * luck(i, 0) + own * luck(i, 1 + static_cast<std::uint32_t>(o)) -
              gap * static_cast<double>(o == 1));
    });
  }
  return c;
}

const PairedDifference& to(const OptionResult& option, std::size_t other) {
  for (const PairedDifference& d : option.difference_to) {
    if (d.other == other) return d;
  }
  throw std::out_of_range("no such option");
}

TEST(Weigh, SaysHowFarItIsAndStopsWhenAsked) {
  const Crisis c = two_normals(200, 0.5, 0.5, 0.5);
  std::vector<std::string> parts;
  std::size_t told = 0;
  ensemble::Step last;
  WeighOptions how;
  how.threads = 2;
  how.draws = 50;
  how.progress = [&](const ensemble::Step& s) {
    ++told;
    if (parts.empty() || parts.back() != s.name) {
      EXPECT_EQ(last.done, last.total) << last.name;  // the part before went to its end
      EXPECT_EQ(s.done, 0U);
      parts.emplace_back(s.name);
    } else if (s.done > 0) {
      EXPECT_EQ(s.done, last.done + 1);
    }
    EXPECT_LE(s.done, s.total);
    last = s;
  };
  const auto whole = to_json(weigh(c.given, c.belief, c.futures, how), c.given);
  EXPECT_GE(parts.size(), 7U);
  EXPECT_GT(told, 100U);
  std::size_t asked = 0, allowed = 0;
  how.progress = {};
  how.cancelled = [&] { return asked++ >= allowed; };
  for (allowed = 0; allowed < told; allowed += 1 + told / 10) {
    asked = 0;
    EXPECT_THROW((void)weigh(c.given, c.belief, c.futures, how), ensemble::Cancelled) << allowed;
    EXPECT_LE(asked, allowed + 3);  // the other thread may ask once more
  }
  how.cancelled = {};
  EXPECT_EQ(to_json(weigh(c.given, c.belief, c.futures, how), c.given), whole);
}

TEST(Weigh, TheSameLuckForAllMakesDifferencesSharper) {
  const Crisis c = two_normals(4000, 0.1, 1.0, 0.2);
  const Comparison w = weigh(c.given, c.belief, c.futures);
  const PairedDifference& d = to(w.options[1], 0);
  const double root = std::sqrt(4000.0);
  // closed form: var(d) = 2 own^2; unpaired 2 (shared^2 + own^2)
  EXPECT_NEAR(d.error, std::sqrt(2.0 * 0.04) / root, 0.05 * std::sqrt(0.08) / root);
  EXPECT_NEAR(d.unpaired_error, std::sqrt(2.0 * 1.04) / root, 0.05 * std::sqrt(2.08) / root);
  EXPECT_NEAR(d.mean, 0.1, 4.0 * d.error);
  EXPECT_LT(d.error, 0.25 * d.unpaired_error);
  EXPECT_NEAR(d.share_better, normal_cdf(0.1 / std::sqrt(0.08)), 0.03);
}

TEST(Weigh, ErrorsOfFuturesInGroupsAreThoseOfTheFilesFigures) {
  // Points of four futures that share most of their variance.
  constexpr std::size_t n = 4000;
  Crisis c = crisis(n);
  c.futures.sampling.noises = 4;
  for (std::size_t o = 0; o < 3; ++o) {
    set_outcome(c.futures, o, "killed_side_1", [&](std::size_t i) {
      return 50000.0 * (8.0 + 0.9 * luck(i / 4, 0) + 0.1 * luck(i, 1) +
                        0.5 * luck(i / 4, 2 + static_cast<std::uint32_t>(o)));
    });
  }
  const Comparison w = weigh(c.given, c.belief, c.futures);
  const std::size_t m = made_up::measure_index("killed_side_1");
  std::vector<float> column;
  for (std::size_t i = 0; i < n; ++i) column.push_back(c.futures.outcome_at(0, i, m));
  const auto file = ensemble::Summing(c.futures.sampling, n).figures(column);
  EXPECT_NEAR(w.options[0].outcomes[m].error, file.mean_error, 1e-4 * file.mean_error);
  EXPECT_NEAR(w.options[0].outcomes[m].mean, file.mean, 1e-4 * file.mean);
  // Twice what futures taken for independent would show, nearly: root of noises.
  c.futures.sampling.noises = 1;
  const Comparison blind = weigh(c.given, c.belief, c.futures);
  EXPECT_NEAR(w.options[0].outcomes[m].error / blind.options[0].outcomes[m].error, 2.0, 0.1);
  EXPECT_NEAR(to(w.options[1], 0).error / to(blind.options[1], 0).error, 2.0, 0.1);
  EXPECT_NEAR(w.options[1].regret.error / blind.options[1].regret.error, 2.0, 0.15);
}

TEST(Statistics, TheErrorOfAQuantileIsThatOfRepetition) {
  // Points of four equal numbers: a quantile of 250 independent ones, told 1,000 times over.
  std::vector<double> medians, told, blind;
  for (std::size_t round = 0; round < 200; ++round) {
    std::vector<double> x;
    std::vector<std::uint32_t> group;
    for (std::size_t i = 0; i < 1000; ++i) {
      x.push_back(luck(i / 4 + 250 * round, 77));
      group.push_back(static_cast<std::uint32_t>(i / 4));
    }
    std::vector<double> sorted = x;
    std::ranges::sort(sorted);
    medians.push_back(quantile(sorted, 0.5));
    told.push_back(quantile_error(x, sorted, 0.5, group));
    blind.push_back(quantile_error(x, sorted, 0.5));
  }
  const double seen = mean_error(medians).deviation;
  EXPECT_NEAR(mean_error(told).mean, seen, 0.15 * seen);
  EXPECT_NEAR(mean_error(blind).mean, 0.5 * seen, 0.1 * seen);
}

TEST(Statistics, AnErrorFromGroupsIsThatOfTheirMeans) {
  const std::vector<double> x = {1.0, 2.0, 4.0, 5.0, 9.0, 9.0};
  const std::vector<std::uint32_t> pairs = {0, 0, 1, 1, 2, 2};
  const MeanError means = mean_error(std::vector<double>{1.5, 4.5, 9.0});
  EXPECT_NEAR(mean_error(x, pairs).error, means.error, 1e-12);
  EXPECT_EQ(mean_error(x, pairs).mean, mean_error(x).mean);
  const std::vector<std::uint32_t> apart = {0, 1, 2, 3, 4, 5};
  EXPECT_NEAR(mean_error(x, apart).error, mean_error(x).error, 1e-12);
  // All of one group: perhaps one and the same draw.
  const std::vector<std::uint32_t> one = {7, 7, 7, 7, 7, 7};
  EXPECT_EQ(mean_error(x, one).error, mean_error(x).deviation);
}

TEST(Weigh, AnswersTellTheErrorOfGroups) {
  Crisis c = crisis(4000);
  const std::size_t q = 0;
  const std::size_t questions = c.futures.questions.size();
  ASSERT_GT(questions, 0U);
  const auto id = casefile::find(c.given.questions, c.futures.questions[q]);
  ASSERT_EQ(c.given.questions[*id].type, casefile::QuestionType::yes_no);
  for (std::size_t f = 0; f < 4000; ++f) {
    c.futures.answer[f * questions + q] = luck(f / 4, 9) > 0.5F ? 1.0F : 0.0F;
  }
  const auto error = [&] {
    return answer_questions(c.given, c.futures, 0, std::vector<double>{0.5})[q].error;
  };
  const double blind = error();
  c.futures.sampling.noises = 4;
  EXPECT_NEAR(error() / blind, 2.0, 0.05);
}

TEST(Weigh, ADifferenceTurnedRoundIsTheSameWithTheOtherSign) {
  const Crisis c = crisis();
  const Comparison w = weigh(c.given, c.belief, c.futures);
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t b = 0; b < 3; ++b) {
      if (a == b) continue;
      EXPECT_DOUBLE_EQ(to(w.options[a], b).mean, -to(w.options[b], a).mean);
      EXPECT_NEAR(to(w.options[a], b).mean, w.options[a].value - w.options[b].value, 1e-9);
    }
  }
}

TEST(Weigh, AnOptionNeverBehindHasNoRegret) {
  Crisis c = two_normals(500, 0.0, 1.0, 0.0);
  set_outcome(c.futures, 1, "killed_side_1",
              [&](std::size_t i) { return 50000.0 * (3.5 + 1.0 * luck(i, 0)); });
  const Comparison w = weigh(c.given, c.belief, c.futures);
  EXPECT_EQ(w.ranking[0], 1U);
  EXPECT_EQ(w.options[1].regret.expected, 0.0);
  EXPECT_EQ(w.options[1].regret.maximum, 0.0);
  EXPECT_NEAR(w.options[0].regret.expected, 0.5, 1e-6);  // always behind by one half
  EXPECT_NEAR(w.options[0].regret.worst, 0.5, 1e-6);
  EXPECT_NEAR(w.options[0].regret.error, 0.0, 1e-6);
}

TEST(Weigh, EnoughFuturesAreThoseAfterWhichTheBestTwoPart) {
  const Crisis c = two_normals(2000, 0.1, 1.0, 0.2);
  const Comparison w = weigh(c.given, c.belief, c.futures);
  const PairedDifference& d = to(w.options[w.ranking[0]], w.ranking[1]);
  const double sd = d.error * std::sqrt(2000.0);
  EXPECT_NEAR(static_cast<double>(w.futures_enough), std::pow(2.0 * sd / d.mean, 2.0), 1.0);
}

/// Option 0 spares weeks of war, option 1 spares lives: two worths of log-sd 0.5 against each
/// other.
Crisis crossing(double weeks_gain, double killed_gain) {
  Crisis c = crisis(400);
  for (std::size_t o = 0; o < 3; ++o) {
    const double worse = o == 2 ? 5.0 : 0.0;  // the third is out of the race
    set_outcome(c.futures, o, "war_weeks",
                [&](std::size_t) { return 52.0 * (3.0 + worse - (o == 0 ? weeks_gain : 0.0)); });
    set_outcome(c.futures, o, "killed_side_1", [&](std::size_t) {
      return 50000.0 * (3.0 + worse - (o == 1 ? killed_gain : 0.0));
    });
  }
  return c;
}

TEST(Weigh, AnOrderThatFlipsWithinTheSpreadOfWorthsIsUndecided) {
  const Crisis c = crossing(1.0, 0.8);
  const Comparison w = weigh(c.given, c.belief, c.futures);
  EXPECT_TRUE(w.undecided);
  ASSERT_EQ(w.undecided_pairs.size(), 1U);
  // flips where 0.8 e^{0.5 z2} > e^{0.5 z1}: z1 - z2 < ln(0.8) / 0.5, and z1 - z2 has variance 2
  const double flip = normal_cdf(std::log(0.8) / 0.5 / std::sqrt(2.0));
  EXPECT_NEAR(w.undecided_pairs[0].p_flip, flip, 4.0 * std::sqrt(flip * (1 - flip) / 2000.0));
  EXPECT_EQ(w.undecided_pairs[0].p_flip_numbers, 0.0);
  EXPECT_NEAR(w.options[0].stability.p_best + w.options[1].stability.p_best, 1.0, 1e-9);
  ASSERT_FALSE(w.hinges.empty());
  EXPECT_TRUE(w.hinges[0].flips);
  EXPECT_EQ(w.hinges[0].kind, "worth");
}

TEST(Weigh, AnOrderThatNoSpreadCanTurnIsDecided) {
  const Crisis c = crossing(1.0, 0.05);
  const Comparison w = weigh(c.given, c.belief, c.futures);
  EXPECT_FALSE(w.undecided);
  EXPECT_TRUE(w.undecided_pairs.empty());
  EXPECT_EQ(w.options[0].stability.p_best, 1.0);
  EXPECT_FALSE(w.hinges[0].flips);
}

TEST(Weigh, ANumberBehindTheFuturesThatTurnsTheOrderIsFound) {
  Crisis c = two_normals(3000, 0.3, 1.0, 0.1);
  // option 1 is better by 0.3 on average, but by 0.3 + pace: it loses wherever the pace is below
  // -0.3
  set_outcome(c.futures, 1, "killed_side_1", [&](std::size_t i) {
    return 50000.0 * (4.0 + luck(i, 0) - 0.3 - c.futures.knob[2 * i]);
  });
  const Comparison w = weigh(c.given, c.belief, c.futures);
  EXPECT_EQ(w.ranking[0], 1U);
  EXPECT_TRUE(w.undecided);
  ASSERT_FALSE(w.undecided_pairs.empty());
  const double flip = normal_cdf(-0.3);  // 0.38
  EXPECT_NEAR(w.undecided_pairs[0].p_flip_numbers, flip, 0.04);
  bool found = false;
  for (const Hinge& h : w.hinges) {
    if (h.name != "front.pace") continue;
    found = true;
    EXPECT_TRUE(h.flips);
    EXPECT_EQ(h.kind, "knob");
    EXPECT_GT(h.correlation, 0.8);
    EXPECT_THAT(h.detail, ::testing::HasSubstr("below -0.3"));
  }
  EXPECT_TRUE(found);
}

TEST(Weigh, NumbersThatDoNothingAreNoHinges) {
  const Crisis c = two_normals(3000, 0.3, 1.0, 0.1);
  const Comparison w = weigh(c.given, c.belief, c.futures);
  for (const Hinge& h : w.hinges) EXPECT_EQ(h.kind, "worth") << h.name;
  EXPECT_FALSE(w.undecided);
}

TEST(Weigh, AFactThatTurnsTheOrderIsNamedWithItsProbability) {
  Crisis c = two_normals(2000, 0.0, 1.0, 0.05);
  // the flag is staged in nine of ten futures; option 1 gains 0.2 then and loses 1 otherwise
  set_outcome(c.futures, 1, "killed_side_1", [&](std::size_t i) {
    const bool staged = c.futures.truth[2 * i + 1] == 1;
    return 50000.0 * (4.0 + luck(i, 0) + 0.05 * luck(i, 9) - (staged ? 0.2 : -1.0));
  });
  const Comparison w = weigh(c.given, c.belief, c.futures);
  bool found = false;
  for (const Hinge& h : w.hinges) {
    if (h.name != "flag = staged") continue;
    found = true;
    EXPECT_TRUE(h.flips);
    EXPECT_THAT(h.detail, ::testing::HasSubstr("below a probability of 83 % (now 90 %)"));
  }
  EXPECT_TRUE(found);
}

TEST(Weigh, SharesOfChanceAddUpToOne) {
  const Crisis c = crisis();
  const Comparison w = weigh(c.given, c.belief, c.futures);
  double best = 0.0, rank = 0.0;
  for (const OptionResult& o : w.options) {
    best += o.stability.p_best;
    rank += o.stability.mean_rank;
    for (const OutcomeSummary& s : o.outcomes) {
      double bins = 0.0;
      for (const double b : s.bins) bins += b;
      EXPECT_NEAR(bins, 1.0, 1e-12);
      EXPECT_LE(s.q05, s.q50);
      EXPECT_LE(s.q50, s.q95);
    }
  }
  EXPECT_NEAR(best, 1.0, 1e-9);
  EXPECT_NEAR(rank, 6.0, 1e-9);
  double categories = 0.0;
  for (const auto& entry : w.answers[3].categories) categories += entry.second;
  EXPECT_NEAR(categories, 1.0, 1e-12);
}

TEST(Weigh, AnswersComeFromTheFirstOption) {
  const Crisis c = crisis(2000);
  const Comparison w = weigh(c.given, c.belief, c.futures);
  ASSERT_EQ(w.answers.size(), 4U);
  EXPECT_NEAR(w.answers[0].p, 0.5, 4.0 * w.answers[0].error);
  EXPECT_NEAR(w.answers[0].error, std::sqrt(0.25 / 2000.0), 1e-4);
  EXPECT_NEAR(w.answers[1].quantiles[4].second, 164.5, 15.0);
  EXPECT_NEAR(w.answers[2].p, normal_cdf(-0.5), 4.0 * w.answers[2].error);
  ASSERT_EQ(w.answers[2].quantiles.size(), 2U);  // median: never, so it has none
  EXPECT_EQ(w.answers[2].quantiles[0].second, 5.0);
}

TEST(Weigh, LookingIsWorthWhatTheBetterChoiceGains) {
  Crisis c = two_normals(2000, 0.0, 0.0, 0.0);
  // option 1: +1 where the flag is genuine (one in ten), -0.1 where it is staged; a perfect look
  set_outcome(c.futures, 1, "killed_side_1", [&](std::size_t i) {
    return 50000.0 * (4.0 - (c.futures.truth[2 * i + 1] == 0 ? 1.0 : -0.2));
  });
  c.belief.collection[0].likelihood = {1.0, 0.0, 0.0, 1.0};
  const Comparison w = weigh(c.given, c.belief, c.futures);
  ASSERT_EQ(w.collection.size(), 1U);
  // before: go on (0 against 0.1 - 0.18); after: 0.1 of the time one is gained
  EXPECT_NEAR(w.collection[0].decision_value, 0.1, 0.002);
  c.belief.collection.push_back(c.belief.collection[0]);
  c.belief.collection[0].cost = 40.0;  // as telling, and dearer
  c.belief.collection[1].cost = 4.0;
  c.belief.collection[1].task = "the cheap look";
  const Comparison both = weigh(c.given, c.belief, c.futures);
  ASSERT_EQ(both.collection.size(), 2U);
  EXPECT_EQ(both.collection[0].task, "the cheap look");
  c.belief.collection.pop_back();
  c.belief.collection[0].likelihood = {0.5, 0.5, 0.5, 0.5};
  const Comparison blind = weigh(c.given, c.belief, c.futures);
  EXPECT_NEAR(blind.collection[0].decision_value, 0.0, 1e-12);
}

TEST(Weigh, TheTypicalFutureLiesInTheLargestClusterAndTheDangerousOneAtTheBadEnd) {
  Crisis c = crisis(300);
  for (std::size_t o = 0; o < 3; ++o) {
    set_outcome(c.futures, o, "war_weeks", [](std::size_t i) {
      return i < 200 ? 50.0 + 0.01 * static_cast<double>(i) : (i < 280 ? 80.0 : 104.0);
    });
    set_outcome(c.futures, o, "killed_side_1",
                [](std::size_t i) { return i < 280 ? 20000.0 : 300000.0; });
    for (const char* m : {"area_gained", "end_settlement", "end_protracted"}) {
      set_outcome(c.futures, o, m, [](std::size_t) { return 0.0; });
    }
  }
  const Comparison w = weigh(c.given, c.belief, c.futures);
  EXPECT_LT(w.options[0].most_likely, 200U);
  EXPECT_GE(w.options[0].most_dangerous, 280U);
}

TEST(Weigh, OptionsAreRankedUnderEveryWeightingThatIsGiven) {
  const Crisis c = crisis(200);
  WeighOptions how;
  casefile::Weighting other{"other_way", "Losses count for nothing, and the other way round",
                            deciding_values(c.given)};
  for (casefile::Worth& w : other.values.worth) w.worth = -w.worth;
  how.weightings = {{other}, "0123"};
  const Comparison w = weigh(c.given, c.belief, c.futures, how);
  ASSERT_EQ(w.weightings.size(), c.given.values.size() + 1);
  EXPECT_EQ(w.weightings_digest, "0123");
  const WeightingResult& back = w.weightings.back();
  EXPECT_EQ(back.id, "other_way");
  const auto own = std::ranges::find(w.weightings, w.decision_maker, &WeightingResult::id);
  ASSERT_NE(own, w.weightings.end());
  for (std::size_t o = 0; o < w.options.size(); ++o) {
    EXPECT_NEAR(own->options[o].value, w.options[o].value, 1e-9);
    EXPECT_EQ(own->options[o].rank, w.options[o].rank);
    EXPECT_NEAR(back.options[o].value, -w.options[o].value, 1e-9);
    EXPECT_EQ(back.options[o].rank, w.options.size() + 1 - w.options[o].rank);
    EXPECT_NEAR(back.options[o].difference, back.options[o].value - back.options[0].value, 1e-9);
  }
}

TEST(Weigh, ASignpostIsToldByHowOftenAndWhenItTurned) {
  Crisis all = crisis(200);
  casefile::Signpost post;
  post.when = "in_combat[kp_assault] > 500";
  post.by = all.given.as_of;
  all.given.options[1].signposts.assign(1, post);
  ensemble::Futures& f = all.futures;
  f.signposts = 1;
  f.turn.assign(f.options.size() * f.futures, std::nanf(""));
  for (std::size_t i = 0; i < 50; ++i) f.turn[f.futures + i] = static_cast<float>(i % 5);
  const Comparison c = weigh(all.given, all.belief, f);
  EXPECT_TRUE(c.options[0].turns.empty());
  ASSERT_EQ(c.options[1].turns.size(), 1U);
  const SignpostTurn& turn = c.options[1].turns[0];
  EXPECT_EQ(turn.when, post.when);
  EXPECT_DOUBLE_EQ(turn.share, 0.25);
  EXPECT_NEAR(turn.error, std::sqrt(0.25 * 0.75 / 199.0), 1e-12);
  EXPECT_EQ(turn.q05, 0.0);
  EXPECT_EQ(turn.q50, 2.0);
  EXPECT_EQ(turn.q95, 4.0);
  EXPECT_NEAR(turn.share * turn.value + (1.0 - turn.share) * turn.otherwise, c.options[1].value,
              1e-9 * std::abs(c.options[1].value));
  const auto read = comparison_from_json(to_json(c, all.given), all.given, "comparison.json");
  EXPECT_EQ(read.options[1].turns[0].q50, 2.0);
  EXPECT_EQ(to_json(read, all.given), to_json(c, all.given));
}

TEST(Weigh, TheAnswerDoesNotDependOnTheThreads) {
  const Crisis c = crisis();
  WeighOptions one, seven;
  one.threads = 1;
  seven.threads = 7;
  EXPECT_EQ(to_json(weigh(c.given, c.belief, c.futures, one), c.given),
            to_json(weigh(c.given, c.belief, c.futures, seven), c.given));
}

TEST(Weigh, TooLittleToCompareIsRefused) {
  Crisis c = crisis();
  c.given.values.clear();
  EXPECT_THROW((void)weigh(c.given, c.belief, c.futures), ModelError);
  const Crisis lonely = crisis(1);
  EXPECT_THROW((void)weigh(lonely.given, lonely.belief, lonely.futures), ModelError);
}

TEST(ComparisonFile, ReadsBackAsItWasWritten) {
  const Crisis c = crisis();
  const Comparison w = weigh(c.given, c.belief, c.futures);
  const std::string text = to_json(w, c.given);
  const Comparison back = comparison_from_json(text, c.given, "comparison.json");
  EXPECT_EQ(to_json(back, c.given), text);
  EXPECT_EQ(back.options[2].difference_to[1].error, w.options[2].difference_to[1].error);
  EXPECT_EQ(back.answers[1].quantiles, w.answers[1].quantiles);
}

TEST(ComparisonFile, AnotherCaseOrNoJsonIsRefused) {
  Crisis c = crisis();
  const std::string text = to_json(weigh(c.given, c.belief, c.futures), c.given);
  EXPECT_THROW((void)comparison_from_json("[1,", c.given, "x.json"), CaseError);
  c.given.id = "another";
  try {
    (void)comparison_from_json(text, c.given, "x.json");
    FAIL();
  } catch (const CaseError& e) {
    EXPECT_EQ(e.problems()[0].message,
              "this is no comparison of the case 'another': it is of the case 'made_up'");
  }
}

TEST(AnswersFile, HoldsWhatAScorerNeeds) {
  const Crisis c = crisis();
  const std::string text = answers_to_json(forecast_answers(c.given, c.futures));
  EXPECT_THAT(text, ::testing::HasSubstr("\"in_combat\""));
  EXPECT_THAT(text, ::testing::HasSubstr("\"0.05\""));
  EXPECT_THAT(text, ::testing::HasSubstr("2024-12-08"));  // Sunday of week 5
  EXPECT_THAT(text, ::testing::HasSubstr("\"settled\""));
}

TEST(Statistics, QuantilesRanksAndScoresAgreeWithTheBook) {
  const std::vector<double> x = {1.0, 2.0, 3.0, 4.0};
  EXPECT_DOUBLE_EQ(quantile(x, 0.5), 2.5);
  EXPECT_DOUBLE_EQ(quantile(x, 0.25), 1.75);  // type 7
  EXPECT_THAT(ranks(std::vector<double>{3.0, 1.0, 3.0}), ::testing::ElementsAre(2.5, 1.0, 2.5));
  EXPECT_NEAR(rank_correlation(x, std::vector<double>{1.0, 8.0, 27.0, 64.0}), 1.0, 1e-12);
  const MeanError e = mean_error(x);
  EXPECT_DOUBLE_EQ(e.mean, 2.5);
  EXPECT_NEAR(e.deviation, std::sqrt(5.0 / 3.0), 1e-12);
  std::vector<double> b = {1.0, 2.0};
  solve_symmetric({4.0, 1.0, 1.0, 3.0}, b, 2, 1);
  EXPECT_NEAR(b[0], 1.0 / 11.0, 1e-8);
  EXPECT_NEAR(b[1], 7.0 / 11.0, 1e-8);
}

}  // namespace weigh_test
}  // namespace casus::analysis
