// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <iostream>

#include "casus/base/numeric.h"
#include "casus/base/score.h"
#include "casus/calibrate/backtest.h"
#include "casus/calibrate/calibration.h"
#include "casus/casefile/load.h"
#include "casus/world/theories.h"
#include "report.h"

/// docs/validation/front-report.md: what the record says of the front's parameters, what hangs on
/// numbers nobody has sourced, and how two published simple models do beside it.
namespace casus::evidence {
namespace {

namespace fs = std::filesystem;
const fs::path the_case = CASUS_SOURCE_DIR "/cases/ukraine-front";
const Date first_origin(2025, 1, 6);
const Date last_target(2025, 6, 23);

const calibrate::Weekly& tables() {
  static const calibrate::Weekly tables = calibrate::read_front(the_case / "weekly");
  return tables;
}

casefile::Case front() { return calibrate::case_at(the_case, Date(2024, 7, 8), last_target); }

double mean_of(const std::vector<double>& x) { return mean(x); }

double covariance(const std::vector<double>& x, const std::vector<double>& y) {
  const double mx = mean_of(x);
  const double my = mean_of(y);
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - mx) * (y[i] - my);
  return sum / static_cast<double>(x.size() - 1);
}

std::vector<double> scores_of(const std::vector<calibrate::Scores>& draws, std::size_t i) {
  std::vector<double> out;
  for (const auto& z : draws) out.push_back(z[i]);
  return out;
}

std::string spread(const calibrate::Fitted& fitted, std::size_t i,
                   const std::vector<calibrate::Scores>& draws) {
  std::vector<double> x;
  for (const auto& z : draws) x.push_back(fitted.value(i, z[i]));
  return fmt::format("{:.3g} ({:.3g} to {:.3g})", quantile(x, 0.5), quantile(x, 0.05),
                     quantile(x, 0.95));
}

void tell_fitted(const calibrate::Theatre& theatre) {
  const auto fit = calibrate::calibrate(theatre, tables().territory, {});
  const auto& fitted = theatre.fitted();
  std::string gates = fmt::format(
      "`casus calibrate cases/ukraine-front`: {} weeks of nine sectors, {} draws, four rounds, "
      "seed "
      "1.\n\n| summary of the record | record | under the priors: 5 %, median, 95 % | gate "
      "|\n|---|---|---|---|\n",
      fit.weeks, fit.posterior.size());
  for (const auto& g : fit.gates) {
    gates += fmt::format("| {} | {:.3f} | {:.3f}, {:.3f}, {:.3f} | {} |\n", g.name, g.seen, g.low,
                         g.median, g.high, g.open() ? "open" : "shut");
    EXPECT_TRUE(std::isfinite(g.seen)) << g.name;
  }
  tell_part("front-report.gates", gates);
  std::string told =
      "| parameter | prior: median (5 to 95 %) | fitted | contraction | moved "
      "|\n|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < fitted.size(); ++i) {
    const auto was = scores_of(fit.prior, i);
    const auto is = scores_of(fit.posterior, i);
    told += fmt::format("| `{}` | {} | {} | {:.2f} | {:+.2f} |\n", fitted.id(i),
                        spread(fitted, i, fit.prior), spread(fitted, i, fit.posterior),
                        1.0 - covariance(is, is) / covariance(was, was),
                        (mean_of(is) - mean_of(was)) / std::sqrt(covariance(was, was)));
  }
  tell_part("front-report.told", told);
  struct Pair {
    std::size_t a, b;
    double r;
  };
  std::vector<Pair> pairs;
  for (std::size_t a = 0; a < fitted.size(); ++a) {
    for (std::size_t b = a + 1; b < fitted.size(); ++b) {
      const auto x = scores_of(fit.posterior, a);
      const auto y = scores_of(fit.posterior, b);
      pairs.push_back({a, b, covariance(x, y) / std::sqrt(covariance(x, x) * covariance(y, y))});
    }
  }
  std::ranges::sort(pairs, std::ranges::greater{}, [](const Pair& p) { return std::fabs(p.r); });
  std::string tied = "| pair | correlation |\n|---|---|\n";
  for (std::size_t k = 0; k < 8; ++k)
    tied += fmt::format("| `{}`, `{}` | {:+.2f} |\n", fitted.id(pairs[k].a), fitted.id(pairs[k].b),
                        pairs[k].r);
  tell_part("front-report.pairs", tied);
}

