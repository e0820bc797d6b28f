// SPDX-FileCopyrightText: The Casus authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "casus/base/numeric.h"
#include "casus/base/parallel.h"
#include "casus/intel/test_case.h"
#include "casus/intel/tracking_ensemble.h"
#include "casus/intel/tracking_phd.h"

/// Synthetic worlds for the trackers: men come, train and go on by the law of the trajectories;
/// looks see them, or not, by the law the filter reads.
namespace casus::intel::tracking_worlds {

/// A port, three grounds on the way, a front.
inline test::CaseBuilder small_network() {
  using casefile::PlaceKind;
  test::CaseBuilder b;
  const auto port = b.place("port", PlaceKind::port, 132, 43);
  const auto near = b.place("near_ground", PlaceKind::training_ground, 133, 44.5);
  const auto middle = b.place("middle_ground", PlaceKind::training_ground, 130, 50);
  const auto far = b.place("far_ground", PlaceKind::garrison, 107, 52);
  auto& c = b.given.contingents[0];
  c.path = {c.origin, port, near, middle, far, c.destination};
  c.plan = casefile::Quantity{Prior(12000.0), "persons", {}};
  return b;
}

struct Luck {
  Draws draws;
  std::uint32_t world;
  std::uint32_t next = 0;
  double uniform() { return draws.uniform(Stream("tracking.worlds"), world, 0, 0, next++); }
  double normal() { return normal_quantile(uniform()); }
};

struct World {
  std::vector<double> men;  ///< the truth, [day][cell]
  std::vector<Sighting> sightings;
};

inline const FreeStrength prior_strength{Prior(Prior::Kind::log_normal, 5000.0, 0.5), 0.3,
                                         std::nullopt, false};

/// Truth by the same law that the filter supposes, from its own luck.
inline std::vector<double> any_truth(const casefile::Case& given, const Way& way,
                                     std::uint32_t number) {
  TrackingOptions one;
  one.seed = 77000 + number;
  one.members = 1;
  one.threads = 1;
  Ensemble truth(given, way, {}, prior_strength, one);
  truth.step({});
  const auto men = truth.men(0);
  return {men.begin(), men.end()};
}

/// A look at one cell on one day, made by the law `Look` reads.
inline Sighting any_look(const Way& way, const std::vector<double>& truth, Luck& luck) {
  Sighting s;
  s.day = static_cast<int>(luck.uniform() * tracked_days);
  const auto cell =
      way.ground + static_cast<std::size_t>(luck.uniform() * static_cast<double>(way.grounds()));
  s.watched = {{cell, 1.0}};
  s.detect = 0.5;
  s.alarm = 0.02;
  s.law.sigma = 0.4;
  s.law.gross = 0.0;
  s.law.plan_share = 0.0;
  const double men = truth[static_cast<std::size_t>(s.day) * way.cells.size() + cell];
  s.weight = luck.uniform() < 0.7 ? 0.95 : 0.6;
  const bool measures = luck.uniform() < s.weight;
  const bool seen = luck.uniform() < seen_at_all(s.detect, men);
  // an idle report: nothing, or a number of no meaning
  s.nothing = measures ? !seen : luck.uniform() < 0.5;
  if (s.nothing) return s;
  const double idle = 10.0 * power(10000.0, luck.uniform());
  s.number = measures ? observe::told_number(s.law, men, luck.normal(), false) : idle;
  return s;
}

inline World any_world(const casefile::Case& given, const Way& way, std::uint32_t number,
                       std::size_t looks) {
  World w;
  w.men = any_truth(given, way, number);
  Luck luck{Draws(4711), number};
  for (std::size_t i = 0; i < looks; ++i) {
    w.sightings.push_back(any_look(way, w.men, luck));
    Sighting& s = w.sightings.back();
    const int delay = static_cast<int>(luck.uniform() * 6.0);
    s.published = given.as_of.plus(s.day + delay - tracked_days + 1);
  }
  return w;
}

struct Estimate {
  double mean = 0.0, low = 0.0, high = 0.0;
};

inline Estimate estimate(const Ensemble& e, std::span<const std::uint32_t> alike,
                         const std::function<double(std::span<const double>)>& what) {
  std::vector<double> x;
  for (const auto m : alike) x.push_back(what(e.men(m)));
  std::sort(x.begin(), x.end());
  const auto at = [&](double p) {
    return x[static_cast<std::size_t>(std::lround(p * (static_cast<double>(x.size()) - 1)))];
  };
  return {std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size()), at(.05),
          at(.95)};
}

