// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
// The five stages on the real case: pinned results, the same bytes on any number of threads.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <sstream>

#include "casus/analysis/comparison.h"
#include "casus/base/file.h"
#include "casus/brief/brief.h"
#include "casus/casefile/load.h"
#include "casus/ensemble/futures.h"
#include "casus/intel/belief.h"

namespace casus {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t golden_futures = 96;
constexpr std::size_t few_futures = 16;  // enough to pin the digits of a case, not to believe them

struct Chain {
  casefile::Case given;
  intel::Belief belief;
  ensemble::Futures futures;
  analysis::Comparison comparison;
  std::string page;
};

Chain run(const fs::path& folder, std::size_t futures, std::size_t threads) {
  Chain chain;
  chain.given = casefile::load(folder);
  intel::AssessOptions assess;
  assess.threads = threads;
  chain.belief = intel::assess(chain.given, assess);
  ensemble::PlayOptions play;
  play.futures = futures;
  play.threads = threads;
  play.trajectories = 16;
  chain.futures = ensemble::play(chain.given, chain.belief, play);
  analysis::WeighOptions weigh;
  weigh.threads = threads;
  chain.comparison = analysis::weigh(chain.given, chain.belief, chain.futures, weigh);
  const auto& base = chain.comparison.options.front();
  std::vector<brief::Story> stories;
  for (const auto& [title, future] : {std::pair{"most likely", base.most_likely},
                                      std::pair{"most dangerous", base.most_dangerous}}) {
    stories.push_back({title, base.id, future,
                       ensemble::trace(chain.given, chain.belief, play, base.id, future)});
  }
  chain.page = brief::compose(chain.given, chain.belief, chain.futures, chain.comparison, stories);
  return chain;
}

std::string percent(double p) {
  if (p < 0.01) return "< 1 %";
  if (p > 0.99) return "> 99 %";
  return fmt::format("{:.0f} %", 100.0 * p);
}

/// @param comparison  of some futures; @param more  of twice as many.
void expect_flips_flagged(const analysis::Comparison& comparison,
                          const analysis::Comparison& more) {
  for (std::size_t a = 0; a < comparison.ranking.size(); ++a) {
    for (std::size_t b = a + 1; b < comparison.ranking.size(); ++b) {
      const std::size_t better = comparison.ranking[a], worse = comparison.ranking[b];
      if (more.options[better].rank < more.options[worse].rank) continue;
      const auto flagged = [&](const analysis::Undecided& u) {
        return u.better == better && u.worse == worse;
      };
      EXPECT_TRUE(std::ranges::any_of(comparison.undecided_pairs, flagged))
          << comparison.futures << " futures: " << comparison.options[better].id << " over "
          << comparison.options[worse].id;
    }
  }
}

std::string belief_text(const casefile::Case& given, const intel::Belief& belief) {
  std::string text;
  for (std::size_t h = 0; h < given.hypotheses.size(); ++h) {
    const auto& held = belief.hypotheses[h];
    text += fmt::format("{}: {} ({}), confidence {}\n", given.hypotheses[h].id,
                        given.hypotheses[h].states[held.leading].id, held.word, held.confidence);
    for (std::size_t s = 0; s < held.states.size(); ++s) {
      text +=
          fmt::format("  {}: {}\n", given.hypotheses[h].states[s].id, percent(held.states[s].p));
    }
  }
  text += "reports, probability that the claim is so\n";
  for (std::size_t r = 0; r < given.reports.size(); ++r) {
    text += fmt::format("  {}: {}\n", given.reports[r].id, percent(belief.reports[r].p_true));
  }
  text += "sources, probability of being honest\n";
  for (std::size_t s = 0; s < given.sources.size(); ++s) {
    text += fmt::format("  {}: {}\n", given.sources[s].id, percent(belief.sources[s].p_honest));
  }
  return text;
}

std::string options_text(const Chain& c) {
  std::string text = fmt::format("{} futures an option, undecided: {}\n", c.comparison.futures,
                                 c.comparison.undecided ? "yes" : "no");
  for (const std::size_t o : c.comparison.ranking) {
    const auto& option = c.comparison.options[o];
    text += fmt::format("{}: value {:.2f} +- {:.2f}, expected regret {:.2f}, best in {}\n",
                        option.id, option.value, option.error, option.regret.expected,
                        percent(option.stability.p_best));
  }
  for (const auto& answer : c.comparison.answers) {
    text += fmt::format("{}: {}", answer.id, percent(answer.p));
    for (const auto& [level, value] : answer.quantiles)
      text += fmt::format(" q{:.0f}={:.3g}", 100 * level, value);
    for (const auto& [name, p] : answer.categories) text += fmt::format(" {}={}", name, percent(p));
    text += "\n";
  }
  return text;
}

// What a reader sees of a page: its text without tags, styles and drawings' numbers. The appendix
// of all figures is left out: thousands of lines that say what the page and options.txt say.
std::string visible_text(std::string html) {
  const auto figures = html.find("<section id=\"figures\"");
  if (figures != std::string::npos) html.erase(figures, html.find("</section>", figures) - figures);
  std::string text;
  bool inside = false;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html.compare(i, 6, "<style") == 0) i = html.find("</style>", i) + 7;
    if (html[i] == '<') inside = true;
    if (!inside) text += html[i];
    if (html[i] == '>') {
      inside = false;
      if (!text.empty() && text.back() != '\n') text += '\n';
    }
  }
  std::string packed;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto first = line.find_first_not_of(" \t");
    if (first != std::string::npos) packed += line.substr(first) + "\n";
  }
  return packed;
}