/// Median and 80 % of the net gain in twelve weeks, and the median of what is claimed then.
struct Conclusion {
  double median = 0.0, low = 0.0, high = 0.0, persons = 0.0;
};

Conclusion conclude(const casefile::Case& given) {
  calibrate::ForecastOptions how;
  how.origin = last_target;
  const auto f = calibrate::forecast(given, tables(), how);
  const auto at = [&](std::size_t series, double p) {
    const auto draws = f.at(series, 12);
    return quantile({draws.begin(), draws.end()}, p);
  };
  return {at(4, 0.5), at(4, 0.1), at(4, 0.9), at(3, 0.5)};
}

/// The same prior about a value `factor` as large.
Prior scaled(const Prior& p, double factor) {
  switch (p.kind()) {
    case Prior::Kind::beta: {
      const double m = p.a() / (p.a() + p.b());
      const double moved = std::min(m * factor, 0.95);
      return {p.kind(), moved * (p.a() + p.b()), (1.0 - moved) * (p.a() + p.b())};
    }
    case Prior::Kind::log_normal:
      return {p.kind(), p.a() * factor, p.b()};
    case Prior::Kind::normal:
      return {p.kind(), p.a() * factor, p.b() * factor};
    default:
      return p;
  }
}

void tell_unsourced() {
  using Change = std::function<void(casefile::Case&)>;
  const auto sectors = [](auto casefile::Sector::*what, std::size_t side, double factor) -> Change {
    return [=](casefile::Case& c) {
      for (auto& s : c.sectors) (s.*what)[side].prior = scaled((s.*what)[side].prior, factor);
    };
  };
  const auto knob = [](const char* id, double factor) -> Change {
    return [=](casefile::Case& c) {
      for (auto& p : c.parameters) {
        if (p.knob == id) p.value.prior = scaled(p.value.prior, factor);
      }
    };
  };
  const std::vector<std::pair<std::string, Change>> changes = {
      {"as it is", [](casefile::Case&) {}},
      {"Russian troops by sector x 1.25", sectors(&casefile::Sector::troops, 0, 1.25)},
      {"Ukrainian troops by sector x 1.25", sectors(&casefile::Sector::troops, 1, 1.25)},
      {"Russian intensities x 1.5", sectors(&casefile::Sector::intensity, 0, 1.5)},
      {"Ukrainian intensities x 1.5", sectors(&casefile::Sector::intensity, 1, 1.5)},
      {"Ukrainian fortification x 0.5", sectors(&casefile::Sector::fortification, 1, 0.5)},
      {"weekly gains of July 2024 x 2",
       [](casefile::Case& c) {
         for (auto& s : c.sectors) s.weekly_gain.prior = scaled(s.weekly_gain.prior, 2.0);
       }},
      {"drift of the whole front x 0.5", knob("front.sd_front", 0.5)},
      {"drift of sectors x 0.5", knob("front.sd_sector", 0.5)},
      {"swing of the war's intensity x 0.5", knob("front.slow_sd", 0.5)}};
  std::string out =
      "| changed | net km2: median (10 to 90 %) | persons claimed, summed |\n|---|---|---|\n";
  const Conclusion plain = conclude(front());
  for (const auto& [name, change] : changes) {
    casefile::Case given = front();
    change(given);
    const Conclusion c = conclude(given);
    out += fmt::format("| {} | {:.0f} ({:.0f} to {:.0f}) | {:.0f} |\n", name, c.median, c.low,
                       c.high, c.persons);
    // A conclusion that one judged number turns over is none.
    EXPECT_GT(c.median, plain.low) << name;
    EXPECT_LT(c.median, plain.high) << name;
  }
  tell_part("front-report.unsourced", out);
}

/// A family of curves for a weekly series: what the week t weeks after the last known may be.
struct Rival {
  const char* name;
  /// Basis of the curve at time t for a rate; two functions.
  std::function<std::array<double, 2>(double rate, double t)> basis;
  std::vector<double> rates;  ///< per week
};

