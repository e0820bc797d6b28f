// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/intel/belief.h"
#include "casus/intel/calibration_plot.h"
#include "casus/intel/strength.h"
#include "casus/intel/synthetic_world.h"

// 10^4 worlds whose truth is known: what was believed is held against it.
// docs/validation/synthetic-worlds.md has the figures and how to remake them.
namespace casus::intel {
namespace slow_calibration_test {

using test::Curve;
using test::SyntheticWorld;

constexpr std::uint32_t worlds = 10000;
constexpr std::uint32_t blind_worlds = 2500;  // assessed once more with all grades removed
const AssessOptions bare{.threads = 1,
                         .path = false,
                         .ranges = false,
                         .leave_one_out = false,
                         .collection = false,
                         .places = false};

struct Forecast {
  double stated = 0.0;
  bool came = false;
};

// What one world contributes.
struct Result {
  std::vector<Forecast> ours, product;
  std::vector<std::pair<int, bool>> ach;  ///< margin of inconsistency, was its favourite so
  std::vector<Forecast> claims, blind_claims;
  std::vector<std::pair<int, bool>> graded;  ///< letter and digit of a report, was its claim so
  int men_worlds = 0;
  int covered = 0;
};

// P(men < true men | there are some), from the posterior of states and the numbers told.
double rank_of(const SyntheticWorld& w, const Belief& belief) {
  const auto& given = w.builder.given;
  const Model model = build_model(given);
  const Numbers numbers(given, model, 0);
  std::vector<double> states;
  for (const auto& s : belief.hypotheses[0].states) states.push_back(s.p);
  const Strength s = strength_of(numbers, std::vector<bool>(model.evidence.size(), true), states);
  double below = 0.0;
  double all = 0.0;
  for (std::size_t state = 1; state < s.men.size(); ++state) {
    const double half =
        std::sqrt(s.men[state][1] / s.men[state][0]);  // of a point's stretch, ratio
    for (std::size_t b = 0; b < observe::build_ups; ++b) {
      for (std::size_t g = 0; g < strength_points; ++g) {
        const double p = s.p[s.cell(state, b)] * s.weight[s.cell(state, b)][g];
        const double from = std::log(s.men[state][g] / half);
        const double part = (std::log(w.men) - from) / (2.0 * std::log(half));
        all += p;
        below += p * std::clamp(part, 0.0, 1.0);
      }
    }
  }
  return below / all;
}

double affirmed(const SyntheticWorld& w, const Belief& b, std::uint32_t h) {
  double p = 0.0;
  for (std::uint32_t s = 0; s < b.hypotheses[h].states.size(); ++s) {
    if (w.affirms(h, s)) p += b.hypotheses[h].states[s].p;
  }
  return p;
}

Result look_at(std::uint32_t number) {
  const SyntheticWorld w = test::synthetic_world(number);
  const auto& given = w.builder.given;
  const Belief b = assess(given, bare);
  Result out;
  for (std::uint32_t h = 0; h < w.truth.size(); ++h) {
    out.ours.push_back({affirmed(w, b, h), w.affirmed(h)});
    out.product.push_back({logistic(w.product[h]), w.affirmed(h)});
    const int margin = w.inconsistent[h][0] - w.inconsistent[h][1];
    if (margin != 0) out.ach.emplace_back(std::abs(margin), (margin > 0) == w.affirmed(h));
  }
  for (std::size_t r = 0; r < given.reports.size(); ++r) {
    out.claims.push_back({b.reports[r].p_true, w.report_true[r]});
    out.graded.emplace_back(10 * given.reports[r].source_grade + given.reports[r].item_grade,
                            w.report_true[r]);
  }
  if (number < blind_worlds) {
    AssessOptions blind = bare;
    blind.grades = false;
    const Belief unread = assess(given, blind);
    for (std::size_t r = 0; r < given.reports.size(); ++r) {
      out.blind_claims.push_back({unread.reports[r].p_true, w.report_true[r]});
    }
  }
  if (w.men > 0.0) {
    const double rank = rank_of(w, b);
    out.men_worlds = 1;
    out.covered = rank >= .05 && rank <= .95 ? 1 : 0;
  }
  return out;
}

const std::vector<Result>& results() {
  static const std::vector<Result> all = [] {
    std::vector<Result> out(worlds);
    parallel_for(worlds, 0,
                 [&](std::size_t i) { out[i] = look_at(static_cast<std::uint32_t>(i)); });
    return out;
  }();
  return all;
}

template <class Part>
std::vector<Forecast> gather(Part part) {
  std::vector<Forecast> out;
  for (const Result& r : results()) {
    const std::vector<Forecast>& p = r.*part;
    out.insert(out.end(), p.begin(), p.end());
  }
  return out;
}

constexpr std::array<double, 8> edges{0, .05, .20, .45, .55, .80, .95, 1.0000001};

struct Band {
  double stated = 0.0, came = 0.0, count = 0.0;
};

std::array<Band, 7> bands_of(const std::vector<Forecast>& forecasts) {
  std::array<Band, 7> out{};
  for (const Forecast& f : forecasts) {
    std::size_t k = 0;
    while (k + 2 < edges.size() && f.stated >= edges[k + 1]) ++k;
    out[k].stated += f.stated;
    out[k].came += f.came ? 1.0 : 0.0;
    out[k].count += 1.0;
  }
  for (Band& b : out) {
    if (b.count > 0.0) b.stated /= b.count, b.came /= b.count;
  }
  return out;
}

struct Score {
  double brier = 0.0;
  double log = 0.0;  ///< mean of -ln P(what came), nats
};

Score score_of(const std::vector<Forecast>& forecasts) {
  Score out;
  for (const Forecast& f : forecasts) {
    const double p = std::clamp(f.stated, 1e-6, 1.0 - 1e-6);
    const double n = static_cast<double>(forecasts.size());
    out.brier += (p - (f.came ? 1.0 : 0.0)) * (p - (f.came ? 1.0 : 0.0)) / n;
    out.log -= std::log(f.came ? p : 1.0 - p) / n;
  }
  return out;
}

Score constant_score(const std::vector<Forecast>& forecasts) {
  double rate = 0.0;
  for (const Forecast& f : forecasts) rate += f.came ? 1.0 : 0.0;
  rate /= static_cast<double>(forecasts.size());
  auto flat = forecasts;
  for (Forecast& f : flat) f.stated = rate;
  return score_of(flat);
}

/// Three places, without the nought: .024.
std::string p3(double p) {
  const std::string text = fmt::format("{:.3f}", p);
  return text.starts_with("0.") ? text.substr(1) : text;
}

/// With a comma between thousands.
std::string counted(double n) {
  std::string text = fmt::format("{:.0f}", n);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

/// A part of docs/validation/synthetic-worlds.md; `tools/validation` puts it there.
void tell(const char* part, const std::string& text) {
  fmt::print("<!-- part synthetic-worlds.{} -->\n{}<!-- end -->\n", part, text);
}

/// `Stated .1, .2; came true .1, .2`, by bands.
std::string stated_and_came(const std::vector<Forecast>& forecasts) {
  std::string stated;
  std::string came;
  for (const Band& b : bands_of(forecasts)) {
    stated += (stated.empty() ? "" : ", ") + p3(b.stated);
    came += (came.empty() ? "" : ", ") + p3(b.came);
  }
  return "Stated " + stated + "; came true " + came;
}

TEST(SlowSyntheticWorlds, WhatIsCalledLikelyHappensAsOftenAsSaid) {
  const auto ours = gather(&Result::ours);
  for (const Band& b : bands_of(ours)) EXPECT_LT(std::fabs(b.came - b.stated), .03) << b.stated;
}

TEST(SlowSyntheticWorlds, NinetyPercentIntervalsOfMenHoldNineTenthsOfThem) {
  double n = 0.0;
  double covered = 0.0;
  for (const Result& r : results()) {
    n += r.men_worlds;
    covered += r.covered;
  }
  tell("men", fmt::format("The 90 % interval of the men there, given that there are any, holds the "
                          "truth in {} of {} worlds (gate .85–.95).\n",
                          p3(covered / n), counted(n)));
  EXPECT_GT(covered / n, .85);
  EXPECT_LT(covered / n, .95);
}

// Plain ACH names a favourite and no probability. Its margin is read as a word of ICD-203, the
// middle of the band: one inconsistent report more for the others likely, two very likely, three
// and more almost certain.
double ach_says(int margin) { return margin == 1 ? .675 : margin == 2 ? .875 : .97; }

std::string questions_table(const std::vector<Forecast>& ours,
                            const std::vector<Forecast>& product) {
  std::string out =
      "| band | Casus states | came true | of | product of likelihoods states | came true | of |\n"
      "|---|---|---|---|---|---|---|\n";
  const auto a = bands_of(ours);
  const auto b = bands_of(product);
  for (std::size_t k = 0; k < a.size(); ++k)
    out += fmt::format("| {:.0f}–{:.0f} % | {} | {} | {} | {} | {} | {} |\n", 100.0 * edges[k],
                       100.0 * edges[k + 1], p3(a[k].stated), p3(a[k].came), counted(a[k].count),
                       p3(b[k].stated), p3(b[k].came), counted(b[k].count));
  const Score x = score_of(ours);
  const Score y = score_of(product);
  const std::string n = counted(static_cast<double>(ours.size()));
  return out + fmt::format("| Brier, log score (nats) | {}, {} | | {} | {}, {} | | {} |\n",
                           p3(x.brier), p3(x.log), n, p3(y.brier), p3(y.log), n);
}

std::string ach_table(const std::vector<Forecast>& ach, std::size_t questions) {
  constexpr std::array<const char*, 3> words = {"likely", "very likely", "almost certain"};
  std::string out = "| reports fewer against it | read as | came true | of |\n|---|---|---|---|\n";
  for (int margin = 1; margin <= 3; ++margin) {
    double n = 0.0;
    double came = 0.0;
    for (const Forecast& f : ach) {
      if (f.stated != ach_says(margin)) continue;
      n += 1.0;
      came += f.came ? 1.0 : 0.0;
    }
    out += fmt::format("| {} | {} ({}) | {} | {} |\n",
                       margin == 3 ? "3 and more" : std::to_string(margin),
                       words[static_cast<std::size_t>(margin - 1)], p3(ach_says(margin)),
                       p3(came / n), counted(n));
  }
  return out + fmt::format("\nIn {} of {} cases it has no favourite.\n",
                           counted(static_cast<double>(questions - ach.size())),
                           counted(static_cast<double>(questions)));
}

TEST(SlowSyntheticWorlds, APlainProductAndPlainAchAreOverconfident) {
  const auto ours = gather(&Result::ours);
  const auto product = gather(&Result::product);
  std::vector<Forecast> ach;
  for (const Result& r : results()) {
    for (const auto& [margin, right] : r.ach) ach.push_back({ach_says(margin), right});
  }
  tell("questions", questions_table(ours, product));
  tell("ach", ach_table(ach, ours.size()));
  EXPECT_LT(score_of(ours).brier, .85 * score_of(product).brier);
  EXPECT_LT(score_of(ours).log, .7 * score_of(product).log);
  const auto bands = bands_of(product);
  EXPECT_LT(bands[6].came, bands[6].stated - .05);
  EXPECT_GT(bands[0].came, bands[0].stated + .05);
  EXPECT_LT(bands_of(ach)[6].came, bands_of(ach)[6].stated - .05);
  if (const char* folder = std::getenv("CASUS_WRITE_REPORT")) {
    const auto curve = [](const char* name, const std::vector<Forecast>& all) {
      Curve c{name, {}};
      for (const Band& b : bands_of(all)) {
        if (b.count >= 100.0) c.points.emplace_back(b.stated, b.came);
      }
      return c;
    };
    std::ofstream(std::string(folder) + "/synthetic-worlds.svg") << test::calibration_svg(
        {curve("Casus", ours), curve("product of likelihoods", product), curve("plain ACH", ach)});
  }
}

TEST(SlowSyntheticWorlds, AReportsChanceOfBeingTrueBeatsReadingItsGrades) {
  const auto claims = gather(&Result::claims);
  // the best that grades alone can do: how often each pair of letter and digit was right, in these
  // very worlds
  std::map<int, std::pair<double, double>> right;
  for (const Result& r : results()) {
    for (const auto& [grade, so] : r.graded) {
      right[grade].first += so ? 1.0 : 0.0;
      right[grade].second += 1.0;
    }
  }
  std::vector<Forecast> graded;
  for (const Result& r : results()) {
    for (const auto& [grade, so] : r.graded) {
      graded.push_back({right[grade].first / right[grade].second, so});
    }
  }
  const auto blind = gather(&Result::blind_claims);
  const Score ours = score_of(claims);
  const Score grades = score_of(graded);
  const Score unread = score_of(blind);
  const Score constant = constant_score(blind);
  const auto row = [](const std::string& name, const Score& x) {
    return fmt::format("| {} | {} | {} |\n", name, p3(x.brier), p3(x.log));
  };
  tell(
      "reports",
      fmt::format("`p_true` of {} reports, relays included. A number is right when what it speaks "
                  "of lies within ×/÷1.5 of it.\n\n| | Brier | log score |\n|---|---|---|\n",
                  counted(static_cast<double>(claims.size()))) +
          row("Casus", ours) +
          row("grades alone: how often each pair of letter and digit was right *in these very "
              "worlds*",
              grades) +
          row(fmt::format("Casus, all grades removed ({} worlds)", counted(blind_worlds)), unread) +
          row("one constant, the best (the same worlds)", constant) + "\n" +
          stated_and_came(claims) + ".\n");
  for (const Band& b : bands_of(claims)) EXPECT_LT(std::fabs(b.came - b.stated), .05) << b.stated;
  EXPECT_LT(ours.brier, .8 * grades.brier);
  EXPECT_LT(ours.log, .8 * grades.log);
  EXPECT_LT(unread.brier, .8 * constant.brier);
  EXPECT_LT(unread.log, .8 * constant.log);
}

// Worlds that keep worse faith than the engine thinks: three times as many false gradings, rates of
// one's own, twice the odds of repeating untold.
TEST(SlowSyntheticWorlds, WhereWorldsAreWorseThanTheLawItIsStillNearerThanTheProduct) {
  constexpr std::uint32_t stressed = 2000;
  const test::WorldLaw worse{.wrong_grade = .30, .rate_spread = .5, .copying = 2.0};
  std::vector<std::vector<Forecast>> ours(stressed), product(stressed);
  parallel_for(stressed, 0, [&](std::size_t i) {
    const SyntheticWorld w = test::synthetic_world(static_cast<std::uint32_t>(i), worse);
    const Belief b = assess(w.builder.given, bare);
    for (std::uint32_t h = 0; h < w.truth.size(); ++h) {
      ours[i].push_back({affirmed(w, b, h), w.affirmed(h)});
      product[i].push_back({logistic(w.product[h]), w.affirmed(h)});
    }
  });
  std::vector<Forecast> all, all_product;
  for (std::uint32_t i = 0; i < stressed; ++i) {
    all.insert(all.end(), ours[i].begin(), ours[i].end());
    all_product.insert(all_product.end(), product[i].begin(), product[i].end());
  }
  double widest = 0.0;
  for (const Band& b : bands_of(all)) widest = std::max(widest, std::fabs(b.came - b.stated));
  tell("worse", fmt::format("{}. The widest gap is {:.1f} points. Brier {} against {} for the "
                            "product.\n",
                            stated_and_came(all), 100.0 * widest, p3(score_of(all).brier),
                            p3(score_of(all_product).brier)));
  for (const Band& b : bands_of(all)) EXPECT_LT(std::fabs(b.came - b.stated), .08) << b.stated;
  EXPECT_LT(score_of(all).brier, .85 * score_of(all_product).brier);
}

}  // namespace slow_calibration_test
}  // namespace casus::intel