void expect_golden(const fs::path& file, const std::string& text) {
  if (std::getenv("CASUS_UPDATE_GOLDENS") != nullptr) {
    write_file(file, text);
    return;
  }
  ASSERT_TRUE(fs::exists(file)) << file << " is missing: run tools/update-goldens";
  const std::string pinned = read_file(file);
  std::istringstream want(pinned);
  std::istringstream have(text);
  std::string a;
  std::string b;
  for (int line = 1; std::getline(want, a); ++line) {
    ASSERT_TRUE(std::getline(have, b)) << file << ":" << line << " ends early";
    ASSERT_EQ(b, a) << file << ":" << line;
  }
  EXPECT_FALSE(std::getline(have, b)) << file << " has more: " << b;
}

const fs::path source = CASUS_SOURCE_DIR;

Chain expect_pinned(const std::string& name, std::size_t futures) {
  const fs::path folder = source / "cases" / name;
  Chain chain = run(folder, futures, 0);
  expect_golden(folder / "golden/belief.txt", belief_text(chain.given, chain.belief));
  expect_golden(folder / "golden/options.txt", options_text(chain));
  expect_golden(folder / "golden/brief.txt", visible_text(chain.page));
  return chain;
}

TEST(Chain, TheCaseOf2024GivesWhatWasPinned) {
  const Chain chain = expect_pinned("dprk-2024", golden_futures);
  // What one answer implies of another holds between them: a war that has ended has stopped.
  const auto answer = [&](std::string_view id) {
    return *std::ranges::find(chain.comparison.answers, id, &analysis::QuestionAnswer::id);
  };
  double ended = 0.0;
  for (const auto& [state, p] : answer("how_it_stands_2026").categories) {
    if (state != "fighting") ended += p;
  }
  EXPECT_GE(answer("ceasefire_when").p, ended - 1e-12);
  EXPECT_GE(answer("ceasefire_when").p, answer("ceasefire_by_october_2025").p - 1e-12);
  EXPECT_GE(answer("ceasefire_by_october_2025").p, answer("ceasefire_by_mid_2025").p - 1e-12);
}

TEST(Chain, TheCommandersSeatGivesWhatWasPinned) {
  static_cast<void>(expect_pinned("dnipro", few_futures));
}

TEST(Chain, TheBriefingRoomGivesWhatWasPinned) {
  static_cast<void>(expect_pinned("primorsky", few_futures));
}

TEST(Chain, TheStrategistsSeatGivesWhatWasPinned) {
  static_cast<void>(expect_pinned("war-termination", few_futures));
}

TEST(Chain, KoreaPlayedFromTheAutumnOf1950GivesWhatWasPinned) {
  static_cast<void>(expect_pinned("korea-1950", few_futures));
}

TEST(Chain, IraqOf2002GivesTheBeliefThatWasPinned) {
  const fs::path folder = source / "cases/iraq-2002";
  const auto given = casefile::load(folder);
  intel::AssessOptions assess;
  assess.path = assess.leave_one_out = assess.collection = false;
  expect_golden(folder / "golden/belief.txt", belief_text(given, intel::assess(given, assess)));
}

TEST(Chain, OneTwoAndSevenThreadsGiveTheSameBytes) {
  const fs::path folder = source / "cases/dprk-2024";
  const auto given = casefile::load(folder);
  std::string first;
  for (const std::size_t threads : {1U, 2U, 7U}) {
    intel::AssessOptions assess;
    assess.threads = threads;
    assess.path = false;
    const auto belief = intel::assess(given, assess);
    ensemble::PlayOptions play;
    play.threads = threads;
    play.futures = 16 * 14;
    play.weeks = 30;
    play.options = {"go_on", "long_range"};
    play.trajectories = 4;
    const auto futures = ensemble::play(given, belief, play);
    EXPECT_EQ(futures.threads_used, threads);
    analysis::WeighOptions weigh;
    weigh.threads = threads;
    const auto comparison = analysis::weigh(given, belief, futures, weigh);
    std::string bytes = intel::to_json(belief, given);
    bytes.append(reinterpret_cast<const char*>(futures.outcome.data()),
                 futures.outcome.size() * sizeof(float));
    bytes += analysis::to_json(comparison, given);
    bytes += brief::compose(given, belief, futures, comparison, {});
    if (first.empty()) first = bytes;
    EXPECT_TRUE(bytes == first) << threads << " threads";
  }
}

/// Held to: the ranking is stable under doubling of the futures, or flagged as undecided.
TEST(SlowRanking, WhatTurnsWithTwiceTheFuturesWasFlagged) {
  const casefile::Case given = casefile::load(CASUS_SOURCE_DIR "/cases/dprk-2024");
  const intel::Belief belief =
      intel::assess(given, {.path = false, .leave_one_out = false, .collection = false});
  std::optional<analysis::Comparison> last;
  for (const std::size_t futures : {250U, 500U, 1000U, 2000U, 4000U}) {
    ensemble::PlayOptions play;
    play.futures = futures;
    play.trajectories = 16;
    const auto played = ensemble::play(given, belief, play);
    auto comparison = analysis::weigh(given, belief, played);
    if (last) expect_flips_flagged(*last, comparison);
    last = std::move(comparison);
  }
}

}  // namespace
}  // namespace casus