/// Lanchester's square law without replacements: losses L of one side obey L'' = ab L, so L is a
/// sum of two exponentials. An attrition law with production, S' = P - lambda S, L = c lambda S,
/// makes L relax to what is produced.
std::vector<Rival> rivals() {
  const std::vector<double> rates = {0.003, 0.006, 0.012, 0.025, 0.05, 0.1, 0.2};
  return {{"Lanchester, square law",
           [](double k, double t) {
             return std::array<double, 2>{casus::exp(k * t), casus::exp(-k * t)};
           },
           rates},
          {"attrition with production",
           [](double k, double t) {
             return std::array<double, 2>{1.0, casus::exp(-k * t)};
           },
           rates}};
}

struct Curve2 {
  double rate = 0.0, a = 0.0, b = 0.0, squares = -1.0;
  std::vector<double> residual;
};

/// Least squares over the last half year, the rate by search.
Curve2 fit(const Rival& rival, const std::vector<double>& known) {
  constexpr std::size_t window = 26;
  const std::size_t n = std::min(window, known.size());
  Curve2 best;
  for (const double rate : rival.rates) {
    double uu = 1e-9, uv = 0.0, vv = 1e-9, uy = 0.0, vy = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      const auto [u, v] = rival.basis(rate, static_cast<double>(i) - static_cast<double>(n) + 1);
      const double y = known[known.size() - n + i];
      uu += u * u;
      uv += u * v;
      vv += v * v;
      uy += u * y;
      vy += v * y;
    }
    const double det = uu * vv - uv * uv;
    Curve2 c{rate, (uy * vv - vy * uv) / det, (vy * uu - uy * uv) / det, 0.0, {}};
    for (std::size_t i = 0; i < n; ++i) {
      const auto [u, v] = rival.basis(rate, static_cast<double>(i) - static_cast<double>(n) + 1);
      c.residual.push_back(known[known.size() - n + i] - c.a * u - c.b * v);
      c.squares += c.residual.back() * c.residual.back();
    }
    if (best.squares < 0.0 || c.squares < best.squares) best = c;
  }
  return best;
}

double score_of(const Rival& rival, const std::string& series, Date origin, int ahead,
                double came) {
  const auto values = tables().losses.at(series);
  std::vector<double> known;
  for (std::size_t w = 0; w < values.size(); ++w) {
    if (tables().losses.monday(w) <= origin) known.push_back(values[w]);
  }
  const Curve2 c = fit(rival, known);
  const auto [u, v] = rival.basis(c.rate, ahead);
  // The law's own luck: residuals of the half year, widened for the two numbers fitted.
  const auto n = static_cast<double>(c.residual.size());
  std::vector<double> draws;
  for (const double e : c.residual)
    draws.push_back(std::max(0.0, c.a * u + c.b * v + e * std::sqrt(n / (n - 3.0))));
  std::ranges::sort(draws);
  return ranked_score(draws, came);
}

void tell_rivals() {
  calibrate::BacktestOptions how;
  how.first_origin = first_origin;
  how.last_target = last_target;
  const auto b = calibrate::backtest(the_case, tables(), how);
  std::string out =
      "| series | weeks ahead | Casus | Lanchester, square law | attrition with production | best "
      "of "
      "five statistical rivals, chosen after the fact |\n|---|---|---|---|---|---|\n";
  double against = 0.0;
  int cells = 0;
  for (const auto& cell : b.cells) {
    if (cell.ground || cell.series.ends_with("_cum")) continue;
    out += fmt::format("| {} | {} | {:.4g} |", cell.series, cell.horizon, cell.mean_score());
    double best = 1e300;
    for (const Rival& rival : rivals()) {
      double sum = 0.0;
      for (const auto& t : cell.trials)
        sum += score_of(rival, cell.series, t.origin, cell.horizon, t.came);
      sum /= static_cast<double>(cell.trials.size());
      best = std::min(best, sum);
      out += fmt::format(" {:.4g} |", sum);
    }
    out += fmt::format(" {:.4g} ({}) |\n", cell.mean_of(cell.best_rival()), cell.best_rival());
    against += casus::log(cell.mean_score() / best);
    ++cells;
  }
  out += fmt::format(
      "\nAgainst the better of the two in each cell: skill {:+.3f} (1 less the "
      "geometric mean of the ratios).\n",
      1.0 - casus::exp(against / cells));
  tell_part("front-report.rivals", out);
}

