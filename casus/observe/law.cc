// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#include "casus/observe/law.h"

#include <algorithm>

#include "casus/base/error.h"
#include "casus/base/numeric.h"

namespace casus::observe {
namespace {

constexpr double emitter_sigma = 0.2;  // persistent bias of an emitter (A4)

constexpr double joined(double sigma) { return sigma * sigma + emitter_sigma * emitter_sigma; }

// hit, alarm, staged, bias, sigma^2 (squared here, root taken below), place km, delay wk, detect,
// alarms
struct Row {
  ReportKind kind;
  KindLaw law;
};

constexpr std::array rows = {
    Row{ReportKind::imagery, {.80, .040, .12, 0.0, joined(.35), .1, .5, .20, .010}},
    Row{ReportKind::signals, {.80, .046, .17, 0.0, joined(.50), 15, .4, .35, .020}},
    Row{ReportKind::human, {.80, .080, .20, .1, joined(.60), 10, 1.5, .10, .010}},
    Row{ReportKind::detainee, {.80, .030, .15, .1, joined(.70), 5, 1, .40, .005}},
    Row{ReportKind::biometric, {.67, .200, .30, 0.0, joined(.50), 5, .5, .05, .005}},
    Row{ReportKind::documents, {.80, .080, .35, .1, joined(.60), 2, .3, .30, .040}},
    Row{ReportKind::official_statement, {.80, .080, .12, 0.0, joined(.45), 20, .7, .30, .020}},
    Row{ReportKind::press, {.80, .160, .25, .1, joined(.60), 30, .2, .30, .050}},
    Row{ReportKind::social_media, {.80, .200, .80, .1, joined(.70), 30, .2, .30, .050}},
};

KindLaw with_root(KindLaw law) {
  // one Newton-free square root: exp(ln / 2) keeps the bits of this module independent of the C
  // library
  law.count_sigma = exp(0.5 * log(law.count_sigma));
  return law;
}

std::array<KindLaw, rows.size() + 3> build_laws() {
  std::array<KindLaw, rows.size() + 3> out{};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CASUS_CHECK(static_cast<std::size_t>(rows[i].kind) == i);
    out[i] = with_root(rows[i].law);
  }
  const KindLaw& statement = rows[static_cast<std::size_t>(ReportKind::official_statement)].law;
  KindLaw party = statement;  // of its own losses and doings: far too low
  party.count_bias = -1.8;
  party.count_sigma = joined(.40);
  KindLaw ally = statement;
  ally.count_sigma = joined(.45) + .2 * .2;
  KindLaw enemy = statement;  // relays what it is told, and more of it
  enemy.alarm = .16;
  enemy.staged = .22;
  enemy.count_bias = .35;
  enemy.count_sigma = joined(.50) + .3 * .3;
  out[rows.size()] = with_root(party);
  out[rows.size() + 1] = with_root(ally);
  out[rows.size() + 2] = with_root(enemy);
  return out;
}

double mixed(double informed, double rate, double careless) {
  return informed * rate + (1.0 - informed) * careless;
}

}  // namespace

const KindLaw& law_of(ReportKind kind, Stance stance) {
  static const auto laws = build_laws();
  if (kind == ReportKind::official_statement && stance != Stance::neutral) {
    return laws[rows.size() + static_cast<std::size_t>(stance)];
  }
  return laws[static_cast<std::size_t>(kind)];
}

Prior grade_prior(char grade, double right, double wrong, const casefile::Grading& grading) {
  const Prior& of = grading.of(grade);
  return Prior(Prior::Kind::beta, of.a() + right, of.b() + wrong);
}