/// Estimates of a quantity on every fifth day: as known that day, and in hindsight.
struct Tracked {
  std::vector<Estimate> filtered, smoothed;
  std::vector<double> truth;
  double density = 0.0, ensemble = 0.0, total = 0.0;  ///< men in all on the last day
};

/// @param cell of the way, or its number of cells: men in all.
inline Tracked track(const casefile::Case& given, const Way& way, const World& world,
                     const std::vector<std::size_t>& cells, std::uint32_t members, int sweeps) {
  std::vector<Look> looks;
  for (const Sighting& s : world.sightings) looks.emplace_back(s);
  TrackingOptions options;
  options.members = members;
  options.sweeps = sweeps;
  options.threads = 1;
  Ensemble e(given, way, looks, prior_strength, options);
  const std::size_t n = way.cells.size();
  const auto men_at = [&](int day, std::size_t cell) {
    return [&, day, cell](std::span<const double> men) {
      const auto row = men.subspan(static_cast<std::size_t>(day) * n, n);
      if (cell < n) return row[cell];
      return std::accumulate(row.begin() + static_cast<std::ptrdiff_t>(way.transit), row.end(),
                             0.0);
    };
  };
  Tracked out;
  TrackingTarget target;
  std::vector<std::pair<int, std::size_t>> asked;
  for (int d = 0; d < tracked_days; ++d) {
    std::vector<double> weights;
    for (const Look& l : looks) {
      const bool told = l.sighting().published <= given.as_of.plus(d - tracked_days + 1);
      weights.push_back(told ? l.sighting().weight : 0.0);
    }
    if (d == 0 || weights != target.weights) {
      target.weights = weights;
      e.step(target);
    }
    if (d % 5 != 0) continue;
    const auto alike = e.alike();
    for (const std::size_t c : cells) {
      out.filtered.push_back(estimate(e, alike, men_at(d, c)));
      out.truth.push_back(men_at(d, c)(world.men));
      asked.emplace_back(d, c);
    }
  }
  const auto alike = e.alike();
  for (const auto& [d, c] : asked) out.smoothed.push_back(estimate(e, alike, men_at(d, c)));
  out.ensemble = estimate(e, alike, men_at(tracked_days - 1, n)).mean;
  out.total = men_at(tracked_days - 1, n)(world.men);
  return out;
}

/// How often 90 % intervals hold the truth, and root mean square errors of both views.
struct Score {
  double filtered_cover = 0.0, smoothed_cover = 0.0;
  double filtered_error = 0.0, smoothed_error = 0.0;
};

inline Score score(std::uint32_t worlds, std::size_t looks, std::uint32_t members, int sweeps) {
  const auto b = small_network();
  const Way way = way_of(b.given, 0, {});
  std::vector<std::size_t> cells{way.cells.size(), way.front};
  for (std::size_t g = 0; g < way.grounds(); ++g) cells.push_back(way.ground + g);
  std::vector<Score> each(worlds);
  parallel_for(worlds, 0, [&](std::size_t i) {
    const World w = any_world(b.given, way, static_cast<std::uint32_t>(i), looks);
    const Tracked t = track(b.given, way, w, cells, members, sweeps);
    const double part = 1.0 / static_cast<double>(t.truth.size());
    for (std::size_t k = 0; k < t.truth.size(); ++k) {
      const double x = t.truth[k];
      const auto holds = [&](const Estimate& e) {
        return x >= e.low - 1e-6 && x <= e.high + 1e-6 ? part : 0.0;
      };
      each[i].filtered_cover += holds(t.filtered[k]);
      each[i].smoothed_cover += holds(t.smoothed[k]);
      each[i].filtered_error += part * (t.filtered[k].mean - x) * (t.filtered[k].mean - x);
      each[i].smoothed_error += part * (t.smoothed[k].mean - x) * (t.smoothed[k].mean - x);
    }
  });
  Score out;
  for (const Score& s : each) {
    out.filtered_cover += s.filtered_cover / worlds;
    out.smoothed_cover += s.smoothed_cover / worlds;
    out.filtered_error += s.filtered_error / worlds;
    out.smoothed_error += s.smoothed_error / worlds;
  }
  out.filtered_error = std::sqrt(out.filtered_error);
  out.smoothed_error = std::sqrt(out.smoothed_error);
  return out;
}

}  // namespace casus::intel::tracking_worlds