/// A duel under a law of losses, small steps; the harm of week 0 is what each suffers at first.
std::array<double, 2> duel(float theory, double a, double b, double harm_a, double harm_b,
                           double weeks, int steps) {
  using world::F;
  const double a0 = a;
  const double b0 = b;
  const double dt = weeks / steps;
  const auto one = [&](double own, double enemy, double own_start, double enemy_start,
                       double harm) {
    const world::Meeters m{F(static_cast<float>(harm)),      F(static_cast<float>(harm)),
                           F(static_cast<float>(own)),       F(static_cast<float>(enemy)),
                           F(static_cast<float>(own_start)), F(static_cast<float>(enemy_start))};
    return static_cast<double>(world::harm(F(theory), m)[0]);
  };
  for (int i = 0; i < steps; ++i) {
    // The midpoint rule: second order.
    const double ha = a - 0.5 * dt * one(a, b, a0, b0, harm_a);
    const double hb = b - 0.5 * dt * one(b, a, b0, a0, harm_b);
    a -= dt * one(ha, hb, a0, b0, harm_a);
    b -= dt * one(hb, ha, b0, a0, harm_b);
  }
  return {a, b};
}

void tell_lanchester() {
  // 500,000 against 300,000, who at first lose 6,000 and 4,000 a week.
  constexpr double a0 = 500, b0 = 300, fa = 6, fb = 4;
  std::string out =
      "| weeks | law | left by the engine's law, thousands | closed form |\n|---|---|---|---|\n";
  for (const double weeks : {10.0, 30.0, 60.0}) {
    const auto linear = duel(1.0F, a0, b0, fa, fb, weeks, 4000);
    // dA = -alpha A B, dB = -beta A B: beta A - alpha B = d stays, A = d A0 / (beta A0 - alpha B0
    // e^(-d t)).
    const double alpha = fa / (a0 * b0);
    const double beta = fb / (a0 * b0);
    const double d = beta * a0 - alpha * b0;
    const double a_linear = d * a0 / (beta * a0 - alpha * b0 * casus::exp(-d * weeks));
    const double b_linear = (beta * a_linear - d) / alpha;
    out += fmt::format("| {:.0f} | linear | {:.2f}, {:.2f} | {:.2f}, {:.2f} |\n", weeks, linear[0],
                       linear[1], a_linear, b_linear);
    EXPECT_NEAR(linear[0], a_linear, 2e-3 * a0);
    EXPECT_NEAR(linear[1], b_linear, 2e-3 * b0);
    const auto square = duel(2.0F, a0, b0, fa, fb, weeks, 4000);
    const double p = fa / b0;
    const double q = fb / a0;
    const double s = std::sqrt(p * q) * weeks;
    const double up = casus::exp(s);
    const double cosh = (up + 1.0 / up) / 2.0;
    const double sinh = (up - 1.0 / up) / 2.0;
    const double a_square = a0 * cosh - b0 * std::sqrt(p / q) * sinh;
    const double b_square = b0 * cosh - a0 * std::sqrt(q / p) * sinh;
    out += fmt::format("| {:.0f} | square | {:.2f}, {:.2f} | {:.2f}, {:.2f} |\n", weeks, square[0],
                       square[1], a_square, b_square);
    EXPECT_NEAR(square[0], a_square, 2e-3 * a0);
    EXPECT_NEAR(square[1], b_square, 2e-3 * b0);
  }
  tell_part("front-report.lanchester", out);
}

TEST(SlowFrontReport, WhatTheRecordTells) {
  const casefile::Case given = front();
  const calibrate::Theatre theatre(given);
  tell_fitted(theatre);
}

TEST(SlowFrontReport, WhatHangsOnNumbersNobodyHasSourced) { tell_unsourced(); }

TEST(SlowFrontReport, LanchestersLawsAreTheirClosedForms) { tell_lanchester(); }

/// Scores the weeks of validation: every run is a look at them.
TEST(SlowFrontRivals, TwoPublishedModelsBeside) { tell_rivals(); }

}  // namespace
}  // namespace casus::evidence