Reliability reliability(const Prior& beta) {
  constexpr int inside = 6;
  Reliability r;
  r.mean = beta.mean();
  double sum = 0.0;
  for (std::size_t k = 0; k < levels; ++k) {
    double fifth = 0.0;
    for (int j = 0; j < inside; ++j) {
      const double p = (static_cast<double>(k) + (j + 0.5) / inside) / static_cast<double>(levels);
      fifth += beta.quantile(p) / inside;
    }
    r.rho[k] = fifth;
    sum += fifth;
  }
  // the midpoint rule misses the tails by a hair; put the mean right without leaving (0, 1)
  const double have = sum / static_cast<double>(levels);
  for (double& x : r.rho) {
    x = have < r.mean ? 1.0 - (1.0 - x) * (1.0 - r.mean) / (1.0 - have) : x * r.mean / have;
  }
  double honest = 0.0;
  double error = 0.0;
  for (const double x : r.rho) {
    honest += x;
    error += x * (1.0 - x);
  }
  for (std::size_t k = 0; k < levels; ++k) r.spread[k] = (1.0 - r.rho[k]) * honest / error;
  return r;
}

std::array<double, source_states> mode_prior(const Reliability& r, double delta) {
  std::array<double, source_states> p{};
  double honest = 0.0;
  for (std::size_t k = 0; k < levels; ++k) {
    p[k] = (1.0 - delta) * r.rho[k] / static_cast<double>(levels);
    honest += r.rho[k] / static_cast<double>(levels);
  }
  p[levels] = (1.0 - delta) * (1.0 - honest);
  p[levels + 1] = delta;
  return p;
}

double weight_of_yes(double rho, double delta, double hit, double alarm, const UninformedRates& u) {
  const double free = 1.0 - delta;
  const double so = free * (rho * hit + (1.0 - rho) * u.careless) + delta * u.d1;
  const double not_so = free * (rho * alarm + (1.0 - rho) * u.careless) + delta * u.d0;
  return so == not_so ? 0.0 : decibans(so / not_so);
}

double item_decibans(int item, bool confirmed_here, const casefile::Grading& grading) {
  return item == 1 && confirmed_here ? 0.0 : grading.decibans(item);
}

double say(const Channel& c, std::size_t source_state, const Reliability& r, const Truth& truth) {
  const Mode mode = c.mode_free ? Mode::honest : mode_of(source_state);
  if (mode == Mode::careless) return c.uninformed.careless;
  if (mode == Mode::controlled) {
    return mixed(truth.share, c.uninformed.d1, c.uninformed.d0);
  }
  double alarm = c.alarm;
  if (!c.mode_free) alarm = std::min(alarm * r.spread[source_state], std::max(c.alarm, c.hit));
  if (truth.staging) alarm = std::max(alarm, c.staged);
  double rate = c.hit;
  if (truth.pictured) {
    rate = truth.along ? c.hit : alarm;
  } else if (truth.share <= 0.0) {
    rate = alarm;
  } else if (truth.share < 1.0) {
    // part of it is so: a quarter of the way (in logs) for a half, all of it for the whole
    const double way = truth.share * truth.share;
    rate = exp(way * log(c.hit) + (1.0 - way) * log(alarm));
  }
  return mixed(c.informed, rate, c.uninformed.careless);
}

FaceMatch face_match(double probes) {
  constexpr double found = 0.5;  // mean of T ~ B(6,6); the law is linear in T
  const Prior rate(Prior::Kind::log_normal, 0.001, 1.0);
  const Prior tries(Prior::Kind::log_normal, 200.0, 1.0);
  constexpr int points = 32;
  double miss = 0.0;
  for (int i = 0; i < points; ++i) {
    const double f = std::min(0.5, rate.quantile((i + 0.5) / points));
    if (probes > 0.0) {
      miss += exp(probes * log1p(-f)) / points;
    } else {
      for (int j = 0; j < points; ++j) {
        const double m = tries.quantile((j + 0.5) / points);
        miss += exp(m * log1p(-f)) / (points * points);
      }
    }
  }
  FaceMatch out{1.0 - (1.0 - found) * miss, 1.0 - miss, 0.0};
  out.capped_alarm = std::max(out.alarm, out.hit / 100.0);
  return out;
}

}  // namespace casus::observe
